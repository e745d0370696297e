import { readlinkSync, statSync } from 'node:fs';
import path from 'node:path';
import { FolderWalk } from './folder-walk.ts';
import { globMatcher } from './glob-pattern.ts';
import { grepFile } from './grep-file.ts';
import { isSecretPath } from './secret-path.ts';

/** What a worker is to find, as data. */
export type SearchRequest = {
  /** Absolute, links resolved. */
  readonly root: string;
  /** Also what is left out by default. */
  readonly all: boolean;
  /** Lines of result. */
  readonly limit: number;
} & (
  | { readonly kind: 'list'; readonly depth: number }
  | { readonly kind: 'glob'; readonly glob: string }
  | {
      readonly kind: 'grep';
      /** Source and flags of a regular expression. */
      readonly pattern: string;
      readonly flags: string;
      /** Which files; undefined for all. */
      readonly glob: string | undefined;
      /** Lines shown before and after each match. */
      readonly context: number;
    }
);

/** Milliseconds after which a search ends by itself with what it has. */
const TIME_LIMIT = 8000;
/** UTF-16 units of result. */
const MAXIMUM_RESULT = 64 * 1024;

/** The lines of a result, and at the end what there is to say about it. Throws what the file system says of the root. */
export function* searchFiles(request: SearchRequest): Generator<string, readonly string[]> {
  const until = performance.now() + TIME_LIMIT;
  const notes: string[] = [];
  const walk = new FolderWalk(request.root, {
    all: request.all,
    depth: request.kind === 'list' ? request.depth : Number.POSITIVE_INFINITY,
  });
  let lines = 0;
  let units = 0;
  const found = request.kind === 'grep' ? matches(request, walk, notes) : names(request, walk);
  for (const line of found) {
    if (performance.now() > until) {
      notes.push('the search took too long and was ended: search a smaller directory');
      break;
    }
    if (line === undefined) continue;
    lines += 1;
    units += line.length + 1;
    if (lines > request.limit || units > MAXIMUM_RESULT) {
      notes.push('there is more: narrow the search');
      break;
    }
    yield line;
  }
  if (walk.isCut) notes.push('not everything was looked at, there are too many files: search a smaller directory');
  if (request.kind === 'list' && walk.ignored > 0)
    notes.push(`${walk.ignored} left out (.gitignore, .git, node_modules): all shows them`);
  return notes;
}

/** Lines of names; undefined where there is none to show, so that time is looked at. */
function* names(
  request: Extract<SearchRequest, { kind: 'list' | 'glob' }>,
  walk: FolderWalk,
): Generator<string | undefined> {
  const fits = request.kind === 'glob' ? globMatcher(request.glob) : () => true;
  for (const { path: file, relative, kind } of walk.entries()) {
    if (request.kind === 'glob') yield kind !== 'folder' && fits?.(relative) === true ? relative : undefined;
    else if (kind === 'link') yield `${relative} -> ${linkTarget(file)}`;
    else yield kind === 'folder' ? `${relative}/` : relative;
  }
}

/** Lines of matches, as `path:12:text`, lines around them as `path-11-text`. */
function* matches(
  request: Extract<SearchRequest, { kind: 'grep' }>,
  walk: FolderWalk,
  notes: string[],
): Generator<string | undefined> {
  const expression = new RegExp(request.pattern, request.flags);
  const single = statSync(request.root).isFile();
  const fits = request.glob === undefined ? undefined : globMatcher(request.glob);
  const files = single
    ? [{ path: request.root, relative: path.basename(request.root), kind: 'file' } as const]
    : walk.entries();
  let skipped = 0;
  for (const { path: file, relative, kind } of files) {
    yield undefined;
    if (kind !== 'file' || (fits !== undefined && !fits(relative))) continue;
    // Secrets are read only where a person was asked for that very file.
    const lines =
      !single && isSecretPath(file, relative) ? undefined : grepFile(file, relative, expression, request.context);
    if (lines === undefined) skipped += 1;
    else yield* lines;
  }
  if (skipped > 0) notes.push(`not searched, for they are binary, over 8 MB, secret or not readable: ${skipped}`);
}

function linkTarget(file: string): string {
  try {
    return readlinkSync(file);
  } catch {
    return '?';
  }
}
