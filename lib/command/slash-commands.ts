import { UserError } from '../base/user-error.ts';
import { isSessionType } from '../conversation/session-type.ts';
import type { Session } from '../session/session.ts';
import { sessionType } from './chat-commands.ts';

/** A word that people type after `/` in a chat: it stands for words of the command table. */
export interface SlashCommand {
  readonly name: string;
  readonly aliases: readonly string[];
  /** What follows the name, for help. */
  readonly usage: string;
  /** One line for help, in the imperative. */
  readonly summary: string;
  /** What each argument is, in order, for completion; the kinds are those of the command table's arguments. */
  readonly takes: readonly string[];
  /** The command and its words. `session` is the chat in which it was typed. Throws UserError. */
  words(args: readonly string[], session: Session): readonly string[];
  /** The words of a command that must not fail first; undefined where there is nothing to look at. */
  check?(args: readonly string[]): readonly string[] | undefined;
}

const plain = (command: string) => (args: readonly string[]) => [command, ...args];
/** The rest of the line as one argument, where it has any. */
const whole = (command: readonly string[]) => (args: readonly string[]) =>
  args.length === 0 ? command : [...command, args.join(' ')];

const entry = (
  name: string,
  usage: string,
  summary: string,
  words: SlashCommand['words'],
  { takes = [], aliases = [] }: { readonly takes?: readonly string[]; readonly aliases?: readonly string[] } = {},
): SlashCommand => ({ name, aliases, usage, summary, takes, words });

function makeChat(args: readonly string[]): readonly string[] {
  const usage = '/new [type] [name]';
  if (args.length > 2) throw new UserError(`new takes a type and a name: ${usage}`);
  const [first, second] = args;
  if (first !== undefined && second !== undefined) sessionType(first, usage);
  // Of two words the first is the type: one that is none is refused, with the nearest.
  const type = first !== undefined && (second !== undefined || isSessionType(first)) ? ['--type', first] : [];
  const name = type.length > 0 ? second : first;
  return ['new-session', '--chat', ...type, ...(name === undefined ? [] : ['-s', name])];
}

/** A chat that is closed is gone: it asks first, and means the session that it named, whatever is shown by then. */
function close([name]: readonly string[], session: Session): readonly string[] {
  const target = name === undefined ? `$${session.id}` : `=${name}`;
  const line = `kill-session -t '${target.replaceAll("'", "'\\''")}'`;
  return ['confirm-before', '-p', `close ${(name ?? session.name).replaceAll('#', '##')}? (y/n)`, line];
}

/** Slash commands, in the order of help. Any command of the table works as well, by its full name. */
export const SLASH_COMMANDS: readonly SlashCommand[] = [
  entry('new', '[type] [name]', 'Make a chat and show it', makeChat, { takes: ['type'] }),
  entry('switch', 'name', 'Show another session', ([name = '']) => ['switch-client', '-t', name], {
    takes: ['session'],
    aliases: ['s'],
  }),
  entry('sessions', '[--all|--waiting]', 'List the sessions, those that wait, or also closed ones', plain('sessions'), {
    takes: ['listed'],
  }),
  {
    ...entry('close', '[name]', 'Close this session or another; asks first', close, { takes: ['session'] }),
    // Nobody is asked about a session that there is not.
    check: ([name]) => (name === undefined ? undefined : ['has-session', '-t', `=${name}`]),
  },
  entry('rename', 'name', 'Rename this session', whole(['rename-session', '--'])),
  entry('session-name', '[name]', "Show or set this session's name", (args) =>
    args.length === 0 ? ['display-message', '-p', '#{session_name}'] : ['rename-session', '--', args.join(' ')],
  ),
  entry('pause', '', 'Hold this chat: it takes no turn', plain('pause-session')),
  entry('resume', '', 'Let this chat go on', plain('resume-session')),
  entry('model', '[model]', 'Choose the model from a list, or name it', plain('set-model'), { takes: ['model'] }),
  entry('type', '[type]', 'Say what this chat is for', plain('set-type'), { takes: ['type'] }),
  entry('tools', '[trust|untrust] [tool]', 'List the tools, trust one or no longer', plain('tools'), {
    takes: ['trust', 'tool'],
  }),
  entry('context', '', 'Show model, window, tokens and cost', plain('context')),
  entry('compact', '', 'Summarise the older turns now', plain('compact')),
  entry('retry', '', 'Make the last request again', plain('retry')),
  entry('fork', '[name]', 'Go on in a new chat; this one stays as it is', (args, session) => [
    'fork',
    '-t',
    `$${session.id}`,
    ...args,
  ]),
  entry('rewind', '[message]', 'Go back to before what you said last, or before a message', (args, session) => [
    'rewind',
    '-t',
    `$${session.id}`,
    ...args,
  ]),
  entry('search', '[word ...]', 'Find words in all conversations, also closed ones', plain('search')),
  entry('reopen', '[name]', 'Open a closed chat again, from a list or by its name', plain('reopen'), {
    takes: ['closed-session'],
  }),
  entry(
    'export',
    '[file]',
    'Write this conversation to a file: Markdown, or .json',
    (args, session) => ['export', '-t', `$${session.id}`, ...args],
    {
      takes: ['path'],
    },
  ),
  entry('import', 'file', 'Make a chat of a file that /export wrote', plain('import'), { takes: ['path'] }),
  entry('clear', '', 'Begin anew: nothing before is sent any more', plain('clear-conversation')),
  entry('usage', '', 'Show tokens and cost of all chats', plain('usage')),
  entry('stats', '', 'Show memory, limits and turns', plain('stats')),
  entry('doctor', '', 'Say which endpoint is used, and what is wrong', plain('doctor')),
  entry('help', '[command]', 'List these, or say how a command is called', (args) =>
    args.length === 0 ? ['slash-commands'] : ['help', ...args],
  ),
];

/** The slash command of a name or alias. */
export const findSlash = (word: string): SlashCommand | undefined =>
  SLASH_COMMANDS.find(({ name, aliases }) => name === word || aliases.includes(word));
