import { contains, type Rect } from '../../base/geometry.ts';
import type { Grid } from '../../text/grid.ts';
import type { PaneView, ScreenHit } from '../screen-view.ts';
import { at, type Mount, type Surface } from '../surface.ts';
import { ACTIVE_BORDER, FRAME } from './theme.ts';

/** By neighbours that are borders too: 1 above, 2 below, 4 left, 8 right. */
const GLYPHS = '││││─┘┐┤─└┌├─┴┬┼';

/** The lines between panes: whatever cells of their area no pane has. Those at the active pane are coloured. */
export class PaneBorders implements Surface {
  #panes: readonly PaneView[];

  constructor(panes: readonly PaneView[]) {
    this.#panes = panes;
  }

  update(panes: readonly PaneView[]): void {
    this.#panes = panes;
  }

  mount(mount: Mount): void {
    if (this.#panes.length > 1) mount.surface(mount.root, at(mount.area), this);
  }

  drawRow(grid: Grid, rect: Rect, row: number): void {
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
      grid.set(y * grid.columns + x, GLYPHS.charCodeAt(neighbours), touches ? ACTIVE_BORDER : FRAME);
    }
  }

  hit(): ScreenHit {
    return { kind: 'nothing' };
  }
}
