import type { Tokens } from 'marked';
import { BLANK_ROW, cutRow, type LaidRow, laidRow, wrapRows } from './laid-row.ts';
import type { Line } from './line.ts';
import { lineWidth } from './line-cells.ts';
import { inlineSpans } from './markdown-inline.ts';
import { BOLD, DIM, PLAIN, type Style } from './style.ts';

const HEADER: Style = { ...PLAIN, attributes: BOLD };
const FRAME: Style = { ...PLAIN, attributes: DIM };
const SEPARATOR: Line = [{ text: ' │ ', style: FRAME }];
const SEPARATOR_WIDTH = 3;
/** Columns that a cell is given at least; where there are fewer, the table becomes a list. */
const MINIMUM_CELL = 6;

type Align = 'center' | 'left' | 'right' | null;

/** A table in `columns`: cells share the width and wrap; where it is too narrow, each row is a list of `header: value`. */
export function tableRows(table: Tokens.Table, columns: number, withHeader: boolean): LaidRow[] {
  const header = table.header.map(({ tokens }) => inlineSpans(tokens, HEADER));
  const rows = table.rows.map((row) => row.map(({ tokens }) => inlineSpans(tokens, PLAIN)));
  const widths = shareWidth(header, rows, columns);
  if (widths === undefined) return listRows(header, rows, columns, withHeader);
  const laid = withHeader ? [...rowOf(header, widths, table.align), laidRow(frameLine(widths))] : [];
  for (const row of rows) laid.push(...rowOf(row, widths, table.align));
  return laid.map(({ line }) => cutRow(line, columns));
}

/** The columns of each cell, or undefined when there is too little room. */
function shareWidth(
  header: readonly Line[],
  rows: readonly (readonly Line[])[],
  columns: number,
): number[] | undefined {
  const natural = header.map((line, index) =>
    rows.reduce((width, row) => Math.max(width, cellWidth(row[index] ?? [])), Math.max(1, cellWidth(line))),
  );
  let room = columns - SEPARATOR_WIDTH * (natural.length - 1);
  const wanted = natural.reduce((sum, width) => sum + width, 0);
  if (wanted <= room) return natural;
  if (room < natural.reduce((sum, width) => sum + Math.min(width, MINIMUM_CELL), 0)) return undefined;
  // Narrow ones get what they want; the others share what is left.
  const widths = [...natural];
  const order = natural.map((_, index) => index).sort((a, b) => (natural[a] ?? 0) - (natural[b] ?? 0));
  let left = order.length;
  for (const index of order) {
    const width = Math.min(natural[index] ?? 0, Math.floor(room / left));
    widths[index] = width;
    room -= width;
    left -= 1;
  }
  return widths;
}

/** Of its widest row: a cell may have breaks of its own. */
function cellWidth(line: Line): number {
  let width = 0;
  let widest = 0;
  for (const span of line) {
    if (span.text === '\n') width = 0;
    else width += lineWidth([span]);
    widest = Math.max(widest, width);
  }
  return widest;
}

function rowOf(cells: readonly Line[], widths: readonly number[], align: readonly Align[]): LaidRow[] {
  const wrapped = widths.map((width, index) => wrapRows(cells[index] ?? [], width));
  const height = Math.max(1, ...wrapped.map(({ length }) => length));
  const rows: LaidRow[] = [];
  for (let y = 0; y < height; y++) {
    const line = widths.flatMap((width, index) => [
      ...(index === 0 ? [] : SEPARATOR),
      ...aligned(wrapped[index]?.[y]?.line ?? [], width, align[index] ?? null),
    ]);
    rows.push(laidRow(line));
  }
  return rows;
}

function aligned(line: Line, width: number, align: Align): Line {
  const space = Math.max(0, width - lineWidth(line));
  const before = align === 'right' ? space : align === 'center' ? Math.floor(space / 2) : 0;
  return [...blanks(before), ...line, ...blanks(space - before)];
}

const blanks = (count: number): Line => (count === 0 ? [] : [{ text: ' '.repeat(count), style: PLAIN }]);

const frameLine = (widths: readonly number[]): Line => [
  { text: widths.map((width) => '─'.repeat(width)).join('─┼─'), style: FRAME },
];

function listRows(
  header: readonly Line[],
  rows: readonly (readonly Line[])[],
  columns: number,
  withHeader: boolean,
): LaidRow[] {
  if (rows.length === 0) return header.flatMap((line) => wrapRows(line, columns));
  return rows.flatMap((row, index) => {
    const laid = row.flatMap((cell, at) =>
      cell.length === 0 ? [] : wrapRows([...(header[at] ?? []), { text: ': ', style: HEADER }, ...cell], columns),
    );
    return index === 0 && withHeader ? laid : [BLANK_ROW, ...laid];
  });
}
