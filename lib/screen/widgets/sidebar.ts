import { contains, type Position, type Rect } from '../../base/geometry.ts';
import type { Grid } from '../../text/grid.ts';
import type { Line } from '../../text/line.ts';
import { drawLine, drawText, fillCells, lineWidth, over } from '../../text/line-cells.ts';
import { DIM, PLAIN, type Style } from '../../text/style.ts';
import { shortenLine } from '../../text/wrap.ts';
import type { ScreenHit, SidebarItem, SidebarView } from '../screen-view.ts';
import { at, type Mount, type Surface } from '../surface.ts';
import { FAINT, TITLE } from './theme.ts';

/** Lower sidebars have no title, and no hint. */
const LEAST_TITLED = 6;
const LEAST_HINTED = 8;
/** Columns that a name keeps before what stands at the right is left out. */
const LEAST_NAME = 8;
/** Its line, and where a line between panes meets it, by the side on which it stands. */
const VERTICAL = '│'.codePointAt(0) ?? 0;
const JOINED = { left: '├'.codePointAt(0) ?? 0, right: '┤'.codePointAt(0) ?? 0 } as const;

/** How the rows of a sidebar are used. */
export interface SidebarRows {
  readonly title: boolean;
  readonly hint: boolean;
  /** Rows of each item. */
  readonly each: 1 | 2;
  /** Items that have room. */
  readonly items: number;
}

/** Two rows an item where all fit so. The hint is there only while the sidebar has the keys. */
export function sidebarRows(height: number, count: number, focused: boolean): SidebarRows {
  const title = height >= LEAST_TITLED;
  const hint = focused && height >= LEAST_HINTED;
  const room = Math.max(1, height - (title ? 1 : 0) - (hint ? 1 : 0));
  const each = count * 2 <= room ? 2 : 1;
  return { title, hint, each, items: Math.floor(room / each) };
}

/** All sessions beside the panes. */
export class Sidebar implements Surface {
  #view: SidebarView;
  /** One for each row drawn since something changed. */
  #stamps: object[] = [];
  readonly #joins: (y: number) => boolean;

  /** @param joins whether a line between panes ends at it in this row of the screen */
  constructor(view: SidebarView, joins: (y: number) => boolean) {
    this.#view = view;
    this.#joins = joins;
  }

  update(view: SidebarView): void {
    if (view === this.#view) return;
    this.#view = view;
    this.#stamps = [];
  }

  mount(mount: Mount): void {
    mount.surface(mount.root, at(this.#view.rect), this);
  }

  drawRow(grid: Grid, whole: Rect, row: number): void {
    const { side, style, title, hint } = this.#view;
    const y = whole.y + row;
    if (side !== undefined) {
      const column = side === 'left' ? whole.x + whole.width - 1 : whole.x;
      grid.set(y * grid.columns + column, this.#joins(y) ? JOINED[side] : VERTICAL, style);
    }
    const rect = inner(whole, side);
    const rows = this.#rows(rect);
    if (rows.title && row === 0) {
      drawLine(grid, rect.x + 1, y, rect.width - 1, title, TITLE);
      return;
    }
    if (rows.hint && row === rect.height - 1) {
      drawText(grid, rect.x + 1, y, rect.width - 1, hint, FAINT);
      return;
    }
    const found = this.#itemAt(row, rows);
    if (found !== undefined) this.#drawItem(grid, { ...rect, y, height: 1 }, found.index, found.row);
  }

  stamp(_rect: Rect, row: number): unknown {
    this.#stamps[row] ??= {};
    return this.#stamps[row];
  }

  hit(position: Position, whole: Rect): ScreenHit {
    const rect = inner({ ...whole, x: 0, y: 0 }, this.#view.side);
    const found = contains(rect, position) ? this.#itemAt(position.y, this.#rows(rect)) : undefined;
    return { kind: 'sidebar', session: found && this.#view.items[found.index]?.session };
  }

  #rows({ height }: Rect): SidebarRows {
    return sidebarRows(height, this.#view.items.length, this.#view.focused);
  }

  /** The item in a row of the sidebar, and which of its rows that is. */
  #itemAt(row: number, rows: SidebarRows): { readonly index: number; readonly row: number } | undefined {
    const inList = row - (rows.title ? 1 : 0);
    if (inList < 0 || inList >= rows.items * rows.each) return undefined;
    const index = this.#view.top + Math.floor(inList / rows.each);
    return index < this.#view.items.length ? { index, row: inList % rows.each } : undefined;
  }

  #drawItem(grid: Grid, rect: Rect, index: number, row: number): void {
    const { items, selected, selectedStyle } = this.#view;
    const item = items[index];
    if (item === undefined) return;
    const chosen = index === selected;
    if (chosen) fillCells(grid, rect.x, rect.y, rect.width, selectedStyle);
    const restyled = (line: Line): Line => (chosen ? line.map((span) => restyle(span, selectedStyle)) : line);
    const width = rect.width - 1;
    if (row === 0) drawFirst(grid, rect, width, { ...item, left: restyled(item.left), right: restyled(item.right) });
    else drawLine(grid, rect.x + 2, rect.y, width - 2, shortenLine(restyled(item.below), width - 2), PLAIN);
  }
}

/** The chosen item is of one colour, and nothing in it is faint; what is bold stays so. */
const restyle = ({ text, style }: Line[number], mark: Style): Line[number] => ({
  text,
  style: { ...over(mark, { ...style, attributes: style.attributes & ~DIM }), underlineColor: 0 },
});

/** Name at the left, state at the right; the name gives way first, down to a few letters. */
function drawFirst(grid: Grid, { x, y }: Rect, width: number, { left, right }: SidebarItem): void {
  const state = lineWidth(right);
  const both = state > 0 && width - state - 1 >= Math.min(LEAST_NAME + 2, lineWidth(left));
  const room = both ? width - state - 1 : width;
  drawLine(grid, x, y, room, shortenLine(left, room), PLAIN);
  if (both) drawLine(grid, x + width - state, y, state, right, PLAIN);
}

/** Without the line towards the panes. */
function inner(rect: Rect, side: SidebarView['side']): Rect {
  if (side === undefined) return rect;
  return { ...rect, x: side === 'right' ? rect.x + 1 : rect.x, width: rect.width - 1 };
}
