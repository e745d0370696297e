import type { Rect } from '../../base/geometry.ts';
import type { OverlayView } from '../../mode/overlay-view.ts';
import type { Grid } from '../../text/grid.ts';
import { palette } from '../../text/style.ts';
import type { ScreenHit } from '../screen-view.ts';
import { at, type Mount, OVERLAY, type Surface } from '../surface.ts';
import { bigTextRect, drawBigText } from './big-text.ts';

type PanesView = Extract<OverlayView, { readonly kind: 'panes' }>;

/** tmux's display-panes-active-colour and display-panes-colour. */
const ACTIVE = palette(1);
const OTHER = palette(4);

/** The numbers of the panes, each over its own. */
export class PaneNumbers {
  readonly #panes: PanesView['panes'];

  constructor({ panes }: PanesView) {
    this.#panes = panes;
  }

  /** They stay as they were when they came: where panes move, the whole picture is laid out anew. */
  update(): void {}

  mount(mount: Mount): void {
    for (const { index, rect, active } of this.#panes)
      mount.surface(mount.root, at(bigTextRect(rect, String(index))), new PaneNumber(String(index), active));
  }
}

class PaneNumber implements Surface {
  readonly #text: string;
  readonly #active: boolean;

  constructor(text: string, active: boolean) {
    this.#text = text;
    this.#active = active;
  }

  drawRow(grid: Grid, rect: Rect, row: number): void {
    drawBigText(grid, rect, row, this.#text, this.#active ? ACTIVE : OTHER);
  }

  hit(): ScreenHit {
    return OVERLAY;
  }
}
