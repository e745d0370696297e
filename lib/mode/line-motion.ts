import type { CellPosition, RowReader } from './row-reader.ts';

/** Rows looked through for the other bracket; a press of a key must not read a whole history. */
const BRACKET_ROWS = 20_000;
/** Cells that a jump looks at. */
const JUMP_CELLS = 200_000;
const OPEN = '([{';
const CLOSE = ')]}';

/** The first cell of a line. */
export const lineStart = (reader: RowReader, { row }: CellPosition): CellPosition => ({
  row: reader.lineStart(row),
  column: 0,
});

/** One past the last cell of a line. */
export function lineEnd(reader: RowReader, { row }: CellPosition): CellPosition {
  const last = reader.lineEnd(row);
  return { row: last, column: reader.length(last) };
}

/** The first cell of a line that is not blank. */
export function indentation(reader: RowReader, position: CellPosition): CellPosition {
  const start = reader.lineStart(position.row);
  for (let row = start; ; row++) {
    const length = reader.length(row);
    for (let column = 0; column < length; column++) {
      const text = reader.text(row, column);
      if (text !== ' ' && text !== '\t' && text !== '') return { row, column };
    }
    if (!reader.continues(row)) return { row: start, column: 0 };
  }
}

/** The cell after, in the same line where that goes on in the next row; undefined at the line's end. */
function cellAfter(reader: RowReader, { row, column }: CellPosition): CellPosition | undefined {
  const next = reader.after(row, column);
  const { length, filled } = reader.row(row);
  if (next < (reader.continues(row) ? filled : length)) return { row, column: next };
  return reader.continues(row) ? { row: row + 1, column: 0 } : undefined;
}

function cellBefore(reader: RowReader, { row, column }: CellPosition): CellPosition | undefined {
  if (column > 0) return { row, column: reader.head(row, column - 1) };
  if (row <= reader.source.firstRow || !reader.source.isWrapped(row)) return undefined;
  return { row: row - 1, column: reader.head(row - 1, Math.max(0, reader.row(row - 1).filled - 1)) };
}

/**
 * The next cell of the line that holds `character`, or, `till`, the one before it: f, t, F and T of vi. A repeated
 * `till` goes on past the character that it stands before.
 */
export function jump(
  reader: RowReader,
  from: CellPosition,
  character: string,
  direction: 'forward' | 'backward',
  till: boolean,
): CellPosition | undefined {
  const step = direction === 'forward' ? cellAfter : cellBefore;
  let before = from;
  let cell = step(reader, from);
  if (till && cell !== undefined) {
    before = cell;
    cell = step(reader, cell);
  }
  for (let cells = 0; cell !== undefined && cells < JUMP_CELLS; cells++) {
    if (reader.text(cell.row, cell.column) === character) return till ? before : cell;
    before = cell;
    cell = step(reader, cell);
  }
  return undefined;
}

/** The first blank row after the paragraph, or the last row. */
export function nextParagraph(reader: RowReader, { row }: CellPosition): CellPosition {
  const last = reader.lastRow;
  let at = row;
  while (at < last && reader.length(at) === 0) at++;
  while (at < last && reader.length(at) > 0) at++;
  return { row: at, column: reader.length(at) };
}

export function previousParagraph(reader: RowReader, { row }: CellPosition): CellPosition {
  const first = reader.source.firstRow;
  let at = row;
  while (at > first && reader.length(at) === 0) at--;
  while (at > first && reader.length(at) > 0) at--;
  return { row: at, column: 0 };
}

/**
 * The bracket that matches the one here, whichever way that is; where none is here, the first one after it in the row.
 * Undefined when there is none within reach.
 */
export function matchingBracket(
  reader: RowReader,
  position: CellPosition,
  prefer: 'forward' | 'backward',
): CellPosition | undefined {
  const text = reader.source.rowText(position.row);
  let offset = reader.offsetOf(position.row, position.column);
  const here = text.charAt(offset);
  const before = text.charAt(offset - 1);
  if (prefer === 'backward' && !isBracket(here) && before !== '' && CLOSE.includes(before)) offset--;
  else if (!isBracket(here)) offset = firstBracket(text, offset);
  const bracket = text.charAt(offset);
  if (!isBracket(bracket)) return undefined;
  const opens = OPEN.includes(bracket);
  const partner = opens ? CLOSE.charAt(OPEN.indexOf(bracket)) : OPEN.charAt(CLOSE.indexOf(bracket));
  return findPartner(reader, position.row, offset, bracket, partner, opens ? 1 : -1);
}

const isBracket = (text: string): boolean => text !== '' && (OPEN.includes(text) || CLOSE.includes(text));

function firstBracket(text: string, from: number): number {
  for (let at = from; at < text.length; at++) if (isBracket(text.charAt(at))) return at;
  return text.length;
}

function findPartner(
  reader: RowReader,
  startRow: number,
  startOffset: number,
  own: string,
  partner: string,
  step: 1 | -1,
): CellPosition | undefined {
  let depth = 0;
  const { firstRow } = reader.source;
  for (
    let row = startRow, rows = 0;
    rows < BRACKET_ROWS && row >= firstRow && row <= reader.lastRow;
    row += step, rows++
  ) {
    const text = reader.source.rowText(row);
    let at = row === startRow ? startOffset : step === 1 ? 0 : text.length - 1;
    for (; at >= 0 && at < text.length; at += step) {
      const character = text.charAt(at);
      if (character === own) depth++;
      else if (character === partner && --depth === 0) return { row, column: reader.columnOf(row, at) };
    }
  }
  return undefined;
}
