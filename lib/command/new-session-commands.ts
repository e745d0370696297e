import { homedir } from 'node:os';
import type { Size } from '../base/geometry.ts';
import { UserError } from '../base/user-error.ts';
import { isChat } from '../session/chat.ts';
import type { Session } from '../session/session.ts';
import { askChat } from './ask-chat.ts';
import { sessionType } from './chat-commands.ts';
import { textOf } from './chat-place.ts';
import type { Arguments, Command, CommandContext } from './command.ts';
import { makeRoom } from './make-room.ts';
import { addName } from './other-names.ts';
import {
  directory,
  expand,
  isDirectory,
  numberFlag,
  resolvePath,
  targetPlace,
  targetSession,
  variables,
} from './place.ts';
import { findSession } from './target.ts';

export const SHELL_COMMAND = {
  usage: '[shell-command [argument ...] | text ...]',
  minimum: 0,
  maximum: Number.MAX_SAFE_INTEGER,
} as const;
/** The largest index that a person may ask for. */
const MAXIMUM_INDEX = 99_999;

/** Whether a process runs inside a session of this very server: then its client shows the session, as for a key. */
const isInside = ({ caller, server }: CommandContext): boolean =>
  caller.environment['QMUX']?.startsWith(`${server.facts.socketPath},`) ?? false;

/** Variables of a calling process that a new session gets (option update-environment). */
function updatedEnvironment({ caller, server }: CommandContext, args: Arguments): Record<string, string> {
  if (caller.kind !== 'process' || args.has('E') || !server.options.names.includes('update-environment')) return {};
  const names = server.options.get('update-environment');
  const given: Record<string, string> = {};
  for (const name of Array.isArray(names) ? names : []) {
    const value = caller.environment[name];
    // The agent is reached by the server's own link, which follows the person's clients.
    if (name !== 'SSH_AUTH_SOCK' && value !== undefined) given[name] = value;
  }
  return given;
}

/** `--chat` or `--program`; else a program where a command is given, and the option default-kind without one. */
function kindOf({ server }: CommandContext, args: Arguments): Session['kind'] {
  if (args.has('chat') && args.has('program')) throw new UserError('--chat and --program exclude each other');
  if (args.has('chat') || args.has('type') || args.has('model')) return 'chat';
  if (args.has('program') || args.positional.length > 0) return 'program';
  return server.options.names.includes('default-kind') && server.options.string('default-kind') === 'chat'
    ? 'chat'
    : 'program';
}

const showFormat = (args: Arguments, otherwise: string): string => args.value('F') ?? otherwise;

/** Made at once, unless the code of its kind is still to be loaded. */
export async function createSession(
  context: CommandContext,
  args: Arguments,
  name: string | undefined,
  { index, size }: { readonly index?: number | undefined; readonly size?: Size | undefined } = {},
): Promise<Session> {
  const columns = dimension(context, args, 'x');
  const rows = dimension(context, args, 'y');
  const kind = kindOf(context, args);
  const type = args.value('type');
  if (kind === 'chat') await context.server.prepare(kind);
  const model = args.value('model');
  // A chat that could not talk is not made: a script would find it in its way when it tries again.
  if (model !== undefined) await context.server.models.find(model);
  const session = context.server.createSession({
    kind,
    ...(type === undefined ? {} : { type: sessionType(type) }),
    ...(model === undefined ? {} : { model }),
    name: name === undefined ? undefined : expand(context, name),
    command: kind === 'chat' ? [] : args.positional,
    workingDirectory: directory(context, args, startDirectory(context)),
    environment: { ...updatedEnvironment(context, args), ...variables(args) },
    size: columns === undefined && rows === undefined ? size : { columns: columns ?? 80, rows: rows ?? 24 },
    ...(index === undefined ? {} : { index }),
  });
  context.use(session);
  return session;
}

/** Option default-directory, else where the caller is. */
function startDirectory(context: CommandContext): string {
  const { options } = context.server;
  const wanted = options.names.includes('default-directory') ? options.string('default-directory') : '';
  if (wanted === '') return context.caller.workingDirectory;
  const folder = resolvePath(context, expand(context, wanted).replace(/^~(?=\/|$)/, homedir()));
  return isDirectory(folder) ? folder : context.caller.workingDirectory;
}

/** `-x` and `-y`; `-` means the caller's own terminal. */
function dimension({ caller, client }: CommandContext, args: Arguments, flag: 'x' | 'y'): number | undefined {
  if (args.value(flag) !== '-') return numberFlag(args, flag, 1, flag === 'x' ? 1000 : 400);
  const size = caller.terminal ?? client?.size;
  return flag === 'x' ? size?.columns : size?.rows;
}

/** Shows a session to the one who asked. `attach` has been checked before. */
function showTo(context: CommandContext, session: Session, args: Arguments): void {
  const { caller, client, server } = context;
  if (args.has('D') || args.has('X'))
    for (const other of server.clients)
      if (other.session === session && other !== client) other.detach({ hangup: args.has('X') });
  if (caller.kind === 'process' && !isInside(context)) caller.attach(session, { readOnly: false, detachOthers: false });
  else if (caller.kind !== 'server') client?.show(session);
}

async function runNewSession(context: CommandContext, args: Arguments): Promise<void> {
  const { caller, server } = context;
  const shows = !args.has('d');
  if (shows && caller.kind === 'process' && !isInside(context)) caller.checkAttach();
  const name = args.value('s') ?? args.value('n');
  const existing = args.has('A') ? server.sessions.find((session) => session.name === name) : undefined;
  const session = existing ?? (await createSession(context, args, name));
  const window = args.value('n');
  if (existing === undefined && window !== undefined) addName(server, session, expand(context, window));
  if (existing !== undefined) context.use(existing);
  if (args.has('P')) context.print(expand(context, showFormat(args, '#{session_name}:'), { session }));
  if (shows || existing !== undefined) showTo(context, session, args);
  if (existing === undefined) await sayFirst(context, session, args);
}

/** A script that makes a chat behind it waits for the reply; who sees the chat reads it there. */
export async function sayFirst(context: CommandContext, session: Session, args: Arguments): Promise<void> {
  if (!isChat(session)) return;
  const text = args.positional.length === 0 ? '' : (await textOf(context, args.positional)).trim();
  if (text === '') return;
  if (args.has('d') && context.caller.kind === 'process' && !args.has('P'))
    await askChat(context, session, text, undefined);
  else session.say(text);
}

async function runNewWindow(context: CommandContext, args: Arguments): Promise<void> {
  const name = args.value('n');
  const same =
    args.has('S') && name !== undefined ? context.server.sessions.find((item) => item.name === name) : undefined;
  if (same !== undefined) {
    if (!args.has('d')) context.client?.show(same);
    context.use(same);
    return;
  }
  const index = wantedIndex(context, args);
  const occupant = index === undefined ? undefined : context.server.sessions.find((item) => item.index === index);
  if (occupant === undefined) return openWindow(context, args, index);
  if (!args.has('k')) throw new UserError(`create window failed: index ${index} in use`);
  await context.server.killSession(occupant);
  await openWindow(context, args, index);
}

async function openWindow(context: CommandContext, args: Arguments, index: number | undefined): Promise<void> {
  const session = await createSession(context, args, args.value('n'), { index, size: sizeBeside(context, args) });
  if (args.has('P'))
    context.print(expand(context, showFormat(args, '#{session_name}:#{window_index}.#{pane_index}'), { session }));
  if (!args.has('d') && context.caller.kind !== 'server') context.client?.show(session);
  await sayFirst(context, session, args);
}

/** What a script makes beside another before anybody attaches has its size; else the client's, which comes by itself. */
function sizeBeside(context: CommandContext, args: Arguments): Size | undefined {
  const { server } = context;
  const name = args.value('t')?.replace(/:.*$/, '') ?? '';
  const beside = name === '' ? context.session : server.sessions.find((session) => session.name === name);
  if (server.clients.length > 0 || beside === undefined) return undefined;
  const { panes, area } = server.panesWith(beside);
  return panes.count === 1 ? beside.size : { columns: area.width, rows: area.height };
}

/** The index that `-t`, `-a` or `-b` asks for; room is made for the last two. */
function wantedIndex(context: CommandContext, args: Arguments): number | undefined {
  const target = args.value('t');
  const number = /^(?:[^:]*:)?=?(\d{1,6})$/.exec(target ?? '')?.[1];
  if (args.has('a') || args.has('b')) {
    const next = findSession(target, targetPlace(context)).index + (args.has('b') ? 0 : 1);
    makeRoom(context.server, next);
    return next;
  }
  if (number !== undefined) return Math.min(Number(number), MAXIMUM_INDEX);
  if (target !== undefined && !target.endsWith(':')) targetSession(context, args);
  else if (target !== undefined && target !== ':') findSession(target.slice(0, -1), targetPlace(context));
  return undefined;
}

/** Commands that make sessions. */
export const newSessionCommands: readonly Command[] = [
  {
    name: 'new-session',
    aliases: ['new'],
    summary: 'Make a session and show it',
    switches: 'AdDEPX',
    values: {
      c: 'start-directory',
      e: 'environment',
      F: 'format',
      n: 'name',
      s: 'session-name',
      x: 'width',
      y: 'height',
    },
    longs: ['chat', 'program'],
    longValues: { type: 'type', model: 'model' },
    positional: SHELL_COMMAND,
    target: 'none',
    run: runNewSession,
  },
  {
    name: 'new-window',
    aliases: ['neww'],
    summary: 'Make a session and show it in the client that is used',
    switches: 'abdkPS',
    values: { c: 'start-directory', e: 'environment', F: 'format', n: 'name', t: 'target-index' },
    longs: ['chat', 'program'],
    longValues: { type: 'type', model: 'model' },
    positional: SHELL_COMMAND,
    target: 'session',
    run: runNewWindow,
  },
];
