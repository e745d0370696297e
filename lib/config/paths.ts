import { existsSync, readdirSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import { nearest } from '../base/nearest.ts';
import { PACKAGE_FOLDER } from '../base/package-folder.ts';
import { UserError } from '../base/user-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** $HOME, else the home of the account; undefined where there is neither. */
function homeFolder(environment: Environment): string | undefined {
  const home = environment['HOME'];
  if (home !== undefined && path.isAbsolute(home)) return home;
  try {
    return userInfo().homedir || undefined;
  } catch {
    return undefined;
  }
}

/** The person's folder of qmux, `~/.config/qmux` as XDG has it; undefined where there is no home. */
export function configFolder(environment: Environment): string | undefined {
  const folder = environment['XDG_CONFIG_HOME'];
  if (folder !== undefined && path.isAbsolute(folder)) return path.join(folder, 'qmux');
  const home = homeFolder(environment);
  return home === undefined ? undefined : path.join(home, '.config', 'qmux');
}

/** The person's configuration file, whether or not it is there. */
export function configFile(environment: Environment): string | undefined {
  const folder = configFolder(environment);
  return folder === undefined ? undefined : path.join(folder, 'config.toml');
}

/** The folder of the keymaps that ship. */
const SHIPPED_KEYMAPS = path.join(PACKAGE_FOLDER, 'keymaps');

/** Whether a keymap ships: the specs have checked it. */
export const isShippedKeymap = (file: string): boolean => path.dirname(file) === SHIPPED_KEYMAPS;

/** Where keymaps are looked for, in this order: the person's folder, then what ships. */
export function keymapFolders(environment: Environment): readonly string[] {
  const folder = configFolder(environment);
  return [...(folder === undefined ? [] : [path.join(folder, 'keymaps')]), SHIPPED_KEYMAPS];
}

/** The file of a keymap in the first folder that has it. Throws UserError that names the nearest one. */
export function keymapFile(name: string, folders: readonly string[]): string {
  if (/^[\w-]{1,64}$/.test(name))
    for (const folder of folders) {
      const file = path.join(folder, `${name}.toml`);
      if (existsSync(file)) return file;
    }
  const near = nearest(name, folders.flatMap(keymapNames));
  throw new UserError(`unknown keymap: ${name.slice(0, 100)}${near === undefined ? '' : `; the nearest is ${near}`}`);
}

function keymapNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((file) => file.endsWith('.toml'))
      .map((file) => file.slice(0, -'.toml'.length));
  } catch {
    return [];
  }
}
