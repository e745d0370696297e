import { UserError } from '../base/user-error.ts';

/** What the person asked for, before the server reads the command. */
export interface ClientArguments {
  readonly socketPath: string | undefined;
  readonly socketName: string | undefined;
  readonly configFile: string | undefined;
  readonly show: 'version' | 'help' | undefined;
  readonly utf8: boolean;
  readonly readOnly: boolean;
  /** -N: never start a server. */
  readonly noStart: boolean;
  readonly verbose: boolean;
  readonly features: readonly string[];
  /** The words after the flags. */
  readonly command: readonly string[];
}

const SWITCHES = 'Vhu2lNrv';
const VALUES = 'LSfT';

const USAGE = `usage: qmux [-2hlNruVv] [-f file] [-L name] [-S socket] [-T features] [command [flags]]`;

const HELP = `${USAGE}

Without a command, qmux attaches to its server, or starts it.

  -L name      another server, by name          -S socket    another server, by path
  -f file      a configuration file             -T features  what the terminal can do: 256,RGB,...
  -2           the terminal has 256 colours     -u           the terminal shows UTF-8
  -r           read only                        -N           never start a server
  -v           log more                         -V           version

  qmux new -s build make      run a program in a session
  qmux ls                     list the sessions
  qmux attach -t build        show one
  qmux help new-session       how one command is called
  qmux list-commands          all commands
  qmux list-keys              all keys (inside: C-b ?)
`;

export const help = (): string => HELP;

/** Reads the global flags, spelled as tmux spells them (\`-Lname\`, \`-2u\`), up to the first word that is none. */
export function parseArguments(words: readonly string[]): ClientArguments {
  const switches = new Set<string>();
  const values = new Map<string, string>();
  let show: ClientArguments['show'];
  let at = 0;
  for (; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '--') {
      at += 1;
      break;
    }
    if (word === '--help' || word === '--version') show ??= word === '--help' ? 'help' : 'version';
    else if (word.startsWith('-') && word !== '-') at = readFlags(words, at, switches, values);
    else break;
  }
  const command = words.slice(at);
  if (switches.has('V')) show ??= 'version';
  if (switches.has('h') || (command.length === 1 && command[0] === 'help')) show ??= 'help';
  const features = (values.get('T') ?? '').split(',').filter((feature) => feature !== '');
  return {
    socketPath: values.get('S'),
    socketName: values.get('L'),
    configFile: values.get('f'),
    show,
    utf8: switches.has('u'),
    readOnly: switches.has('r'),
    noStart: switches.has('N'),
    verbose: switches.has('v'),
    features: switches.has('2') ? ['256', ...features] : features,
    command,
  };
}

/** Reads the flags of one word; returns the index of the last word used. */
function readFlags(words: readonly string[], at: number, switches: Set<string>, values: Map<string, string>): number {
  const word = words[at] ?? '';
  for (let index = 1; index < word.length; index += 1) {
    const flag = word[index] ?? '';
    if (VALUES.includes(flag)) {
      const rest = word.slice(index + 1);
      const value = rest === '' ? words[at + 1] : rest;
      if (value === undefined) throw new UserError(`-${flag} needs a value\n${USAGE}`);
      values.set(flag, value);
      return rest === '' ? at + 1 : at;
    }
    if (!SWITCHES.includes(flag))
      throw new UserError(
        `unknown flag ${word.startsWith('--') ? word : `-${flag}`} (qmux --help lists all)\n${USAGE}`,
      );
    switches.add(flag);
  }
  return at;
}
