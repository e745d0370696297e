import { UserError } from '../base/user-error.ts';
import { isChat } from '../session/chat.ts';
import type { Session } from '../session/session.ts';
import { waitsForPerson } from '../session/status.ts';
import { amount, timeSpan } from '../text/amount.ts';
import { stripControls } from '../text/sanitize.ts';
import type { ClosedSession } from './archive.ts';
import type { Arguments, Command, CommandContext } from './command.ts';
import { columns } from './report.ts';
import { closedJson, sessionJson } from './session-json.ts';
import { SLASH_COMMANDS } from './slash-commands.ts';

const NOTHING = { usage: '', minimum: 0, maximum: 0 } as const;
/** Closed sessions that are listed at most. */
const MAXIMUM_CLOSED = 200;

function statusOf(session: Session): string {
  if (session.status === 'processing') return '[PROCESSING]';
  if (session.status === 'paused')
    return isChat(session) && !session.isAwake && !session.isPaused ? '[HIBERNATED]' : '[PAUSED]';
  if (session.status === 'completed') return '[COMPLETED]';
  return waitsForPerson(session) ? '[WAITING]' : '[IDLE]';
}

/** Why it waits and since when: `approval, 3m`; what was seen to have failed is told as well. */
function reasonOf(session: Session): string {
  const { waitingReason, waitingSince, exit } = session;
  if (exit?.withServer === true) return 'ended with the server';
  if (exit !== undefined) return exit.signal === undefined ? `exit ${exit.exitCode}` : `signal ${exit.signal}`;
  if (waitingReason === undefined || !(waitsForPerson(session) || waitingReason === 'turn-failed')) return '';
  return `${waitingReason}, ${timeSpan(Date.now() - (waitingSince ?? Date.now()))}`;
}

function openSessions(listed: readonly Session[], shown: Session | undefined): string {
  return columns(
    listed.map((session) => [
      `${session === shown ? '*' : ' '} ${session.name}  `,
      session === shown ? '[ACTIVE]' : statusOf(session),
      reasonOf(session),
    ]),
  );
}

const closedSessions = (listed: readonly ClosedSession[]): string =>
  columns(
    listed.map(({ id, name, type, kind, messages, lastActive, preview }) => [
      `  ${stripControls(name, 40)}  `,
      `${id}`,
      '[COMPLETED]',
      `${type ?? kind}, ${amount(messages, 'message')}, ${timeSpan(Date.now() - lastActive)}`,
      stripControls(preview, 60),
    ]),
  );

/** All sessions with their status, the shown one marked; with --all also what was closed, for a client to choose from. */
async function sessions(context: CommandContext, args: Arguments): Promise<void> {
  const { server, client } = context;
  const waiting = args.has('w') || args.has('waiting');
  const all = args.has('a') || args.has('all');
  if (waiting && all) throw new UserError('--all and --waiting exclude each other');
  if (all && context.caller.kind === 'client' && client !== undefined && !args.has('json')) {
    client.dialogs.openClosed();
    return;
  }
  server.lookAtSessions();
  const listed = waiting ? server.sessions.filter(waitsForPerson) : server.sessions;
  if (args.has('json')) {
    const closed = all ? await server.archive.closed(MAXIMUM_CLOSED) : [];
    const facts = [...listed.map((session) => sessionJson(session, server)), ...closed.map(closedJson)];
    context.print(JSON.stringify(facts, undefined, 2));
    return;
  }
  if (listed.length === 0) context.print(waiting ? 'No session waits.' : 'No sessions.');
  else {
    const title = waiting ? 'Waiting' : 'Active';
    context.print(`${title} Sessions:\n${openSessions(listed, client?.session ?? context.session)}`);
  }
  if (!all) return;
  const closed = await server.archive.closed(MAXIMUM_CLOSED);
  context.print(
    closed.length === 0
      ? 'No closed sessions.'
      : `Closed Sessions (reopen NAME brings one back):\n${closedSessions(closed)}`,
  );
}

function slashHelp(context: CommandContext): void {
  const rows = SLASH_COMMANDS.map(({ name, aliases, usage, summary }) => [
    [`/${name}`, ...aliases.map((alias) => `/${alias}`)].join(' ') + (usage === '' ? '' : ` ${usage}`),
    summary,
  ]);
  context.print(
    `${columns(rows)}\nEvery command works by its full name, as /list-keys; /help NAME says how it is called.\nA text that begins with / is sent as //text.`,
  );
}

/** Commands that tell a person where everything stands. */
export const overviewCommands: readonly Command[] = [
  {
    name: 'sessions',
    aliases: [],
    summary: 'List the sessions with their status, with -w those that wait, with -a also those that were closed',
    switches: 'aw',
    values: {},
    longs: ['all', 'waiting', 'json'],
    positional: NOTHING,
    target: 'none',
    readOnly: true,
    run: sessions,
  },
  {
    name: 'slash-commands',
    aliases: [],
    summary: 'List what can be typed after / in a chat',
    switches: '',
    values: {},
    positional: NOTHING,
    target: 'none',
    readOnly: true,
    run: slashHelp,
  },
];
