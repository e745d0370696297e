import { clamp, type Size } from '../base/geometry.ts';
import type { CellPosition, RowReader } from './row-reader.ts';

/** Rows of text by which lost rows are found again, and how far around the guess they are looked for. */
const ANCHOR_TEXT = 400;
const ANCHOR_REACH = 4_000;

/** Where the cursor was, in terms that outlive the numbers of rows. */
interface Anchor {
  readonly text: string;
  /** Cells from the line's beginning. */
  readonly offset: number;
  readonly fromEnd: number;
  readonly rows: number;
  /** Rows of the view above the cursor. */
  readonly above: number;
}

/**
 * The part of a source that a pane shows in copy mode, and the cursor in it. Both are numbers of rows, so output that
 * arrives moves neither; rows that are forgotten push them on.
 */
export class CopyView {
  readonly reader: RowReader;
  #size: Size;
  #top: number;
  #cursor: CellPosition;
  /** The column that vertical motions return to after shorter rows. */
  #goal: number | undefined;
  #epoch: number;
  #anchor: Anchor | undefined;

  constructor(reader: RowReader, size: Size, top: number | undefined, cursor: CellPosition) {
    this.reader = reader;
    this.#size = size;
    this.#top = top ?? this.#lowestTop();
    this.#cursor = cursor;
    this.#epoch = reader.source.epoch;
    this.#settle();
    this.remember();
  }

  get top(): number {
    return this.#top;
  }

  get cursor(): CellPosition {
    return this.#cursor;
  }

  get rows(): number {
    return this.#size.rows;
  }

  /** Rows between the view and the newest place that it can show. */
  get rowsBelow(): number {
    return Math.max(0, this.#lowestTop() - this.#top);
  }

  get rowsAbove(): number {
    return this.#top - this.reader.source.firstRow;
  }

  /** Takes in what changed at the source since the last call, and the pane's size; true when row numbers lost their meaning. */
  sync(size: Size = this.#size): boolean {
    this.reader.forget();
    this.#size = size;
    const lost = this.#epoch !== this.reader.source.epoch;
    if (lost) {
      this.#epoch = this.reader.source.epoch;
      this.#find();
    }
    this.#settle();
    this.remember();
    return lost;
  }

  /** Moves the cursor, and the view just as far as needed to show it. */
  moveTo(position: CellPosition): void {
    this.#goal = undefined;
    this.#cursor = position;
    this.#settle();
  }

  /** Moves the cursor; when that is out of view, with some text around it. */
  reveal(position: CellPosition): void {
    const { rows } = this.#size;
    if (position.row < this.#top || position.row >= this.#top + rows)
      this.#top = position.row - rows + 1 + Math.floor(rows / 4);
    this.moveTo(position);
  }

  /** Moves the cursor up (negative) or down; `free` keeps its column beyond the ends of rows. */
  moveRows(rows: number, free: boolean): boolean {
    const row = clamp(this.#cursor.row + rows, this.reader.source.firstRow, this.reader.lastRow);
    if (row === this.#cursor.row) return false;
    this.#place(row, free);
    return true;
  }

  /** Scrolls by rows; the cursor keeps its place in the pane. False when nothing moved. */
  scroll(rows: number, free: boolean): boolean {
    const top = clamp(this.#top + rows, this.reader.source.firstRow, this.#lowestTop());
    const moved = top - this.#top;
    if (moved === 0) return false;
    this.#top = top;
    this.#place(clamp(this.#cursor.row + moved, this.reader.source.firstRow, this.reader.lastRow), free);
    return true;
  }

  /** Scrolls by a page or half of one; at the ends the cursor goes on for the rest of the way. */
  page(direction: 1 | -1, half: boolean, free: boolean): void {
    const { rows } = this.#size;
    const wanted = rows > 2 ? (half ? Math.floor(rows / 2) : rows - 2) : 1;
    const room = direction < 0 ? this.rowsAbove : this.rowsBelow;
    this.scroll(direction * Math.min(wanted, room), free);
    const rest = wanted - room;
    if (rest <= 0) return;
    const edge = direction < 0 ? this.#top : this.#top + rows - 1;
    const row = this.#cursor.row + direction * rest;
    const last = this.reader.lastRow;
    this.#place(Math.min(last, direction < 0 ? Math.max(edge, row) : Math.min(edge, row)), free);
  }

  /** Scrolls so that the cursor's row is the pane's row `y`, as near as can be. */
  scrollCursorTo(y: number): void {
    this.#top = this.#cursor.row - y;
    this.#settle();
  }

  /** Scrolls so that `rows` rows lie below the view. */
  scrollToRowsBelow(rows: number): void {
    const y = this.#cursor.row - this.#top;
    this.#top = this.#lowestTop() - rows;
    this.#clampTop();
    this.#cursor = { row: this.#top + y, column: this.#cursor.column };
    this.#settle();
  }

  /** The cell at a place in the pane. */
  at(x: number, y: number): CellPosition {
    const row = clamp(this.#top + y, this.reader.source.firstRow, this.reader.lastRow);
    return { row, column: this.reader.head(row, clamp(x, 0, this.reader.columns)) };
  }

  #place(row: number, free: boolean): void {
    const { cursor, reader } = this;
    const length = reader.length(cursor.row);
    this.#goal ??= !free && length > 0 && cursor.column >= length ? Number.POSITIVE_INFINITY : cursor.column;
    const column = free ? Math.min(this.#goal, reader.columns) : Math.min(this.#goal, reader.length(row));
    this.#cursor = { row, column: reader.head(row, column) };
    this.#settle();
  }

  #lowestTop(): number {
    const { firstRow, screenTop, endRow } = this.reader.source;
    return Math.max(firstRow, screenTop, endRow - this.#size.rows);
  }

  #clampTop(): void {
    this.#top = clamp(this.#top, this.reader.source.firstRow, this.#lowestTop());
  }

  #settle(): void {
    const { source, columns, lastRow } = this.reader;
    const row = clamp(this.#cursor.row, source.firstRow, lastRow);
    this.#cursor = { row, column: this.reader.head(row, clamp(this.#cursor.column, 0, columns)) };
    this.#clampTop();
    if (row < this.#top) this.#top = row;
    else if (row >= this.#top + this.#size.rows) this.#top = row - this.#size.rows + 1;
  }

  /** Notes what is at the cursor, so that it is found again when rows are numbered anew. */
  remember(): void {
    const { row, column } = this.#cursor;
    const { firstRow, endRow } = this.reader.source;
    let start = row;
    while (start > firstRow && start > row - ANCHOR_TEXT && this.reader.source.isWrapped(start)) start--;
    this.#anchor = {
      text: this.#lineText(start),
      offset: (row - start) * this.reader.columns + column,
      fromEnd: endRow - row,
      rows: endRow - firstRow,
      above: row - this.#top,
    };
  }

  /** Looks for the line that the cursor was in, nearest to where it should be by its distance from the end. */
  #find(): void {
    const anchor = this.#anchor;
    const { firstRow, endRow } = this.reader.source;
    if (anchor === undefined || endRow <= firstRow) return;
    const scale = anchor.rows > 0 ? (endRow - firstRow) / anchor.rows : 1;
    const guess = clamp(Math.round(endRow - anchor.fromEnd * scale), firstRow, endRow - 1);
    const line = anchor.text === '' ? undefined : this.#nearestLine(anchor.text, guess);
    const row = line === undefined ? guess : line + Math.floor(anchor.offset / this.reader.columns);
    const column = line === undefined ? anchor.offset : anchor.offset % this.reader.columns;
    this.#cursor = { row, column };
    this.#top = row - anchor.above;
    this.#goal = undefined;
  }

  #nearestLine(text: string, guess: number): number | undefined {
    const { source } = this.reader;
    const same = (row: number) =>
      row >= source.firstRow &&
      row < source.endRow &&
      !source.isWrapped(row) &&
      text.startsWith(source.rowText(row).trimEnd().slice(0, ANCHOR_TEXT)) &&
      this.#lineText(row) === text;
    for (let distance = 0; distance < ANCHOR_REACH; distance++) {
      if (same(guess - distance)) return guess - distance;
      if (same(guess + distance)) return guess + distance;
    }
    return undefined;
  }

  #lineText(start: number): string {
    let text = this.reader.source.rowText(start);
    for (let row = start; text.length < ANCHOR_TEXT && this.reader.continues(row); row++)
      text += this.reader.source.rowText(row + 1);
    return text.slice(0, ANCHOR_TEXT).trimEnd();
  }
}
