import type { RowSource } from '../text/row-source.ts';

/** The end of a screen as rules look at it. */
export interface ScreenText {
  /** The last rows down to the last one with text, without their frames and outer blanks. */
  readonly rows: readonly string[];
}

/** Rows that rules may look at, and UTF-16 units of each: a screen may be 1000 columns wide. */
const MAXIMUM_ROWS = 60;
const MAXIMUM_ROW = 400;

/** What stands at the sides of a box that an agent draws. */
const FRAME = /^[\s│┃║▌▐▏▕|╎┆┊]+|[\s│┃║▌▐▏▕|╎┆┊]+$/gu;

/** The last rows of a screen; of its history nothing, since what was answered stands there. */
export function screenText(source: RowSource): ScreenText {
  const rows: string[] = [];
  for (let row = source.endRow - 1; row >= source.screenTop && rows.length < MAXIMUM_ROWS; row--) {
    const text = source.rowText(row).slice(0, MAXIMUM_ROW);
    if (rows.length > 0 || text.trim() !== '') rows.push(text.replaceAll(FRAME, ''));
  }
  return { rows: rows.reverse() };
}
