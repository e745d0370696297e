import type { CopyKeys } from './copy-selection.ts';
import type { CopyView } from './copy-view.ts';
import { type CellPosition, samePosition } from './row-reader.ts';
import { RowText } from './row-text.ts';
import { searchPattern } from './search-pattern.ts';
import { covers, type SearchDirection, type SearchScan, type TextMatch, TextSearch } from './text-search.ts';

/** Milliseconds that a key may search, and that a painting may go on with it. */
const KEY_BUDGET = 100;
const FRAME_BUDGET = 12;
/** Matches drawn at once; a pane of 1000×400 cells could have that many thousand. */
const DRAWN = 5_000;

/** Copy mode's searching: the last pattern, the match the cursor went to, and how many there are. */
export class CopySearch {
  readonly #view: CopyView;
  readonly #text: RowText;
  readonly #keys: CopyKeys;
  readonly #wrap: boolean;
  readonly #now: () => number;
  #search: TextSearch | undefined;
  #direction: SearchDirection = 'forward';
  /** Whether matches are drawn and counted. */
  #shown = false;
  #found: TextMatch | undefined;
  #pending: SearchScan | undefined;
  /** Where an incremental search began. */
  #origin: CellPosition | undefined;
  #counted = false;

  constructor(view: CopyView, keys: CopyKeys, wrap: boolean, now: () => number) {
    this.#view = view;
    this.#text = new RowText(view.reader.source);
    this.#keys = keys;
    this.#wrap = wrap;
    this.#now = now;
  }

  /** Whether time ran out, so that another frame would find or count more. */
  get unfinished(): boolean {
    return this.#pending !== undefined || (this.#shown && !this.#counted);
  }

  get searchText(): string {
    return this.#search?.pattern.text ?? '';
  }

  /** The present match and all those drawn in rows `top` up to `end`. */
  matches(top: number, end: number): { readonly found: TextMatch | undefined; readonly all: readonly TextMatch[] } {
    if (!this.#shown || this.#search === undefined) return { found: undefined, all: [] };
    return { found: this.#found, all: this.#search.matchesIn(top, end, DRAWN) };
  }

  /** The match under the cursor. */
  matchAtCursor(): TextMatch | undefined {
    const { cursor } = this.#view;
    const { found, all } = this.matches(cursor.row, cursor.row + 1);
    if (found !== undefined && (covers(found, cursor) || samePosition(this.#landing(found), cursor))) return found;
    return all.find((match) => covers(match, cursor));
  }

  /** Call whenever the source may have changed; `lost` when its row numbers lost their meaning. */
  refresh(lost: boolean): void {
    this.#text.refresh();
    if (!lost) return;
    this.#found = undefined;
    this.#pending = undefined;
    this.#origin = undefined;
  }

  /** What a key other than searching does: the incremental search is over, and an unfinished one too. */
  settle(): void {
    this.#origin = undefined;
    this.#pending = undefined;
  }

  hide(): void {
    this.#shown = false;
    this.#found = undefined;
  }

  start(text: string, regex: boolean, direction: SearchDirection): void {
    this.#direction = direction;
    if (!this.#use(text, regex)) return;
    this.#begin(direction, this.#view.cursor);
  }

  /** Searches from where the incremental search began, or on from the cursor when the text is the same. */
  incremental(text: string, direction: SearchDirection): void {
    this.#origin ??= this.#view.cursor;
    this.#direction = direction;
    if (text === '') {
      this.#view.reveal(this.#origin);
      this.hide();
      return;
    }
    const same = this.#shown && this.#search?.pattern.text === text;
    this.#use(text, false);
    if (!same) this.#view.reveal(this.#origin);
    this.#begin(direction, this.#view.cursor);
  }

  again(reverse: boolean): void {
    if (this.#search === undefined) return;
    this.#shown = true;
    const opposite = this.#direction === 'forward' ? 'backward' : 'forward';
    this.#begin(reverse ? opposite : this.#direction, this.#view.cursor);
  }

  /** Goes on with what a key could not finish in its time. */
  advance(): void {
    if (this.#pending !== undefined) this.#run(this.#pending, FRAME_BUDGET);
  }

  /** `(3/57) ` and the like; empty without a search. */
  label(): string {
    if (!this.#shown || this.#search === undefined) {
      this.#counted = true;
      return '';
    }
    const { index, total, complete } = this.#search.count(this.#found?.from, this.#now() + FRAME_BUDGET);
    this.#counted = complete || this.#search.timedOut;
    if (this.#search.timedOut) return '(timed out) ';
    const all = `${total}${complete ? '' : '+'}`;
    if (index !== undefined) return `(${index}/${all}) `;
    return total === 0 && complete ? '(0/0) ' : `(${all}) `;
  }

  #use(text: string, regex: boolean): boolean {
    if (text === '') return false;
    this.#shown = true;
    const { pattern } = this.#search ?? {};
    if (pattern?.text === text && pattern.regex === regex) return true;
    this.#search = new TextSearch(searchPattern(text, regex), this.#view.reader, this.#text, this.#now);
    this.#found = undefined;
    return true;
  }

  #begin(direction: SearchDirection, from: CellPosition): void {
    const inclusive = this.#keys === 'emacs';
    this.#run({ direction, from, inclusive, wrap: this.#wrap, visited: 0 }, KEY_BUDGET);
  }

  #run(scan: SearchScan, budget: number): void {
    const result = this.#search?.find(scan, this.#now() + budget);
    this.#pending = result === 'unfinished' ? scan : undefined;
    if (result === undefined || result === 'unfinished') return;
    this.#found = result;
    this.#view.reveal(scan.direction === 'forward' ? this.#landing(result) : result.from);
  }

  /** Where a search forward leaves the cursor: on the match with vi keys, after it with emacs keys. */
  #landing(match: TextMatch): CellPosition {
    if (this.#keys === 'vi') return match.from;
    const { reader } = this.#view;
    const { row, column } = match.to;
    const after = reader.after(row, column);
    return after >= reader.columns && reader.continues(row) ? { row: row + 1, column: 0 } : { row, column: after };
  }
}
