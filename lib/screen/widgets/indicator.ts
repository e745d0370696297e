import { contains, type Position, type Rect } from '../../base/geometry.ts';
import type { Grid } from '../../text/grid.ts';
import type { Line } from '../../text/line.ts';
import { drawLine, lineWidth } from '../../text/line-cells.ts';
import { PLAIN } from '../../text/style.ts';
import { shortenLine } from '../../text/wrap.ts';
import type { IndicatorItem, IndicatorView, ScreenHit } from '../screen-view.ts';
import { clearCells } from './clear-cells.ts';

/** Columns of a name at most. */
const MAXIMUM_COLUMNS = 28;
/** So near to it a cursor counts as covered, so that nothing jumps while the next letters are typed. */
const MARGIN = 2;
/** In smaller areas nothing stands in a corner. */
const LEAST = { width: 20, height: 3 };

interface Placed {
  readonly rect: Rect;
  readonly rows: readonly (IndicatorItem | Line)[];
}

/** What must stay in sight. */
export interface Obstacles {
  readonly cursor: Position | undefined;
  readonly rects: readonly Rect[];
}

/** The sessions that wait, stacked in a corner; they move aside for the cursor, and are fewer where there is less room. */
export class Indicator {
  #view: IndicatorView | undefined;
  #placed: Placed | undefined;
  /** Whether it stands elsewhere than in its corner: it goes back when the cursor has left those rows, not before. */
  #moved = false;

  /** Finds its place in `area`, where the panes are; with no view it is gone. */
  place(view: IndicatorView | undefined, area: Rect, obstacles: Obstacles): void {
    this.#view = view;
    this.#placed = view === undefined ? undefined : this.#find(view, area, obstacles);
    if (this.#placed === undefined) this.#moved = false;
  }

  /** Whether it stands in row `y`. */
  isIn(y: number): boolean {
    const rect = this.#placed?.rect;
    return rect !== undefined && y >= rect.y && y < rect.y + rect.height;
  }

  draw(grid: Grid): void {
    if (this.#placed === undefined || this.#view === undefined) return;
    const { rect, rows } = this.#placed;
    for (const [index, row] of rows.entries()) {
      clearCells(grid, rect.x, rect.y + index, rect.width, this.#view.style);
      drawLine(grid, rect.x, rect.y + index, rect.width, 'session' in row ? row.line : row, this.#view.style);
    }
  }

  hit(position: Position): ScreenHit | undefined {
    if (this.#placed === undefined || !contains(this.#placed.rect, position)) return undefined;
    const row = this.#placed.rows[position.y - this.#placed.rect.y];
    return { kind: 'indicator', session: row !== undefined && 'session' in row ? row.session : undefined };
  }

  #find(view: IndicatorView, area: Rect, obstacles: Obstacles): Placed | undefined {
    if (area.width < LEAST.width || area.height < LEAST.height || view.items.length === 0) return undefined;
    const room = Math.min(MAXIMUM_COLUMNS, Math.floor(area.width / 2));
    const items = view.items.map((item) => ({ ...item, line: shortenLine(item.line, room) }));
    const wanted = items.length + (view.total > items.length ? 1 : 0);
    const width = Math.max(...items.map(({ line }) => lineWidth(line)), moreText(view.total).length);
    const x = view.corner.endsWith('right') ? area.x + area.width - width : area.x;
    const top = view.corner.startsWith('top');
    const lineOf = (row: number): number => (top ? area.y + row : area.y + area.height - 1 - row);
    const blocked = (row: number): boolean => {
      const y = lineOf(row);
      const { cursor } = obstacles;
      const near = cursor !== undefined && cursor.x >= x - MARGIN && cursor.x < x + width + MARGIN;
      if (cursor?.y === y && (near || this.#moved)) return true;
      return obstacles.rects.some((rect) => overlaps(rect, { x, y, width, height: 1 }));
    };
    const reach = Math.min(area.height, Math.max(2 * wanted + 1, Math.floor(area.height / 2)));
    const found = freeRows(reach, wanted, blocked);
    if (found === undefined) return undefined;
    this.#moved = found.first > 0;
    const rows = rowsOf(items, view.total, found.count);
    const y = top ? lineOf(found.first) : lineOf(found.first + rows.length - 1);
    return { rect: { x, y, width, height: rows.length }, rows };
  }
}

/** The first `wanted` of so many rows that are free next to each other, else the longest run of fewer. */
export function freeRows(
  rows: number,
  wanted: number,
  blocked: (row: number) => boolean,
): { readonly first: number; readonly count: number } | undefined {
  let best: { readonly first: number; readonly count: number } | undefined;
  let first = 0;
  for (let row = 0; row < rows && (best?.count ?? 0) < wanted; row++) {
    if (blocked(row)) first = row + 1;
    else if (row - first + 1 > (best?.count ?? 0)) best = { first, count: row - first + 1 };
  }
  return best;
}

const moreText = (count: number): string => `+${count} more`;

/** As many names as there is room for, and how many more there are. */
function rowsOf(items: readonly IndicatorItem[], total: number, count: number): readonly (IndicatorItem | Line)[] {
  if (total <= count && items.length === total) return items;
  const named = items.slice(0, Math.max(0, count - 1));
  const left = total - named.length;
  return [...named, [{ text: named.length === 0 ? `${left} wait` : moreText(left), style: PLAIN }]];
}

const overlaps = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
