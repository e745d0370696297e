import { UserError } from '../base/user-error.ts';
import type { Session } from '../session/session.ts';
import { waitsForPerson } from '../session/status.ts';
import { nextWaiting } from '../session/waiting-queue.ts';
import type { Arguments, Command, CommandContext } from './command.ts';
import { currentClient, targetClient, targetSession } from './place.ts';
import { neighbour } from './target.ts';

const NOTHING = { usage: '', minimum: 0, maximum: 0 } as const;

function show(context: CommandContext, session: Session): void {
  context.use(session);
  context.client?.show(session);
}

/** The session `step` after the present one, with `alert` the next that asks for attention; undefined when there is none. */
function nextSession(
  context: CommandContext,
  from: Session | undefined,
  step: 1 | -1,
  alert: boolean,
): Session | undefined {
  const { sessions } = context.server;
  for (let steps = 1; steps <= sessions.length; steps++) {
    const session = neighbour(sessions, from, step * steps);
    if (session !== undefined && session !== from && (!alert || waitsForPerson(session))) return session;
  }
  return undefined;
}

function showNext(context: CommandContext, args: Arguments, step: 1 | -1): void {
  const from = args.has('t') ? targetSession(context, args) : (context.client?.session ?? context.session);
  const session = nextSession(context, from, step, args.has('a'));
  if (session === undefined) throw new UserError(step > 0 ? 'no next window' : 'no previous window');
  show(context, session);
}

function showWaiting(context: CommandContext, step: 1 | -1): void {
  const from = context.client?.session ?? context.session;
  const session = nextWaiting(context.server.sessions, from, step);
  if (session === undefined) throw new UserError('no other session waits');
  show(context, session);
}

function showLast(context: CommandContext): void {
  const last = context.client?.lastSession ?? context.server.lastSession;
  if (last === undefined || !context.server.sessions.includes(last)) throw new UserError('no last window');
  show(context, last);
}

function select(context: CommandContext, args: Arguments): void {
  if (args.has('n')) showNext(context, args, 1);
  else if (args.has('p')) showNext(context, args, -1);
  else if (args.has('l')) showLast(context);
  else selectTarget(context, args);
}

function selectTarget(context: CommandContext, args: Arguments): void {
  const session = targetSession(context, args);
  if (args.has('T') && session === context.client?.session) showLast(context);
  else show(context, session);
}

function switchClient(context: CommandContext, args: Arguments): void {
  const client = targetClient(context, args, 'c');
  if (args.has('r')) {
    // A read-only client could otherwise free itself.
    if (context.caller.kind === 'client' && client.readOnly) throw new UserError('client is read-only');
    client.setReadOnly(!client.readOnly);
  }
  const table = args.value('T');
  if (table !== undefined) {
    if (!context.server.keyTables.names.includes(table)) throw new UserError(`table ${table} doesn't exist`);
    client.keys.switchTable(table);
    return;
  }
  if (args.has('r') && !['t', 'n', 'p', 'l'].some((flag) => args.has(flag))) return;
  const session = wantedSession(context, args, client.session, client.lastSession);
  context.use(session);
  client.show(session);
}

function wantedSession(
  context: CommandContext,
  args: Arguments,
  shown: Session | undefined,
  last: Session | undefined,
): Session {
  const find = (session: Session | undefined, word: string): Session => {
    if (session === undefined) throw new UserError(`can't find ${word} session`);
    return session;
  };
  if (args.has('n')) return find(nextSession(context, shown, 1, false), 'next');
  if (args.has('p')) return find(nextSession(context, shown, -1, false), 'previous');
  if (args.has('l')) return find(last, 'last');
  return targetSession(context, args);
}

const NEXT = {
  switches: 'a',
  values: { t: 'target-session' },
  positional: NOTHING,
  target: 'session',
  readOnly: true,
} as const;

const WAITING = { switches: '', values: {}, positional: NOTHING, target: 'none', readOnly: true } as const;

/** Commands that choose what a client shows. */
export const showCommands: readonly Command[] = [
  {
    name: 'select-window',
    aliases: ['selectw'],
    summary: 'Show a session',
    switches: 'lnpT',
    values: { t: 'target-session' },
    positional: NOTHING,
    target: 'window',
    readOnly: true,
    run: select,
  },
  {
    name: 'next-window',
    aliases: ['next'],
    summary: 'Show the next session, with -a the next that waits',
    ...NEXT,
    run: (context, args) => showNext(context, args, 1),
  },
  {
    name: 'previous-window',
    aliases: ['prev'],
    summary: 'Show the previous session, with -a the previous that waits',
    ...NEXT,
    run: (context, args) => showNext(context, args, -1),
  },
  {
    name: 'next-waiting',
    aliases: [],
    summary: 'Show the next session that waits for a person: approvals, questions, failures, then what is done',
    ...WAITING,
    run: (context) => showWaiting(context, 1),
  },
  {
    name: 'previous-waiting',
    aliases: [],
    summary: 'Show the session that waits for a person before this one in that order',
    ...WAITING,
    run: (context) => showWaiting(context, -1),
  },
  {
    name: 'last-window',
    aliases: ['last'],
    summary: 'Show the session that was shown before',
    switches: '',
    values: { t: 'target-session' },
    positional: NOTHING,
    target: 'session',
    readOnly: true,
    run: showLast,
  },
  {
    name: 'switch-client',
    aliases: ['switchc'],
    summary: 'Show another session in a client, or give it a key table',
    switches: 'Elnpr',
    values: { c: 'target-client', t: 'target-session', T: 'key-table' },
    positional: NOTHING,
    target: 'session',
    readOnly: true,
    run: switchClient,
  },
  {
    name: 'choose-tree',
    aliases: [],
    summary: 'Choose a session from a list with preview',
    switches: 'GNrswZ',
    values: { f: 'filter', t: 'target-session' },
    positional: NOTHING,
    target: 'pane',
    readOnly: true,
    run: (context, args) => currentClient(context).dialogs.openPicker(args.value('f')),
  },
  {
    name: 'find-window',
    aliases: ['findw'],
    summary: 'Choose among the sessions whose name, title or text fits',
    switches: 'CiNrTZ',
    values: { t: 'target-session' },
    positional: { usage: 'match-string', minimum: 1, maximum: 1 },
    target: 'window',
    readOnly: true,
    run: (context, args) => currentClient(context).dialogs.openPicker(args.positional[0]),
  },
];
