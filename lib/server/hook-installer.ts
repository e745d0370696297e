import { realpath, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { changeJson } from '../attention/hook-json.ts';
import type { HookRecipe } from '../attention/hook-recipe.ts';
import { changeToml } from '../attention/hook-toml.ts';
import { errorCode } from '../base/error-code.ts';
import { PACKAGE_FOLDER } from '../base/package-folder.ts';
import { errorText, UserError } from '../base/user-error.ts';
import type { HookChange } from '../command/agents.ts';
import { checkProgram } from '../pty/program-path.ts';
import { commandText } from '../session/shell-command.ts';
import { writeAtomically } from '../tools/atomic-write.ts';
import { fileText, readWhole } from '../tools/tool-file.ts';
import { unifiedDiff } from '../tools/unified-diff.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Settings that are larger are nobody's, in bytes. */
const MAXIMUM_SETTINGS = 1 << 20;
const BACKUP = '.before-qmux';

/** What tells an agent to report itself, or with `undo` no more; nothing is changed before `apply`. Rejects with UserError. */
export async function hookChange(recipe: HookRecipe, undo: boolean, environment: Environment): Promise<HookChange> {
  const file = await settingsFile(recipe, environment);
  const read = async () => {
    const content = await readWhole(file, file).catch(refuse);
    if (content !== undefined && content.bytes.length > MAXIMUM_SETTINGS)
      throw new UserError(`${file} is larger than 1 MB: nothing was changed`);
    return content;
  };
  const content = await read();
  const before = content && textOf(content.bytes, file);
  const after = changed(before, file, { recipe, undo, program: programFor(environment) });
  const diff = after === before ? '' : unifiedDiff(file.slice(1), before, after ?? '');
  return {
    file,
    diff,
    note: undo ? undefined : recipe.note,
    async apply() {
      const now = await read();
      if ((now && textOf(now.bytes, file)) !== before)
        throw new UserError(`${file} was changed a moment ago: run install-hooks again`);
      if (after === before) return undefined;
      const folderMode = 0o700;
      const backup = now && `${file}${BACKUP}`;
      if (now !== undefined && backup !== undefined) {
        // As private as the settings, whatever lies there.
        await writeAtomically({ file: backup, name: backup, bytes: now.bytes, folderMode, before: now }).catch(refuse);
      }
      if (after === undefined) await rm(file).catch(refuse);
      else
        await writeAtomically({ file, name: file, bytes: Buffer.from(after), before: now, folderMode }).catch(refuse);
      return backup;
    },
  };
}

/** Where links lead: settings are often kept elsewhere. */
async function settingsFile({ home, homeVariable, file }: HookRecipe, environment: Environment): Promise<string> {
  const own = homeVariable === undefined ? undefined : environment[homeVariable];
  const person = environment['HOME']?.startsWith('/') === true ? environment['HOME'] : homedir();
  const folder = own?.startsWith('/') === true ? own : path.join(person, home.slice(2));
  return await realEnd(path.join(folder, file));
}

/** The real path of what is there, with what is not there yet below it. */
async function realEnd(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT' || path.dirname(file) === file) return refuse(error);
    return path.join(await realEnd(path.dirname(file)), path.basename(file));
  }
}

function textOf(bytes: Buffer, file: string): string {
  try {
    const { text, valid } = fileText(bytes, file);
    if (valid) return text;
  } catch {
    // It is said below.
  }
  throw new UserError(`${file} is no text in UTF-8: nothing was changed`);
}

interface Wish {
  readonly recipe: HookRecipe;
  readonly undo: boolean;
  readonly program: readonly string[];
}

function changed(before: string | undefined, file: string, { recipe, undo, program: words }: Wish): string | undefined {
  try {
    // As one of two words it is quoted where it must be.
    const program = commandText([...words, '.']).slice(0, -2);
    return recipe.format === 'codex'
      ? changeToml(before, recipe, { program, undo })
      : changeJson(before, recipe, program, undo);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`${file} is left as it is: ${error.message}`);
  }
}

/** How the agent's shell finds us: by name where that works, else by the place from which we run. */
function programFor(environment: Environment): readonly string[] {
  try {
    checkProgram('qmux', environment['PATH'], '/');
    return ['qmux'];
  } catch {
    return [path.join(PACKAGE_FOLDER, 'bin/qmux')];
  }
}

function refuse(error: unknown): never {
  throw new UserError(`nothing was changed: ${errorText(error)}`);
}
