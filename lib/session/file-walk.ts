import { opendir } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type IgnoreRules, isIgnored, rulesAbove, withRules } from '../tools/ignore-rules.ts';

/** Entries that one walk looks at, hidden and unwanted ones included. */
const MAXIMUM_ENTRIES = 20_000;
const MAXIMUM_DEPTH = 20;
/** How long one walk takes at most, and how long before others have their turn, in milliseconds. */
const MAXIMUM_TIME = 3000;
const SLICE = 8;
/** Names and paths that are compared with the rules of git; a longer one is shown, for rules take their time with it. */
const MAXIMUM_NAME = 100;
const MAXIMUM_PATH = 400;
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

/**
 * Walks a folder, level by level, without following links and without what git ignores; `hidden` says whether names with a
 * dot count.
 */
export function walkFiles(root: string, hidden: boolean): FileWalk {
  const found: string[] = [];
  return { found, ended: walk(root, hidden, found) };
}

/** A folder to be walked, and the rules of git above it. */
interface WalkFolder {
  readonly folder: string;
  readonly above: readonly IgnoreRules[];
}

async function walk(root: string, hidden: boolean, found: string[]): Promise<void> {
  const started = performance.now();
  let sliced = started;
  let seen = 0;
  let level: readonly WalkFolder[] = [{ folder: '', above: rulesAbove(root) }];
  for (let depth = 0; depth < MAXIMUM_DEPTH && level.length > 0; depth++) {
    const below: WalkFolder[] = [];
    for (const { folder, above } of level) {
      if (seen >= MAXIMUM_ENTRIES || performance.now() - started > MAXIMUM_TIME) return;
      const place = path.join(root, folder);
      const rules = withRules(above, place);
      const { names, looked } = await readFolder(place, MAXIMUM_ENTRIES - seen);
      seen += looked;
      for (const name of names) {
        if (performance.now() - sliced > SLICE) {
          await nextTurn();
          sliced = performance.now();
          if (sliced - started > MAXIMUM_TIME) return;
        }
        const isFolder = name.endsWith('/');
        const bare = isFolder ? name.slice(0, -1) : name;
        if (!hidden && name.startsWith('.')) continue;
        const isShort = name.length <= MAXIMUM_NAME && folder.length <= MAXIMUM_PATH;
        if (isShort && isIgnored(rules, path.join(place, bare), isFolder)) continue;
        found.push(folder + name);
        if (isFolder && !MADE.has(bare)) below.push({ folder: folder + name, above: rules });
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
