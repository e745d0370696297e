import type { Grid } from '../text/grid.ts';
import type { Line } from '../text/line.ts';
import { drawLine } from '../text/line-cells.ts';
import type { RowSource } from '../text/row-source.ts';
import { PLAIN } from '../text/style.ts';
import { lineText } from './page-lines.ts';

/** Lines that are safe as rows from their first on, for previews of what is no session; longer ones are cut. */
export class LineRows implements RowSource {
  readonly columns = 1000;
  readonly firstRow = 0;
  readonly screenTop = 0;
  readonly epoch = 0;
  readonly #lines: readonly Line[];

  constructor(lines: readonly Line[]) {
    this.#lines = lines;
  }

  get endRow(): number {
    return this.#lines.length;
  }

  readRow(row: number, grid: Grid, x: number, y: number, width: number): void {
    const start = y * grid.columns + x;
    grid.erase(start, start + width);
    drawLine(grid, x, y, width, this.#lines[row] ?? [], PLAIN);
  }

  rowText(row: number): string {
    return lineText(this.#lines[row] ?? []);
  }

  isWrapped(): boolean {
    return false;
  }
}
