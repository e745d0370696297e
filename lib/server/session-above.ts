import { parentOf } from '../pty/process-info.ts';
import { ProgramSession } from '../session/program-session.ts';
import type { Session } from '../session/session.ts';

/** Generations that are looked at; nobody starts programs deeper than that. */
const MAXIMUM_DEPTH = 64;

/** The session whose program a process comes from; undefined for none, and where the system does not tell. */
export function sessionAbove(pid: number, sessions: readonly Session[]): Session | undefined {
  const byPid = new Map<number, Session>();
  for (const session of sessions)
    if (session instanceof ProgramSession && session.running !== undefined) byPid.set(session.running.pid, session);
  let above: number | undefined = pid;
  for (let depth = 0; above !== undefined && depth < MAXIMUM_DEPTH; depth++) {
    const session = byPid.get(above);
    if (session !== undefined) return session;
    above = parentOf(above);
  }
  return undefined;
}
