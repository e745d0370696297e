import { readdirSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../base/user-error.ts';
import type { Arguments, Command, CommandContext } from './command.ts';
import { executeText } from './executor.ts';
import { fileError } from './file-error.ts';
import { expand, resolvePath } from './place.ts';
import type { CommandLookup } from './resolve.ts';
import { matchesPattern } from './target.ts';

/** Bytes of one file, and files that one pattern may name. */
const MAXIMUM_FILE = 4 << 20;
const MAXIMUM_FILES = 1000;

async function source(context: CommandContext, args: Arguments, lookup: CommandLookup): Promise<void> {
  const problems: string[] = [];
  for (const given of args.positional) {
    try {
      for (const file of given === '-' ? ['-'] : filesOf(context, args.has('F') ? expand(context, given) : given))
        await sourceFile(context, args, file, lookup);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(error.message);
    }
  }
  if (problems.length > 0) throw new UserError(problems.join('\n'));
}

async function sourceFile(
  context: CommandContext,
  args: Arguments,
  file: string,
  lookup: CommandLookup,
): Promise<void> {
  if (file.endsWith('.toml')) return reload(context);
  const text = await read(context, file, args.has('q'));
  if (text === undefined) return;
  await executeText(text, context, {
    lookup,
    file,
    checkOnly: args.has('n'),
    ...(args.has('v')
      ? { onCommand: (words: readonly string[], line: number) => context.print(`${file}:${line}: ${words.join(' ')}`) }
      : {}),
  });
}

async function read(context: CommandContext, file: string, quiet: boolean): Promise<string | undefined> {
  if (file === '-') return Buffer.from(await context.caller.readStdin()).toString();
  try {
    const { size } = await stat(file);
    if (size > MAXIMUM_FILE) throw new UserError(`${file}: larger than 4 MB`);
    return await readFile(file, 'utf8');
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (quiet && missing) return undefined;
    throw fileError(file, error);
  }
}

/** The files of a path with `*`, `?` or `[a-z]` in it, sorted; a path without stands for itself. */
function filesOf(context: CommandContext, given: string): readonly string[] {
  const whole = resolvePath(context, given);
  if (!/[*?[]/.test(given)) return [whole];
  let found = [path.parse(whole).root];
  for (const part of whole.split(path.sep).filter((piece) => piece !== '')) {
    const pattern = /[*?[]/.test(part);
    found = found
      .flatMap((folder) => (pattern ? entries(folder, part) : [path.join(folder, part)]))
      .slice(0, MAXIMUM_FILES);
  }
  return found.length > 0 ? found : [whole];
}

function entries(folder: string, pattern: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => (pattern.startsWith('.') || !name.startsWith('.')) && matchesPattern(name, pattern))
      .sort()
      .map((name) => path.join(folder, name));
  } catch {
    return [];
  }
}

function reload({ server }: CommandContext): void {
  const problems = server.reload();
  if (problems.length > 0) throw new UserError(problems.join('\n'));
}

/** Commands that read files of commands and options. */
export const sourceCommands = (lookup: CommandLookup): readonly Command[] => [
  {
    name: 'source-file',
    aliases: ['source'],
    summary: 'Run the command lines of files; - is standard input, a .toml file reloads the configuration',
    switches: 'Fnqv',
    values: {},
    positional: { usage: 'path ...', minimum: 1, maximum: 1000 },
    target: 'none',
    run: (context, args) => source(context, args, lookup),
  },
  {
    name: 'reload-config',
    aliases: [],
    summary: 'Read configuration and keymap anew',
    switches: '',
    values: {},
    positional: { usage: '', minimum: 0, maximum: 0 },
    target: 'none',
    run: reload,
  },
];
