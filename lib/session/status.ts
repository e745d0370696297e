export type SessionStatus = 'processing' | 'waiting-for-input' | 'paused' | 'completed';

/** Why a session waits. A session at rest waits without a reason: it calls nobody. */
export type WaitingReason = 'approval' | 'question' | 'turn-ended' | 'turn-failed' | 'command-ended' | 'bell';

/** What a status may become. A completed session runs again only by a restart; waiting again means a new reason. */
const NEXT: Readonly<Record<SessionStatus, readonly SessionStatus[]>> = {
  processing: ['waiting-for-input', 'paused', 'completed'],
  'waiting-for-input': ['processing', 'waiting-for-input', 'paused', 'completed'],
  paused: ['processing', 'waiting-for-input', 'completed'],
  completed: ['processing'],
};

/** Whether a session may go from one status to the other. */
export const canBecome = (from: SessionStatus, to: SessionStatus): boolean => NEXT[from].includes(to);

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
}

/** The state after an allowed change, or undefined when it is not allowed. Pure. */
export function nextStatus(state: StatusState, { status, reason }: StatusChange, now: number): StatusState | undefined {
  if (!canBecome(state.status, status)) return undefined;
  if (status !== 'waiting-for-input') return { status, waitingReason: undefined, waitingSince: undefined };
  return { status, waitingReason: reason, waitingSince: now };
}

/** Whether a session calls for a person: it waits for a reason that nobody has seen. */
export const callsForAttention = (session: {
  readonly status: SessionStatus;
  readonly waitingReason: WaitingReason | undefined;
  readonly seen: boolean;
}): boolean => session.status === 'waiting-for-input' && session.waitingReason !== undefined && !session.seen;
