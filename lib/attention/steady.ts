import { type Claim, sameClaim } from './evidence.ts';

/** A claim is shown for so long at least, in milliseconds, so that nothing flickers. */
export const SHORTEST = 300;

export interface SteadyClaim {
  readonly claim: Claim;
  /** When it was first shown, in milliseconds since the epoch. */
  readonly since: number;
  /** What is to be shown next, and since when that is true. */
  readonly next: { readonly claim: Claim; readonly since: number } | undefined;
}

/**
 * What is shown after a verdict: the same as long as a change is too young. `settle` is how long each kind of claim must
 * last before it is believed, in milliseconds: an agent that has stopped often goes on. `lasted` is how much of that is
 * over when it is first heard of. Pure.
 *
 * @returns the state, and when it is to be asked again with the same claim; undefined for not before the next verdict
 */
export function steadyClaim(
  state: SteadyClaim | undefined,
  claim: Claim,
  now: number,
  settle: Readonly<Partial<Record<Claim['kind'], number>>> = {},
  lasted = 0,
): { readonly state: SteadyClaim; readonly askAt: number | undefined } {
  if (state === undefined) return { state: { claim, since: now, next: undefined }, askAt: undefined };
  if (sameClaim(state.claim, claim)) return { state: { ...state, next: undefined }, askAt: undefined };
  const { next } = state;
  const since = next !== undefined && sameClaim(next.claim, claim) && next.since <= now ? next.since : now;
  const shown = state.since > now ? now - SHORTEST : state.since;
  const due = Math.max(since + Math.max(0, (settle[claim.kind] ?? 0) - lasted), shown + SHORTEST);
  if (due <= now) return { state: { claim, since: now, next: undefined }, askAt: undefined };
  return { state: { ...state, next: { claim, since } }, askAt: due };
}
