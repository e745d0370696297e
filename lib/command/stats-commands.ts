import type { Arguments, Command, CommandContext } from './command.ts';
import { figuresText } from './stats.ts';

function stats(context: CommandContext, args: Arguments): void {
  const { server, caller, client } = context;
  if (args.has('json')) context.print(JSON.stringify(server.figures(), undefined, 2));
  else if (caller.kind === 'client' && client !== undefined)
    client.dialogs.showLive('stats', () => figuresText(server.figures()));
  else context.print(figuresText(server.figures()));
}

/** What the server holds and does. */
export const statsCommands: readonly Command[] = [
  {
    name: 'stats',
    aliases: [],
    summary: 'Show memory, limits, turns and the database, in a client live',
    switches: '',
    values: {},
    longs: ['json'],
    positional: { usage: '', minimum: 0, maximum: 0 },
    target: 'none',
    readOnly: true,
    run: stats,
  },
];
