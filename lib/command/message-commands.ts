import { expandFormat, expandMarkup } from '../config/format.ts';
import type { Arguments, Command, CommandContext } from './command.ts';
import { FORMAT_NAMES } from './format-names.ts';
import { currentClient, formatsFor, numberFlag, targetClient, targetSession } from './place.ts';

const NOTHING = { usage: '', minimum: 0, maximum: 0 } as const;
const DEFAULT = '[#{session_name}] #{window_index}:#{window_name}, current pane #{pane_index} - (%H:%M %d-%b-%y)';
/** Longest time that a message may stay, in milliseconds: a day. */
const MAXIMUM_DELAY = 86_400_000;

function display(context: CommandContext, args: Arguments): void {
  const client = args.has('c') ? targetClient(context, args, 'c') : context.client;
  const session = args.has('t') || context.session !== undefined ? targetSession(context, args) : undefined;
  const formats = formatsFor(context, { client, session });
  if (args.has('a')) {
    const lines = FORMAT_NAMES.flatMap((name) => {
      const value = formats.lookup(name);
      return value === undefined ? [] : [`${name}=${value}`];
    });
    context.print(lines.join('\n'));
    return;
  }
  const template = args.positional[0] ?? args.value('F') ?? DEFAULT;
  const text = args.has('l') ? template : expandFormat(template, formats, { time: true });
  if (args.has('p') || client === undefined) context.print(text);
  else {
    const markup = args.has('l') ? undefined : expandMarkup(template, formats, { time: true });
    client.message(text, numberFlag(args, 'd', 0, MAXIMUM_DELAY), markup);
  }
}

function showMessages(context: CommandContext): void {
  const lines = context.server.messages.map(
    ({ time, text }) => `${new Date(time).toTimeString().slice(0, 8)}: ${text}`,
  );
  if (lines.length > 0) context.print(lines.join('\n'));
}

/** Commands that tell something. */
export const messageCommands: readonly Command[] = [
  {
    name: 'display-message',
    aliases: ['display'],
    summary: 'Show a message in the status line, or with -p print it',
    switches: 'alp',
    values: { c: 'target-client', d: 'delay', F: 'format', t: 'target-session' },
    positional: { usage: '[message]', minimum: 0, maximum: 1 },
    target: 'pane',
    readOnly: true,
    run: display,
  },
  {
    name: 'show-messages',
    aliases: ['showmsgs'],
    summary: 'List the messages shown lately',
    switches: '',
    values: { t: 'target-client' },
    positional: NOTHING,
    target: 'client',
    readOnly: true,
    run: showMessages,
  },
  {
    name: 'clock-mode',
    aliases: [],
    summary: 'Show a clock over the pane',
    switches: '',
    values: { t: 'target-session' },
    positional: NOTHING,
    target: 'pane',
    readOnly: true,
    run: (context) => currentClient(context).dialogs.showClock(),
  },
];
