import { randomBytes } from 'node:crypto';
import { link, open, rename, unlink } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from '../base/error-code.ts';
import { UserError } from '../base/user-error.ts';
import { fileError } from './file-error.ts';

/**
 * Writes a file of the person's alone (0600) that is whole or not there at all: one beside it, on disk, takes its name.
 * What is there already is replaced only with `replaces`. False when it is there. Rejects with UserError for what failed.
 */
export async function writeFileWhole(file: string, text: string, replaces: boolean): Promise<boolean> {
  const temporary = path.join(path.dirname(file), `.qmux-${randomBytes(8).toString('hex')}.tmp`);
  let isMade = false;
  try {
    const handle = await open(temporary, 'wx', 0o600);
    isMade = true;
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (replaces) await rename(temporary, file);
    else await giveName(temporary, file);
    return true;
  } catch (error) {
    if (!replaces && errorCode(error) === 'EEXIST') return false;
    throw fileError(file, error);
  } finally {
    if (isMade) await unlink(temporary).catch(() => undefined);
  }
}

/** By a hard link, which unlike rename refuses what is there; where there are none, by a file that must be new. */
async function giveName(temporary: string, file: string): Promise<void> {
  try {
    await link(temporary, file);
  } catch (error) {
    const code = errorCode(error);
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EMLINK') throw error;
    await (await open(file, 'wx', 0o600)).close();
    await rename(temporary, file);
  }
}

/** Throws UserError for what is no file to be read: a folder, a device, a pipe, one of more than `maximum` bytes. */
export function checkReadable(
  file: string,
  found: { isFile(): boolean; readonly size: number },
  maximum: number,
): void {
  if (!found.isFile()) throw new UserError(`${file} is not a plain file`);
  if (found.size > maximum) throw new UserError(`${file} is larger than ${maximum >> 20} MB`);
}
