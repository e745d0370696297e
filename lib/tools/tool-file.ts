import { constants } from 'node:fs';
import { type FileHandle, open, readlink } from 'node:fs/promises';
import { ToolError } from './tool.ts';
import { fileError } from './tool-path.ts';

/** The largest file that is read or written as a whole, in bytes. */
export const MAXIMUM_FILE = 8 * 1024 * 1024;
const CHUNK = 256 * 1024;

export interface FileContent {
  readonly bytes: Buffer;
  /** Permission bits, owner and group. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/**
 * A regular file's whole content; undefined where there is none. `file` is resolved: a link at its place is refused.
 * Never blocks on a FIFO or device. Rejects with ToolError, which calls the file `name`.
 */
export async function readWhole(file: string, name: string, signal?: AbortSignal): Promise<FileContent | undefined> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW | constants.O_NOCTTY);
    const stat = await handle.stat();
    if (stat.isDirectory()) throw new ToolError(`${name} is a directory: use list.`);
    if (!stat.isFile()) throw new ToolError(`${name} is a device, FIFO or socket, not a regular file.`);
    await checkPlace(handle, file, name);
    if (stat.size > MAXIMUM_FILE) throw tooLarge(name, stat.size);
    return { bytes: await readAll(handle, name, signal), mode: stat.mode & 0o7777, uid: stat.uid, gid: stat.gid };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw fileError(error, name);
  } finally {
    await handle?.close();
  }
}

/** The text of a file, and whether all of it was valid UTF-8. Throws ToolError for what is no text. */
export function fileText(bytes: Buffer, name: string): { readonly text: string; readonly valid: boolean } {
  const image = imageKind(bytes);
  if (image !== undefined) throw new ToolError(`${name} is an image (${image}), which cannot be shown to you.`);
  if (bytes.length >= 2 && (bytes.readUInt16BE(0) === 0xfeff || bytes.readUInt16BE(0) === 0xfffe))
    throw new ToolError(`${name} is UTF-16 text: convert it with shell (iconv -f UTF-16 -t UTF-8) first.`);
  if (bytes.includes(0)) throw new ToolError(`${name} is a binary file (${bytes.length} bytes).`);
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), valid: true };
  } catch {
    return { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), valid: false };
  }
}

/** A folder on the way may have become a link since the path was resolved: what was opened must lie where we think. */
export async function checkPlace(handle: FileHandle, file: string, name: string): Promise<void> {
  if (process.platform !== 'linux') return;
  const actual = await readlink(`/proc/self/fd/${handle.fd}`).catch(() => file);
  // /proc/self of the opener is /proc/PID here.
  if (actual !== file && !file.startsWith('/proc/'))
    throw new ToolError(`${name} is not where it was a moment ago: a folder of its path was moved or became a link.`);
}

async function readAll(handle: FileHandle, name: string, signal: AbortSignal | undefined): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let total = 0;
  for (;;) {
    if (signal?.aborted) throw new ToolError('The call was cancelled.');
    const chunk = Buffer.allocUnsafe(CHUNK);
    const { bytesRead } = await handle.read(chunk, 0, CHUNK, null);
    if (bytesRead === 0) return Buffer.concat(chunks);
    total += bytesRead;
    // Files of /proc say no size, and others grow meanwhile.
    if (total > MAXIMUM_FILE) throw tooLarge(name, total);
    chunks.push(chunk.subarray(0, bytesRead));
  }
}

const tooLarge = (name: string, size: number): ToolError =>
  new ToolError(
    `${name} is too large (${Math.ceil(size / 1_048_576)} MB of at most ${MAXIMUM_FILE / 1_048_576} MB): search it with grep, or take a part with shell (head, tail, sed -n).`,
  );

/** By the first bytes, as the formats define them. */
function imageKind(bytes: Buffer): string | undefined {
  const start = bytes.toString('latin1', 0, 12);
  if (start.startsWith('\x89PNG\r\n')) return 'PNG';
  if (start.startsWith('\xff\xd8\xff')) return 'JPEG';
  if (/^GIF8[79]a/.test(start)) return 'GIF';
  return start.startsWith('RIFF') && start.endsWith('WEBP') ? 'WebP' : undefined;
}
