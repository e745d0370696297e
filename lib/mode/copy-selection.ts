import { type CellPosition, isBefore, type RowReader } from './row-reader.ts';
import type { WordMotion } from './word-motion.ts';

export type CopyKeys = 'vi' | 'emacs';

/** What is selected, before the cursor's part in it. */
export interface Selection {
  readonly unit: 'character' | 'word' | 'line';
  readonly anchor: CellPosition;
  /** Where it ends for good (stop-selection); while undefined it ends at the cursor. */
  readonly fixedEnd: CellPosition | undefined;
}

/** Cells that are selected; `to.column` is one past the last. */
export interface SelectedCells {
  readonly from: CellPosition;
  readonly to: CellPosition;
  readonly rectangle: boolean;
  /** Whether the last line's end belongs to it. */
  readonly lineEnd: boolean;
}

const ASCII = /^[\x20-\x7e]*$/;

/**
 * The cells of a selection as tmux counts them: with vi keys the later end's cell is part of it, with emacs keys not.
 * Whole words and whole lines stay whole in either direction.
 */
export function selectedCells(
  selection: Selection,
  cursor: CellPosition,
  rectangle: boolean,
  keys: CopyKeys,
  reader: RowReader,
  words: WordMotion,
): SelectedCells {
  const end = selection.fixedEnd ?? cursor;
  const [low, high] = isBefore(end, selection.anchor) ? [end, selection.anchor] : [selection.anchor, end];
  if (rectangle) return rectangleCells(low, high, end, keys, reader);
  if (selection.unit === 'line') {
    const last = reader.lineEnd(high.row);
    const from = { row: reader.lineStart(low.row), column: 0 };
    return { from, to: { row: last, column: reader.columns }, rectangle, lineEnd: keys === 'vi' };
  }
  if (selection.unit === 'word') {
    const { to } = words.wordAt(high);
    const column = Math.max(to.column + 1, reader.after(to.row, to.column));
    return { from: words.wordAt(low).from, to: { row: to.row, column }, rectangle, lineEnd: false };
  }
  const from = { row: low.row, column: reader.head(low.row, low.column) };
  if (keys === 'emacs') return { from, to: high, rectangle, lineEnd: false };
  const lineEnd = high.column >= reader.length(high.row) && !reader.continues(high.row);
  return { from, to: { row: high.row, column: reader.after(high.row, high.column) }, rectangle, lineEnd };
}

function rectangleCells(
  low: CellPosition,
  high: CellPosition,
  end: CellPosition,
  keys: CopyKeys,
  reader: RowReader,
): SelectedCells {
  const left = Math.min(low.column, high.column);
  const right = Math.max(low.column, high.column);
  const cursorRight = end.column === right && left !== right;
  const past = keys === 'emacs' && cursorRight ? right : right + 1;
  return {
    from: { row: low.row, column: left },
    to: { row: high.row, column: Math.min(past, reader.columns) },
    rectangle: true,
    lineEnd: false,
  };
}

/** The text of the cells: wrapped rows joined, blanks at the ends of lines dropped, wide characters whole. */
export function selectedText({ from, to, rectangle, lineEnd }: SelectedCells, reader: RowReader): string {
  const parts: string[] = [];
  const last = Math.min(to.row, reader.lastRow);
  for (let row = Math.max(from.row, reader.source.firstRow); row <= last; row++) {
    const start = rectangle || row === from.row ? from.column : 0;
    const end = rectangle || row === to.row ? to.column : reader.columns;
    const { text, whole } = rowPart(reader, row, start, end);
    parts.push(text);
    const joined = whole && reader.continues(row);
    if (row < last ? !joined : lineEnd) parts.push('\n');
  }
  return parts.join('');
}

/** Columns `from` up to `to` of a row, and whether they reach its end. */
function rowPart(reader: RowReader, row: number, from: number, to: number): { text: string; whole: boolean } {
  const continues = reader.continues(row);
  const text = reader.source.rowText(row);
  if (ASCII.test(text)) {
    const kept = continues ? text : trimEnd(text);
    return { text: kept.slice(from, to), whole: to >= kept.length };
  }
  const { length, filled } = reader.row(row);
  const limit = continues ? filled : length;
  const start = from < limit ? reader.head(row, from) : from;
  return { text: reader.slice(row, start, Math.min(to, limit)), whole: to >= limit };
}

function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0x20) end--;
  return text.slice(0, end);
}
