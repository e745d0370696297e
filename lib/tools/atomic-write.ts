import type { FileHandle } from 'node:fs/promises';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { writeWhole } from '../base/whole-file.ts';
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
 * Writes a file so that it is at any moment whole, old or new, also after a power cut. Rejects with ToolError; then nothing
 * has changed but perhaps new, empty folders.
 */
export async function writeAtomically({ file, name, bytes, before, folderMode }: AtomicWrite): Promise<void> {
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: folderMode });
    const isWritten = await writeWhole({
      file,
      content: bytes,
      mode: before === undefined ? 0o666 : 0o600,
      replaces: before !== undefined,
      prepare: async (handle, temporary) => {
        await checkPlace(handle, temporary, name);
        if (before !== undefined) await keepOwner(handle, before);
      },
    });
    if (!isWritten) throw new ToolError(`${name} exists since a moment ago: read it first, then write it.`);
  } catch (error) {
    throw fileError(error, name);
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
