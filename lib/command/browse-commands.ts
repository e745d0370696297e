import type { Command } from './command.ts';
import { currentClient, targetSession } from './place.ts';

const NOTHING = { usage: '', minimum: 0, maximum: 0 } as const;

/** Commands that open what lies over the panes to look around in. */
export const browseCommands: readonly Command[] = [
  {
    name: 'browse-files',
    aliases: [],
    summary: 'Look around in the directory of a session, and put a path into its input',
    switches: '',
    values: { t: 'target-session' },
    positional: NOTHING,
    target: 'session',
    run: (context, args) => currentClient(context).browseFiles(targetSession(context, args)),
  },
];
