import { type Grid, glyphOf, TAIL } from '../../lib/text/grid.ts';
import type { RowSource } from '../../lib/text/row-source.ts';
import { PLAIN } from '../../lib/text/style.ts';
import { clustersOf } from '../../lib/text/width.ts';

interface Row {
  readonly text: string;
  readonly wrapped: boolean;
}

/** Lines of text folded at a width, as a source of rows whose last `rows` are the screen. */
export class TextRows implements RowSource {
  columns: number;
  readonly rows: number;
  firstRow = 0;
  epoch = 0;
  #lines: string[];
  #rows: Row[] = [];

  constructor(lines: readonly string[], columns = 20, rows = 5) {
    this.#lines = [...lines];
    this.columns = columns;
    this.rows = rows;
    this.#fold();
  }

  get endRow(): number {
    return Math.max(this.#rows.length, this.firstRow + this.rows);
  }

  get screenTop(): number {
    return this.endRow - this.rows;
  }

  /** Adds lines below, as a program's output does. */
  append(...lines: readonly string[]): void {
    this.#lines.push(...lines);
    for (const line of lines) this.#rows.push(...fold(line, this.columns));
  }

  /** Forgets the oldest rows up to `row`. */
  forget(row: number): void {
    this.firstRow = Math.min(row, this.screenTop);
  }

  /** Folds all lines anew at another width. */
  reflow(columns: number): void {
    this.columns = columns;
    this.epoch++;
    this.#fold();
  }

  /** Replaces everything, as a switch to the alternate screen does. */
  replace(lines: readonly string[]): void {
    this.#lines = [...lines];
    this.firstRow = 0;
    this.epoch++;
    this.#fold();
  }

  #fold(): void {
    this.#rows = this.#lines.flatMap((line) => fold(line, this.columns));
  }

  readRow(row: number, grid: Grid, x: number, y: number, width: number): void {
    const start = y * grid.columns + x;
    grid.erase(start, start + width);
    let column = 0;
    for (const { text, width: cells } of clustersOf(this.rowText(row))) {
      if (column + cells > width) break;
      grid.set(start + column, glyphOf(text, cells), PLAIN);
      if (cells === 2) grid.set(start + column + 1, TAIL, PLAIN);
      column += cells;
    }
  }

  rowText(row: number): string {
    return row < this.firstRow ? '' : (this.#rows[row]?.text ?? '');
  }

  isWrapped(row: number): boolean {
    return row >= this.firstRow && (this.#rows[row]?.wrapped ?? false);
  }
}

function fold(line: string, columns: number): Row[] {
  if (/^[\x20-\x7e]*$/.test(line) && line.length <= columns) return [{ text: line, wrapped: false }];
  const rows: Row[] = [];
  let text = '';
  let width = 0;
  for (const { text: cluster, width: cells } of clustersOf(line)) {
    if (width + cells > columns) {
      rows.push({ text, wrapped: rows.length > 0 });
      text = '';
      width = 0;
    }
    text += cluster;
    width += cells;
  }
  rows.push({ text, wrapped: rows.length > 0 });
  return rows;
}
