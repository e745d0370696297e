import { type Grid, TAIL } from '../../text/grid.ts';
import { fillCells } from '../../text/line-cells.ts';
import type { Style } from '../../text/style.ts';

/** Empties cells of a row that are drawn over what is there; no half of a wide character is left beside them. */
export function clearCells(grid: Grid, x: number, y: number, width: number, style: Style): void {
  const start = y * grid.columns + x;
  const end = start + width;
  if (x > 0 && ((grid.glyphs[start] ?? 0) & TAIL) !== 0) grid.glyphs[start - 1] = 0;
  if (x + width < grid.columns && ((grid.glyphs[end] ?? 0) & TAIL) !== 0) grid.glyphs[end] = 0;
  fillCells(grid, x, y, width, style);
}
