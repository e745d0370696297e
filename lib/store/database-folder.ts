import {
  chmodSync,
  closeSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { errorCode } from '../base/error-code.ts';
import { stateFolder } from '../base/state-folder.ts';
import { UserError } from '../base/user-error.ts';
import { stripControls } from '../text/sanitize.ts';

/** Where everything is kept: below $XDG_STATE_HOME, else `~/.local/state`. */
export function databaseFile(environment: Readonly<Record<string, string | undefined>>): string {
  return path.join(stateFolder(environment) ?? path.join(homedir(), '.local/state/qmux'), 'qmux.db');
}

/** Makes a folder with those above it; not by `recursive`, which never ends where the system takes no folders (`/proc`). */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return;
    const parent = path.dirname(folder);
    if (errorCode(error) !== 'ENOENT' || existsSync(parent)) throw error;
    makeFolder(parent);
    mkdirSync(folder, { mode: 0o700 });
  }
}

/** Makes the folder of a file where it is missing, and the person's alone. Throws where it is somebody else's. */
export function prepareFolder(file: string): void {
  const folder = path.dirname(file);
  makeFolder(folder);
  const { uid, mode } = lstatSync(folder);
  if (uid !== process.getuid?.()) throw new UserError(`${folder} belongs to someone else (uid ${uid})`);
  if ((mode & 0o077) !== 0) chmodSync(folder, 0o700);
}

/**
 * Makes an empty file of the person's alone where none is. One that is there is not opened: closing it would free the
 * locks that this process may have on it.
 */
export function prepareFile(file: string): void {
  try {
    closeSync(openSync(file, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600));
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    const found = lstatSync(file);
    if (found.isFile() && (found.mode & 0o077) !== 0) chmodSync(file, 0o600);
  }
}

/** What belongs to a database, as ends of its name. */
const PARTS = ['', '-wal', '-journal', '.lock'];

/** Throws where something else than a file stands: a pipe would be waited for without end, and a device takes anything. */
export function checkFiles(file: string): void {
  for (const part of PARTS) {
    const found = statSync(file + part, { throwIfNoEntry: false });
    if (found === undefined || found.isFile()) continue;
    throw new UserError(`${file + part} is ${found.isDirectory() ? 'a folder' : 'no file'}: move it away`);
  }
}

/** Says who has a database: for the others. Where it cannot be written, they go without. */
export function noteOwner(file: string, owner: string): void {
  try {
    writeFileSync(`${file}.owner`, `${process.pid} ${owner}\n`, { mode: 0o600 });
  } catch {
    // nobody needs it who has the database
  }
}

/** Who has a database, as it said itself; undefined where that one does not run any more. */
export function ownerOf(file: string): string | undefined {
  try {
    const [, pid = '', owner = ''] = /^(\d{1,10}) (.{1,200})$/m.exec(readFileSync(`${file}.owner`, 'utf8')) ?? [];
    if (pid === '' || Number(pid) === process.pid) return undefined;
    process.kill(Number(pid), 0);
    return `${stripControls(owner)}, process ${pid}`;
  } catch {
    return undefined;
  }
}

/** Gives a database and what belongs to it another name, `FILE.WORD-N`, and says which. */
export function moveAside(file: string, word: string): string {
  let number = 1;
  while (existsSync(`${file}.${word}-${number}`)) number += 1;
  const aside = `${file}.${word}-${number}`;
  renameSync(file, aside);
  for (const end of ['-wal', '-journal']) if (existsSync(file + end)) renameSync(file + end, aside + end);
  return aside;
}
