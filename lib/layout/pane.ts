import type { PaneId, SessionId } from '../base/id.ts';

/** Which session a pane of one client shows, and showed before. */
export interface Pane {
  readonly id: PaneId;
  readonly session: SessionId;
  readonly lastSession: SessionId | undefined;
}

export const pane = (id: PaneId, session: SessionId): Pane => ({ id, session, lastSession: undefined });

/** The pane with another session in it; showing the same one again changes nothing. */
export const showSession = (shown: Pane, session: SessionId): Pane =>
  shown.session === session ? shown : { id: shown.id, session, lastSession: shown.session };

/** The pane after `session` is gone, showing `instead` if it was the one. */
export function forgetSession(shown: Pane, session: SessionId, instead: SessionId): Pane {
  const lastSession = shown.lastSession === session ? undefined : shown.lastSession;
  return shown.session === session ? { id: shown.id, session: instead, lastSession } : { ...shown, lastSession };
}
