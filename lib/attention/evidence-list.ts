import type { Clock } from '../base/clock.ts';
import { type Claim, type Evidence, type EvidenceSource, isPast, RANKS, sameClaim } from './evidence.ts';

const MAXIMUM_DETAIL = 200;

/** What all sources say of one program now; each says one thing. */
export class EvidenceList {
  readonly #clock: Clock;
  readonly #evidence = new Map<EvidenceSource, Evidence>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get all(): readonly Evidence[] {
    return [...this.#evidence.values()];
  }

  get isEmpty(): boolean {
    return this.#evidence.size === 0;
  }

  /** Whether the program, or somebody for it, said something in words. */
  get hasReport(): boolean {
    return this.all.some(isReport);
  }

  /**
   * Takes what a source says now, in the place of what it said before; undefined takes that back. `since` is when it began,
   * where that is not now.
   */
  take(source: EvidenceSource, claim: Claim | undefined, detail: string, since?: number): void {
    if (claim === undefined) {
      this.#evidence.delete(source);
      return;
    }
    const now = this.#clock.now();
    const before = this.#evidence.get(source);
    const began = before !== undefined && sameClaim(before.claim, claim) ? before.since : (since ?? now);
    this.#evidence.set(source, {
      source,
      claim,
      since: began,
      heard: since ?? now,
      detail: detail.slice(0, MAXIMUM_DETAIL),
    });
    // For good: what has told otherwise may fall silent again.
    for (const one of this.all) if (isPast(one, this.all)) this.#evidence.delete(one.source);
  }

  clear(): void {
    this.#evidence.clear();
  }

  /** Forgets all but what was said in words since a time. */
  clearSeen(since: number): void {
    for (const [source, evidence] of this.#evidence)
      if (!isReport(evidence) || evidence.heard < since) this.#evidence.delete(source);
  }
}

const isReport = ({ source }: Evidence): boolean => RANKS[source] === 4;
