import { nearest } from '../base/nearest.ts';
import { UserError } from '../base/user-error.ts';
import type { Key } from '../input/key.ts';
import { encodeKey } from '../input/key-encoder.ts';
import { parseKey } from '../input/key-name.ts';
import type { Session } from '../session/session.ts';
import type { Arguments, Command, CommandContext } from './command.ts';
import { checkInput } from './insider.ts';
import { currentClient, expand, isReadOnly, numberFlag, readerOf, targetSession } from './place.ts';

/** How often and how much one call may send. */
const MAXIMUM_REPEAT = 10_000;
const MAXIMUM_BYTES = 16 << 20;

/** The bytes of a key's name, or of a word that is none the word itself. */
function bytesOf(word: string, session: Session): Uint8Array {
  const key = keyOf(word);
  if (key === undefined) return Buffer.from(word);
  const bytes = encodeKey(key, session.modes);
  return bytes.length > 0 ? bytes : Buffer.from(word);
}

function keyOf(word: string): Key | undefined {
  try {
    return parseKey(word);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

function hexByte(word: string): Uint8Array {
  if (!/^(?:0x)?[0-9a-fA-F]{1,2}$/.test(word)) throw new UserError(`not a hexadecimal byte: ${word.slice(0, 40)}`);
  return Uint8Array.of(Number.parseInt(word.replace(/^0x/, ''), 16));
}

/** The action of what a client shows, its mode first; of a session that the client does not show, or nobody, its own. */
function act(context: CommandContext, args: Arguments, count: number): void {
  const [name, ...rest] = args.positional;
  if (name === undefined) throw new UserError('-X needs the name of an action');
  const session = args.has('t') || context.client === undefined ? targetSession(context, args) : undefined;
  if (session === undefined || session === context.client?.session) {
    currentClient(context).modes.action(name, rest, count);
    return;
  }
  const reader = readerOf(context, session);
  if (isReadOnly(context) && reader !== context.client) throw new UserError('client is read-only');
  if (reader !== undefined) {
    reader.modes.copyAction(session, name, rest, count);
    return;
  }
  if (isReadOnly(context)) throw new UserError('client is read-only');
  checkInput(context, session);
  if (session.action(name, rest, count)) return;
  const near = nearest(name, session.actions);
  if (session.actions.length === 0) throw new UserError(`${session.name} is a ${session.kind}; it has no actions`);
  throw new UserError(`${session.name} has no action ${name}${near === undefined ? '' : `; the nearest is ${near}`}`);
}

/** Types keys, text or bytes; with -X an action. */
export function sendKeys(context: CommandContext, args: Arguments): void {
  const count = numberFlag(args, 'N', 1, MAXIMUM_REPEAT) ?? 1;
  if (args.has('X')) {
    act(context, args, count);
    return;
  }
  const session = targetSession(context, args);
  // Every click comes by here: one that may not reach the session is no mistake.
  if (args.has('M')) {
    if (!isReadOnly(context)) currentClient(context).keys.forwardMouse(session);
    return;
  }
  if (isReadOnly(context)) throw new UserError('client is read-only');
  checkInput(context, session);
  if (args.has('R')) session.resetTerminal();
  const words = args.has('F') ? args.positional.map((word) => expand(context, word, { session })) : args.positional;
  const bytes = Buffer.concat(
    words.map((word) => (args.has('H') ? hexByte(word) : args.has('l') ? Buffer.from(word) : bytesOf(word, session))),
  );
  const own = words.length === 0 && !args.has('R') ? context.client?.keys.current : undefined;
  sendRepeated(session, own ?? bytes, count);
}

function sendRepeated(session: Session, bytes: Uint8Array, count: number): void {
  if (bytes.length * count > MAXIMUM_BYTES) throw new UserError('too much to send at once (at most 16 MB)');
  if (bytes.length === 0) return;
  session.send(count === 1 ? bytes : Buffer.concat(new Array<Uint8Array>(count).fill(bytes)));
}

function sendPrefix(context: CommandContext, args: Arguments): void {
  const session = targetSession(context, args);
  checkInput(context, session);
  const spelling = context.server.options.string(args.has('2') ? 'prefix2' : 'prefix', session.id);
  if (spelling.toLowerCase() !== 'none') session.send(encodeKey(parseKey(spelling), session.modes));
}

/** What send-keys and tmux's short name for it have in common. */
export const SEND_KEYS = {
  aliases: [],
  switches: 'FHlMRX',
  values: { N: 'repeat-count', t: 'target-session' },
  target: 'pane',
  readOnly: true,
} as const;

/** Commands that type into a session. */
export const inputCommands: readonly Command[] = [
  {
    ...SEND_KEYS,
    name: 'send-keys',
    summary: 'Type keys or text into a session, or with -X act on a mode',
    positional: { usage: '[key ...]', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
    run: sendKeys,
  },
  {
    name: 'send-prefix',
    aliases: [],
    summary: 'Send the prefix key to a session',
    switches: '2',
    values: { t: 'target-session' },
    positional: { usage: '', minimum: 0, maximum: 0 },
    target: 'pane',
    run: sendPrefix,
  },
];
