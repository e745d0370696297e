import { amount, grouped } from '../text/amount.ts';
import { cleanLine } from '../text/clean-line.ts';
import { cutUnits } from '../text/cut.ts';
import { type LaidRow, wrapRows } from '../text/laid-row.ts';
import type { Style } from '../text/style.ts';
import { FAINT, span } from './transcript-style.ts';

/** Units of one line that are shown. */
const MAXIMUM_LINE = 2000;
/** Units of the lines shown at each end of a text together. */
const MAXIMUM_UNITS = 100_000;
/** Lines of one text shown at most, however far it is opened. */
export const MAXIMUM_LINES = 2000;

export interface CutText {
  readonly head: readonly string[];
  /** Lines left out between. */
  readonly skipped: number;
  readonly tail: readonly string[];
}

/** The first and last lines of a text, `maximum` together; a line's end at its end counts for nothing. */
export function cutMiddle(text: string, maximum: number): CutText {
  const end = text.endsWith('\n') ? text.length - 1 : text.length;
  const head: string[] = [];
  let start = 0;
  const half = Math.ceil(maximum / 2);
  while (start <= end && head.length < half && start < MAXIMUM_UNITS) {
    const feed = text.indexOf('\n', start);
    const stop = feed < 0 || feed > end ? end : feed;
    head.push(text.slice(start, stop));
    start = stop + 1;
  }
  const tail: string[] = [];
  let last = end;
  while (last >= start && tail.length < maximum - half && end - last < MAXIMUM_UNITS) {
    const feed = last === 0 ? -1 : text.lastIndexOf('\n', last - 1);
    const from = Math.max(start, feed + 1);
    tail.push(text.slice(from, last));
    last = from - 1;
  }
  let skipped = 0;
  for (let at = start; at <= last; skipped++) {
    const feed = text.indexOf('\n', at);
    at = feed < 0 ? last + 1 : feed + 1;
  }
  return { head, skipped, tail: tail.reverse() };
}

/** Lines of plain text as rows. */
const plainRows = (lines: readonly string[], columns: number, style: Style): LaidRow[] =>
  lines.flatMap((line) => wrapRows(span(cleanLine(cutLine(line)), style), columns));

/** What stands in place of lines that were left out. */
export const skippedRow = (skipped: number, columns: number): LaidRow[] =>
  wrapRows(span(`… ${amount(skipped, 'more line')} …`, FAINT), columns);

/** A text as rows of plain text, cut in the middle where it has more than `maximum` lines. */
export function cutRows(text: string, columns: number, style: Style, maximum = MAXIMUM_LINES): LaidRow[] {
  const { head, skipped, tail } = cutMiddle(text, maximum);
  const rows = plainRows(head, columns, style);
  if (skipped > 0) rows.push(...skippedRow(skipped, columns));
  rows.push(...plainRows(tail, columns, style));
  return rows;
}

/** The first line of a text, cleaned, for a place in one row. */
export function firstLine(text: string): string {
  const trimmed = text.slice(0, MAXIMUM_LINE).trimStart();
  const feed = trimmed.search(/[\r\n]/);
  return cleanLine(feed < 0 ? trimmed : trimmed.slice(0, feed)).trimEnd();
}

const cutLine = (line: string): string => cutText(line.endsWith('\r') ? line.slice(0, -1) : line, MAXIMUM_LINE);

/** The beginning of a line, which says how much more there is. */
export const cutText = (line: string, maximum: number): string =>
  line.length > maximum ? `${cutUnits(line, maximum)}… ${grouped(line.length - maximum)} more characters` : line;
