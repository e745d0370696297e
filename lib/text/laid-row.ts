import type { Line } from './line.ts';
import { lineWidth } from './line-cells.ts';
import { cutLine, wrapLine } from './wrap.ts';

/** One row of a text that was laid out at a width. */
export interface LaidRow {
  readonly line: Line;
  /** Whether it goes on where the row before was full: both are one line of the text, with nothing between. */
  readonly wrapped: boolean;
}

export const BLANK_ROW: LaidRow = { line: [], wrapped: false };

export const laidRow = (line: Line): LaidRow => ({ line, wrapped: false });

/** Columns that text gets at least before what stands at its left is left out. */
const MINIMUM_ROOM = 8;

/** A line folded at blanks; what has no place at all in `columns` is left out. */
export const wrapRows = (line: Line, columns: number): LaidRow[] =>
  wrapLine(line, columns).map((row) => cutRow(row, columns));

/** A line as one row, cut where the row ends. */
export const cutRow = (line: Line, columns: number): LaidRow => ({
  line: lineWidth(line) > columns ? cutLine(line, columns) : line,
  wrapped: false,
});

/** Rows with `first` at the left of the first one and `rest` (as wide) at the left of the others, where there is room. */
export function prefixRows(
  layOut: (columns: number) => readonly LaidRow[],
  columns: number,
  first: Line,
  rest: Line,
): LaidRow[] {
  const width = lineWidth(first);
  if (columns - width < MINIMUM_ROOM) return [...layOut(columns)];
  return layOut(columns - width).map(({ line }, index) => {
    const prefix = index === 0 ? first : rest;
    return { line: line.length === 0 && index > 0 && isBlank(rest) ? [] : [...prefix, ...line], wrapped: false };
  });
}

const isBlank = (line: Line): boolean => line.every(({ text }) => text.trim() === '');
