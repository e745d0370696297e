import type { Session } from '../session/session.ts';
import type { CommandServer } from './command-server.ts';

/** Further names that one session keeps. */
const MAXIMUM_NAMES = 8;

/** Targets find a session by this name, too, as long as no other session is called so. */
export function addName({ otherNames }: CommandServer, session: Session, name: string): void {
  if (name === session.name) return;
  const known = otherNames.get(session) ?? [];
  otherNames.set(session, [...known.filter((other) => other !== name), name].slice(-MAXIMUM_NAMES));
}
