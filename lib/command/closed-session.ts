import { nearest } from '../base/nearest.ts';
import { UserError } from '../base/user-error.ts';
import type { ClosedSession } from './archive.ts';
import type { CommandContext } from './command.ts';

/** Closed sessions that are looked at for the nearest name, and listed. */
const MAXIMUM_CLOSED = 1000;

/** The closed session of a name, the one used last of several, or of a number as lists tell it. Throws UserError. */
export async function closedSession({ server }: CommandContext, word: string): Promise<ClosedSession> {
  const [named] = await server.archive.closed(1, word);
  if (named !== undefined) return named;
  const all = await server.archive.closed(MAXIMUM_CLOSED);
  const numbered = /^\d{1,15}$/.test(word) ? all.find(({ id }) => id === Number(word)) : undefined;
  if (numbered !== undefined) return numbered;
  const near = nearest(
    word,
    all.map(({ name }) => name),
  );
  const hint = near === undefined ? 'sessions --all lists them' : `the nearest is ${near}`;
  throw new UserError(`no closed session is called ${word.slice(0, 64)}; ${hint}`);
}
