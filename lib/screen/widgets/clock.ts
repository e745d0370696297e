import type { Rect } from '../../base/geometry.ts';
import type { OverlayView } from '../../mode/overlay-view.ts';
import type { Grid } from '../../text/grid.ts';
import type { ScreenHit } from '../screen-view.ts';
import { at, type Mount, OVERLAY, type Surface } from '../surface.ts';
import { drawBigText } from './big-text.ts';

type ClockView = Extract<OverlayView, { readonly kind: 'clock' }>;

/** The time in big digits in the middle of a pane, or in plain ones where those do not fit. */
export class ClockWidget implements Surface {
  #view: ClockView;
  readonly #rect: Rect;

  constructor(view: ClockView, rect: Rect) {
    this.#view = view;
    this.#rect = rect;
  }

  update(view: OverlayView): void {
    if (view.kind === 'clock') this.#view = view;
  }

  mount(mount: Mount): void {
    mount.surface(mount.root, at(this.#rect), this);
  }

  drawRow(grid: Grid, rect: Rect, row: number): void {
    const { text, color } = this.#view;
    drawBigText(grid, rect, row, text, color);
  }

  hit(): ScreenHit {
    return OVERLAY;
  }
}
