import type { CommandNote } from '../session/completion-menu.ts';
import { COMMANDS } from './command-table.ts';
import { type CompletionPlace, complete, valuesOf } from './completion.ts';
import { findSlash, SLASH_COMMANDS } from './slash-commands.ts';

/**
 * What may stand at the cursor of a slash command, whose `/` is left out, instead of the word before it: slash commands
 * first, then the table's; after a name what it takes.
 */
export function completeSlash(line: string, cursor: number, place: CompletionPlace): readonly string[] {
  const before = line.slice(0, cursor);
  const word = /\S*$/.exec(before)?.[0] ?? '';
  const [name, ...given] = before
    .slice(0, before.length - word.length)
    .split(/\s+/)
    .filter((part) => part !== '');
  if (name === undefined) {
    const own = SLASH_COMMANDS.map((command) => command.name).filter((candidate) => candidate.startsWith(word));
    const names = COMMANDS.map((command) => command.name).filter((candidate) => candidate.startsWith(word));
    // All of the table would bury the few that people want.
    return word === '' ? own : [...new Set([...own, ...names.sort()])];
  }
  const slash = findSlash(name);
  if (slash === undefined) return complete(line, cursor, place);
  const kind = slash.takes[given.length];
  return kind === undefined ? [] : valuesOf(kind, place, word).filter((candidate) => candidate.startsWith(word));
}

/** What a completed name means, for the menu: how it is called, and its line of help. */
export function describeSlash(name: string): CommandNote | undefined {
  const slash = findSlash(name);
  if (slash !== undefined) return { usage: `/${name} ${slash.usage}`.trimEnd(), summary: slash.summary };
  const command = COMMANDS.find((candidate) => candidate.name === name);
  return command && { usage: `/${name} ${command.positional.usage}`.trimEnd(), summary: command.summary };
}
