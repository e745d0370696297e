import type { Line, Span } from '../text/line.ts';
import { DIM, PLAIN, palette, type Style } from '../text/style.ts';
import { shownPath } from './file-word.ts';
import type { ListEntry } from './list-entry.ts';

/** One thing in a folder. `name` is its bytes, one a character: names need not be UTF-8. */
export interface FileEntry {
  readonly name: string;
  /** `other`: what is never opened, as a device or a pipe. */
  readonly kind: 'folder' | 'file' | 'other';
  readonly isLink: boolean;
  /** By the rules of git. */
  readonly isIgnored: boolean;
}

/** What was found in a folder: its entries in order, or why there are none. */
export type Folder =
  | { readonly kind: 'read'; readonly entries: readonly FileEntry[]; readonly isCut: boolean }
  | { readonly kind: 'failed'; readonly problem: string };

const FOLDER: Style = { ...PLAIN, foreground: palette(4) };
const FAINT: Style = { ...PLAIN, attributes: DIM };

/** A row of the tree; what is drawn and compared of it is made when it is asked for. */
export class TreeRow implements ListEntry {
  /** Its path in bytes, one a character; of a note, with a NUL behind it. */
  readonly id: string;
  readonly path: string;
  readonly kind: FileEntry['kind'] | 'note';
  readonly depth: number;
  readonly isOpen: boolean;
  readonly isLink: boolean;
  readonly #entry: FileEntry | undefined;
  readonly #name: string;

  constructor(path: string, depth: number, entry: FileEntry | undefined, name: string, isOpen = false) {
    this.path = path;
    this.depth = depth;
    this.#entry = entry;
    this.#name = name;
    this.isOpen = isOpen;
    this.isLink = entry?.isLink ?? false;
    this.kind = entry?.kind ?? 'note';
    this.id = entry === undefined ? `${path}\0` : path;
  }

  get text(): string {
    return this.#name;
  }

  get line(): Line {
    const indent: Span = { text: '  '.repeat(Math.min(this.depth, 40)), style: PLAIN };
    const entry = this.#entry;
    if (entry === undefined) return [indent, { text: `  ${this.#name}`, style: FAINT }];
    const isFolder = entry.kind === 'folder';
    const style = entry.isIgnored ? FAINT : isFolder ? FOLDER : PLAIN;
    const sign = isFolder ? (this.isOpen ? '▾ ' : '▸ ') : '  ';
    const end = (isFolder ? '/' : '') + (entry.isLink ? ' →' : entry.kind === 'other' ? ' (no file)' : '');
    return [indent, { text: sign, style: FAINT }, { text: shownPath(this.#name), style }, { text: end, style: FAINT }];
  }

  /** The same row, standing alone under another name. */
  alone(name: string): TreeRow {
    return new TreeRow(this.path, 0, this.#entry, name, this.isOpen);
  }
}

/** Where somebody was in a tree. */
export interface TreePlace {
  readonly root: string;
  readonly open: readonly string[];
  readonly showsHidden: boolean;
  readonly selected: string | undefined;
}

/** Folders that a place remembers. */
const MAXIMUM_OPEN = 200;

/** Joins bytes of paths. */
export const joinPath = (folder: string, name: string): string => (folder.endsWith('/') ? folder : `${folder}/`) + name;

/** The folder that a path is in; the root is in itself. */
export const parentPath = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf('/')));

/** A folder as a tree, of which only what was opened is known. Paths are absolute, in bytes, one a character. */
export class FileTree {
  #root: string;
  readonly #open = new Set<string>();
  readonly #folders = new Map<string, Folder>();
  /** Of these, what is to be read anew. */
  readonly #old = new Set<string>();
  #showsHidden = false;
  #rows: readonly TreeRow[] | undefined;

  constructor(root: string, place?: TreePlace) {
    this.#root = place?.root ?? root;
    this.#showsHidden = place?.showsHidden ?? false;
    for (const path of place?.open ?? []) this.#open.add(path);
    this.#open.add(this.#root);
  }

  get root(): string {
    return this.#root;
  }

  get showsHidden(): boolean {
    return this.#showsHidden;
  }

  place(selected: string | undefined): TreePlace {
    const open = [...this.#open].slice(-MAXIMUM_OPEN);
    return { root: this.#root, open, showsHidden: this.#showsHidden, selected };
  }

  /** Folders that are open and not known yet, or not anew. */
  get unread(): readonly string[] {
    return [...this.#open].filter((path) => !this.#folders.has(path) || this.#old.has(path));
  }

  /** What is in the tree, from the top down; the same array while nothing changed. */
  get rows(): readonly TreeRow[] {
    if (this.#rows === undefined) {
      const rows: TreeRow[] = [];
      this.#list(this.#root, 0, rows);
      this.#rows = rows;
    }
    return this.#rows;
  }

  open(path: string): void {
    this.#open.add(path);
    this.#rows = undefined;
  }

  close(path: string): void {
    this.#open.delete(path);
    this.#folders.delete(path);
    this.#rows = undefined;
  }

  /** The folder above the root becomes the root; until it is read, what was the root is all that is known of it. */
  goUp(): void {
    const below = this.#root;
    this.#root = parentPath(below);
    this.open(this.#root);
    if (this.#folders.has(this.#root) || below === this.#root) return;
    const name = below.slice(below.lastIndexOf('/') + 1);
    const entries: readonly FileEntry[] = [{ name, kind: 'folder', isLink: false, isIgnored: false }];
    this.#folders.set(this.#root, { kind: 'read', entries, isCut: false });
    this.#old.add(this.#root);
  }

  setShowsHidden(shows: boolean): void {
    this.#showsHidden = shows;
    this.#rows = undefined;
  }

  found(path: string, folder: Folder): void {
    if (!this.#open.has(path)) return;
    this.#old.delete(path);
    this.#folders.set(path, folder);
    this.#rows = undefined;
  }

  /** All is to be read anew; until then it is shown as it was. */
  doubt(): void {
    for (const path of this.#folders.keys()) this.#old.add(path);
  }

  /** Rows whose path below the root has all words of a filter, each with that path as its name. */
  matching(rows: readonly TreeRow[], filter: string): readonly TreeRow[] {
    const words = Buffer.from(filter.toLowerCase())
      .toString('latin1')
      .split(' ')
      .filter((word) => word !== '');
    const start = this.#root.length + (this.#root.endsWith('/') ? 0 : 1);
    const found: TreeRow[] = [];
    for (const row of rows) {
      if (row.kind === 'note') continue;
      const name = row.path.slice(start);
      const compared = lowered(name);
      if (words.every((word) => compared.includes(word))) found.push(row.alone(name));
    }
    return found;
  }

  #list(path: string, depth: number, rows: TreeRow[]): void {
    const folder = this.#folders.get(path);
    const note = (text: string) => rows.push(new TreeRow(path, depth, undefined, text));
    if (folder === undefined) note('…');
    else if (folder.kind === 'failed') note(`(${folder.problem})`);
    else {
      const before = rows.length;
      for (const entry of folder.entries) {
        if (!this.#showsHidden && entry.name.startsWith('.')) continue;
        const below = joinPath(path, entry.name);
        const isOpen = entry.kind === 'folder' && this.#open.has(below);
        rows.push(new TreeRow(below, depth, entry, entry.name, isOpen));
        if (isOpen) this.#list(below, depth + 1, rows);
      }
      if (folder.isCut) note('(more is in it than is shown)');
      else if (rows.length === before) note(folder.entries.length === 0 ? '(empty)' : '(only hidden files)');
    }
  }
}

/** Bytes in lower case, as text where they are text. */
function lowered(bytes: string): string {
  if (/^[\0-\x7f]*$/.test(bytes)) return bytes.toLowerCase();
  return Buffer.from(Buffer.from(bytes, 'latin1').toString().toLowerCase()).toString('latin1');
}
