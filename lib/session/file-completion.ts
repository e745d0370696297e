import { homedir } from 'node:os';
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import { fuzzyScore } from '../text/fuzzy.ts';
import { type FileWalk, readFolder, walkFiles } from './file-walk.ts';

export interface FileCompletionOptions {
  /** Absolute. */
  readonly workingDirectory: string;
  /** Absolute; what `@session/` names. */
  readonly sessionFolder: string;
  /** What `~/` names; the person's own folder unless given. */
  readonly home?: string;
}

const MAXIMUM_FOUND = 100;
/** How long a walk of the working directory is good for, in milliseconds. */
const MAXIMUM_AGE = 5000;
/** How long an answer waits for a walk to end; then it has what was found so far. */
const PATIENCE = 1000;
/** Paths that are compared before others have their turn. */
const SLICE = 2000;
const SESSION = 'session/';

/**
 * Completes what stands behind an `@`: paths in the working directory by letters in their order, hidden ones only where a
 * dot asks for them; after `session/`, `~/`, `/`, `./` and `../` the names in that folder.
 */
export function completeFiles({
  workingDirectory,
  sessionFolder,
  home = homedir(),
}: FileCompletionOptions): (prefix: string, signal: AbortSignal) => Promise<readonly string[]> {
  const walks = new Map<boolean, { readonly walk: FileWalk; readonly since: number }>();
  const walkOf = (hidden: boolean): FileWalk => {
    const known = walks.get(hidden);
    const now = performance.now();
    if (known !== undefined && now - known.since < MAXIMUM_AGE) return known.walk;
    const walk = walkFiles(workingDirectory, hidden);
    walks.set(hidden, { walk, since: now });
    return walk;
  };
  const rooted = (prefix: string): string | undefined => {
    if (prefix.startsWith(SESSION)) return `${sessionFolder}/${prefix.slice(SESSION.length)}`;
    if (prefix.startsWith('~/')) return home + prefix.slice(1);
    if (prefix.startsWith('/')) return prefix;
    return /^\.{1,2}\//.test(prefix) ? `${workingDirectory}/${prefix}` : undefined;
  };
  return async (prefix, signal) => {
    const place = rooted(prefix);
    if (place !== undefined) return listed(prefix, place);
    const walk = walkOf(/(?:^|\/)\./.test(prefix));
    await Promise.race([walk.ended, delay(PATIENCE, undefined, { signal, ref: false })]);
    // What is ignored by a walk can still be named by its folder.
    const named = prefix.includes('/') ? await listed(prefix, `${workingDirectory}/${prefix}`) : [];
    const session = prefix !== '' && SESSION.startsWith(prefix) ? [SESSION] : [];
    return [...new Set([...session, ...named, ...(await best(prefix, walk.found, signal))])].slice(0, MAXIMUM_FOUND);
  };
}

/** The names in the folder of a path that begin as it ends; `place` is where the path leads. */
async function listed(prefix: string, place: string): Promise<readonly string[]> {
  const begun = prefix.slice(prefix.lastIndexOf('/') + 1);
  const lead = prefix.slice(0, prefix.length - begun.length);
  const { names } = await readFolder(place.slice(0, place.length - begun.length));
  return names
    .filter((name) => name.startsWith(begun) && (begun !== '' || !name.startsWith('.')))
    .slice(0, MAXIMUM_FOUND)
    .map((name) => lead + name);
}

/** The paths that fit best, the shorter first among equals. */
async function best(pattern: string, paths: readonly string[], signal: AbortSignal): Promise<readonly string[]> {
  if (pattern === '') return paths.slice(0, MAXIMUM_FOUND);
  const scored: { readonly path: string; readonly score: number }[] = [];
  for (const [index, path] of paths.entries()) {
    if (index % SLICE === SLICE - 1) await nextTurn(undefined, { signal });
    const score = fuzzyScore(pattern, path);
    if (score !== undefined) scored.push({ path, score });
  }
  return scored
    .sort((a, b) => b.score - a.score || a.path.length - b.path.length || (a.path < b.path ? -1 : 1))
    .slice(0, MAXIMUM_FOUND)
    .map(({ path }) => path);
}
