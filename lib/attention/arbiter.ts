import { type Claim, type Evidence, isPast, RANKS, sameClaim } from './evidence.ts';

/** For so long, in milliseconds, what an agent shows must contradict what it said before, to be believed instead: Esc fires no hook. */
export const CONTRADICTED = 500;
/** The same against what it marked: a title and the screen below it are of one hand, and seldom apart for long. */
const MARK_CONTRADICTED = 300;
/** After so much silence, in milliseconds, a program that rests in a read of its terminal is not busy, whoever said so. */
export const SILENT = 10_000;

export interface Verdict {
  readonly claim: Claim;
  /** What decided. */
  readonly because: Evidence;
  /** What was believed before it was overruled. */
  readonly overruled: Evidence | undefined;
  /** How long it was seen before it was believed, in milliseconds: 0 where nobody contradicted it. */
  readonly lasted: number;
  /** When the same evidence may give another verdict, in milliseconds since the epoch; undefined for never. */
  readonly until: number | undefined;
}

/**
 * What is true of a program, by the evidence there is; undefined where nobody says anything. The newest claim of the
 * highest rank is believed, until something of a lower rank that began later has contradicted it for long enough: a
 * source that went silent is overruled by what is seen. Pure.
 */
export function judge(evidence: readonly Evidence[], now: number): Verdict | undefined {
  const ordered = evidence
    .filter((one) => !isPast(one, evidence))
    .sort((a, b) => RANKS[b.source] - RANKS[a.source] || b.since - a.since || b.heard - a.heard);
  const [first, ...rest] = ordered;
  if (first === undefined) return undefined;
  let believed = first;
  /** Since when that is said, and when it was last, by whoever says the same. */
  let { since, heard } = first;
  let until: number | undefined;
  let lasted = 0;
  for (const other of rest) {
    if (RANKS[other.source] === RANKS[believed.source]) continue;
    if (refines(other, believed)) {
      believed = other;
      ({ since, heard } = other);
      continue;
    }
    if (sameClaim(other.claim, believed.claim)) {
      // A second witness must be contradicted as well: Codex's title turns on while its screen shows its prompt.
      since = Math.max(since, other.since);
      heard = Math.max(heard, other.heard);
      continue;
    }
    if (other.since <= since) continue;
    // Whoever waits for a person is as silent as who rests.
    if (RANKS[other.source] === 1 && believed.claim.kind !== 'busy') continue;
    // A claim that is told again still holds, and what was seen meanwhile is no news.
    const wait = patience(other, believed);
    const due = Math.max(other.since, heard) + wait;
    // A clock that was set back keeps nobody waiting.
    if (due <= now || other.since > now) {
      believed = other;
      ({ since, heard } = other);
      lasted = wait;
    } else until = Math.min(until ?? due, due);
  }
  const overruled = believed === first ? undefined : first;
  return { claim: believed.claim, because: believed, overruled, lasted, until };
}

/** A title that tells rest is not contradicted by a dialog on the screen: who waits for a person rests too. */
const refines = (other: Evidence, believed: Evidence): boolean =>
  other.claim.kind === 'waiting' && believed.claim.kind === 'idle' && RANKS[believed.source] === 3;

/** How long it must last until it is believed against a higher rank. */
function patience(other: Evidence, believed: Evidence): number {
  if (RANKS[other.source] === 1) return SILENT;
  return RANKS[believed.source] === 4 ? CONTRADICTED : MARK_CONTRADICTED;
}
