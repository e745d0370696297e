import type { CommandContext } from './command.ts';
import { splitWords } from './command-line.ts';
import { findCommand } from './command-table.ts';
import { executeSequences, executeText, runHooks } from './executor.ts';

/** Runs a command line (or several) of a binding, the prompt or a file. Throws UserError for what failed. */
export const executeLine = (line: string, context: CommandContext): Promise<void> =>
  executeText(line, context, { lookup: findCommand });

/** Runs the words of a CLI call, in which a word that ends in `;` ends a command. Throws UserError for what failed. */
export async function executeWords(argv: readonly string[], context: CommandContext): Promise<void> {
  await executeSequences([splitWords(argv)], context, { lookup: findCommand });
}

/** Runs the command lines that set-hook gave for an event. Never rejects. */
export const runHook = (name: string, context: CommandContext): Promise<void> => runHooks(name, context, findCommand);
