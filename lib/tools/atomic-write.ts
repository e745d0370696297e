import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, link, mkdir, open, rename, unlink } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from '../base/error-code.ts';
import { ToolError } from './tool.ts';
import { checkPlace, type FileContent } from './tool-file.ts';
import { fileError } from './tool-path.ts';

export interface AtomicWrite {
  /** Absolute and resolved. */
  readonly file: string;
  /** What errors call it. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What it replaces, whose mode and owner are kept; undefined for a new file, which then must not be there. */
  readonly before: FileContent | undefined;
  /** Permission bits of folders that are made. */
  readonly folderMode: number;
}

/**
 * Writes a file so that it is at any moment whole, old or new, also after a power cut: a temporary file beside it,
 * synced, takes its name. Rejects with ToolError; then nothing has changed but perhaps new, empty folders.
 */
export async function writeAtomically({ file, name, bytes, before, folderMode }: AtomicWrite): Promise<void> {
  const folder = path.dirname(file);
  const temporary = path.join(folder, `.qmux-${randomBytes(8).toString('hex')}.tmp`);
  let handle: FileHandle | undefined;
  let made = false;
  try {
    await mkdir(folder, { recursive: true, mode: folderMode });
    const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
    handle = await open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, before === undefined ? 0o666 : 0o600);
    made = true;
    await checkPlace(handle, temporary, name);
    if (before !== undefined) await keepOwner(handle, before);
    await handle.writeFile(bytes);
    await handle.sync();
    await handle.close();
    handle = undefined;
    if (before === undefined) await giveName(temporary, file, name);
    else await rename(temporary, file);
    made = before === undefined;
    await syncFolder(folder);
  } catch (error) {
    throw fileError(error, name);
  } finally {
    await handle?.close().catch(() => undefined);
    if (made) await unlink(temporary).catch(() => undefined);
  }
}

/** The mode after the owner: a change of owner takes set-user-id bits away. */
async function keepOwner(handle: FileHandle, { uid, gid, mode }: FileContent): Promise<void> {
  const own = await handle.stat();
  if (own.uid !== uid || own.gid !== gid)
    await handle.chown(uid, gid).catch(() => {
      // Only root may give files away; the content counts.
    });
  await handle.chmod(mode);
}

/** A new file by a hard link, which unlike rename refuses when someone else has made it meanwhile. */
async function giveName(temporary: string, file: string, name: string): Promise<void> {
  try {
    await link(temporary, file);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EEXIST') throw new ToolError(`${name} exists since a moment ago: read it first, then write it.`);
    // File systems without hard links.
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EMLINK') throw error;
    await rename(temporary, file);
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } catch {
    // Some file systems cannot; the file itself is synced.
  } finally {
    await handle.close();
  }
}
