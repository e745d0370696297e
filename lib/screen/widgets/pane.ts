import type { Position, Rect } from '../../base/geometry.ts';
import type { Highlight } from '../../mode/overlay-view.ts';
import { type Grid, TAIL, WIDE } from '../../text/grid.ts';
import { drawLine, lineWidth } from '../../text/line-cells.ts';
import { DIM, INVERSE, INVISIBLE, PLAIN, type Style } from '../../text/style.ts';
import type { PaneView, ScreenHit } from '../screen-view.ts';
import { at, type Mount, type Surface } from '../surface.ts';

/** A session's rows, with what copy mode marks in them. */
export class PaneWidget implements Surface {
  #view: PaneView;

  constructor(view: PaneView) {
    this.#view = view;
  }

  update(view: PaneView): void {
    this.#view = view;
  }

  mount(mount: Mount): void {
    mount.surface(mount.root, at(this.#view.rect), this);
  }

  drawRow(grid: Grid, rect: Rect, row: number): void {
    const { source, top, highlights, reverse, label, footer } = this.#view;
    const y = rect.y + row;
    const width = Math.min(rect.width, grid.columns - rect.x);
    if (width <= 0) return;
    source.readRow(top + row, grid, rect.x, y, width);
    const start = y * grid.columns + rect.x;
    if (reverse)
      for (let index = start; index < start + width; index++)
        grid.attributes[index] = (grid.attributes[index] ?? 0) ^ INVERSE;
    for (const highlight of highlights) highlightRow(grid, start, width, highlight, top + row);
    if (row === 0 && label) {
      const columns = Math.min(width, lineWidth(label));
      drawLine(grid, rect.x + width - columns, y, columns, label, PLAIN);
    }
    if (row === rect.height - 1 && footer) drawLine(grid, rect.x, y, width, footer, PLAIN);
  }

  /** Unknown where more than the session's own cells stands in the row. */
  stamp(rect: Rect, row: number): unknown {
    const { source, top, highlights, reverse, label, footer } = this.#view;
    if (reverse || (row === 0 && label !== undefined) || (row === rect.height - 1 && footer !== undefined))
      return undefined;
    if (highlights.length > 0)
      for (const { from, to } of highlights) if (top + row >= from.row && top + row <= to.row) return undefined;
    return source.rowStamp?.(top + row);
  }

  hit(position: Position): ScreenHit {
    return { kind: 'pane', pane: this.#view.id, position };
  }
}

function highlightRow(grid: Grid, start: number, width: number, highlight: Highlight, row: number): void {
  const { from, to, shape, style } = highlight;
  if (row < from.row || row > to.row) return;
  const rectangle = shape === 'rectangle';
  let first = rectangle ? Math.min(from.column, to.column) : row === from.row ? from.column : 0;
  let last = rectangle ? Math.max(from.column, to.column) : row === to.row ? to.column : width - 1;
  first = Math.max(0, first);
  last = Math.min(width - 1, last);
  if (first > last) return;
  if (first > 0 && ((grid.glyphs[start + first] ?? 0) & TAIL) !== 0) first -= 1;
  if (last < width - 1 && ((grid.glyphs[start + last] ?? 0) & WIDE) !== 0) last += 1;
  for (let index = start + first; index <= start + last; index++) mark(grid, index, style);
}

function mark(grid: Grid, index: number, style: Style): void {
  if (style.foreground !== 0) grid.foregrounds[index] = style.foreground;
  if (style.background !== 0) grid.backgrounds[index] = style.background;
  const colored = style.foreground !== 0 || style.background !== 0;
  const kept = (grid.attributes[index] ?? 0) & ~(colored ? INVERSE | DIM | INVISIBLE : INVISIBLE);
  grid.attributes[index] = colored ? kept | style.attributes : kept ^ style.attributes;
}
