import type { Size } from '../base/geometry.ts';
import type { RowSource } from '../text/row-source.ts';
import { CopySearch } from './copy-search.ts';
import { type CopyKeys, type SelectedCells, type Selection, selectedCells, selectedText } from './copy-selection.ts';
import { CopyView } from './copy-view.ts';
import { type CellPosition, isBefore, RowReader } from './row-reader.ts';
import { WordMotion } from './word-motion.ts';

/** Where copied text goes. */
export interface CopyTarget {
  /** Added to the newest buffer instead of a new one. */
  readonly append: boolean;
  /** Whether a buffer (and the clipboard) gets it; false for `pipe` alone. */
  readonly buffer: boolean;
  /** A shell command that gets it as input; the empty string for the option copy-command. */
  readonly pipe: string | undefined;
  /** What the new buffer's name begins with. */
  readonly prefix: string | undefined;
}

export interface CopyModeOptions {
  readonly source: RowSource;
  readonly keys: CopyKeys;
  /** The pane's size; `frame` tells of changes. */
  readonly size: Size;
  /** The row in the pane's first line; the newest ones when not given. */
  readonly top?: number;
  /** A cell of the source; the last row's beginning when not given. */
  readonly cursor?: CellPosition;
  /** tmux's word-separators. */
  readonly wordSeparators: string;
  readonly wrapSearch: boolean;
  /** copy-mode -e: scrolling down to the newest row leaves the mode. */
  readonly exitAtBottom?: boolean;
  /** Takes copied text; never called with nothing. Must not throw. */
  readonly copy: (text: string, target: CopyTarget) => void;
  /** The mode is done; called at most once for an action. Must not throw. */
  readonly exit: () => void;
  /** The row of the next prompt (OSC 133) after or before a row, where they are known. */
  readonly promptRow?: (row: number, direction: 1 | -1) => number | undefined;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
}

export interface Jump {
  readonly character: string;
  readonly direction: 'forward' | 'backward';
  readonly till: boolean;
}

/** What copy mode knows; its actions change it. */
export class CopyState {
  readonly options: CopyModeOptions;
  readonly reader: RowReader;
  readonly view: CopyView;
  readonly search: CopySearch;
  readonly words: WordMotion;
  /** Words that only blanks part. */
  readonly spaces: WordMotion;
  readonly now: () => number;
  selection: Selection | undefined;
  rectangle = false;
  mark: CellPosition | undefined;
  jump: Jump | undefined;
  labelShown = true;
  exitAtBottom: boolean;

  constructor(options: CopyModeOptions) {
    this.options = options;
    this.now = options.now ?? (() => performance.now());
    this.reader = new RowReader(options.source);
    const cursor = options.cursor ?? { row: this.reader.lastRow, column: 0 };
    this.view = new CopyView(this.reader, options.size, options.top, cursor);
    this.search = new CopySearch(this.view, options.keys, options.wrapSearch, this.now);
    this.words = new WordMotion(this.reader, options.wordSeparators);
    this.spaces = new WordMotion(this.reader, '');
    this.exitAtBottom = options.exitAtBottom ?? false;
  }

  /** Whether the cursor may stand beyond the ends of rows. */
  get free(): boolean {
    return this.rectangle && this.selection !== undefined;
  }

  /** Takes in what changed at the source: forgotten rows, new ones, other numbers. */
  sync(size?: Size): void {
    const lost = this.view.sync(size);
    this.search.refresh(lost);
    if (lost) {
      this.selection = undefined;
      this.mark = undefined;
      return;
    }
    const { firstRow } = this.options.source;
    if (this.mark !== undefined && this.mark.row < firstRow) this.mark = undefined;
    const { selection } = this;
    if (selection === undefined) return;
    const { anchor, fixedEnd } = selection;
    if (fixedEnd !== undefined && fixedEnd.row < firstRow && anchor.row < firstRow) this.selection = undefined;
    else if (anchor.row < firstRow || (fixedEnd?.row ?? firstRow) < firstRow)
      this.selection = { ...selection, anchor: this.#kept(anchor), fixedEnd: fixedEnd && this.#kept(fixedEnd) };
  }

  #kept(position: CellPosition): CellPosition {
    const first = { row: this.options.source.firstRow, column: 0 };
    return isBefore(position, first) ? first : position;
  }

  select(unit: Selection['unit'], anchor: CellPosition = this.view.cursor): void {
    this.selection = { unit, anchor, fixedEnd: undefined };
  }

  /** Selects the word at a cell and puts the cursor at its end. */
  selectWord(position: CellPosition): void {
    const word = this.words.wordAt(position);
    this.rectangle = false;
    this.select('word', word.from);
    this.view.moveTo(word.to);
  }

  selected(): SelectedCells | undefined {
    const { selection, options } = this;
    if (selection === undefined) return undefined;
    return selectedCells(selection, this.view.cursor, this.rectangle, options.keys, this.reader, this.words);
  }

  /** The selected text; without a selection the match under the cursor; possibly empty. */
  text(): string {
    const cells = this.selected();
    if (cells !== undefined) return selectedText(cells, this.reader);
    const match = this.search.matchAtCursor();
    if (match === undefined) return '';
    const to = { row: match.to.row, column: this.reader.after(match.to.row, match.to.column) };
    return selectedText({ from: match.from, to, rectangle: false, lineEnd: false }, this.reader);
  }

  copy(text: string, target: Partial<CopyTarget>): void {
    if (text !== '')
      this.options.copy(text, { append: false, buffer: true, pipe: undefined, prefix: undefined, ...target });
  }
}
