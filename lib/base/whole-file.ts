import { constants } from 'node:fs';
import { type FileHandle, link, open, rename, unlink } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from './error-code.ts';
import { randomBytes } from './random-bytes.ts';

export interface WholeFile {
  readonly file: string;
  readonly content: string | Uint8Array;
  /** Permission bits of a new file. */
  readonly mode: number;
  /** Whether what is there already is replaced. */
  readonly replaces: boolean;
  /** Sees to the empty file that will take the name, before anything is written to it. */
  readonly prepare?: (handle: FileHandle, temporary: string) => Promise<void>;
}

/**
 * Writes a file so that it is at any moment whole, old or new, also after a power cut: a temporary file beside it, on
 * disk, takes its name. False when something is there that may not be replaced. Rejects with what the system said; then
 * nothing has changed.
 */
export async function writeWhole({ file, content, mode, replaces, prepare }: WholeFile): Promise<boolean> {
  const folder = path.dirname(file);
  const temporary = path.join(folder, `.qmux-${randomBytes(8).toString('hex')}.tmp`);
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
  const handle = await open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode);
  try {
    try {
      await prepare?.(handle, temporary);
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (replaces) await rename(temporary, file);
    else if (!(await takeFreeName(temporary, file, mode))) return false;
    await syncFolder(folder);
    return true;
  } finally {
    // After a rename it is gone already.
    await unlink(temporary).catch(() => undefined);
  }
}

/** By a hard link, which unlike rename refuses what is there; where there are none, by a file that must be new. */
async function takeFreeName(temporary: string, file: string, mode: number): Promise<boolean> {
  try {
    await link(temporary, file);
    return true;
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EEXIST') return false;
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EMLINK') throw error;
  }
  try {
    await (await open(file, 'wx', mode)).close();
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
  await rename(temporary, file);
  return true;
}

/** The name is on disk as well, where the file system can say so. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, constants.O_RDONLY);
    await handle.sync().finally(() => handle.close());
  } catch {
    // A folder that may not be read, or a file system that cannot: the file itself is on disk.
  }
}
