import { UserError } from '../base/user-error.ts';
import type { Session } from '../session/session.ts';
import type { WaitingReason } from '../session/status.ts';
import type { Arguments, CommandContext } from './command.ts';
import { targetSession } from './place.ts';
import { timeoutOf, untilStatus } from './until-status.ts';

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
  const end = await untilStatus(context, session, test, timeout);
  if (end === 'late')
    throw new UserError(`${session.name} is ${session.status} still after ${args.value('timeout') ?? ''} seconds`);
  if (end === 'gone' && word !== 'completed') throw new UserError(`${session.name} has ended; it is not ${word}`);
}
