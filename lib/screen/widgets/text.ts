import type { Rect } from '../../base/geometry.ts';
import type { OverlayView } from '../../mode/overlay-view.ts';
import type { Grid } from '../../text/grid.ts';
import { drawLine, drawText, fillCells } from '../../text/line-cells.ts';
import { PLAIN } from '../../text/style.ts';
import type { ScreenHit } from '../screen-view.ts';
import { at, type Mount, OVERLAY, type Surface } from '../surface.ts';
import { FAINT, FRAME, TITLE } from './theme.ts';

type TextView = Extract<OverlayView, { readonly kind: 'text' }>;

export const RULE = '─'.charCodeAt(0);
/** A page with fewer rows has no title. */
const LEAST_ROWS = 4;

/** A page of lines below a title; `1–20 of 80` at its right end. */
export class TextWidget implements Surface {
  #view: TextView;

  constructor(view: TextView) {
    this.#view = view;
  }

  update(view: OverlayView): void {
    if (view.kind === 'text') this.#view = view;
  }

  mount(mount: Mount): void {
    mount.surface(mount.root, at(mount.area), this);
  }

  drawRow(grid: Grid, rect: Rect, row: number): void {
    const titled = rect.height >= LEAST_ROWS;
    if (titled && row === 0) {
      this.#drawTitle(grid, rect);
      return;
    }
    const line = this.#view.lines[this.#view.top + row - (titled ? 1 : 0)];
    if (line) drawLine(grid, rect.x, rect.y + row, rect.width, line, PLAIN);
  }

  hit(): ScreenHit {
    return OVERLAY;
  }

  #drawTitle(grid: Grid, rect: Rect): void {
    const { title, lines, top } = this.#view;
    fillCells(grid, rect.x, rect.y, rect.width, FRAME, RULE);
    const last = Math.min(lines.length, top + rect.height - 1);
    const position = lines.length < rect.height ? '' : ` ${top + 1}–${last} of ${lines.length} `;
    drawTitle(grid, rect, title, position);
  }
}

/** A title at the left and a note at the right of a line; the note gives way. */
export function drawTitle(grid: Grid, rect: Rect, title: string, note: string): void {
  const inset = rect.width > 20 ? 1 : 0;
  const used = title === '' ? 0 : drawText(grid, rect.x + inset, rect.y, rect.width - inset * 2, ` ${title} `, TITLE);
  const x = rect.width - inset - note.length;
  if (x > inset + used) drawText(grid, rect.x + x, rect.y, note.length, note, FAINT);
}
