import type { Rect } from '../../base/geometry.ts';
import type { OverlayView } from '../../mode/overlay-view.ts';
import type { Grid } from '../../text/grid.ts';
import { drawText, fillCells } from '../../text/line-cells.ts';
import { PLAIN, type Style } from '../../text/style.ts';
import { textWidth } from '../../text/width.ts';
import type { ScreenHit } from '../screen-view.ts';
import { at, type Mount, OVERLAY, type Surface } from '../surface.ts';
import { TITLE } from './theme.ts';

type ClockView = Extract<OverlayView, { readonly kind: 'clock' }>;

/** Each digit as five rows of five bits, the highest the leftmost. */
const DIGITS: Readonly<Record<string, readonly number[]>> = {
  '0': [31, 17, 17, 17, 31],
  '1': [1, 1, 1, 1, 1],
  '2': [31, 1, 31, 16, 31],
  '3': [31, 1, 31, 1, 31],
  '4': [17, 17, 31, 1, 1],
  '5': [31, 16, 31, 1, 31],
  '6': [31, 16, 31, 17, 31],
  '7': [31, 1, 1, 1, 1],
  '8': [31, 17, 31, 17, 31],
  '9': [31, 17, 31, 1, 31],
  ':': [0, 4, 0, 4, 0],
};
const DIGIT_COLUMNS = 5;
const DIGIT_ROWS = 5;

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
    const style: Style = { ...PLAIN, background: color };
    const width = text.length * (DIGIT_COLUMNS + 1) - 1;
    const big = width <= rect.width && rect.height >= DIGIT_ROWS && [...text].every((digit) => digit in DIGITS);
    if (!big) {
      const x = Math.max(0, Math.floor((rect.width - textWidth(text)) / 2));
      if (row === Math.floor(rect.height / 2)) drawText(grid, rect.x + x, rect.y + row, rect.width - x, text, TITLE);
      return;
    }
    const line = row - Math.floor((rect.height - DIGIT_ROWS) / 2);
    if (line < 0 || line >= DIGIT_ROWS) return;
    let x = rect.x + Math.floor((rect.width - width) / 2);
    for (const digit of text) {
      const bits = DIGITS[digit]?.[line] ?? 0;
      for (let column = 0; column < DIGIT_COLUMNS; column++)
        if ((bits & (1 << (DIGIT_COLUMNS - 1 - column))) !== 0) fillCells(grid, x + column, rect.y + row, 1, style);
      x += DIGIT_COLUMNS + 1;
    }
  }

  hit(): ScreenHit {
    return OVERLAY;
  }
}
