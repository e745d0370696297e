import { nearest } from '../base/nearest.ts';
import { UserError } from '../base/user-error.ts';
import type { Session } from '../session/session.ts';
import { UsageError } from './arguments.ts';
import type { CommandContext } from './command.ts';
import { COMMANDS, findCommand } from './command-table.ts';
import { executeLine } from './execute.ts';
import { executeSequences } from './executor.ts';
import { resolve } from './resolve.ts';
import { findSlash, SLASH_COMMANDS } from './slash-commands.ts';

/** Characters of a line that are read. */
const MAXIMUM_LINE = 64 * 1024;

/**
 * Runs what a person typed after `/` in a chat: a slash command, or a command of the table by its full name or alias.
 * Throws UserError for what failed.
 */
export async function executeSlash(text: string, session: Session, context: CommandContext): Promise<void> {
  const line = text
    .slice(0, MAXIMUM_LINE)
    .replace(/[\r\n]+/g, ' ')
    .trim();
  const [word = '', ...args] = slashWords(line);
  const slash = findSlash(word);
  if (slash !== undefined) {
    const lines = [slash.check?.(args), slash.words(args, session)];
    const sequence = lines.flatMap((words) => (words === undefined ? [] : [{ words, line: 1 }]));
    try {
      for (const invocation of sequence) resolve(invocation, findCommand);
    } catch (error) {
      // The command behind it is called in another way than what was typed.
      if (!(error instanceof UsageError)) throw error;
      throw new UserError(`${error.problem}: /${slash.name} ${slash.usage}`.trim());
    }
    await executeSequences([sequence], context, { lookup: findCommand });
    return;
  }
  if (isCommand(word)) {
    await executeLine(line, context);
    return;
  }
  const near = nearest(word, [...SLASH_COMMANDS.flatMap(({ name }) => name), ...COMMANDS.map(({ name }) => name)]);
  const hint = near === undefined ? '/help lists them' : `the nearest is /${near}; /help lists them`;
  throw new UserError(`unknown command: /${word.slice(0, 64)} (${hint})`);
}

const isCommand = (word: string): boolean =>
  COMMANDS.some(({ name, aliases }) => name === word || aliases.includes(word));

/** Words parted by blanks; quotes of either kind hold blanks together. */
export function slashWords(line: string): readonly string[] {
  const words: string[] = [];
  for (const match of line.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"']+|["'])+/g))
    words.push(
      match[0].replace(/"([^"]*)"|'([^']*)'/g, (_, double?: string, single?: string) => double ?? single ?? ''),
    );
  return words;
}
