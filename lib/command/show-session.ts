import type { Session } from '../session/session.ts';
import type { CommandContext } from './command.ts';

/** Whether a process runs inside a session of this very server: then its client shows the session, as for a key. */
const isInside = ({ caller, server }: CommandContext): boolean =>
  caller.environment['QMUX']?.startsWith(`${server.facts.socketPath},`) ?? false;

/** Whether the caller has somewhere to show a session: a script without a terminal has not. Throws UserError when its terminal cannot. */
export function canShow(context: CommandContext): boolean {
  const { caller, client } = context;
  if (caller.kind !== 'process' || isInside(context)) return caller.kind !== 'server' && client !== undefined;
  if (caller.terminal === undefined) return false;
  caller.checkAttach();
  return true;
}

/** Shows a session to the one who asked, for whom `canShow` said so: in its client, or in its own terminal. */
export function showSession(context: CommandContext, session: Session): void {
  const { caller, client } = context;
  if (caller.kind !== 'process' || isInside(context)) client?.show(session);
  else caller.attach(session, { readOnly: false, detachOthers: false });
}
