import type { Rect } from '../../base/geometry.ts';
import type { OverlayView } from '../../mode/overlay-view.ts';
import type { Grid } from '../../text/grid.ts';
import { drawLine, fillCells } from '../../text/line-cells.ts';
import type { ScreenHit } from '../screen-view.ts';
import { at, type Mount, OVERLAY, type Surface } from '../surface.ts';

type MessageView = Extract<OverlayView, { readonly kind: 'message' }>;

/** One line in place of the status line. */
export class MessageWidget implements Surface {
  #view: MessageView;

  constructor(view: MessageView) {
    this.#view = view;
  }

  update(view: OverlayView): void {
    if (view.kind === 'message') this.#view = view;
  }

  mount(mount: Mount): void {
    mount.surface(mount.root, at(mount.line), this);
  }

  drawRow(grid: Grid, rect: Rect): void {
    fillCells(grid, rect.x, rect.y, rect.width, this.#view.style);
    drawLine(grid, rect.x, rect.y, rect.width, this.#view.line, this.#view.style);
  }

  hit(): ScreenHit {
    return OVERLAY;
  }
}
