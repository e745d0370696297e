import { clamp, type Size } from '../base/geometry.ts';
import type { EngineCore } from './engine-core.ts';
import { Row } from './row.ts';
import { resizedRow, rowOfCells } from './row-cells.ts';
import { cutTail, putTail, type RowTail, tailOf } from './row-tail.ts';
import type { Screen } from './screen.ts';
import { PLAIN_STYLE, type StyleTable } from './style-table.ts';

/** A place that must stay with its text: row of the rows at hand, column. */
interface Anchor {
  row: number;
  x: number;
}

/** The rows of one line at a width, and the places of what stood in it. */
interface Fold {
  readonly rows: readonly Row[];
  readonly places: readonly Anchor[];
}

/** Gives the terminal another size: the normal screen and its history are folded anew, the alternate one cut or padded. */
export function resizeCore(core: EngineCore, { columns, rows }: Size): void {
  const { styles, clusters } = core;
  styles.isHeld = true;
  clusters.isHeld = true;
  core.normal.settle();
  core.alternate.settle();
  reflow(core, columns, rows);
  resizeAlternate(core.alternate, columns, rows);
  styles.isHeld = false;
  clusters.isHeld = false;
}

/**
 * Only the rows of the screen are folded, and as many lines of the history as come down to it; the rest of the history
 * folds itself when it is read.
 */
function reflow(core: EngineCore, columns: number, height: number): void {
  const { normal: screen, history, styles } = core;
  const old = screen.rows;
  const used = usedRows(old, screen.y, styles);
  const wasFull = used >= screen.height;
  history.resize(columns);

  let folded: Row[] = [];
  const { saved } = screen;
  // What was saved below all text stays as far below it.
  const below = Math.max(0, (saved?.y ?? 0) - used + 1);
  const anchors = [
    { row: screen.y, x: screen.x },
    ...(saved === undefined ? [] : [{ row: saved.y - below, x: saved.x }]),
  ];
  const moved = [...anchors];
  let top = 0;
  for (let y = 0; y < used; ) {
    let end = y + 1;
    while (end < used && old[end]?.isWrapped === true) end += 1;
    const group = old.slice(y, end);
    const head = y === 0 && old[0]?.isWrapped === true ? takeLine(core, true)?.row : undefined;
    if (head !== undefined) group.unshift(head);
    const first = head === undefined ? y : y - 1;
    const places = anchors.map(({ row, x }) => ({ row: row - first, x }));
    // The end of the head is where the screen began.
    const start = { row: 1, x: 0 };
    const tail = tailOf(group.at(-1) ?? new Row(columns));
    const fold = foldGroup(group, columns, [...places, start], tail, styles);
    anchors.forEach(({ row }, index) => {
      const place = fold.places[index];
      if (row >= y && row < end && place !== undefined) moved[index] = { row: folded.length + place.row, x: place.x };
    });
    if (head !== undefined) top = fold.places[anchors.length]?.row ?? 0;
    folded = folded.concat(fold.rows);
    y = end;
  }

  let taken = 0;
  while (wasFull && folded.length < height) {
    const line = takeLine(core, false);
    if (line === undefined) break;
    const { rows } = foldGroup([line.row], columns, [], line.tail, styles);
    folded = [...rows, ...folded];
    taken += rows.length;
  }
  top += taken;
  const [cursor = { row: 0, x: 0 }, kept] = moved.map(({ row, x }) => ({ row: row + taken, x }));

  const bottom = Math.max(0, folded.length - height);
  const base = Math.min(wasFull ? bottom : Math.max(Math.min(top, folded.length - 1), bottom), cursor.row);
  for (let row = 0; row < base; row++) pushRow(core, folded, row);
  const shown = folded.slice(base, base + height);
  while (shown.length < height) shown.push(new Row(columns));
  screen.replace(columns, height, shown);
  screen.y = cursor.row - base;
  screen.x = columnOf(cursor, folded, columns);
  if (saved !== undefined && kept !== undefined) {
    const y = clamp(kept.row + below - base, 0, height - 1);
    screen.saved = { ...saved, x: columnOf(kept, folded, columns), y };
  }
}

/** The column of a place at the new width: behind a full last column it waits to wrap. */
function columnOf({ row, x }: Anchor, rows: readonly Row[], columns: number): number {
  return x < columns ? x : columns - (endsInText(rows[row]) ? 0 : 1);
}

function pushRow({ history }: EngineCore, rows: readonly Row[], index: number): void {
  const row = rows[index];
  if (row !== undefined) history.push(row, rows[index + 1]?.isWrapped ?? false);
}

/** The text of the newest line of the history, and its tail unless it goes on below. */
function takeLine(
  { history, styles, clusters }: EngineCore,
  goesOn: boolean,
): { readonly row: Row; readonly tail: RowTail | undefined } | undefined {
  const line = history.takeLine();
  if (line === undefined) return undefined;
  const row = rowOfCells(line.cells, goesOn ? line.textColumns : line.columns, styles, clusters);
  row.isWrapped = line.isWrapped;
  if (goesOn || row.styledEnd <= row.textEnd) return { row, tail: undefined };
  const tail = cutTail(row, line.tailStart);
  row.erase(row.textEnd, row.columns, PLAIN_STYLE);
  return { row, tail };
}

/** How many rows there are without the empty ones below both the cursor and all text. */
function usedRows(rows: readonly Row[], cursorRow: number, styles: StyleTable): number {
  let end = rows.length;
  while (end > cursorRow + 1 && isEmpty(rows[end - 1], styles)) end -= 1;
  return end;
}

function isEmpty(row: Row | undefined, styles: StyleTable): boolean {
  if (row === undefined) return true;
  for (let x = 0; x < row.end; x++) if (row.code(x) !== 0 || styles.background(row.style(x)) !== 0) return false;
  return true;
}

/** Whether the cursor after it waits to wrap, since its last column is taken. */
const endsInText = (row: Row | undefined): boolean => row !== undefined && row.code(row.columns - 1) !== 0;

/**
 * The rows of one line at another width; `places` are moved along. Its tail stays where it was, and what is new is plain:
 * as in xterm.js and tmux.
 */
function foldGroup(
  group: readonly Row[],
  columns: number,
  places: readonly Anchor[],
  tail: RowTail | undefined,
  styles: StyleTable,
): Fold {
  const [first] = group;
  const lengths = group.map((row, index) => textLength(row, group[index + 1]));
  if (first !== undefined && group.length === 1 && (lengths[0] ?? 0) <= columns) {
    const row = resizedRow(first, columns);
    if (tail !== undefined) {
      row.erase(row.textEnd, columns, PLAIN_STYLE);
      putTail(row, row.textEnd, tail);
    }
    return { rows: [row], places };
  }
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const line = new Row(Math.max(1, total));
  const offsets: number[] = [];
  let offset = 0;
  group.forEach((row, index) => {
    offsets.push(offset);
    line.copyFrom(row, 0, lengths[index] ?? 0, offset);
    offset += lengths[index] ?? 0;
  });
  const starts = foldStarts(line, total, columns);
  const rows = starts.map((start, index) => {
    const row = new Row(columns);
    row.isWrapped = index > 0 || (first?.isWrapped ?? false);
    const end = starts[index + 1] ?? total;
    row.copyFrom(line, start, end - start, 0);
    // The gap before a wide character looks like that.
    if (end < total && row.end < columns)
      row.erase(row.end, columns, styles.id(0, styles.background(line.style(end)), 0, 0, ''));
    return row;
  });
  const [last] = rows.slice(-1);
  if (last !== undefined && tail !== undefined) putTail(last, total - (starts.at(-1) ?? 0), tail);
  const newPlaces = places.map(({ row, x }) => {
    const length = lengths[row] ?? 0;
    const at = (offsets[row] ?? 0) + Math.min(x, length);
    // A place past the text stays behind its last character.
    const isText = x < length;
    const index = starts.findLastIndex((start) => start <= (isText ? at : Math.max(0, at - 1)));
    return { row: index, x: at - (starts[index] ?? 0) + Math.max(0, x - length) };
  });
  return { rows, places: newPlaces };
}

/** Columns of a row that hold its text; all of them when it goes on below, but for a gap before a wide character. */
function textLength(row: Row, next: Row | undefined): number {
  if (next === undefined) return row.textEnd;
  return row.code(row.columns - 1) === 0 && next.isWideAt(0) ? row.columns - 1 : row.columns;
}

/** The cell at which each row of a line begins. */
function foldStarts(line: Row, total: number, columns: number): number[] {
  const starts = [0];
  let start = 0;
  for (let x = 0; x < total; x++) {
    if (line.isTail(x)) continue;
    if (x + (line.isWideAt(x) ? 2 : 1) > start + columns) {
      start = x;
      starts.push(start);
    }
  }
  return starts;
}

/** Rows go below the cursor first, then at the top; the cursor stays with its text. */
function resizeAlternate(screen: Screen, columns: number, height: number): void {
  const { x, y, saved } = screen;
  if (saved !== undefined) screen.saved = { ...saved, x: Math.min(saved.x, columns - 1) };
  if (!screen.isInUse) {
    screen.replace(columns, height, []);
    return;
  }
  const rows = screen.rows.map((row) => resizedRow(row, columns));
  const surplus = Math.max(0, rows.length - height);
  const above = Math.max(0, surplus - (rows.length - 1 - y));
  const kept = rows.slice(above, above + height);
  while (kept.length < height) kept.push(new Row(columns));
  screen.replace(columns, height, kept);
  screen.x = clamp(x, 0, columns - 1);
  screen.y = clamp(y, 0, height - 1);
}
