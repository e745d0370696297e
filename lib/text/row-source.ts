import type { Grid } from './grid.ts';
import type { TextProbe } from './text-probe.ts';

/**
 * Rows of cells, oldest first, by numbers that never change while a row is kept: a terminal with its history, or a
 * transcript. The view, copy mode, search and capture read through this alone.
 */
export interface RowSource {
  /** Columns that a row has now. */
  readonly columns: number;
  /** Number of the oldest row kept; it grows as the history forgets. */
  readonly firstRow: number;
  /** Number of the first row of the visible screen; `screenTop - firstRow` rows are history. */
  readonly screenTop: number;
  /** One past the number of the newest row. */
  readonly endRow: number;
  /** Grows whenever all row numbers lose their meaning: reflow at another width, clear, switch to or from the alternate screen. */
  readonly epoch: number;
  /** Copies row `row` to `width` cells of `grid` from (x, y), and blanks what the row does not fill; unknown rows are blank. */
  readRow(row: number, grid: Grid, x: number, y: number, width: number): void;
  /**
   * What stands for all that `readRow` gives of a row: as long as it is the same (===), so are the cells, while the source
   * has the same columns. No two sources give the same for different cells. Undefined when that is not known; a source
   * that never knows has no such method.
   */
  rowStamp?(row: number): unknown;
  /** The row's text without the empty cells at its end; wide characters once. */
  rowText(row: number): string;
  /** Whether the row continues the one before it because that was full. */
  isWrapped(row: number): boolean;
  /**
   * Whether for sure nothing in rows `from` up to `to` fits `probe`, wrapped rows joined; found without making rows. A
   * source that cannot tell has no such method.
   */
  lacks?(probe: TextProbe, from: number, to: number): boolean;
}
