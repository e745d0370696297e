import { Row } from './row.ts';

/** The empty cells behind a line's text that are not plain, as they stood in the line's last row. */
export interface RowTail {
  /** Columns of text before them in that row: they are shown only behind so many, and so never where none were. */
  readonly from: number;
  /** A row of them alone. */
  readonly cells: Row;
}

/** What a row keeps of a tail that it does not show, or not all of, as long as nothing in the row changes. */
export interface KeptTail extends RowTail {
  /** The row's stamp. */
  readonly stamp: number;
}

/** The tail that a row keeps. */
export const keptTail = (row: Row): RowTail | undefined => (row.kept?.stamp === row.stamp ? row.kept : undefined);

/** The tail of the line that ends with a row: what the row keeps, or else what it shows behind its text. */
export function tailOf(row: Row): RowTail | undefined {
  const { textEnd, styledEnd } = row;
  return keptTail(row) ?? (styledEnd > textEnd ? cutTail(row, textEnd, styledEnd) : undefined);
}

/** The cells of a row between its text and `styledEnd` as the tail of a row with `from` columns of text. */
export function cutTail(row: Row, from: number, styledEnd = row.styledEnd): RowTail {
  const { textEnd } = row;
  const cells = new Row(styledEnd - textEnd);
  cells.copyFrom(row, textEnd, styledEnd - textEnd, 0);
  return { from, cells };
}

/** Gives a tail to a row with `used` columns of text and nothing behind them, which shows of it what it may. */
export function putTail(row: Row, used: number, tail: RowTail): void {
  const { from, cells } = tail;
  const isShown = used === from;
  if (isShown) row.copyFrom(cells, 0, row.columns - used, used);
  if (!isShown || used + cells.columns > row.columns) row.kept = { from, cells, stamp: row.stamp };
}
