import type { Grid } from '../text/grid.ts';
import type { Line } from '../text/line.ts';
import { drawLine } from '../text/line-cells.ts';
import { PLAIN } from '../text/style.ts';

/** What a chat that sleeps shows in the place of its transcript: a few rows that never change, as a Transcript gives them. */
export class SleepingRows {
  readonly firstRow = 0;
  readonly epoch = 0;
  readonly layouts = 0;
  readonly #lines: readonly Line[];

  constructor(lines: readonly Line[]) {
    this.#lines = lines;
  }

  get endRow(): number {
    return this.#lines.length;
  }

  get memoryUse(): number {
    return this.#lines.flat().reduce((sum, { text }) => sum + text.length + 100, 0);
  }

  line(row: number): Line {
    return this.#lines[row] ?? [];
  }

  readRow(row: number, grid: Grid, x: number, y: number, width: number): void {
    const start = y * grid.columns + x;
    const room = Math.min(width, grid.columns - x);
    grid.erase(start, start + room);
    drawLine(grid, x, y, room, this.line(row), PLAIN);
  }

  rowText(row: number): string {
    return this.line(row)
      .map(({ text }) => text)
      .join('')
      .trimEnd();
  }

  isWrapped(): boolean {
    return false;
  }

  /** Nothing opens in it, and nothing is left to lay out. */
  toggle(): boolean {
    return false;
  }

  toggleAll(): void {}

  /** Which rows are of which message is not known while it sleeps. */
  rowOf(): undefined {}

  layOutMore(): boolean {
    return false;
  }

  setColumns(): void {}
}
