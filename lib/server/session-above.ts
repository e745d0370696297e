import { parentOf, terminalOf } from '../pty/process-info.ts';
import { ProgramSession } from '../session/program-session.ts';
import type { Session } from '../session/session.ts';

/** Generations that are looked at; nobody starts programs deeper than that. */
const MAXIMUM_DEPTH = 64;

/**
 * The session whose program a process comes from, or on whose terminal it runs when it has left its parents; undefined for
 * none, and where the system does not tell.
 */
export function sessionAbove(pid: number, sessions: readonly Session[]): Session | undefined {
  const byPid = new Map<number, Session>();
  for (const session of sessions)
    if (session instanceof ProgramSession && session.running !== undefined) byPid.set(session.running.pid, session);
  const terminal = terminalOf(pid);
  let above: number | undefined = pid;
  for (let depth = 0; above !== undefined && depth < MAXIMUM_DEPTH; depth++) {
    const session = byPid.get(above);
    if (session !== undefined) return session;
    above = parentOf(above);
  }
  if (terminal === undefined) return undefined;
  for (const [leader, session] of byPid) if (terminalOf(leader) === terminal) return session;
  return undefined;
}

/** Whether a process was started by this server, or by what that started. */
export function isBelowServer(pid: number): boolean {
  let above: number | undefined = pid;
  for (let depth = 0; above !== undefined && depth < MAXIMUM_DEPTH; depth++) {
    if (above === process.pid) return true;
    above = parentOf(above);
  }
  return false;
}
