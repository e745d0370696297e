import { errorText, UserError } from '../base/user-error.ts';
import type { CommandContext } from './command.ts';
import { type ParsePlace, parseCommandText, type Sequence } from './command-line.ts';
import type { CommandServer } from './command-server.ts';
import { expand, isReadOnly } from './place.ts';
import { type AliasDefinitions, type CommandLookup, expandAlias, resolve } from './resolve.ts';

/** Lines that run lines that run lines: if-shell, source-file, hooks. */
const MAXIMUM_DEPTH = 50;
/** Problems of one text that are told; more are counted. */
const MAXIMUM_PROBLEMS = 50;

export interface ExecuteOptions {
  readonly lookup: CommandLookup;
  /** Name of the file that the text is from, for problems. */
  readonly file?: string | undefined;
  /** Checks all commands and runs none. */
  readonly checkOnly?: boolean;
  /** Hears each command before it runs. */
  readonly onCommand?: (words: readonly string[], line: number) => void;
}

const depths = new WeakMap<CommandContext, number>();
/** Contexts in which hooks run; what they run fires none. */
const inHook = new WeakSet<CommandContext>();

/** The option command-alias. */
export function aliasesOf({ options }: CommandServer): AliasDefinitions {
  const value = options.get('command-alias');
  return Array.isArray(value) ? value : [];
}

function placeOf(context: CommandContext, file: string | undefined): ParsePlace {
  const { server } = context;
  return {
    file,
    variable: (name) =>
      server.hiddenEnvironment.get(name) ??
      (server.environment.has(name) ? server.environment.get(name) : process.env[name]),
    assign: (name, value, hidden) => {
      if (hidden) server.hiddenEnvironment.set(name, value);
      else server.environment.set(name, value);
    },
    expand: (format) => expand(context, format),
  };
}

/**
 * Runs a text of command lines. An error stops the rest of its own line only; the UserError thrown at the end names
 * all that failed.
 */
export async function executeText(text: string, context: CommandContext, options: ExecuteOptions): Promise<void> {
  await executeSequences(parseCommandText(text, placeOf(context, options.file)), context, options);
}

export async function executeSequences(
  sequences: readonly Sequence[],
  context: CommandContext,
  options: ExecuteOptions,
): Promise<void> {
  const depth = depths.get(context) ?? 0;
  if (depth >= MAXIMUM_DEPTH) throw new UserError('commands run commands too deeply; is there a loop?');
  depths.set(context, depth + 1);
  try {
    const problems: string[] = [];
    let more = 0;
    for (const sequence of sequences) {
      const problem = await executeSequence(sequence, context, options);
      if (problem === undefined) continue;
      if (problems.length < MAXIMUM_PROBLEMS) problems.push(problem);
      else more += 1;
    }
    if (more > 0) problems.push(`and ${more} more`);
    if (problems.length > 0) throw new UserError(problems.join('\n'));
  } finally {
    depths.set(context, depth);
  }
}

/** The problem that ended the sequence, undefined when it ran to its end. */
async function executeSequence(
  sequence: Sequence,
  context: CommandContext,
  { lookup, file, checkOnly, onCommand }: ExecuteOptions,
): Promise<string | undefined> {
  let line = 1;
  try {
    // All are checked before the first runs, as tmux does: a slip at the end of a line then changes nothing.
    const aliases = aliasesOf(context.server);
    const commands = sequence.map((invocation) => {
      line = invocation.line;
      return expandAlias(invocation, aliases).map((item) => ({ ...resolve(item, lookup), item }));
    });
    for (const { command, args, item } of commands.flat()) {
      line = item.line;
      if (context.signal.aborted) return undefined;
      onCommand?.(item.words, line);
      if (checkOnly) continue;
      if (isReadOnly(context) && !command.readOnly)
        throw new UserError(
          context.caller.readOnly === true
            ? `what a tool of a chat runs may look, but not ${command.name}: leave that to the person`
            : 'client is read-only',
        );
      await command.run(context, args);
      await runHooks(`after-${command.name}`, context, lookup);
    }
    return undefined;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return file === undefined ? error.message : `${file}:${line}: ${error.message}`;
  }
}

/** Runs the command lines of a hook, unless a hook runs here already. What fails is logged and shown, never thrown. */
export async function runHooks(name: string, context: CommandContext, lookup: CommandLookup): Promise<void> {
  const lines = context.server.hooks.get(name);
  if (lines === undefined || inHook.has(context)) return;
  inHook.add(context);
  try {
    for (const line of lines) await executeText(line, context, { lookup });
  } catch (error) {
    const text = `hook ${name}: ${errorText(error)}`;
    context.server.log(text);
    context.client?.message(text);
  } finally {
    inHook.delete(context);
  }
}
