import { UserError } from '../base/user-error.ts';
import { isChat } from '../session/chat.ts';
import { captureRow, captureRows } from './capture.ts';
import type { Arguments, Command, CommandContext } from './command.ts';
import { awakeSession, currentClient, expand, readerOf, targetSession } from './place.ts';

const NOTHING = { usage: '', minimum: 0, maximum: 0 } as const;

async function capture(context: CommandContext, args: Arguments): Promise<void> {
  const { content } = await awakeSession(context, args);
  const bottom = content.endRow - 1;
  const start = captureRow(content, args.value('S'), content.screenTop, content.firstRow);
  const end = captureRow(content, args.value('E'), bottom, bottom);
  if (start === undefined || end === undefined) throw new UserError('-S and -E need a line number or -');
  const text = captureRows(content, {
    first: Math.min(start, end),
    last: Math.max(start, end),
    escapes: args.has('e'),
    octal: args.has('C'),
    join: args.has('J'),
    trailing: args.has('N'),
  });
  if (args.has('p')) context.print(text, { raw: true });
  else context.server.buffers.set(text, args.value('b'));
}

function pipe(context: CommandContext, args: Arguments): void {
  const session = targetSession(context, args);
  const { server } = context;
  const command = args.positional[0];
  // -o turns over: what runs is ended, and only when none ran is one started.
  const stops = command === undefined || command === '' || (args.has('o') && server.pipes.has(session));
  const input = args.has('I');
  server.pipes.set(session, stops ? undefined : expand(context, command, { session }), {
    input,
    output: args.has('O') || !input,
  });
}

async function copyMode(context: CommandContext, args: Arguments): Promise<void> {
  const client = currentClient(context);
  const session = args.has('t') ? targetSession(context, args) : client.session;
  if (args.has('q')) {
    if (session !== undefined) readerOf(context, session)?.modes.copyAction(session, 'cancel', [], 1);
    return;
  }
  // Its rows get other numbers when a chat wakes, and the mode would lose its place.
  if (session !== undefined && isChat(session) && !session.isAwake) await session.wake();
  client.enterCopyMode({ pageUp: args.has('u'), exitAtBottom: args.has('e'), mouse: args.has('M'), session });
}

/** Commands on what a session shows. */
export const contentCommands: readonly Command[] = [
  {
    name: 'capture-pane',
    aliases: ['capturep'],
    summary: 'Copy what a session shows to a paste buffer, or with -p print it',
    switches: 'CeJNpq',
    values: { b: 'buffer-name', E: 'end-line', S: 'start-line', t: 'target-session' },
    positional: NOTHING,
    target: 'pane',
    run: capture,
  },
  {
    name: 'pipe-pane',
    aliases: ['pipep'],
    summary: 'Copy the output of a session to a shell command, or with -I its output to the session',
    switches: 'IoO',
    values: { t: 'target-session' },
    positional: { usage: '[shell-command]', minimum: 0, maximum: 1 },
    target: 'pane',
    run: pipe,
  },
  {
    name: 'clear-history',
    aliases: ['clearhist'],
    summary: 'Forget the history of a session',
    switches: '',
    values: { t: 'target-session' },
    positional: NOTHING,
    target: 'pane',
    run: (context, args) => targetSession(context, args).clearHistory(),
  },
  {
    name: 'copy-mode',
    aliases: [],
    summary: 'Look through the history, search and copy',
    switches: 'eMqu',
    values: { t: 'target-session' },
    positional: NOTHING,
    target: 'pane',
    readOnly: true,
    run: copyMode,
  },
];
