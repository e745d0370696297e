import { homedir } from 'node:os';
import { UserError } from '../base/user-error.ts';
import { SESSION_TYPES } from '../conversation/session-type.ts';
import { LAYOUT_NAMES } from '../layout/named-layout.ts';
import type { Command } from './command.ts';
import type { CommandClient } from './command-client.ts';
import type { CommandServer } from './command-server.ts';
import { COMMANDS, findCommand } from './command-table.ts';
import { aliasesOf } from './executor.ts';
import { hookNames } from './hook-commands.ts';
import { pathsAt } from './path-completion.ts';
import { STATUS_WORDS } from './wait-status.ts';

export interface CompletionPlace {
  readonly server: CommandServer;
  readonly client: CommandClient | undefined;
}

/** Characters before the cursor that are looked at. */
const MAXIMUM_LINE = 4096;

/**
 * What may stand at the cursor of a command line instead of the word before it (from the last blank), sorted: commands,
 * flags, or what a flag or argument of the command takes.
 */
export function complete(line: string, cursor: number, place: CompletionPlace): readonly string[] {
  const before = line.slice(Math.max(0, cursor - MAXIMUM_LINE), cursor);
  const whole = /\S*$/.exec(before)?.[0] ?? '';
  // `a;b` is one word to the prompt, but b begins a command.
  const base = whole.slice(0, whole.lastIndexOf(';') + 1);
  const word = whole.slice(base.length);
  const words = base === '' ? statementWords(before.slice(0, before.length - whole.length)) : [];
  const found = new Set(candidates(words, word, place).filter((candidate) => candidate.startsWith(word)));
  return [...found].sort().map((candidate) => base + candidate);
}

/** The words since the last `;`. */
function statementWords(text: string): readonly string[] {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const end = words.findLastIndex((word) => word.endsWith(';') && word !== '\\;');
  return words.slice(end + 1);
}

function candidates(words: readonly string[], word: string, place: CompletionPlace): readonly string[] {
  const [name, ...rest] = words;
  if (name === undefined) return commandNames(place);
  const command = lookup(name);
  if (command === undefined) return [];
  const wanted = valueWanted(command, rest);
  if (wanted !== undefined) return valuesOf(wanted, place, word);
  if (word.startsWith('-')) return flagsOf(command);
  const kind = positionalWanted(command, rest);
  return kind === 'value' ? choicesOf(rest, place) : valuesOf(kind, place, word);
}

/** The words that the option named before may be, where it has only a few. */
function choicesOf(words: readonly string[], { server }: CompletionPlace): readonly string[] {
  const name = words.at(-1) ?? '';
  return server.options.names.includes(name) ? server.options.choices(name) : [];
}

function lookup(name: string): Command | undefined {
  try {
    return findCommand(name);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

function commandNames({ server }: CompletionPlace): readonly string[] {
  const own = aliasesOf(server).map((alias) => alias.split('=', 1)[0] ?? '');
  return [...COMMANDS.map((command) => command.name), ...own];
}

const flagsOf = (command: Command): readonly string[] => [
  ...[...command.switches, ...Object.keys(command.values)].map((flag) => `-${flag}`),
  ...[...(command.longs ?? []), ...Object.keys(command.longValues ?? {})].map((long) => `--${long}`),
];

/** What the flag that ends `words` waits for; undefined when none does. */
function valueWanted(command: Command, words: readonly string[]): string | undefined {
  const last = words.at(-1) ?? '';
  if (last.startsWith('--') && Object.hasOwn(command.longValues ?? {}, last.slice(2)))
    return command.longValues?.[last.slice(2)];
  if (!/^-[^-]/.test(last)) return undefined;
  const flag = [...last.slice(1)].find((letter) => Object.hasOwn(command.values, letter));
  return flag !== undefined && last.endsWith(flag) ? command.values[flag] : undefined;
}

/** The name of the argument that comes next, as the usage calls it. */
function positionalWanted(command: Command, words: readonly string[]): string {
  let given = 0;
  for (let index = 0; index < words.length; index++) {
    const isFlag = given === 0 && /^-./.test(words[index] ?? '');
    if (!isFlag) given += 1;
    else if (valueWanted(command, words.slice(0, index + 1)) !== undefined) index += 1;
  }
  const names = command.positional.usage.split(/[\s[\].]+/).filter((name) => name !== '');
  return names[given] ?? '';
}

/** What an argument of that kind, as usage calls it, may be; `word` is how it begins. */
export function valuesOf(kind: string, place: CompletionPlace, word: string): readonly string[] {
  const { server } = place;
  switch (kind) {
    case 'target-session':
    case 'target-pane':
    case 'source-pane':
    case 'source-session':
      return server.sessions.flatMap(({ name }) => [name, `=${name}`]);
    case 'session':
      return server.sessions.map(({ name }) => name);
    case 'listed':
      return ['--all', '--waiting'];
    case 'trust':
      return ['list', 'trust', 'untrust'];
    case 'target-client':
      return server.clients.map((client) => client.name);
    case 'key-table':
      return server.keyTables.names;
    case 'buffer-name':
      return server.buffers.all.map((buffer) => buffer.name);
    case 'option':
      return server.options.names;
    case 'command':
      return commandNames(place);
    case 'hook':
      return hookNames(COMMANDS);
    case 'layout-name':
      return LAYOUT_NAMES;
    case 'status':
      return STATUS_WORDS;
    case 'type':
      return SESSION_TYPES;
    case 'on|off':
      return ['on', 'off'];
    case 'agent':
      return [...new Set([...server.agents.found().map(({ name }) => name), ...server.agents.hookable])];
    case 'closed-session':
      return server.archive.closedNames;
    case 'path':
      return pathsAt(word, place.client?.session?.fact('pane_current_path') ?? homedir());
    case 'model':
      return server.knownModels;
    case 'tool':
      return server.tools.map((tool) => tool.name);
    default:
      return [];
  }
}
