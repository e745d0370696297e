import type { Rect } from '../../base/geometry.ts';
import type { Grid } from '../../text/grid.ts';
import { drawText, fillCells } from '../../text/line-cells.ts';
import { type Color, PLAIN, type Style } from '../../text/style.ts';
import { textWidth } from '../../text/width.ts';
import { TITLE } from './theme.ts';

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

/** The part in the middle of a rectangle that a text in big digits takes, or in plain ones where those do not fit. */
export function bigTextRect(rect: Rect, text: string): Rect {
  const width = text.length * (DIGIT_COLUMNS + 1) - 1;
  const big = width <= rect.width && rect.height >= DIGIT_ROWS;
  const [columns, rows] = big ? [width, DIGIT_ROWS] : [Math.min(rect.width, text.length), 1];
  const x = rect.x + Math.floor((rect.width - columns) / 2);
  return { x, y: rect.y + Math.floor((rect.height - rows) / 2), width: columns, height: rows };
}

/** One row of a text in big digits in the middle of a rectangle, or in plain ones where those do not fit. */
export function drawBigText(grid: Grid, rect: Rect, row: number, text: string, color: Color): void {
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
