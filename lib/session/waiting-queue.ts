import type { Session } from './session.ts';
import { type WaitingReason, waitsForPerson } from './status.ts';

/** What goes first, from 0: what cannot go on, then what went wrong, then what is done. */
const URGENCY: Readonly<Record<WaitingReason, number>> = {
  approval: 0,
  question: 1,
  'turn-failed': 2,
  'turn-ended': 3,
  'command-ended': 3,
  bell: 3,
};
const FAILED = 2;
const DONE = 3;

type Waiting = Pick<Session, 'index' | 'status' | 'waitingReason' | 'waitingSince' | 'seen' | 'exit'>;

/** The sessions that wait for a person, the most urgent first, of the same urgency the one that waits longest. Pure. */
export const waitingQueue = <T extends Waiting>(sessions: readonly T[]): readonly T[] =>
  sessions.filter(waitsForPerson).sort(byUrgency);

/**
 * The session after (or before) `from` in that order, whether `from` waits still or was seen just now; round the end, and
 * for one that has no place in it the first (or last). Undefined when no other one waits. Pure.
 */
export function nextWaiting<T extends Waiting>(
  sessions: readonly T[],
  from: T | undefined,
  step: 1 | -1,
): T | undefined {
  const queue = waitingQueue(sessions.filter((session) => session !== from));
  const ordered = step > 0 ? queue : queue.toReversed();
  const [first] = ordered;
  if (from === undefined || placeOf(from) === undefined) return first;
  return ordered.find((session) => byUrgency(session, from) * step > 0) ?? first;
}

function byUrgency(a: Waiting, b: Waiting): number {
  const [urgencyA = 0, sinceA = 0] = placeOf(a) ?? [];
  const [urgencyB = 0, sinceB = 0] = placeOf(b) ?? [];
  return urgencyA - urgencyB || sinceA - sinceB || a.index - b.index;
}

/** How urgent, and since when; undefined for what does not wait and has not ended. */
function placeOf({ status, waitingReason, waitingSince, exit }: Waiting): readonly [number, number] | undefined {
  if (status === 'waiting-for-input')
    return waitingReason === undefined ? undefined : [URGENCY[waitingReason], waitingSince ?? 0];
  if (status !== 'completed') return undefined;
  const failed = exit !== undefined && (exit.exitCode !== 0 || exit.signal !== undefined);
  return [failed ? FAILED : DONE, exit?.time ?? 0];
}
