import { type Dirent, opendirSync } from 'node:fs';
import path from 'node:path';
import { type IgnoreRules, isIgnored, rulesAbove, withRules } from './ignore-rules.ts';

/** One thing found in a folder. */
export interface Entry {
  readonly path: string;
  /** Relative to where the walk began. */
  readonly relative: string;
  readonly kind: 'file' | 'folder' | 'link' | 'other';
}

export interface WalkOptions {
  /** Also what .gitignore leaves out, .git and node_modules. */
  readonly all: boolean;
  /** Folders below the first one; 0 for its own entries only. */
  readonly depth: number;
}

/** What is always left out, for it is large and not the person's. */
const LEFT_OUT = new Set(['.git', 'node_modules']);
/** Entries looked at in one walk, and in one folder. */
const MAXIMUM_ENTRIES = 200_000;
const MAXIMUM_IN_FOLDER = 50_000;
const MAXIMUM_DEPTH = 64;

/**
 * What lies in a folder, in order of names, folders before what is in them. Follows no links. Waits for the disk: for
 * workers, not for the server.
 */
export class FolderWalk {
  readonly #root: string;
  readonly #options: WalkOptions;
  #visited = 0;
  #ignored = 0;
  #isCut = false;

  constructor(root: string, options: WalkOptions) {
    this.#root = root;
    this.#options = options;
  }

  /** What was left out so far, folders counted once. */
  get ignored(): number {
    return this.#ignored;
  }

  /** Whether there was more than is looked at. */
  get isCut(): boolean {
    return this.#isCut;
  }

  *entries(): Generator<Entry> {
    yield* this.#folder(this.#root, '', this.#options.all ? [] : rulesAbove(this.#root), 0);
  }

  *#folder(folder: string, prefix: string, above: readonly IgnoreRules[], depth: number): Generator<Entry> {
    const levels = this.#options.all ? above : withRules(above, folder);
    for (const entry of this.#read(folder)) {
      const kind = kindOf(entry);
      const whole = path.join(folder, entry.name);
      if (!this.#options.all && (LEFT_OUT.has(entry.name) || isIgnored(levels, whole, kind === 'folder'))) {
        this.#ignored += 1;
        continue;
      }
      const relative = prefix + entry.name;
      yield { path: whole, relative, kind };
      if (kind !== 'folder' || depth >= this.#options.depth) continue;
      if (depth < MAXIMUM_DEPTH && this.#visited < MAXIMUM_ENTRIES)
        yield* this.#folder(whole, `${relative}/`, levels, depth + 1);
      else this.#isCut = true;
    }
  }

  /** A folder that cannot be read is as an empty one, except the first. */
  #read(folder: string): readonly Dirent[] {
    const entries: Dirent[] = [];
    try {
      const open = opendirSync(folder);
      try {
        for (let entry = open.readSync(); entry !== null; entry = open.readSync()) {
          this.#visited += 1;
          if (entries.length >= MAXIMUM_IN_FOLDER || this.#visited > MAXIMUM_ENTRIES) {
            this.#isCut = true;
            break;
          }
          entries.push(entry);
        }
      } finally {
        open.closeSync();
      }
    } catch (error) {
      if (folder === this.#root) throw error;
    }
    return entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  }
}

function kindOf(entry: Dirent): Entry['kind'] {
  if (entry.isSymbolicLink()) return 'link';
  if (entry.isDirectory()) return 'folder';
  return entry.isFile() ? 'file' : 'other';
}
