import { clamp, type Size } from '../base/geometry.ts';
import type { EngineCore } from './engine-core.ts';
import { Row } from './row.ts';
import { resizedRow, rowOfCells } from './row-cells.ts';
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
  const cursor: Anchor = { row: screen.y, x: screen.x };
  let top = 0;
  for (let y = 0; y < used; ) {
    let end = y + 1;
    while (end < used && old[end]?.isWrapped === true) end += 1;
    const group = old.slice(y, end);
    const places: Anchor[] = [];
    if (screen.y >= y && screen.y < end) places.push({ row: screen.y - y, x: screen.x });
    const head = y === 0 && old[0]?.isWrapped === true ? takeLine(core, true) : undefined;
    if (head !== undefined) {
      group.unshift(head);
      for (const place of places) place.row += 1;
      // The end of the head is where the screen began.
      places.push({ row: 1, x: 0 });
    }
    const start = folded.length;
    const fold = foldGroup(group, columns, places);
    const newPlaces = [...fold.places];
    if (head !== undefined) top = newPlaces.pop()?.row ?? 0;
    const [place] = newPlaces;
    if (place !== undefined) {
      cursor.row = start + place.row;
      cursor.x = place.x;
    }
    folded = folded.concat(fold.rows);
    y = end;
  }

  while (wasFull && folded.length < height) {
    const line = takeLine(core, false);
    if (line === undefined) break;
    const { rows } = foldGroup([line], columns, []);
    folded = [...rows, ...folded];
    cursor.row += rows.length;
    top += rows.length;
  }

  cursor.row = Math.min(cursor.row, Math.max(0, folded.length - 1));
  const bottom = Math.max(0, folded.length - height);
  const base = Math.min(wasFull ? bottom : Math.max(Math.min(top, folded.length - 1), bottom), cursor.row);
  for (let row = 0; row < base; row++) pushRow(core, folded, row);
  const shown = folded.slice(base, base + height);
  while (shown.length < height) shown.push(new Row(columns));
  screen.replace(columns, height, shown);
  screen.y = cursor.row - base;
  screen.x = cursor.x < columns ? cursor.x : columns - (endsInText(shown[screen.y]) ? 0 : 1);
}

function pushRow({ history }: EngineCore, rows: readonly Row[], index: number): void {
  const row = rows[index];
  if (row !== undefined) history.push(row, rows[index + 1]?.isWrapped ?? false);
}

/** The newest line of the history; of one that goes on below, only its text. */
function takeLine({ history, styles, clusters }: EngineCore, goesOn: boolean): Row | undefined {
  const line = history.takeLine();
  if (line === undefined) return undefined;
  const row = rowOfCells(line.cells, goesOn ? line.textColumns : line.columns, styles, clusters);
  row.isWrapped = line.isWrapped;
  if (line.isLong && !goesOn) row.erase(row.textEnd, row.columns, PLAIN_STYLE);
  return row;
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

/** The rows of one line at another width; `places` are moved along. */
function foldGroup(group: readonly Row[], columns: number, places: readonly Anchor[]): Fold {
  const [first] = group;
  const lengths = group.map((row, index) => textLength(row, group[index + 1]));
  if (first !== undefined && group.length === 1 && (lengths[0] ?? 0) <= columns)
    return { rows: [resizedRow(first, columns)], places };
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
    row.copyFrom(line, start, (starts[index + 1] ?? total) - start, 0);
    return row;
  });
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
