import type { Dirent } from 'node:fs';
import { opendir, stat } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { errorCode } from '../base/error-code.ts';
import { type FileEntry, type Folder, joinPath } from '../mode/file-tree.ts';
import { pathText } from '../mode/file-word.ts';
import { isIgnored, rulesAbove, withRules } from '../tools/ignore-rules.ts';

/** Entries of one folder that are shown. */
const MAXIMUM_ENTRIES = 200_000;
/** Entries that are looked at before others have their turn. */
const SLICE = 4000;
/** Links that are followed at once, and in all: behind each may be a slow disk. */
const LINKS_AT_ONCE = 8;
const MAXIMUM_LINKS = 1000;
/** Entries that are compared with the rules of git, how long a name of one is, and for how long at once in milliseconds. */
const MAXIMUM_COMPARED = 2000;
const MAXIMUM_NAME = 100;
const COMPARING_TIME = 8;

/** Bytes of a path as the system takes them. */
export const pathBytes = (path: string): Buffer => Buffer.from(path, 'latin1');

/** What is in a folder, folders first; never rejects but for an abort. `path` is bytes, one a character. */
export async function readFolder(path: string, signal: AbortSignal, maximum = MAXIMUM_ENTRIES): Promise<Folder> {
  try {
    const { entries, isCut } = await listed(path, signal, maximum);
    return { kind: 'read', entries: await withIgnored(path, await sorted(entries, signal), signal), isCut };
  } catch (error) {
    signal.throwIfAborted();
    return { kind: 'failed', problem: problemOf(error) };
  }
}

/** Why a file or a folder cannot be read, in words. */
export function problemOf(error: unknown): string {
  switch (errorCode(error)) {
    case 'EACCES':
    case 'EPERM':
      return 'it may not be read';
    case 'ENOENT':
      return 'it is not there any more';
    case 'ENOTDIR':
      return 'it is no folder any more';
    case 'ELOOP':
      return 'its links lead nowhere';
    default:
      return `it cannot be read: ${errorCode(error) ?? 'for an unknown reason'}`;
  }
}

async function listed(
  path: string,
  signal: AbortSignal,
  maximum: number,
): Promise<{ entries: FileEntry[]; isCut: boolean }> {
  const entries: FileEntry[] = [];
  const links: number[] = [];
  let isCut = false;
  // Each name in latin1: its bytes, one a character.
  for await (const entry of await opendir(pathBytes(path), { encoding: 'latin1', bufferSize: 512 })) {
    signal.throwIfAborted();
    if (entries.length >= maximum) {
      isCut = true;
      break;
    }
    if (entry.isSymbolicLink() && links.length < MAXIMUM_LINKS) links.push(entries.length);
    entries.push({ name: entry.name, kind: kindOf(entry), isLink: entry.isSymbolicLink(), isIgnored: false });
  }
  for (let at = 0; at < links.length; at += LINKS_AT_ONCE) {
    signal.throwIfAborted();
    await Promise.all(
      links.slice(at, at + LINKS_AT_ONCE).map(async (index) => {
        const entry = entries[index];
        if (entry !== undefined) entries[index] = { ...entry, kind: await linkedKind(joinPath(path, entry.name)) };
      }),
    );
  }
  return { entries, isCut };
}

const kindOf = (entry: Pick<Dirent<string>, 'isDirectory' | 'isFile'>): FileEntry['kind'] =>
  entry.isDirectory() ? 'folder' : entry.isFile() ? 'file' : 'other';

/** What a link leads to; one that leads nowhere is nothing to open. */
async function linkedKind(path: string): Promise<FileEntry['kind']> {
  try {
    return kindOf(await stat(pathBytes(path)));
  } catch {
    return 'other';
  }
}

/** Folders first, then by name without case; sorted in pieces, so that others have their turn between. */
async function sorted(entries: readonly FileEntry[], signal: AbortSignal): Promise<readonly FileEntry[]> {
  const keyed = entries.map((entry) => ({
    entry,
    key: (entry.kind === 'folder' ? '0' : '1') + entry.name.toLowerCase(),
  }));
  let runs: Keyed[][] = [];
  for (let at = 0; at < keyed.length; at += SLICE) {
    runs.push(keyed.slice(at, at + SLICE).sort(compare));
    if (keyed.length > SLICE) await turn(signal);
  }
  while (runs.length > 1) {
    const merged: Keyed[][] = [];
    for (let at = 0; at < runs.length; at += 2) merged.push(await merge(runs[at] ?? [], runs[at + 1] ?? [], signal));
    runs = merged;
  }
  return (runs[0] ?? []).map(({ entry }) => entry);
}

interface Keyed {
  readonly entry: FileEntry;
  readonly key: string;
}

function compare(a: Keyed, b: Keyed): number {
  if (a.key !== b.key) return a.key < b.key ? -1 : 1;
  return a.entry.name < b.entry.name ? -1 : 1;
}

async function merge(a: readonly Keyed[], b: readonly Keyed[], signal: AbortSignal): Promise<Keyed[]> {
  const merged: Keyed[] = [];
  let left = 0;
  let right = 0;
  for (;;) {
    const first = a[left];
    const second = b[right];
    if (first === undefined && second === undefined) return merged;
    if (second === undefined || (first !== undefined && compare(first, second) <= 0)) left += 1;
    else right += 1;
    const next = second === undefined || (first !== undefined && compare(first, second) <= 0) ? first : second;
    if (next !== undefined) merged.push(next);
    if (merged.length % SLICE === 0) await turn(signal);
  }
}

async function turn(signal: AbortSignal): Promise<void> {
  await nextTurn();
  signal.throwIfAborted();
}

/** Marks what git ignores; of very many entries only the first are compared. */
async function withIgnored(
  folder: string,
  entries: readonly FileEntry[],
  signal: AbortSignal,
): Promise<readonly FileEntry[]> {
  const place = pathText(folder);
  if (place === undefined || entries.length === 0) return entries;
  const rules = withRules(rulesAbove(place), place);
  if (rules.length === 0) return entries;
  const marked = [...entries];
  let since = performance.now();
  for (const [index, entry] of entries.slice(0, MAXIMUM_COMPARED).entries()) {
    if (performance.now() - since > COMPARING_TIME) {
      await turn(signal);
      since = performance.now();
    }
    const name = pathText(entry.name);
    if (name === undefined || name.length > MAXIMUM_NAME) continue;
    if (isIgnored(rules, joinPath(place, name), entry.kind === 'folder')) marked[index] = { ...entry, isIgnored: true };
  }
  return marked;
}
