import { opendir } from 'node:fs/promises';
import path from 'node:path';

/** Entries that one walk looks at, hidden and unwanted ones included. */
const MAXIMUM_ENTRIES = 20_000;
const MAXIMUM_DEPTH = 20;
/** Folders that hold what programs made: nobody means a file in them. */
const MADE = new Set(['.git', '.hg', '.svn', 'node_modules', '__pycache__', '.venv', 'target', '.cache']);

/** What is in a folder, as paths from it, folders with a `/` at their end. */
export interface FileWalk {
  /** What was found so far, nearest to the folder first; grows until the walk has ended. */
  readonly found: readonly string[];
  readonly ended: Promise<void>;
}

/** Whether a name can stand in a text as it is: no controls, no quotes, nothing that was no UTF-8. */
const isPlainName = (name: string): boolean => !/[\p{Cc}\p{Cs}"\ufffd]/u.test(name);

/** Walks a folder, level by level, without following links; `hidden` says whether names with a dot count. */
export function walkFiles(root: string, hidden: boolean): FileWalk {
  const found: string[] = [];
  return { found, ended: walk(root, hidden, found) };
}

async function walk(root: string, hidden: boolean, found: string[]): Promise<void> {
  let seen = 0;
  let level = [''];
  for (let depth = 0; depth < MAXIMUM_DEPTH && level.length > 0; depth++) {
    const below: string[] = [];
    for (const folder of level) {
      if (seen >= MAXIMUM_ENTRIES) return;
      const { names, looked } = await readFolder(path.join(root, folder), MAXIMUM_ENTRIES - seen);
      seen += looked;
      for (const name of names) {
        if (!hidden && name.startsWith('.')) continue;
        found.push(folder + name);
        if (name.endsWith('/') && !MADE.has(name.slice(0, -1))) below.push(folder + name);
      }
    }
    level = below;
  }
}

/** The names in a folder, sorted, folders with a `/` at their end; none where it cannot be read. Looks at `maximum` at most. */
export async function readFolder(
  folder: string,
  maximum = MAXIMUM_ENTRIES,
): Promise<{ readonly names: readonly string[]; readonly looked: number }> {
  const names: string[] = [];
  let looked = 0;
  try {
    for await (const entry of await opendir(folder, { bufferSize: 256 })) {
      looked += 1;
      if (isPlainName(entry.name)) names.push(entry.isDirectory() ? `${entry.name}/` : entry.name);
      if (looked >= maximum) break;
    }
  } catch {
    // A folder that is not there or may not be read has nothing to offer.
  }
  return { names: names.sort(), looked: Math.max(1, looked) };
}
