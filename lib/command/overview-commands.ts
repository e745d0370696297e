import type { Session } from '../session/session.ts';
import { callsForAttention, type WaitingReason } from '../session/status.ts';
import { timeSpan } from '../text/amount.ts';
import type { Arguments, Command, CommandContext } from './command.ts';
import { columns } from './report.ts';
import { SLASH_COMMANDS } from './slash-commands.ts';

const NOTHING = { usage: '', minimum: 0, maximum: 0 } as const;

/** What goes on by a person only, whether it was seen or not. */
const STANDING: readonly (WaitingReason | undefined)[] = ['approval', 'question', 'turn-failed'];

/** What is over and was seen waits for nobody, though its status is `waiting-for-input`. */
const isWaiting = (session: Session): boolean => callsForAttention(session) || STANDING.includes(session.waitingReason);

function statusOf(session: Session): string {
  if (session.status === 'processing') return '[PROCESSING]';
  if (session.status === 'paused') return '[PAUSED]';
  if (session.status === 'completed') return '[COMPLETED]';
  return isWaiting(session) ? '[WAITING]' : '[IDLE]';
}

/** Why it waits and since when: `approval, 3m`. */
function reasonOf(session: Session): string {
  const { waitingReason, waitingSince, exit } = session;
  if (exit !== undefined) return exit.signal === undefined ? `exit ${exit.exitCode}` : `signal ${exit.signal}`;
  if (waitingReason === undefined || !isWaiting(session)) return '';
  return `${waitingReason}, ${timeSpan(Date.now() - (waitingSince ?? Date.now()))}`;
}

/** All sessions with their status, the shown one marked. */
function sessions(context: CommandContext, args: Arguments): void {
  const { server, client } = context;
  const shown = client?.session ?? context.session;
  const listed = args.has('w') ? server.sessions.filter(isWaiting) : server.sessions;
  const rows = listed.map((session) => [
    `${session === shown ? '*' : ' '} ${session.name}  `,
    session === shown ? '[ACTIVE]' : statusOf(session),
    reasonOf(session),
  ]);
  if (rows.length === 0) context.print(args.has('w') ? 'No session waits.' : 'No sessions.');
  else context.print(`${args.has('w') ? 'Waiting' : 'Active'} Sessions:\n${columns(rows)}`);
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
    summary: 'List all sessions with their status, or with -w those that wait',
    switches: 'w',
    values: {},
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
