import type { Arguments, Command, CommandContext } from './command.ts';
import { targetClient } from './place.ts';

/** Items that one turn of the wheel goes past. */
const SCROLL = 3;

function sidebar(context: CommandContext, args: Arguments): void {
  const { sidebar: own } = targetClient(context, args);
  if (args.has('U') || args.has('D')) own.scroll(args.has('U') ? -SCROLL : SCROLL);
  else if (args.has('x')) own.close();
  else if (args.has('o') || args.has('f')) own.show(args.has('f'));
  else own.toggle();
}

/** Commands on what stands on the screen beside panes and status line. */
export const sidebarCommands: readonly Command[] = [
  {
    name: 'sidebar',
    aliases: [],
    summary: 'Open the list of sessions beside the panes, or close it; -f gives it the keys, -U -D scroll',
    switches: 'DUfox',
    values: { t: 'target-client' },
    positional: { usage: '', minimum: 0, maximum: 0 },
    target: 'client',
    readOnly: true,
    run: sidebar,
  },
  {
    name: 'dismiss-banner',
    aliases: [],
    summary: 'Hide the line that says that no endpoint can be reached',
    switches: '',
    values: {},
    positional: { usage: '', minimum: 0, maximum: 0 },
    target: 'none',
    readOnly: true,
    run: ({ server }) => server.dismissBanner(),
  },
];
