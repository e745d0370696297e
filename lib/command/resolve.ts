import { nearest } from '../base/nearest.ts';
import { UserError } from '../base/user-error.ts';
import { parseArguments } from './arguments.ts';
import type { Arguments, Command } from './command.ts';
import { type Invocation, parseCommandText, type Sequence } from './command-line.ts';

/** The command of a word: its name, an alias, or the beginning of one name alone. Throws UserError. */
export type CommandLookup = (word: string) => Command;

/** Words of people's own for commands: `name=command line`, the option command-alias. */
export type AliasDefinitions = readonly string[];

export interface ResolvedCommand {
  readonly command: Command;
  readonly args: Arguments;
}

/** How to find a command in a table. */
export function createLookup(commands: readonly Command[]): CommandLookup {
  const byWord = new Map(
    commands.flatMap((command) => [command.name, ...command.aliases].map((word) => [word, command] as const)),
  );
  return (word) => {
    const exact = byWord.get(word);
    if (exact !== undefined) return exact;
    const matches = word === '' ? [] : commands.filter((command) => command.name.startsWith(word));
    const [only] = matches;
    if (only !== undefined && matches.length === 1) return only;
    const shown = word.slice(0, 64);
    if (matches.length > 1) {
      const names = matches.map((command) => command.name).sort();
      throw new UserError(`ambiguous command: ${shown}, could be: ${names.join(', ')}`);
    }
    const near = nearest(word, byWord.keys());
    throw new UserError(`unknown command: ${shown}${near === undefined ? '' : ` (the nearest is ${near})`}`);
  };
}

const NOWHERE = { variable: () => undefined, assign: () => undefined, expand: (format: string) => format } as const;

/** The commands that a command means: itself, or what its alias stands for, with its words after the last. */
export function expandAlias(invocation: Invocation, aliases: AliasDefinitions): Sequence {
  const [name = '', ...rest] = invocation.words;
  const definition = aliases.find((alias) => alias.startsWith(`${name}=`));
  if (definition === undefined || name === '') return [invocation];
  const commands = parseCommandText(definition.slice(name.length + 1), NOWHERE).flat();
  return commands.map(({ words }, index) => ({
    words: index === commands.length - 1 ? [...words, ...rest] : words,
    line: invocation.line,
  }));
}

/** Finds the command and checks its words. Throws UserError. */
export function resolve({ words }: Invocation, lookup: CommandLookup): ResolvedCommand {
  const command = lookup(words[0] ?? '');
  return { command, args: parseArguments(command, words.slice(1)) };
}

/** Throws UserError when a command line, such as one of a keymap, cannot be run as it stands. */
export function checkLine(line: string, lookup: CommandLookup, aliases: AliasDefinitions = []): void {
  for (const invocation of parseCommandText(line, NOWHERE).flat())
    for (const command of expandAlias(invocation, aliases)) resolve(command, lookup);
}
