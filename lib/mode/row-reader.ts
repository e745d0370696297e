import { Grid, glyphText, TAIL, WIDE } from '../text/grid.ts';
import type { RowSource } from '../text/row-source.ts';

/** A cell of a row source; columns may be one past the last. */
export interface CellPosition {
  readonly row: number;
  readonly column: number;
}

/** One row as read once: its glyphs, the columns up to its last text, and up to its last cell that was written to. */
export interface RowCells {
  readonly glyphs: Uint32Array;
  /** Columns without the blanks at the end. */
  readonly length: number;
  /** Columns with the blanks that a program wrote, without those it never wrote. */
  readonly filled: number;
}

/** Rows kept read at a time: more than a motion looks at, little to forget. */
const ROWS_KEPT = 128;
const BLANK = 0x20;
const ASCII = /^[\x20-\x7e]*$/;

/** Reads single cells of a source, keeping the last rows read until `forget`. */
export class RowReader {
  readonly source: RowSource;
  readonly #rows = new Map<number, RowCells>();
  #grid: Grid;

  constructor(source: RowSource) {
    this.source = source;
    this.#grid = new Grid({ columns: Math.max(1, source.columns), rows: 1 });
  }

  get columns(): number {
    return Math.max(1, this.source.columns);
  }

  /** The newest row; the oldest one where the source has none. */
  get lastRow(): number {
    return Math.max(this.source.firstRow, this.source.endRow - 1);
  }

  /** Whenever the source may have changed. */
  forget(): void {
    this.#rows.clear();
  }

  row(row: number): RowCells {
    const known = this.#rows.get(row);
    if (known !== undefined) return known;
    const { columns } = this;
    if (this.#grid.columns !== columns) this.#grid = new Grid({ columns, rows: 1 });
    this.source.readRow(row, this.#grid, 0, 0, columns);
    const glyphs = this.#grid.glyphs.slice();
    let filled = columns;
    while (filled > 0 && glyphs[filled - 1] === 0) filled--;
    let length = filled;
    while (length > 0 && isBlank(glyphs[length - 1] ?? 0)) length--;
    const read: RowCells = { glyphs, length, filled };
    if (this.#rows.size >= ROWS_KEPT) this.#rows.clear();
    this.#rows.set(row, read);
    return read;
  }

  length(row: number): number {
    return this.row(row).length;
  }

  /** The text of a cell; a blank for an empty one, nothing for the second half of a wide one. */
  text(row: number, column: number): string {
    return glyphText(this.row(row).glyphs[column] ?? 0);
  }

  /** The column where the glyph begins that covers `column`. */
  head(row: number, column: number): number {
    const { glyphs } = this.row(row);
    return column > 0 && ((glyphs[column] ?? 0) & TAIL) !== 0 ? column - 1 : column;
  }

  /** One past the columns of the glyph at `column`. */
  after(row: number, column: number): number {
    return column + (((this.row(row).glyphs[column] ?? 0) & WIDE) !== 0 ? 2 : 1);
  }

  /** Whether the row goes on in the next one. */
  continues(row: number): boolean {
    return row + 1 < this.source.endRow && this.source.isWrapped(row + 1);
  }

  /** The first row of the line that `row` belongs to. */
  lineStart(row: number): number {
    let start = row;
    while (start > this.source.firstRow && this.source.isWrapped(start)) start--;
    return start;
  }

  /** The last row of the line that `row` belongs to. */
  lineEnd(row: number): number {
    let end = row;
    while (this.continues(end)) end++;
    return end;
  }

  /** The column of the cell that holds UTF-16 unit `offset` of the row's text. */
  columnOf(row: number, offset: number): number {
    if (ASCII.test(this.source.rowText(row))) return Math.min(offset, this.columns);
    const { glyphs } = this.row(row);
    let units = 0;
    for (let column = 0; column < glyphs.length; column++) {
      const glyph = glyphs[column] ?? 0;
      if ((glyph & TAIL) !== 0) continue;
      units += glyphText(glyph).length;
      if (units > offset) return column;
    }
    return glyphs.length;
  }

  /** The UTF-16 units of the row's text before `column`. */
  offsetOf(row: number, column: number): number {
    const { glyphs } = this.row(row);
    let units = 0;
    for (let at = 0; at < column && at < glyphs.length; at++) units += glyphText(glyphs[at] ?? 0).length;
    return units;
  }

  /** The text of columns `from` up to `to`. */
  slice(row: number, from: number, to: number): string {
    const { glyphs } = this.row(row);
    let text = '';
    for (let column = Math.max(0, from); column < to && column < glyphs.length; column++)
      text += glyphText(glyphs[column] ?? 0);
    return text;
  }
}

const isBlank = (glyph: number): boolean => glyph === 0 || glyph === BLANK;

/** Whether `a` comes before `b` in reading order. */
export const isBefore = (a: CellPosition, b: CellPosition): boolean =>
  a.row < b.row || (a.row === b.row && a.column < b.column);

export const samePosition = (a: CellPosition, b: CellPosition): boolean => a.row === b.row && a.column === b.column;
