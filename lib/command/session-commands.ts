import { UserError } from '../base/user-error.ts';
import type { Session } from '../session/session.ts';
import type { Arguments, Command, CommandContext, CommandServer } from './command.ts';
import { directory, expand, numberFlag, targetPlace, targetSession, variables } from './place.ts';
import { findSession } from './target.ts';

const MANY = Number.MAX_SAFE_INTEGER;
const NOTHING = { usage: '', minimum: 0, maximum: 0 } as const;
const SHELL_COMMAND = { usage: '[shell-command [argument ...]]', minimum: 0, maximum: MANY } as const;
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
    if (value !== undefined) given[name] = value;
  }
  return given;
}

function refuseKind(args: Arguments): void {
  if (args.has('chat')) throw new UserError('chats are not built yet; leave --chat out for a program');
}

const showFormat = (args: Arguments, otherwise: string): string => args.value('F') ?? otherwise;

function createSession(context: CommandContext, args: Arguments, name: string | undefined, index?: number): Session {
  const columns = dimension(context, args, 'x');
  const rows = dimension(context, args, 'y');
  const session = context.server.createSession({
    name: name === undefined ? undefined : expand(context, name),
    command: args.positional,
    workingDirectory: directory(context, args, context.caller.workingDirectory),
    environment: { ...updatedEnvironment(context, args), ...variables(args) },
    size: columns === undefined && rows === undefined ? undefined : { columns: columns ?? 80, rows: rows ?? 24 },
    ...(index === undefined ? {} : { index }),
  });
  context.use(session);
  return session;
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

function runNewSession(context: CommandContext, args: Arguments): void {
  refuseKind(args);
  const { caller, server } = context;
  const shows = !args.has('d');
  if (shows && caller.kind === 'process' && !isInside(context)) caller.checkAttach();
  const name = args.value('s') ?? args.value('n');
  const existing = args.has('A') ? server.sessions.find((session) => session.name === name) : undefined;
  const session = existing ?? createSession(context, args, name);
  if (existing !== undefined) context.use(existing);
  if (args.has('P')) context.print(expand(context, showFormat(args, '#{session_name}:'), { session }));
  if (shows || existing !== undefined) showTo(context, session, args);
}

function runNewWindow(context: CommandContext, args: Arguments): void | Promise<void> {
  refuseKind(args);
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
  return context.server.killSession(occupant).then(() => openWindow(context, args, index));
}

function openWindow(context: CommandContext, args: Arguments, index: number | undefined): void {
  const session = createSession(context, args, args.value('n'), index);
  if (args.has('P'))
    context.print(expand(context, showFormat(args, '#{session_name}:#{window_index}.#{pane_index}'), { session }));
  if (!args.has('d') && context.caller.kind !== 'server') context.client?.show(session);
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

/** Moves the sessions that stand at `index` and right after it up by one. */
function makeRoom(server: CommandServer, index: number): void {
  const block: Session[] = [];
  for (let next = index; ; next++) {
    const session = server.sessions.find((item) => item.index === next);
    if (session === undefined) break;
    block.push(session);
  }
  for (const session of block.reverse()) server.moveSession(session, session.index + 1);
}

async function kill(context: CommandContext, args: Arguments): Promise<void> {
  const session = targetSession(context, args);
  const { server } = context;
  const doomed = args.has('a') ? server.sessions.filter((other) => other !== session) : [session];
  await Promise.all(doomed.map((other) => server.killSession(other)));
}

const KILL = { values: { t: 'target-session' }, positional: NOTHING, target: 'session' } as const;

function rename(context: CommandContext, args: Arguments): void {
  const session = targetSession(context, args);
  context.server.renameSession(session, expand(context, args.positional[0] ?? '', { session }));
}

const RENAME = {
  switches: '',
  values: { t: 'target-session' },
  positional: { usage: 'new-name', minimum: 1, maximum: 1 },
  target: 'session',
  run: rename,
} as const;

async function respawn(context: CommandContext, args: Arguments): Promise<void> {
  const session = targetSession(context, args);
  if (session.exit === undefined && !args.has('k'))
    throw new UserError(`respawn failed: ${session.name} still runs; -k ends it first`);
  await context.server.restartSession(session, {
    kill: args.has('k'),
    command: args.positional.length > 0 ? args.positional : undefined,
    workingDirectory: directory(context, args, undefined),
    environment: variables(args),
  });
}

const RESPAWN = {
  switches: 'k',
  values: { c: 'start-directory', e: 'environment', t: 'target-session' },
  positional: SHELL_COMMAND,
  target: 'session',
  run: respawn,
} as const;

function resize(context: CommandContext, args: Arguments): void {
  const session = targetSession(context, args);
  const { options } = context.server;
  const policy = args.has('A') ? 'largest' : args.has('a') ? 'smallest' : 'manual';
  const by = args.positional[0] === undefined ? 1 : (numberOf(args.positional[0]) ?? 1);
  const columns = numberFlag(args, 'x', 1, 1000) ?? session.size.columns + step(args, 'R', 'L', by);
  const rows = numberFlag(args, 'y', 1, 400) ?? session.size.rows + step(args, 'D', 'U', by);
  options.set('window-size', policy, { session: session.id });
  if (policy === 'manual') session.resize({ columns: bounded(columns, 1000), rows: bounded(rows, 400) });
}

const step = (args: Arguments, more: string, less: string, by: number): number =>
  args.has(more) ? by : args.has(less) ? -by : 0;
const bounded = (value: number, high: number): number => Math.max(1, Math.min(high, value));

function numberOf(text: string): number | undefined {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new UserError(`adjustment invalid: ${text.slice(0, 40)}`);
}

/** Where a session is to go: a free index, or with -k one that is made free. */
async function move(context: CommandContext, args: Arguments): Promise<void> {
  const { server } = context;
  if (args.has('r')) {
    [...server.sessions].forEach((session, place) => {
      server.moveSession(session, place + baseIndex(server));
    });
    return;
  }
  const session = targetSession(context, args, 's');
  const target = args.value('t') ?? '';
  if (args.has('a') || args.has('b')) {
    const next = findSession(target, targetPlace(context)).index + (args.has('b') ? 0 : 1);
    makeRoom(server, next);
    server.moveSession(session, next);
    return;
  }
  const number = /^(?:[^:]*:)?(\d{1,5})$/.exec(target)?.[1];
  if (number === undefined) throw new UserError(`can't find window: ${target.slice(0, 40)} (an index is needed)`);
  const occupant = server.sessions.find((item) => item.index === Number(number));
  if (occupant === session) return;
  if (occupant !== undefined) {
    if (!args.has('k')) throw new UserError(`index in use: ${number}`);
    await server.killSession(occupant);
  }
  server.moveSession(session, Number(number));
}

const baseIndex = ({ options }: CommandServer): number =>
  options.names.includes('base-index') ? options.number('base-index') : 0;

/** Commands that make, end, name, place and size sessions. */
export const sessionCommands: readonly Command[] = [
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
    positional: SHELL_COMMAND,
    target: 'session',
    run: runNewWindow,
  },
  {
    name: 'has-session',
    aliases: ['has'],
    summary: 'Fail when there is no such session',
    switches: '',
    values: { t: 'target-session' },
    positional: NOTHING,
    target: 'session',
    readOnly: true,
    run: (context, args) => {
      targetSession(context, args);
    },
  },
  {
    name: 'kill-session',
    aliases: [],
    summary: 'End a session, or with -a all others',
    switches: 'a',
    ...KILL,
    run: kill,
  },
  {
    name: 'kill-window',
    aliases: ['killw'],
    summary: 'End a session, or with -a all others',
    switches: 'a',
    ...KILL,
    run: kill,
  },
  { name: 'kill-pane', aliases: ['killp'], summary: 'End a session', switches: '', ...KILL, run: kill },
  { name: 'rename-session', aliases: ['rename'], summary: 'Give a session a name', ...RENAME },
  { name: 'rename-window', aliases: ['renamew'], summary: 'Give a session a name', ...RENAME },
  { name: 'respawn-window', aliases: ['respawnw'], summary: 'Start a session that ended again', ...RESPAWN },
  { name: 'respawn-pane', aliases: ['respawnp'], summary: 'Start a session that ended again', ...RESPAWN },
  {
    name: 'resize-window',
    aliases: ['resizew'],
    summary: 'Set the size of a session, whatever its clients have',
    switches: 'aADLRU',
    values: { t: 'target-session', x: 'width', y: 'height' },
    positional: { usage: '[adjustment]', minimum: 0, maximum: 1 },
    target: 'session',
    run: resize,
  },
  {
    name: 'move-window',
    aliases: ['movew'],
    summary: 'Give a session another index, or with -r number all anew',
    switches: 'abdkr',
    values: { s: 'source-session', t: 'target-index' },
    positional: NOTHING,
    target: 'session',
    run: move,
  },
  {
    name: 'swap-window',
    aliases: ['swapw'],
    summary: 'Exchange the indexes of two sessions',
    switches: 'd',
    values: { s: 'source-session', t: 'target-session' },
    positional: NOTHING,
    target: 'session',
    run: (context, args) => {
      context.server.swapSessions(targetSession(context, args, 's'), targetSession(context, args));
    },
  },
];
