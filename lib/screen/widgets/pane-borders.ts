import { contains, type Rect } from '../../base/geometry.ts';
import type { Grid } from '../../text/grid.ts';
import { drawLine, lineWidth } from '../../text/line-cells.ts';
import type { BorderView, PaneView, ScreenHit, ScreenView } from '../screen-view.ts';
import { at, type Mount, type Surface } from '../surface.ts';
import { ACTIVE_BORDER, FRAME } from './theme.ts';

const USUAL: BorderView = { style: FRAME, activeStyle: ACTIVE_BORDER, titles: undefined };
/** Cells of the line before a title, and at least after it. */
const TITLE_MARGIN = 1;

/** By neighbours that are borders too: 1 above, 2 below, 4 left, 8 right. */
const GLYPHS = '││││─┘┐┤─└┌├─┴┬┼';

/**
 * The lines between panes: whatever cells of their area no pane has. Those at the active pane are coloured; titles of
 * panes stand in them. */
export class PaneBorders implements Surface {
  #panes: readonly PaneView[];
  #look: BorderView;
  /** One for each row drawn since something changed. */
  #stamps: object[] = [];

  constructor(view: ScreenView) {
    this.#panes = view.panes;
    this.#look = view.borders ?? USUAL;
  }

  /** @param view of the same layout */
  update(view: ScreenView): void {
    const look = view.borders ?? USUAL;
    const same = look === this.#look && view.panes.every(({ title }, index) => title === this.#panes[index]?.title);
    this.#panes = view.panes;
    this.#look = look;
    if (!same) this.#stamps = [];
  }

  /** @param area what panes and the lines between them have */
  mount(mount: Mount, area: Rect): void {
    if (this.#panes.length > 1) mount.surface(mount.root, at(area), this);
  }

  drawRow(grid: Grid, rect: Rect, row: number): void {
    const { style, activeStyle } = this.#look;
    const y = rect.y + row;
    const near = this.#panes.filter((pane) => y >= pane.rect.y - 2 && y <= pane.rect.y + pane.rect.height + 1);
    const border = (column: number, line: number): boolean => {
      const position = { x: column, y: line };
      return contains(rect, position) && !near.some((pane) => contains(pane.rect, position));
    };
    const active = near.find((pane) => pane.active)?.rect;
    for (let x = rect.x; x < Math.min(rect.x + rect.width, grid.columns); x++) {
      if (!border(x, y)) continue;
      const neighbours =
        (border(x, y - 1) ? 1 : 0) |
        (border(x, y + 1) ? 2 : 0) |
        (border(x - 1, y) ? 4 : 0) |
        (border(x + 1, y) ? 8 : 0);
      const touches =
        active !== undefined &&
        x >= active.x - 1 &&
        x <= active.x + active.width &&
        y >= active.y - 1 &&
        y <= active.y + active.height;
      grid.set(y * grid.columns + x, GLYPHS.charCodeAt(neighbours), touches ? activeStyle : style);
    }
    this.#drawTitles(grid, y);
  }

  #drawTitles(grid: Grid, y: number): void {
    const { titles, style, activeStyle } = this.#look;
    if (titles === undefined) return;
    for (const { rect, title, active } of this.#panes) {
      if (title === undefined || y !== (titles === 'top' ? rect.y - 1 : rect.y + rect.height)) continue;
      const columns = Math.min(lineWidth(title), rect.width - 2 * TITLE_MARGIN);
      if (columns > 0) drawLine(grid, rect.x + TITLE_MARGIN, y, columns, title, active ? activeStyle : style);
    }
  }

  stamp(_rect: Rect, row: number): unknown {
    this.#stamps[row] ??= {};
    return this.#stamps[row];
  }

  hit(): ScreenHit {
    return { kind: 'border' };
  }
}
