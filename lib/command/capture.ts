import { rowToAnsi } from '../text/ansi.ts';
import { Grid } from '../text/grid.ts';
import type { RowSource } from '../text/row-source.ts';

export interface CaptureOptions {
  /** Rows of the source, both included; none when `last` is before `first`. */
  readonly first: number;
  readonly last: number;
  /** Colours and attributes as escape sequences. */
  readonly escapes: boolean;
  /** Controls and backslashes as octal numbers. */
  readonly octal: boolean;
  /** Wrapped rows as one line; keeps blanks at the end of each row. */
  readonly join: boolean;
  /** Blanks at the end of each row stay. */
  readonly trailing: boolean;
}

/** Rows of a session as text, each line ended. */
export function captureRows(source: RowSource, options: CaptureOptions): string {
  const { first, last, join, trailing } = options;
  const blanks = join || trailing;
  const grid = new Grid({ columns: options.escapes || blanks ? source.columns : 1, rows: 1 });
  const parts: string[] = [];
  for (let row = first; row <= last; row++) {
    let text: string;
    if (options.escapes) text = styledRow(source, row, grid, blanks);
    else text = blanks ? filledRow(source, row, grid) : source.rowText(row).replace(/ +$/, '');
    parts.push(options.octal ? toOctal(text) : text);
    const continues = join && row < last && source.isWrapped(row + 1);
    if (!continues) parts.push('\n');
  }
  return parts.join('');
}

function styledRow(source: RowSource, row: number, grid: Grid, trailing: boolean): string {
  source.readRow(row, grid, 0, 0, grid.columns);
  return rowToAnsi(grid, 0, {
    links: true,
    ...(trailing ? { to: source.isWrapped(row + 1) ? grid.columns : filledColumns(grid, true) } : {}),
    trailing,
  });
}

/** The row's text, with blanks up to the last cell that was erased in a colour. */
function filledRow(source: RowSource, row: number, grid: Grid): string {
  const text = source.rowText(row);
  if (source.isWrapped(row + 1)) return text;
  source.readRow(row, grid, 0, 0, grid.columns);
  return text + ' '.repeat(filledColumns(grid, true) - filledColumns(grid, false));
}

/** Columns up to the last cell that holds anything; a cell erased in a colour counts as the blank that it looks like. */
function filledColumns({ glyphs, backgrounds, columns }: Grid, colors: boolean): number {
  let end = columns;
  while (end > 0 && glyphs[end - 1] === 0 && !(colors && backgrounds[end - 1] !== 0)) end -= 1;
  return end;
}

const toOctal = (text: string): string =>
  text.replace(/[\x00-\x1f\x7f\\]/g, (control) =>
    control === '\\' ? '\\\\' : `\\${control.charCodeAt(0).toString(8).padStart(3, '0')}`,
  );

/**
 * The row that a person's number means: 0 is the first of the visible screen, negative ones are in the history, `-` is
 * `whole`. Undefined when it is no number.
 */
export function captureRow(
  source: RowSource,
  text: string | undefined,
  otherwise: number,
  whole: number,
): number | undefined {
  if (text === undefined) return otherwise;
  if (text === '-') return whole;
  if (!/^[+-]?\d{1,9}$/.test(text)) return undefined;
  return Math.min(Math.max(source.screenTop + Number(text), source.firstRow), source.endRow - 1);
}
