import { type Claim, type Evidence, RANKS, sameClaim } from './evidence.ts';

/** For so long, in milliseconds, what an agent shows must contradict what it said before, to be believed instead: Esc fires no hook. */
export const CONTRADICTED = 600;
/** After so much silence, in milliseconds, a program that rests in a read of its terminal is not busy, whoever said so. */
export const SILENT = 10_000;

export interface Verdict {
  readonly claim: Claim;
  /** What decided. */
  readonly because: Evidence;
  /** What was believed before it was overruled. */
  readonly overruled: Evidence | undefined;
  /** When the same evidence may give another verdict, in milliseconds since the epoch; undefined for never. */
  readonly until: number | undefined;
}

/**
 * What is true of a program, by the evidence there is; undefined where nobody says anything. The newest claim of the
 * highest rank is believed, until something of a lower rank that began later has contradicted it for long enough: a
 * source that went silent is overruled by what is seen. Pure.
 */
export function judge(evidence: readonly Evidence[], now: number): Verdict | undefined {
  const ordered = evidence.toSorted(
    (a, b) => RANKS[b.source] - RANKS[a.source] || b.since - a.since || b.heard - a.heard,
  );
  const [first, ...rest] = ordered;
  if (first === undefined) return undefined;
  let believed = first;
  let until: number | undefined;
  for (const other of rest) {
    if (RANKS[other.source] === RANKS[believed.source]) continue;
    if (sameClaim(other.claim, believed.claim) || other.since <= believed.since) continue;
    // Whoever waits for a person is as silent as who rests.
    if (RANKS[other.source] === 1 && believed.claim.kind !== 'busy') continue;
    // A claim that is told again still holds, and what was seen meanwhile is no news.
    const due = Math.max(other.since, believed.heard) + patience(other);
    // A clock that was set back keeps nobody waiting.
    if (due <= now || other.since > now) believed = other;
    else until = Math.min(until ?? due, due);
  }
  return { claim: believed.claim, because: believed, overruled: believed === first ? undefined : first, until };
}

/** How long it must last until it is believed against a higher rank. */
const patience = ({ source }: Evidence): number => (RANKS[source] > 1 ? CONTRADICTED : SILENT);
