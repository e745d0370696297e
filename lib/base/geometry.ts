/** A size in cells; both at least 1. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** A cell's place; column and row count from 0. */
export interface Position {
  readonly x: number;
  readonly y: number;
}

/** A rectangle of cells; may be empty. */
export interface Rect extends Position {
  readonly width: number;
  readonly height: number;
}

/** The smallest and largest terminal that is drawn; what lies outside is clamped. */
const MINIMUM_SIZE: Size = { columns: 1, rows: 1 };
const MAXIMUM_SIZE: Size = { columns: 1000, rows: 400 };

/** The nearest size that is drawn, for numbers from anywhere: fractions, NaN and negatives included. */
export function clampSize(columns: number, rows: number): Size {
  return {
    columns: clamp(columns, MINIMUM_SIZE.columns, MAXIMUM_SIZE.columns),
    rows: clamp(rows, MINIMUM_SIZE.rows, MAXIMUM_SIZE.rows),
  };
}

export const sameSize = (a: Size, b: Size): boolean => a.columns === b.columns && a.rows === b.rows;

export const contains = (rect: Rect, { x, y }: Position): boolean =>
  x >= rect.x && x < rect.x + rect.width && y >= rect.y && y < rect.y + rect.height;

/** A whole number from `low` to `high`; NaN becomes `low`. */
export function clamp(value: number, low: number, high: number): number {
  if (!(value >= low)) return low;
  return value > high ? high : Math.floor(value);
}
