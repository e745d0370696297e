import { UserError } from '../base/user-error.ts';
import { stripControls } from '../text/sanitize.ts';
import type { Arguments, Command, CommandContext } from './command.ts';

/** Places that are told at most. */
const LIMIT = 50;

async function search(context: CommandContext, args: Arguments): Promise<void> {
  const words = args.positional.join(' ');
  const { caller, client } = context;
  if (caller.kind === 'client' && client !== undefined && !args.has('json')) {
    client.dialogs.openSearch(words);
    return;
  }
  if (words.trim() === '') throw new UserError('search needs words to look for');
  const found = await context.server.archive.search(words, LIMIT);
  if (args.has('json')) {
    context.print(JSON.stringify(found, undefined, 2));
    return;
  }
  if (found.length === 0) throw new UserError('nothing that is kept has these words');
  const lines = found.map(({ session, isOpen, time, message, excerpt }) => {
    const place = `${session}${isOpen ? '' : ' (closed)'}${message === undefined ? '' : `, message ${message}`}`;
    const day = new Date(time).toISOString().slice(0, 16).replace('T', ' ');
    return stripControls(`${day}  ${place}: ${excerpt}`, 400);
  });
  context.print(lines.join('\n'));
}

/** What finds again what was said. */
export const searchCommands: readonly Command[] = [
  {
    name: 'search',
    aliases: [],
    summary: 'Find words in all conversations, also closed ones, and in what programs show, the newest first',
    switches: '',
    values: {},
    longs: ['json'],
    positional: { usage: '[word ...]', minimum: 0, maximum: Number.POSITIVE_INFINITY },
    target: 'none',
    readOnly: true,
    run: search,
  },
];
