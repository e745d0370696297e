import { UserError } from '../base/user-error.ts';
import type { Session } from '../session/session.ts';
import type { Arguments, Command, CommandContext } from './command.ts';
import type { CommandServer } from './command-server.ts';
import { makeRoom } from './make-room.ts';
import { addName } from './other-names.ts';
import { directory, expand, numberFlag, targetPlace, targetSession, variables } from './place.ts';
import { findSession } from './target.ts';

const MANY = Number.MAX_SAFE_INTEGER;
const NOTHING = { usage: '', minimum: 0, maximum: 0 } as const;
const SHELL_COMMAND = { usage: '[shell-command [argument ...]]', minimum: 0, maximum: MANY } as const;

async function kill(context: CommandContext, args: Arguments): Promise<void> {
  const session = targetSession(context, args);
  const { server } = context;
  const doomed = args.has('a') ? others(context, args.target === 'pane', session) : [session];
  await Promise.all(doomed.map((other) => server.killSession(other)));
}

/** All other sessions; for a pane those beside it. */
function others({ server, client }: CommandContext, panes: boolean, session: Session): readonly Session[] {
  const all = panes ? server.panesWith(session, client).panes.all.map((pane) => pane.session) : server.sessions;
  return all.filter((other) => other !== session);
}

const KILL = { values: { t: 'target-session' }, positional: NOTHING, target: 'session' } as const;

function rename(context: CommandContext, args: Arguments): void {
  const session = targetSession(context, args);
  context.server.renameSession(session, expand(context, args.positional[0] ?? '', { session }));
}

/** A window's new name is the session's; targets of scripts that go on with the old one still find it. */
function renameWindow(context: CommandContext, args: Arguments): void {
  const session = targetSession(context, args);
  const { name } = session;
  rename(context, args);
  addName(context.server, session, name);
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
    plain: args.has('plain'),
  });
}

const RESPAWN = {
  switches: 'k',
  longs: ['plain'],
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
  const { panes, area } = context.server.panesWith(session);
  const { columns: width, rows: height } =
    panes.count === 1 ? session.size : { columns: area.width, rows: area.height };
  const columns = numberFlag(args, 'x', 1, 1000) ?? width + step(args, 'R', 'L', by);
  const rows = numberFlag(args, 'y', 1, 400) ?? height + step(args, 'D', 'U', by);
  options.set('window-size', policy, { session: session.id });
  if (policy !== 'manual') return;
  const size = { columns: bounded(columns, 1000), rows: bounded(rows, 400) };
  if (!context.server.resizeLayout(session, size)) session.resize(size);
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

/** Commands that end, name, place and size sessions. */
export const sessionCommands: readonly Command[] = [
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
    target: 'window',
    run: kill,
  },
  {
    name: 'kill-pane',
    aliases: ['killp'],
    summary: 'End a session, or with -a those in the panes beside it',
    switches: 'a',
    ...KILL,
    target: 'pane',
    run: kill,
  },
  { name: 'rename-session', aliases: ['rename'], summary: 'Give a session a name', ...RENAME },
  {
    name: 'rename-window',
    aliases: ['renamew'],
    summary: 'Give a session a name',
    ...RENAME,
    target: 'window',
    run: renameWindow,
  },
  {
    name: 'respawn-window',
    aliases: ['respawnw'],
    summary: 'Start a session that ended again',
    ...RESPAWN,
    target: 'window',
  },
  {
    name: 'respawn-pane',
    aliases: ['respawnp'],
    summary: 'Start a session that ended again',
    ...RESPAWN,
    target: 'pane',
  },
  {
    name: 'resize-window',
    aliases: ['resizew'],
    summary: 'Set the size of a session, whatever its clients have',
    switches: 'aADLRU',
    values: { t: 'target-session', x: 'width', y: 'height' },
    positional: { usage: '[adjustment]', minimum: 0, maximum: 1 },
    target: 'window',
    run: resize,
  },
  {
    name: 'move-window',
    aliases: ['movew'],
    summary: 'Give a session another index, or with -r number all anew',
    switches: 'abdkr',
    values: { s: 'source-session', t: 'target-index' },
    positional: NOTHING,
    target: 'window',
    run: move,
  },
  {
    name: 'swap-window',
    aliases: ['swapw'],
    summary: 'Exchange the indexes of two sessions',
    switches: 'd',
    values: { s: 'source-session', t: 'target-session' },
    positional: NOTHING,
    target: 'window',
    run: (context, args) => {
      context.server.swapSessions(targetSession(context, args, 's'), targetSession(context, args));
    },
  },
];
