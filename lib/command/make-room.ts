import type { Session } from '../session/session.ts';
import type { CommandServer } from './command-server.ts';

/** Moves the sessions that stand at `index` and right after it up by one. */
export function makeRoom(server: CommandServer, index: number): void {
  const block: Session[] = [];
  for (let next = index; ; next++) {
    const session = server.sessions.find((item) => item.index === next);
    if (session === undefined) break;
    block.push(session);
  }
  for (const session of block.reverse()) server.moveSession(session, session.index + 1);
}
