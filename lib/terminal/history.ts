import { Grid, glyphText } from '../text/grid.ts';
import type { TextProbe } from '../text/text-probe.ts';
import type { ClusterTable } from './cluster-table.ts';
import { ENTRY_BYTES, HistoryPage, PAGE_BYTES } from './history-page.ts';
import { HistorySearch, mayHold, mayHoldAcross } from './history-search.ts';
import { HistoryWriter } from './history-writer.ts';
import type { Row } from './row.ts';
import { scratchGrid } from './scratch-grid.ts';
import type { StyleTable } from './style-table.ts';

/** Pages of another width whose rows are known at a time. */
const MAXIMUM_LAYOUTS = 4;
/** Neighbours that together are smaller become one, so that many resizes do not leave many pages. */
const SMALL_PAGE = 16_384;
/** No terminal has more (base/geometry.ts). */
const MAXIMUM_COLUMNS = 1000;

/** The rows of a page at another width than it was written in: for each the first record of its group and its first cell. */
interface Layout {
  readonly groups: Uint16Array;
  readonly cells: Uint32Array;
}

/** A line that was taken back from the history. */
export interface HistoryLine {
  /** Its cells, as far as they are not plain and empty; valid until the next call. */
  readonly cells: Grid;
  readonly columns: number;
  /** Columns of its text if it goes on below. */
  readonly textColumns: number;
  readonly isWrapped: boolean;
  /** Columns of text before what is behind its text, in the row where that stood (row-tail.ts). */
  readonly tailStart: number;
}

/** One for all terminals, since a row is written at once. */
const writer = new HistoryWriter();
/** The wide character after a gap, while that is read. */
const wideCell = new Grid({ columns: 2, rows: 1 });

/**
 * The rows that left a terminal's screen, by numbers that stay, in pages of bytes: first in, first out, and at most so
 * many bytes. Rows are folded at another width page by page, when somebody looks at them.
 */
export class History {
  readonly limit: number;
  readonly #styles: StyleTable;
  readonly #clusters: ClusterTable;
  #columns: number;
  #pages: HistoryPage[] = [];
  readonly #layouts = new Map<HistoryPage, Layout>();
  /** The last page that was done with. */
  #spare: HistoryPage | undefined;
  readonly #search = new HistorySearch();
  #bytes = 0;
  #rows = 0;
  #firstRow = 0;

  constructor(limit: number, columns: number, styles: StyleTable, clusters: ClusterTable) {
    this.limit = limit;
    this.#columns = columns;
    this.#styles = styles;
    this.#clusters = clusters;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Number of the oldest row, and one past the newest. */
  get firstRow(): number {
    return this.#firstRow;
  }

  get endRow(): number {
    return this.#firstRow + this.#rows;
  }

  /** Takes a row; `goesOn` tells that the one below goes on with its line. */
  push(row: Row, goesOn: boolean): void {
    let page = this.#pages.at(-1);
    writer.write(row, goesOn, this.#styles, this.#clusters, page);
    const size = writer.length - writer.start;
    const cost = size + ENTRY_BYTES;
    if (cost > this.limit) {
      this.clear();
      this.#firstRow += 1;
      return;
    }
    if (page === undefined || page.columns !== this.#columns || !page.fits(size))
      page = this.#addPage(page, row.isWrapped);
    if (writer.bytes === page.data) page.take(size);
    else page.append(writer.bytes, writer.start, writer.length);
    page.rows += 1;
    this.#rows += 1;
    this.#bytes += cost;
    while (this.#bytes > this.limit) this.#forgetOldest();
  }

  /** Forgets all rows. */
  clear(): void {
    this.#firstRow += this.#rows;
    this.#rows = 0;
    this.#bytes = 0;
    this.#pages = [];
    this.#layouts.clear();
  }

  /** Counts the rows at another width. */
  resize(columns: number): void {
    // The newest rows are about to be taken back, and others to come, even at the same width.
    this.#search.forget();
    if (columns === this.#columns) return;
    this.#columns = columns;
    this.#layouts.clear();
    this.#mergeLast();
    this.#rows = 0;
    for (const page of this.#pages) {
      page.firstRow = this.#firstRow + this.#rows;
      page.rows = page.columns === columns ? page.end - page.first : countRows(page, columns);
      this.#rows += page.rows;
    }
  }

  /** Takes back the newest line, as far as it lies in one page; undefined when there is none. */
  takeLine(): HistoryLine | undefined {
    const page = this.#pages.at(-1);
    if (page === undefined) return undefined;
    const from = page.lastGroup();
    const textColumns = page.openColumns(from);
    // What stands past the text of the last row may reach to that row's end.
    const columns = textColumns + (page.isTailed ? MAXIMUM_COLUMNS : page.columns);
    const rows = page.columns === this.#columns ? page.end - from : page.groupRows(from, page.end, this.#columns);
    const cells = scratchGrid(columns);
    page.copyGroup(from, page.end, cells, 0, columns, 0, true);
    const isWrapped = page.isWrapped(from);
    const { tailStart } = page;
    for (let record = from; record < page.end; record++) this.#bytes -= page.cost(record);
    page.cut(from);
    page.rows -= rows;
    this.#rows -= rows;
    this.#layouts.delete(page);
    if (page.end === page.first) this.#pages.pop();
    return { cells, columns, textColumns, isWrapped, tailStart };
  }

  readRow(row: number, grid: Grid, to: number, width: number): void {
    const page = this.#pageOf(row);
    if (page === undefined) grid.erase(to, to + width);
    else if (page.columns === this.#columns) {
      const record = page.first + row - page.firstRow;
      page.copyGroup(record, record + 1, grid, to, width);
    } else this.#readFolded(page, row - page.firstRow, grid, to, width);
  }

  rowText(row: number): string {
    const page = this.#pageOf(row);
    if (page === undefined) return '';
    if (page.columns === this.#columns) return page.text(page.first + row - page.firstRow);
    const { groups, cells } = this.#layoutOf(page);
    const index = row - page.firstRow;
    const group = groups[index] ?? 0;
    const isWhole = cells[index] === 0 && (index + 1 === groups.length || cells[index + 1] === 0);
    if (isWhole && page.groupEnd(group) === group + 1) return page.text(group);
    const grid = scratchGrid(this.#columns);
    this.#readFolded(page, index, grid, 0, this.#columns);
    return gridText(grid, this.#columns);
  }

  isWrapped(row: number): boolean {
    const page = this.#pageOf(row);
    if (page === undefined) return false;
    const index = row - page.firstRow;
    if (page.columns === this.#columns) return page.isWrapped(page.first + index);
    const { groups, cells } = this.#layoutOf(page);
    return (cells[index] ?? 0) > 0 || page.isWrapped(groups[index] ?? 0);
  }

  /** As RowSource.lacks, for rows of the history. */
  lacks(probe: TextProbe, from: number, to: number): boolean {
    if (from < this.#firstRow || to > this.endRow) return false;
    for (let row = from; row < to; ) {
      const index = this.#pageIndex(row);
      const page = this.#pages[index];
      if (page === undefined) return false;
      const last = page.firstRow + page.rows;
      if (this.#search.mayHold(page, probe)) {
        if (page.columns !== this.#columns) return false;
        const first = page.first + row - page.firstRow;
        if (mayHold(page, first, Math.min(page.end, first + to - row), probe)) return false;
      }
      const next = this.#pages[index + 1];
      if (last < to && next?.isWrapped(next.first) === true && mayHoldAcross(page, next, probe)) return false;
      row = last;
    }
    return true;
  }

  #readFolded(page: HistoryPage, index: number, grid: Grid, to: number, width: number): void {
    const { groups, cells } = this.#layoutOf(page);
    const group = groups[index] ?? 0;
    const start = cells[index] ?? 0;
    const isLast = index + 1 === groups.length || cells[index + 1] === 0;
    const own = isLast ? this.#columns : (cells[index + 1] ?? 0) - start;
    const count = Math.min(width, own);
    const end = page.groupEnd(group);
    page.copyGroup(group, end, grid, to, count, start);
    grid.erase(to + count, to + width);
    if (!isLast && own < width) {
      // The gap before a wide character looks like that.
      page.copyGroup(group, end, wideCell, 0, 2, start + own);
      grid.backgrounds.fill(wideCell.backgrounds[0] ?? 0, to + own, to + Math.min(width, this.#columns));
    }
  }

  #layoutOf(page: HistoryPage): Layout {
    const known = this.#layouts.get(page);
    if (known !== undefined) return known;
    const groups = new Uint16Array(page.rows);
    const cells = new Uint32Array(page.rows);
    let row = 0;
    for (let group = page.first; group < page.end; ) {
      const end = page.groupEnd(group);
      for (const start of page.groupStarts(group, end, this.#columns)) {
        groups[row] = group;
        cells[row] = start;
        row += 1;
      }
      group = end;
    }
    const layout = { groups, cells };
    const [oldest] = this.#layouts.keys();
    if (this.#layouts.size >= MAXIMUM_LAYOUTS && oldest !== undefined) this.#layouts.delete(oldest);
    this.#layouts.set(page, layout);
    return layout;
  }

  #pageOf(row: number): HistoryPage | undefined {
    if (!Number.isInteger(row) || row < this.#firstRow || row >= this.endRow) return undefined;
    return this.#pages[this.#pageIndex(row)];
  }

  #pageIndex(row: number): number {
    let low = 0;
    let high = this.#pages.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#pages[middle]?.firstRow ?? 0) <= row) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** A line that is not at its end goes along to the new page, unless it is a long one. */
  #addPage(last: HistoryPage | undefined, isWrapped: boolean): HistoryPage {
    const page = new HistoryPage(this.#columns, this.#spare, last);
    this.#spare = undefined;
    page.firstRow = this.endRow;
    if (last !== undefined && last.columns === this.#columns && isWrapped) {
      const from = last.lastGroup();
      if (from > last.first && last.size(from) < PAGE_BYTES / 2) {
        page.rows = last.end - from;
        page.firstRow -= page.rows;
        last.rows -= page.rows;
        page.appendPage(last, from);
        last.cut(from);
      }
    }
    this.#pages.push(page);
    return page;
  }

  #forgetOldest(): void {
    const [page] = this.#pages;
    if (page === undefined) return;
    const isFolded = page.columns !== this.#columns;
    const end = isFolded ? page.groupEnd(page.first) : page.first + 1;
    const rows = isFolded ? page.groupRows(page.first, end, this.#columns) : 1;
    for (; page.first < end; page.first++) this.#bytes -= page.cost(page.first);
    page.rows -= rows;
    page.firstRow += rows;
    this.#rows -= rows;
    this.#firstRow += rows;
    this.#layouts.delete(page);
    if (page.first === page.end) this.#spare = this.#pages.shift();
  }

  #mergeLast(): void {
    const [before, last] = this.#pages.slice(-2);
    if (before === undefined || last === undefined || before.used + last.used > SMALL_PAGE) return;
    const page = new HistoryPage(0);
    page.appendPage(before, before.first);
    page.appendPage(last, last.first);
    this.#pages.splice(-2, 2, page);
  }
}

function countRows(page: HistoryPage, columns: number): number {
  let rows = 0;
  for (let group = page.first; group < page.end; ) {
    const end = page.groupEnd(group);
    rows += page.groupRows(group, end, columns);
    group = end;
  }
  return rows;
}

/** The text of the first cells of a grid, without the empty ones at its end. */
function gridText({ glyphs }: Grid, columns: number): string {
  let end = columns;
  while (end > 0 && glyphs[end - 1] === 0) end -= 1;
  let text = '';
  for (let x = 0; x < end; x++) text += glyphText(glyphs[x] ?? 0);
  return text;
}
