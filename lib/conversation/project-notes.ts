import { constants } from 'node:fs';
import { access, open, realpath, stat } from 'node:fs/promises';
import path from 'node:path';

/** What a project tells assistants. */
export interface ProjectNotes {
  /** Absolute, as it is found from the working directory. */
  readonly path: string;
  readonly text: string;
}

const NAME = 'AGENTS.md';
const MAXIMUM_BYTES = 32 * 1024;
const MARK = `\n\n[... cut here: ${NAME} is longer than 32 KB ...]`;
/** Folders looked at, upwards. */
const MAXIMUM_DEPTH = 64;
const WRITABLE_BY_ALL = 0o002;

/**
 * AGENTS.md of the working directory, else of the nearest folder above it: up to the root of its git repository; without
 * one, up to `home` when that is above it, else no further. Never above a folder that everybody may write to. What is
 * not readable or binary, or leads by a link out of that root, counts as none. Never rejects.
 */
export async function readProjectNotes(workingDirectory: string, home: string): Promise<ProjectNotes | undefined> {
  const folders = await searchedFolders(workingDirectory, home);
  const root = await realpath(folders.at(-1) ?? workingDirectory).catch(() => undefined);
  if (root === undefined) return undefined;
  for (const folder of folders) {
    const file = path.join(folder, NAME);
    const text = await readNotes(file, root).catch(() => undefined);
    if (text !== undefined && text.trim() !== '') return { path: file, text };
  }
  return undefined;
}

async function searchedFolders(workingDirectory: string, home: string): Promise<readonly string[]> {
  const folders: string[] = [];
  let upToHome = 1;
  for (let folder = path.resolve(workingDirectory); folders.length < MAXIMUM_DEPTH; folder = path.dirname(folder)) {
    if (folders.length > 0 && (await isWritableByAll(folder))) break;
    folders.push(folder);
    if (await exists(path.join(folder, '.git'))) return folders;
    if (folder === path.resolve(home)) upToHome = folders.length;
    if (folder === path.dirname(folder)) break;
  }
  return folders.slice(0, upToHome);
}

async function readNotes(file: string, root: string): Promise<string | undefined> {
  const real = await realpath(file);
  if (real !== root && !real.startsWith(root.endsWith(path.sep) ? root : root + path.sep)) return undefined;
  // A pipe in its place must not be waited for, nor a link that was put there meanwhile be followed.
  const handle = await open(real, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  try {
    if (!(await handle.stat()).isFile()) return undefined;
    const bytes = Buffer.alloc(MAXIMUM_BYTES + 1);
    let length = 0;
    while (length < bytes.length) {
      const { bytesRead } = await handle.read(bytes, length, bytes.length - length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    if (bytes.subarray(0, length).includes(0)) return undefined;
    // As a stream, a character that is cut in half is left out.
    const text = new TextDecoder().decode(bytes.subarray(0, Math.min(length, MAXIMUM_BYTES)), { stream: true });
    return length > MAXIMUM_BYTES ? text + MARK : text;
  } finally {
    await handle.close();
  }
}

const isWritableByAll = (folder: string): Promise<boolean> =>
  stat(folder).then(
    ({ mode }) => (mode & WRITABLE_BY_ALL) !== 0,
    () => true,
  );

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
