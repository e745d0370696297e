import { type Grid, glyphOf, TAIL } from './grid.ts';
import type { Line } from './line.ts';
import type { Style } from './style.ts';
import { clustersOf, textWidth } from './width.ts';

const TAB_STOP = 8;

/** Gives `width` empty cells from (x, y) the style. */
export function fillCells(grid: Grid, x: number, y: number, width: number, style: Style, glyph = 0): void {
  const start = y * grid.columns + x;
  const end = start + Math.min(width, grid.columns - x);
  for (let index = start; index < end; index++) grid.set(index, glyph, style);
}

/** Draws `text` from (x, y) in at most `width` columns, cut at a whole cluster. Returns the columns it took. */
export function drawText(grid: Grid, x: number, y: number, width: number, text: string, style: Style): number {
  const room = Math.min(width, grid.columns - x);
  const start = y * grid.columns + x;
  if (/^[ -~]*$/.test(text)) {
    const used = Math.max(0, Math.min(room, text.length));
    for (let index = 0; index < used; index++) grid.set(start + index, text.charCodeAt(index), style);
    return used;
  }
  let used = 0;
  for (const cluster of clustersOf(text)) {
    if (used >= room) break;
    if (cluster.text === '\t') {
      const stop = Math.min(room, used + TAB_STOP - (used % TAB_STOP));
      while (used < stop) grid.set(start + used++, 0, style);
      continue;
    }
    if (cluster.width === 0) continue;
    if (used + cluster.width > room) break;
    grid.set(start + used, glyphOf(cluster.text, cluster.width), style);
    if (cluster.width === 2) grid.set(start + used + 1, TAIL, style);
    used += cluster.width;
  }
  return used;
}

/** `top` over `base`: what it leaves at the default comes from below. */
export function over(top: Style, base: Style): Style {
  return {
    foreground: top.foreground === 0 ? base.foreground : top.foreground,
    background: top.background === 0 ? base.background : top.background,
    attributes: top.attributes | base.attributes,
    underlineColor: top.underlineColor === 0 ? base.underlineColor : top.underlineColor,
    link: top.link === 0 ? base.link : top.link,
  };
}

/** Draws the spans one after the other, over `base`. Returns the columns they took. */
export function drawLine(grid: Grid, x: number, y: number, width: number, line: Line, base: Style): number {
  let used = 0;
  for (const span of line) {
    if (used >= width) break;
    used += drawText(grid, x + used, y, width - used, span.text, over(span.style, base));
  }
  return used;
}

export function lineWidth(line: Line): number {
  let width = 0;
  for (const span of line) width += textWidth(span.text);
  return width;
}
