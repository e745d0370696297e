import { UserError } from '../base/user-error.ts';
import type { Session } from '../session/session.ts';
import type { Arguments, CommandContext } from './command.ts';

/** Longest `--timeout`, in seconds: a day. */
const MAXIMUM_TIMEOUT = 86_400;

/** How waiting for a status ended: it is so, the session is gone, the time is over, or the caller or the server left. */
export type WaitEnd = 'is' | 'gone' | 'late' | 'aborted';

/** The `--timeout` of a command in milliseconds; undefined for none. Throws UserError. */
export function timeoutOf(args: Arguments): number | undefined {
  const given = args.value('timeout');
  if (given === undefined) return undefined;
  const seconds = /^\d{1,6}(?:\.\d{1,3})?$/.test(given) ? Number(given) : Number.NaN;
  if (seconds >= 0 && seconds <= MAXIMUM_TIMEOUT) return seconds * 1000;
  throw new UserError(`--timeout needs seconds up to ${MAXIMUM_TIMEOUT}, not ${given.slice(0, 40)}`);
}

/** Fulfilled the moment a session is as the test wants it, at once where it is so already; or after `timeout` milliseconds. */
export function untilStatus(
  { server, signal }: Pick<CommandContext, 'server' | 'signal'>,
  session: Session,
  test: (session: Session) => boolean,
  timeout: number | undefined,
): Promise<WaitEnd> {
  if (test(session)) return Promise.resolve('is');
  if (signal.aborted || server.feed.ended.aborted) return Promise.resolve('aborted');
  return new Promise<WaitEnd>((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    const events = session.events((event) => {
      if (event.type === 'status' && test(session)) done('is');
    });
    const feed = server.feed.events(({ type, sessionId }) => {
      if (type === 'closed' && sessionId === session.id) done('gone');
    });
    const left = () => done('aborted');
    const done = (how: WaitEnd) => {
      clearTimeout(timer);
      events.dispose();
      feed.dispose();
      signal.removeEventListener('abort', left);
      server.feed.ended.removeEventListener('abort', left);
      resolve(how);
    };
    signal.addEventListener('abort', left, { once: true });
    server.feed.ended.addEventListener('abort', left, { once: true });
    if (timeout !== undefined) timer = setTimeout(() => done('late'), timeout);
  });
}
