import type { Position, Rect } from '../../base/geometry.ts';
import type { Grid } from '../../text/grid.ts';
import type { Line } from '../../text/line.ts';
import { drawLine } from '../../text/line-cells.ts';
import { INVERSE, PLAIN, type Style } from '../../text/style.ts';
import { shortenLine } from '../../text/wrap.ts';
import { clearCells } from './clear-cells.ts';

const STYLE: Style = { ...PLAIN, attributes: INVERSE };
/** Lower areas have no row to spare for it. */
const LEAST_ROWS = 4;

/** Where the banner lies over the panes: in their first row, or in the next one while the cursor stands there. */
export function bannerRect(area: Rect, cursor: Position | undefined): Rect | undefined {
  if (area.height < LEAST_ROWS) return undefined;
  return { ...area, y: cursor?.y === area.y ? area.y + 1 : area.y, height: 1 };
}

export function drawBanner(grid: Grid, { x, y, width }: Rect, line: Line): void {
  clearCells(grid, x, y, width, STYLE);
  drawLine(grid, x + 1, y, width - 2, shortenLine(line, width - 2), STYLE);
}
