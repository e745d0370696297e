import { LOG_LEVELS, type LogLevel } from '../base/log.ts';
import { UserError } from '../base/user-error.ts';
import type { Arguments, Command } from './command.ts';
import { currentClient, targetSession } from './place.ts';

const NOTHING = { usage: '', minimum: 0, maximum: 0 } as const;

function levelOf(args: Arguments): LogLevel | undefined {
  const word = args.value('l');
  const level = LOG_LEVELS.find((known) => known === word);
  if (word !== undefined && level === undefined)
    throw new UserError(`no level ${word.slice(0, 40)}; there are ${LOG_LEVELS.join(', ')}`);
  return level;
}

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
    run: (context, args) => currentClient(context).dialogs.browseFiles(targetSession(context, args)),
  },
  {
    name: 'show-log',
    aliases: [],
    summary: 'Follow the log of the server and what happens to sessions, or with -t to one',
    switches: '',
    values: { l: 'level', t: 'target-session' },
    positional: NOTHING,
    target: 'session',
    readOnly: true,
    run: (context, args) => {
      const session = args.has('t') ? targetSession(context, args) : undefined;
      return currentClient(context).dialogs.showLog({ session, level: levelOf(args) });
    },
  },
];
