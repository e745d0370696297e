import { clamp } from '../base/geometry.ts';
import type { CharsetState } from './charsets.ts';
import { Row } from './row.ts';
import { takeCells } from './row-edits.ts';
import type { CellStyle } from './style-table.ts';
import { TabStops } from './tab-stops.ts';

/** What DECSC keeps (DEC STD 070; xterm's ctlseqs). */
export interface SavedCursor {
  readonly x: number;
  readonly y: number;
  readonly style: CellStyle;
  readonly charsets: CharsetState;
  readonly origin: boolean;
}

/** Gets the rows that leave a screen at its top; `goesOn` tells that the row below goes on with the same line. */
export type RowSink = (row: Row, goesOn: boolean) => void;

/** The visible rows of the main or the alternate screen, with its cursor, margins and tab stops. */
export class Screen {
  /** `columns` while the cursor waits behind the last column. */
  x = 0;
  y = 0;
  /** The margins: first and last row that scroll. */
  top = 0;
  bottom: number;
  /** The margins at the sides (DECSLRM): first and last column that scroll; those of the screen unless `hasSides`. */
  left = 0;
  right: number;
  hasSides = false;
  /** Where `x` stands while it waits to wrap at the right margin, when that is not the screen's; else -1. */
  waitX = -1;
  saved: SavedCursor | undefined;
  readonly tabs: TabStops;
  readonly #evict: RowSink | undefined;
  #columns: number;
  /** A ring that begins at `#first`; empty while the screen is not in use. */
  #rows: Row[] = [];
  #first = 0;
  #height: number;

  /** Rows that leave at the top go to `evict`. */
  constructor(columns: number, rows: number, evict?: RowSink) {
    this.#columns = columns;
    this.#height = rows;
    this.bottom = rows - 1;
    this.right = columns - 1;
    this.tabs = new TabStops(columns);
    this.#evict = evict;
  }

  get columns(): number {
    return this.#columns;
  }

  get height(): number {
    return this.#height;
  }

  /** The column that the cursor is shown on: while it waits to wrap, the last one. */
  get column(): number {
    return this.x === this.waitX ? this.x - 1 : Math.min(this.x, this.#columns - 1);
  }

  /** One past the last column that text at the cursor may take. */
  get limit(): number {
    if (!this.hasSides) return this.#columns;
    return this.x <= this.right || this.x === this.waitX ? this.right + 1 : this.#columns;
  }

  /** Whether the cursor stands between the margins at the sides. */
  get isBetweenSides(): boolean {
    const { column } = this;
    return column >= this.left && column <= this.right;
  }

  get isInUse(): boolean {
    return this.#rows.length > 0;
  }

  /** Row `y` of the screen, which must be one. */
  row(y: number): Row {
    const row = this.#row(y);
    if (row.textLength > 0) row.spell();
    return row;
  }

  /** The rows, first to last. */
  get rows(): readonly Row[] {
    const rows = this.storedRows;
    for (const row of rows) if (row.textLength > 0) row.spell();
    return rows;
  }

  /** The rows, first to last; some may have a text in place of their cells (Row.text). */
  get storedRows(): readonly Row[] {
    return [...this.#rows.slice(this.#first), ...this.#rows.slice(0, this.#first)];
  }

  /** Fills the screen with empty rows. */
  open(style: number): void {
    this.#rows = Array.from({ length: this.#height }, () => new Row(this.#columns));
    this.#first = 0;
    for (const row of this.#rows) row.clear(style);
  }

  /** Empties the screen and puts cursor, margins and tab stops back. */
  clear(style: number): void {
    for (const row of this.#rows) row.clear(style);
    this.#home();
  }

  /** Gives the rows back, and forgets cursor, margins and tab stops. */
  close(): void {
    this.#rows = [];
    this.#first = 0;
    this.#home();
  }

  #row(y: number): Row {
    const index = this.#first + y;
    const row = this.#rows[index < this.#height ? index : index - this.#height];
    if (row === undefined) throw new RangeError(`no row ${y}`);
    return row;
  }

  #home(): void {
    this.x = 0;
    this.y = 0;
    this.openMargins();
    this.tabs.reset();
  }

  /** Puts the margins at the edges of the screen. */
  openMargins(): void {
    this.top = 0;
    this.bottom = this.#height - 1;
    this.setSides(0, this.#columns - 1);
  }

  setSides(left: number, right: number): void {
    this.settle();
    this.left = left;
    this.right = right;
    this.hasSides = left > 0 || right < this.#columns - 1;
  }

  /** A cursor that waits to wrap at the right margin goes back onto it. */
  settle(): void {
    if (this.waitX >= 0 && this.x === this.waitX) this.x -= 1;
    this.waitX = -1;
  }

  /** Takes rows of another size, or none when it is not in use; the margins are those of the whole screen then. */
  replace(columns: number, height: number, rows: Row[]): void {
    this.#columns = columns;
    this.#height = height;
    this.#rows = rows;
    this.#first = 0;
    this.openMargins();
    this.tabs.resize(columns);
  }

  /** Puts the cursor within `right` and the screen, or the margins where those hold it. */
  restrict(isOrigin: boolean, right = this.#columns - 1): void {
    this.settle();
    this.x = isOrigin && this.hasSides ? clamp(this.x, this.left, this.right) : clamp(this.x, 0, right);
    this.y = isOrigin ? clamp(this.y, this.top, this.bottom) : clamp(this.y, 0, this.#height - 1);
  }

  /** One row down; at the bottom margin the rows within the margins scroll instead. */
  lineDown(eraseStyle: number, isWrapped: boolean): void {
    if (this.y === this.bottom) {
      if (!this.hasSides) this.scroll(eraseStyle, isWrapped);
      else if (this.isBetweenSides) this.#moveBox(this.top, 1, eraseStyle);
    } else if (this.y < this.#height - 1) this.y += 1;
  }

  /** Moves the rows within the margins up by one; what leaves at the very top is history. */
  scroll(eraseStyle: number, isWrapped = false): void {
    const { top, bottom } = this;
    const row = this.#row(top);
    if (top === 0) this.#evict?.(row, bottom > 0 ? this.#row(1).isWrapped : isWrapped);
    if (top === 0 && bottom === this.#height - 1) this.#first = this.#first + 1 === this.#height ? 0 : this.#first + 1;
    else {
      this.#rotate(top, bottom, 1);
      if (top > 0) this.row(top).isWrapped = false;
      this.tear(bottom);
    }
    row.clear(eraseStyle);
    row.isWrapped = isWrapped;
  }

  /** The line of row `y` ends with it: what follows is another row than before, or its last cell was erased. */
  tear(y: number): void {
    if (y + 1 < this.#height) this.row(y + 1).isWrapped = false;
  }

  /** Takes out `count` rows from `from` on; as many empty ones come in at the bottom margin. */
  deleteRows(from: number, count: number, style: number): void {
    const shift = Math.min(count, this.bottom - from + 1);
    if (this.hasSides) {
      this.#moveBox(from, shift, style);
      return;
    }
    this.#rotate(from, this.bottom, shift);
    this.row(from).isWrapped = false;
    this.tear(this.bottom);
    for (let y = this.bottom - shift + 1; y <= this.bottom; y++) this.row(y).clear(style);
  }

  /** Puts `count` empty rows in at `from`; as many leave at the bottom margin. */
  insertRows(from: number, count: number, style: number): void {
    const size = this.bottom - from + 1;
    const shift = Math.min(count, size);
    if (this.hasSides) {
      this.#moveBox(from, -shift, style);
      return;
    }
    this.#rotate(from, this.bottom, size - shift);
    for (let y = from; y < from + shift; y++) this.row(y).clear(style);
    this.tear(from + shift - 1);
    this.tear(this.bottom);
  }

  /** Moves what is between all four margins, from row `from` on, up by `shift`, or down if that is negative. */
  #moveBox(from: number, shift: number, style: number): void {
    const { left, right, bottom } = this;
    const size = bottom - from + 1;
    this.tear(bottom);
    for (let y = from; y <= bottom; y++) {
      const row = this.row(y);
      row.split(left, style);
      row.split(right + 1, style);
      row.isWrapped = false;
    }
    for (let step = 0; step < size; step++) {
      const y = shift > 0 ? from + step : bottom - step;
      const source = y + shift;
      if (source >= from && source <= bottom) takeCells(this.row(y), this.row(source), left, right + 1);
      else this.row(y).erase(left, right + 1, style);
    }
  }

  /** Moves the rows of a range up by `shift`, those of its top to its end. */
  #rotate(from: number, to: number, shift: number): void {
    const size = to - from + 1;
    const moved = Array.from({ length: size }, (_, index) => this.#row(from + ((index + shift) % size)));
    moved.forEach((row, index) => {
      this.#rows[(this.#first + from + index) % this.#height] = row;
    });
  }
}
