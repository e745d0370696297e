import type { Session } from './session.ts';

export type SessionStatus = 'processing' | 'waiting-for-input' | 'paused' | 'completed';

/** Why a session waits. A session at rest waits without a reason: it calls nobody. */
export type WaitingReason = 'approval' | 'question' | 'turn-ended' | 'turn-failed' | 'command-ended' | 'bell';

type Kind = Session['kind'];

const RUNNING: Readonly<Record<Exclude<SessionStatus, 'completed'>, readonly SessionStatus[]>> = {
  processing: ['waiting-for-input', 'paused', 'completed'],
  'waiting-for-input': ['processing', 'paused', 'completed'],
  paused: ['processing', 'waiting-for-input', 'completed'],
};

/** What else a status may become. A program that has ended runs again by a restart; a chat that is closed stays so. */
const NEXT: Readonly<Record<Kind, Readonly<Record<SessionStatus, readonly SessionStatus[]>>>> = {
  chat: { ...RUNNING, completed: [] },
  program: { ...RUNNING, completed: ['processing'] },
};

/** Whether a session may go from one status to another one. To stay is no change, and always allowed. */
export const canBecome = (kind: Kind, from: SessionStatus, to: SessionStatus): boolean =>
  from === to || NEXT[kind][from].includes(to);

/** What a session says of its status: all that changes together. */
export interface StatusState {
  readonly status: SessionStatus;
  readonly waitingReason: WaitingReason | undefined;
  /** Milliseconds since the epoch; only while it waits. */
  readonly waitingSince: number | undefined;
}

/** What a session is to become; `reason` only for `waiting-for-input`. */
export interface StatusChange {
  readonly status: SessionStatus;
  readonly reason?: WaitingReason | undefined;
  /** It waits once more for the reason for which it waits already: from now on, and for a person who saw the last one. */
  readonly anew?: boolean;
}

/** The state after a change, the same object when nothing changes, or undefined when it is not allowed. Pure. */
export function nextStatus<State extends StatusState>(
  kind: Kind,
  state: State,
  { status, reason, anew = false }: StatusChange,
  now: number,
): State | undefined {
  if (!canBecome(kind, state.status, status)) return undefined;
  if (status !== 'waiting-for-input') {
    return status === state.status ? state : { ...state, status, waitingReason: undefined, waitingSince: undefined };
  }
  if (status === state.status && reason === state.waitingReason && !anew) return state;
  return { ...state, status, waitingReason: reason, waitingSince: now };
}

/** What a session tells of whom it needs. */
interface Waiting {
  readonly status: SessionStatus;
  readonly waitingReason: WaitingReason | undefined;
  readonly seen: boolean;
}

/** What goes on by a person's answer only, whether it was seen or not. */
export const asksPerson = (reason: WaitingReason | undefined): boolean =>
  reason === 'approval' || reason === 'question';

/**
 * Whether something is left here for a person: a question without its answer, though it was looked at, or an end, a failure
 * or a bell that nobody has seen. The one rule of `sessions --waiting` and of the next waiting session.
 */
export const waitsForPerson = ({ status, waitingReason, seen }: Waiting): boolean =>
  status === 'completed'
    ? !seen
    : status === 'waiting-for-input' && waitingReason !== undefined && (!seen || asksPerson(waitingReason));

/**
 * Whether a session calls for a person: it waits for one, and stands on no screen now. The one rule of the mark `!`, the
 * waiting count and the indicator.
 */
export const callsForAttention = (session: Waiting & { readonly isShown: boolean }): boolean =>
  !session.isShown && waitsForPerson(session);
