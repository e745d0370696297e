import { UserError } from '../base/user-error.ts';
import { isTrue } from '../config/format.ts';
import { keyName, parseKey } from '../input/key-name.ts';
import type { Session } from '../session/session.ts';
import { textOf } from './chat-place.ts';
import type { Arguments, Command, CommandContext } from './command.ts';
import { SEND_KEYS, sendKeys } from './input-commands.ts';
import { checkInput } from './insider.ts';
import { expand, isReadOnly, targetPlace, targetSession } from './place.ts';
import { submit } from './submit.ts';
import { findSession } from './target.ts';

const TEXT = { usage: '[text ...]', minimum: 0, maximum: Number.MAX_SAFE_INTEGER } as const;

/**
 * Whether tmux's `send` is meant, which is send-keys: it has flags of that, ends in Enter, or is made of keys alone, spelt as
 * tmux spells them. Anything else is a text, also one in which `up` and `home` are.
 */
function isKeys({ caller }: CommandContext, args: Arguments): boolean {
  const words = args.positional;
  if ([...'FHlMNRX'].some((flag) => args.has(flag))) return true;
  if (words.length === 0) return caller.kind !== 'process';
  return ['Enter', 'C-m'].includes(words.at(-1) ?? '') || words.every((word) => word.length > 1 && isKey(word));
}

function isKey(word: string): boolean {
  try {
    return keyName(parseKey(word)) === word;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}

async function send(context: CommandContext, args: Arguments): Promise<void> {
  if (isKeys(context, args)) {
    sendKeys(context, args);
    return;
  }
  if (isReadOnly(context)) throw new UserError('client is read-only');
  const session = targetSession(context, args);
  const text = await textGiven(context, args);
  checkInput(context, session);
  await submit(context.server, session, text);
}

async function textGiven(context: CommandContext, args: Arguments): Promise<string> {
  const text = await textOf(context, args.positional);
  if (text.trim() === '') throw new UserError('there is nothing to send: give a text, or - to read standard input');
  return text;
}

/** The sessions of all `-t`, or those that the filter lets through. What sends is no target of its own. */
function targetsOf(context: CommandContext, args: Arguments): readonly Session[] {
  const { server, caller } = context;
  const filter = args.value('f');
  if (!args.has('t') && filter === undefined)
    throw new UserError('say to which sessions: by -t NAME, as often as you like, or by a format with -f');
  const named = args.all('t').map((target) => findSession(target, { ...targetPlace(context), kind: args.target }));
  const among = args.has('t') ? named : server.sessions;
  const kept = among.filter((session) => filter === undefined || isTrue(expand(context, filter, { session })));
  return [...new Set(kept)].filter((session) => session !== caller.ownSession && session.exit === undefined);
}

/** Shows first who would get the text; what is not confirmed is not sent. */
async function broadcast(context: CommandContext, args: Arguments): Promise<void> {
  const { server, caller, client } = context;
  const text = await textGiven(context, args);
  const targets = targetsOf(context, args);
  if (targets.length === 0) throw new UserError('no session that runs fits');
  const names = targets.map(({ name }) => name).join(', ');
  if (!args.has('y')) {
    if (caller.kind !== 'client' || client === undefined) {
      context.print(targets.map(({ name, kind, status }) => `${name} (${kind}, ${status})`).join('\n'));
      throw new UserError('nothing was sent; with -y it goes to these sessions');
    }
    if (!(await client.dialogs.confirm(`send it to ${names}? (y/n)`))) return;
  }
  for (const session of targets) checkInput(context, session);
  const results = await Promise.allSettled(targets.map((session) => submit(server, session, text)));
  const failed = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  for (const error of failed) if (!(error instanceof UserError)) throw error;
  if (failed.length > 0) throw new UserError(failed.map((error: UserError) => error.message).join('; '));
  context.print(`sent to ${names}`);
}

/** Commands that give a text with its Enter to sessions. */
export const sendCommands: readonly Command[] = [
  {
    ...SEND_KEYS,
    name: 'send',
    summary: 'Send a text and Enter to a session as one message, or keys by their names as send-keys does',
    positional: TEXT,
    run: send,
  },
  {
    name: 'broadcast',
    aliases: [],
    summary: 'Send a text and Enter to all sessions of -t or of the filter -f, after showing which; -y asks nothing',
    switches: 'y',
    values: { f: 'filter', t: 'target-session' },
    positional: TEXT,
    target: 'session',
    run: broadcast,
  },
];
