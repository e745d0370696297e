import { UserError } from '../base/user-error.ts';
import type { Session } from '../session/session.ts';
import type { WaitingReason } from '../session/status.ts';
import type { Arguments, CommandContext } from './command.ts';
import { targetSession } from './place.ts';

/** Longest `--timeout`, in seconds: a day. */
const MAXIMUM_TIMEOUT = 86_400;

type Test = (session: Session) => boolean;

const waitsFor =
  (reason: WaitingReason): Test =>
  ({ waitingReason }) =>
    waitingReason === reason;

/** What can be waited for, by the word for it. */
const STATUSES: Readonly<Record<string, Test>> = {
  processing: ({ status }) => status === 'processing',
  busy: ({ status }) => status === 'processing',
  waiting: ({ status }) => status === 'waiting-for-input',
  'waiting-for-input': ({ status }) => status === 'waiting-for-input',
  paused: ({ status }) => status === 'paused',
  completed: ({ status }) => status === 'completed',
  approval: waitsFor('approval'),
  question: waitsFor('question'),
  'turn-ended': waitsFor('turn-ended'),
  'turn-failed': waitsFor('turn-failed'),
  'command-ended': waitsFor('command-ended'),
  bell: waitsFor('bell'),
};

/** What `--status` may be. */
export const STATUS_WORDS: readonly string[] = Object.keys(STATUSES);

/**
 * Fulfilled the moment a session has the status of `--status`, at once where it has it already. Rejects with UserError after
 * `--timeout` seconds, and when the session is gone; one that is gone has completed.
 */
export async function waitStatus(context: CommandContext, args: Arguments): Promise<void> {
  const word = args.value('status') ?? '';
  const test = Object.hasOwn(STATUSES, word) ? STATUSES[word] : undefined;
  if (test === undefined) throw new UserError(`no status ${word.slice(0, 40)}; there are ${STATUS_WORDS.join(', ')}`);
  const timeout = timeoutOf(args);
  const session = targetSession(context, args);
  if (test(session) || context.signal.aborted) return;
  const { server, signal } = context;
  let timer: NodeJS.Timeout | undefined;
  const end = await new Promise<'is' | 'gone' | 'late' | 'aborted'>((resolve) => {
    const events = session.events((event) => {
      if (event.type === 'status' && test(session)) done('is');
    });
    const feed = server.feed.events(({ type, sessionId }) => {
      if (type === 'closed' && sessionId === session.id) done('gone');
    });
    const left = () => done('aborted');
    const done = (how: 'is' | 'gone' | 'late' | 'aborted') => {
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
  clearTimeout(timer);
  if (end === 'late')
    throw new UserError(`${session.name} is ${session.status} still after ${args.value('timeout') ?? ''} seconds`);
  if (end === 'gone' && word !== 'completed') throw new UserError(`${session.name} has ended; it is not ${word}`);
}

function timeoutOf(args: Arguments): number | undefined {
  const given = args.value('timeout');
  if (given === undefined) return undefined;
  const seconds = /^\d{1,6}(?:\.\d{1,3})?$/.test(given) ? Number(given) : Number.NaN;
  if (seconds >= 0 && seconds <= MAXIMUM_TIMEOUT) return seconds * 1000;
  throw new UserError(`--timeout needs seconds up to ${MAXIMUM_TIMEOUT}, not ${given.slice(0, 40)}`);
}
