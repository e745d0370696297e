import { constants } from 'node:fs';
import { type FileHandle, open, readlink, stat } from 'node:fs/promises';
import { shownPath } from '../mode/file-word.ts';
import { textLines } from '../mode/page-lines.ts';
import { grouped } from '../text/amount.ts';
import type { Line } from '../text/line.ts';
import { DIM, PLAIN } from '../text/style.ts';
import { pathBytes, problemOf } from './folder-reader.ts';

/** Bytes of a file that a preview and a page read. */
const PREVIEW = 64 * 1024;
const PAGE = 1 << 20;
/** Bytes in which a NUL says that this is no text. */
const LOOKED_AT = 8192;

const faint = (text: string): Line => [{ text, style: { ...PLAIN, attributes: DIM } }];

/** What of a file was read: its beginning as text, or why it is none. */
type FileText =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly size: number;
      readonly time: number;
      readonly isCut: boolean;
    }
  | { readonly kind: 'none'; readonly problem: string };

/**
 * The beginning of a file. Only files are opened, and none of them waits: what is a pipe or a device, also one that came
 * in the place of a file a moment ago, is left alone. Never rejects. `path` is bytes, one a character.
 */
async function readText(path: string, maximum: number): Promise<FileText> {
  let handle: FileHandle | undefined;
  try {
    // Already to open a device can do something.
    if (!(await stat(pathBytes(path))).isFile()) return { kind: 'none', problem: 'this is no file to look into' };
    const { O_RDONLY, O_NONBLOCK, O_NOCTTY } = constants;
    handle = await open(pathBytes(path), O_RDONLY | O_NONBLOCK | O_NOCTTY);
    const found = await handle.stat();
    if (!found.isFile()) return { kind: 'none', problem: 'this is no file to look into' };
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(maximum), 0, maximum, 0);
    const bytes = buffer.subarray(0, bytesRead);
    if (bytes.subarray(0, LOOKED_AT).includes(0))
      return { kind: 'none', problem: `no text, ${grouped(found.size)} bytes` };
    // Half a character at the cut is left out.
    const isCut = found.size > bytesRead;
    const text = new TextDecoder().decode(bytes, { stream: isCut });
    return { kind: 'text', text, size: found.size, time: found.mtimeMs, isCut };
  } catch (error) {
    return { kind: 'none', problem: problemOf(error) };
  } finally {
    await handle?.close().catch(() => undefined);
  }
}

/** What a preview shows of a file: its size and age, and its beginning. */
export async function filePreview(path: string, isLink: boolean): Promise<readonly Line[]> {
  const target = isLink ? await readlink(pathBytes(path), { encoding: 'latin1' }).catch(() => undefined) : undefined;
  const link = target === undefined ? [] : [faint(`→ ${shownPath(target)}`)];
  const found = await readText(path, PREVIEW);
  if (found.kind === 'none') return [...link, faint(found.problem)];
  const changed = new Date(found.time).toISOString().slice(0, 16).replace('T', ' ');
  return [...link, faint(`${grouped(found.size)} bytes, changed ${changed}`), ...textLines(found.text)];
}

/** A whole file as a page, or as much of it as a page holds; a sentence where it cannot be one. */
export async function filePage(
  path: string,
): Promise<{ readonly lines: readonly Line[] } | { readonly problem: string }> {
  const found = await readText(path, PAGE);
  if (found.kind === 'none') return { problem: found.problem };
  const end = found.isCut ? [faint(`… (${grouped(found.size)} bytes in all; an editor shows the rest)`)] : [];
  return { lines: [...textLines(found.text), ...end] };
}
