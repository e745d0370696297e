import { type Grid, TAIL, WIDE } from '../text/grid.ts';
import { BROAD, BROAD_FIRST, EMPTY_LAST, MARKED, TAILED, WRAPPED } from './history-format.ts';
import { copyRecord, emptyEnd, recordShape, recordText, tailStart, textEnd, textStart } from './history-reader.ts';
import { scratchGrid } from './scratch-grid.ts';
import { VISIBLE_ATTRIBUTES } from './style-table.ts';

/** Bytes of a full page. */
export const PAGE_BYTES = 65_536;
const FIRST_BYTES = 4096;
const FIRST_RECORDS = 64;
const ALL_ATTRIBUTES = 0xffff;
/** What a record costs beside its bytes: its entry in the table of starts. */
export const ENTRY_BYTES = 2;

/**
 * Rows of the history, oldest first, as records (history-format.ts). A group is the records of one line: one that is
 * not wrapped, or the first, and the wrapped ones after it. Records leave at both ends; those that left at the front
 * keep their bytes until the page goes.
 */
export class HistoryPage {
  /** Columns of the rows as they were written; 0 where they differ. */
  readonly columns: number;
  /** Number of the first row kept, and how many rows there are at the history's present width. */
  firstRow = 0;
  rows = 0;
  /** Index of the first record kept, and one past the last. */
  first = 0;
  end = 0;
  #data: Buffer;
  #used = 0;
  #starts: Uint16Array;

  /**
   * Takes the memory of a page that is done with, so that a flood leaves nothing to collect; without one, as much as the
   * page `before` it needed, so that one that fills up does not grow step by step.
   */
  constructor(columns: number, spare?: HistoryPage, before?: HistoryPage) {
    this.columns = columns;
    const isFit = spare !== undefined && spare.#data.length <= PAGE_BYTES;
    const isFull = before !== undefined && before.#data.length >= PAGE_BYTES;
    this.#data = isFit ? spare.#data : Buffer.allocUnsafeSlow(isFull ? PAGE_BYTES : FIRST_BYTES);
    this.#starts = isFit ? spare.#starts : new Uint16Array(isFull ? before.#starts.length : FIRST_RECORDS);
  }

  /** Its bytes; those from `used` on are free. */
  get data(): Buffer {
    return this.#data;
  }

  /** Bytes of the records in the page, those that left at the front included. */
  get used(): number {
    return this.#used;
  }

  /** Whether a record still fits; one of any size fits an empty page. */
  fits(size: number): boolean {
    return this.end === 0 || this.#used + size <= PAGE_BYTES;
  }

  append(bytes: Buffer, from: number, to: number): void {
    const size = to - from;
    this.#reserve(size);
    bytes.copy(this.#data, this.#used, from, to);
    this.take(size);
  }

  /** Takes a record that was written to the free end of `data`. */
  take(size: number): void {
    if (this.end === this.#starts.length) this.#growStarts();
    this.#starts[this.end] = this.#used;
    this.end += 1;
    this.#used += size;
  }

  /** Takes the records of another page from `from` on, whatever their width. */
  appendPage(page: HistoryPage, from: number): void {
    for (let record = from; record < page.end; record++)
      this.append(page.#data, page.#start(record), page.#stop(record));
  }

  /** Bytes of the records from `record` on. */
  size(record: number): number {
    return this.#used - this.#start(record);
  }

  /** Bytes that a record costs. */
  cost(record: number): number {
    return this.#stop(record) - this.#start(record) + ENTRY_BYTES;
  }

  /** Forgets the records from `record` on. */
  cut(record: number): void {
    this.#used = this.#start(record);
    this.end = record;
  }

  /** One past the group that begins with a record. */
  groupEnd(record: number): number {
    let end = record + 1;
    while (end < this.end && this.isWrapped(end)) end += 1;
    return end;
  }

  /** The first record of the last group. */
  lastGroup(): number {
    let record = this.end - 1;
    while (record > this.first && this.isWrapped(record)) record -= 1;
    return record;
  }

  isWrapped(record: number): boolean {
    return (this.#flags(record) & WRAPPED) !== 0;
  }

  isMarked(record: number): boolean {
    return (this.#flags(record) & MARKED) !== 0;
  }

  /** Whether what the last record has behind its text may reach past the columns of its row. */
  get isTailed(): boolean {
    return this.columns === 0 || (this.#flags(this.end - 1) & TAILED) !== 0;
  }

  /** Columns of text before what the last group has behind its text, in the row where that stood. */
  get tailStart(): number {
    const last = this.end - 1;
    return tailStart(this.#data, this.#start(last), this.#columns(last, this.end));
  }

  /** All bytes of records `from` up to `to`, one character each: the text of every row is in it as it stands. */
  raw(from: number, to: number): string {
    return this.#data.toString('latin1', this.#start(from), to > from ? this.#stop(to - 1) : this.#start(from));
  }

  /**
   * Copies to `target` from `to` on the end of the text before a record and the start of its own, `width` bytes of each;
   * returns where that ends, -1 if there are fewer before it.
   */
  copyEdge(record: number, width: number, target: Buffer, to: number): number {
    const data = this.#data;
    const before = textEnd(data, this.#start(record - 1));
    const start = textStart(data, this.#start(record));
    const end = Math.min(textEnd(data, this.#start(record)), start + width);
    if (before - width < textStart(data, this.#start(record - 1))) return -1;
    let next = to;
    for (let at = before - width; at < before; at++) target[next++] = data[at] ?? 0;
    for (let at = start; at < end; at++) target[next++] = data[at] ?? 0;
    return next;
  }

  text(record: number): string {
    return recordText(this.#data, this.#start(record));
  }

  /** Cells of the text of the last group, which goes on below the page: its last row was full. */
  openColumns(from: number): number {
    const last = this.end - 1;
    let columns = Math.max(this.columns, recordShape(this.#data, this.#start(last)) >> 8);
    for (let record = from; record < last; record++) columns += this.#columns(record, this.end);
    return columns;
  }

  /** How many rows a group has at another width. */
  groupRows(from: number, to: number, width: number): number {
    let columns = 0;
    let flags = 0;
    for (let record = from; record < to; record++) {
      columns += this.#columns(record, to);
      flags |= this.#flags(record);
    }
    if (columns <= width) return 1;
    return (flags & BROAD) === 0 ? Math.ceil(columns / width) : this.groupStarts(from, to, width).length;
  }

  /** The cell at which each row of a group begins at another width. */
  groupStarts(from: number, to: number, width: number): number[] {
    const starts = [0];
    let columns = 0;
    let rowStart = 0;
    for (let record = from; record < to; record++) {
      const count = this.#columns(record, to);
      if ((this.#flags(record) & BROAD) === 0) {
        while (columns + count > rowStart + width) {
          rowStart += width;
          starts.push(rowStart);
        }
      } else {
        const { glyphs } = this.#cells(record, count);
        for (let x = 0; x < count; x++) {
          const size = ((glyphs[x] ?? 0) & WIDE) === 0 ? 1 : 2;
          if (glyphs[x] !== TAIL && columns + x + size > rowStart + width) {
            rowStart = columns + x;
            starts.push(rowStart);
          }
        }
      }
      columns += count;
    }
    return starts;
  }

  /**
   * Copies the cells of a group from cell `skip` on to `width` cells of `grid` from index `to`; with what stands behind
   * the text of its last record if the row has it where it was. All of that, and all attributes, if `isWhole`.
   */
  copyGroup(from: number, end: number, grid: Grid, to: number, width: number, skip = 0, isWhole = false): void {
    grid.erase(to, to + width);
    let columns = -skip;
    for (let record = from; record < end && columns < width; record++) {
      const count = this.#columns(record, end);
      const isLast = record === end - 1;
      if (columns + count > 0 || isLast) this.#copy(record, grid, to, width, columns, isWhole);
      columns += count;
      if (isLast && !isWhole && columns < width && tailStart(this.#data, this.#start(record), count) !== columns)
        grid.erase(to + Math.max(0, columns), to + width);
    }
  }

  /** Copies one record so that its first cell comes to `x`, which may lie before the first column. */
  #copy(record: number, grid: Grid, to: number, width: number, x: number, isWhole: boolean): void {
    const attributes = isWhole ? ALL_ATTRIBUTES : VISIBLE_ATTRIBUTES;
    const place = Math.max(0, x);
    const start = this.#start(record);
    copyRecord(this.#data, start, this.#stop(record), grid, to + place, width - place, place - x, attributes);
  }

  #flags(record: number): number {
    return this.#data[this.#start(record)] ?? 0;
  }

  /**
   * Cells of a record's text; without the gap before a wide character that did not fit, and without the empty cells at
   * its end when its line ends with it after all.
   */
  #columns(record: number, groupEnd: number): number {
    const shape = recordShape(this.#data, this.#start(record));
    const columns = shape >> 8;
    if (record + 1 < groupEnd) {
      const full = Math.max(columns, this.columns);
      const isEmptyLast = columns < full || (shape & EMPTY_LAST) !== 0;
      return isEmptyLast && (this.#flags(record + 1) & BROAD_FIRST) !== 0 ? full - 1 : full;
    }
    return (shape & EMPTY_LAST) === 0 ? columns : columns - emptyEnd(this.#data, this.#start(record));
  }

  #cells(record: number, columns: number): Grid {
    const grid = scratchGrid(columns);
    copyRecord(this.#data, this.#start(record), this.#stop(record), grid, 0, columns);
    return grid;
  }

  #start(record: number): number {
    return this.#starts[record] ?? 0;
  }

  #stop(record: number): number {
    return record + 1 < this.end ? (this.#starts[record + 1] ?? 0) : this.#used;
  }

  #reserve(size: number): void {
    if (this.#used + size > this.#data.length) {
      const wanted = Math.max(2 * this.#data.length, this.#used + size);
      const data = Buffer.allocUnsafeSlow(this.#used + size > PAGE_BYTES ? wanted : Math.min(wanted, PAGE_BYTES));
      this.#data.copy(data, 0, 0, this.#used);
      this.#data = data;
    }
  }

  #growStarts(): void {
    const starts = new Uint16Array(2 * this.end);
    starts.set(this.#starts);
    this.#starts = starts;
  }
}
