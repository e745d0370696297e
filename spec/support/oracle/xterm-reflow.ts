import type { Size } from '../../../lib/base/geometry.ts';
import { NO_EXTRAS } from './xterm-attributes.ts';
import {
  CELL_WORDS,
  CONTENT_MASK,
  type Core,
  type CoreAttributes,
  type CoreBuffer,
  type CoreLine,
  WIDTH_SHIFT,
} from './xterm-core.ts';
import { isOpen } from './xterm-tears.ts';

/** The bits of a colour in the word of the background. */
const COLOR_MASK = 0x3ff_ffff;
const PLAIN_ATTRIBUTES: CoreAttributes = { fg: 0, bg: 0, extended: NO_EXTRAS };

/** A place in a buffer that must stay with its text: row of the buffer, column. */
interface Anchor {
  row: number;
  x: number;
}

/**
 * Gives the terminal another size: the normal screen and its history are folded anew, the alternate screen is cut or
 * padded. In place of the package's own way, which cuts the line of the cursor, drops lines below it and loops on some
 * sizes.
 */
export function resizeCore(core: Core, { columns, rows }: Size, scrollback: number): void {
  const service = core._bufferService;
  const { normal, alt } = service.buffers;
  service.cols = columns;
  service.rows = rows;
  core.resizes = (core.resizes ?? 0) + 1;
  core.optionsService.rawOptions.scrollback = scrollback;
  reflow(normal, columns, rows, scrollback, core.saved);
  alt.resize(columns, rows);
  for (let row = 0; row < alt.lines.length; row++) {
    const line = alt.lines.get(row);
    line?.resize(columns, alt.getNullCell());
    // Half a wide character is none.
    const last = (columns - 1) * CELL_WORDS;
    if (line !== undefined && (line._data[last] ?? 0) >> WIDTH_SHIFT === 2) line._data[last] = 1 << WIDTH_SHIFT;
  }
  if (alt.lines.length === 0) alt.lines.maxLength = rows;
  for (const buffer of [normal, alt]) buffer.setupTabStops(columns);
}

function reflow(
  buffer: CoreBuffer,
  columns: number,
  rows: number,
  scrollback: number,
  saved: { y: number } | undefined,
): void {
  const { lines } = buffer;
  const cursor: Anchor = { row: buffer.ybase + buffer.y, x: buffer.x };
  const top: Anchor = { row: buffer.ybase, x: 0 };
  const used = usedLines(buffer, cursor.row);
  const wasFull = used >= buffer.ybase + buffer._rows;

  const savedRow = buffer.ybase + (saved?.y ?? 0);
  const kept: Anchor = { row: Math.min(savedRow, used - 1), x: buffer.savedX };
  const below = savedRow - kept.row;
  const folded = fold(lines, used, columns, buffer, [cursor, top, kept]);
  const bottom = Math.max(0, folded.length - rows);
  const base = Math.min(wasFull ? bottom : Math.max(Math.min(top.row, folded.length - 1), bottom), cursor.row);
  folded.length = Math.min(folded.length, base + rows);
  while (folded.length < base + rows) folded.push(buffer.getBlankLine(PLAIN_ATTRIBUTES));
  const dropped = Math.max(0, folded.length - rows - scrollback);

  lines.length = 0;
  lines.maxLength = rows + scrollback;
  for (let row = dropped; row < folded.length; row++) lines.push(folded[row] ?? buffer.getBlankLine(PLAIN_ATTRIBUTES));
  buffer.ybase = base - dropped;
  buffer.ydisp = buffer.ybase;
  buffer.y = cursor.row - base;
  const columnOf = ({ row, x }: Anchor): number => (x < columns ? x : columns - (endsInText(folded[row]) ? 0 : 1));
  buffer.x = columnOf(cursor);
  if (saved !== undefined) {
    buffer.savedX = columnOf(kept);
    saved.y = Math.min(rows - 1, Math.max(0, kept.row + below - base));
  }
  buffer.scrollTop = 0;
  buffer.scrollBottom = rows - 1;
  buffer._cols = columns;
  buffer._rows = rows;
}

/** Whether the cursor after it waits to wrap, since its last column is taken. */
function endsInText(line: CoreLine | undefined): boolean {
  return line !== undefined && !isOpen(line);
}

/** How many lines there are without the empty ones below both the cursor and all text. */
function usedLines(buffer: CoreBuffer, cursorRow: number): number {
  let end = buffer.lines.length;
  while (end > cursorRow + 1 && isEmpty(buffer.lines.get(end - 1))) end -= 1;
  return end;
}

function isEmpty(line: CoreLine | undefined): boolean {
  if (line === undefined) return true;
  for (let index = 0; index < line.length * CELL_WORDS; index += CELL_WORDS)
    if (((line._data[index] ?? 0) & CONTENT_MASK) !== 0 || line._data[index + 2] !== 0) return false;
  return true;
}

interface Lines {
  get(index: number): CoreLine | undefined;
}

/** The first `used` lines at another width; moves `anchors` along. */
function fold(lines: Lines, used: number, columns: number, buffer: CoreBuffer, anchors: readonly Anchor[]): CoreLine[] {
  const folded: CoreLine[] = [];
  const moved = anchors.map(({ row, x }) => ({ row, x }));
  for (let row = 0; row < used; ) {
    let end = row + 1;
    while (end < used && lines.get(end)?.isWrapped === true) end += 1;
    const group: CoreLine[] = [];
    for (let index = row; index < end; index++) {
      const line = lines.get(index);
      if (line !== undefined) group.push(line);
    }
    const start = folded.length;
    const groupAnchors = anchors
      .map((anchor, index) => ({ anchor, index }))
      .filter(({ anchor }) => anchor.row >= row && anchor.row < end);
    const places = groupAnchors.map(({ anchor }) => ({ row: anchor.row - row, x: anchor.x }));
    for (const line of foldGroup(group, columns, buffer, places)) folded.push(line);
    groupAnchors.forEach(({ index }, place) => {
      moved[index] = { row: start + (places[place]?.row ?? 0), x: places[place]?.x ?? 0 };
    });
    row = end;
  }
  anchors.forEach((anchor, index) => {
    anchor.row = Math.min(moved[index]?.row ?? 0, Math.max(0, folded.length - 1));
    anchor.x = moved[index]?.x ?? 0;
  });
  return folded;
}

/** The lines of one long line at another width; `places`, relative to the group, are moved along. */
function foldGroup(
  group: readonly CoreLine[],
  columns: number,
  buffer: CoreBuffer,
  places: readonly Anchor[],
): CoreLine[] {
  const [first] = group;
  const lengths = group.map((line, index) => textLength(line, group[index + 1]));
  if (first !== undefined && group.length === 1 && (lengths[0] ?? 0) <= columns) {
    first.resize(columns, buffer.getNullCell());
    first.cleanupMemory();
    return [first];
  }
  const result: CoreLine[] = [];
  const newPlaces = places.map(({ row, x }) => ({ row, x, found: false }));
  let line = buffer.getBlankLine(PLAIN_ATTRIBUTES, first?.isWrapped ?? false);
  result.push(line);
  let x = 0;
  group.forEach((source, row) => {
    const length = lengths[row] ?? 0;
    for (let from = 0; from < length; ) {
      const width = Math.max(1, (source._data[from * CELL_WORDS] ?? 0) >> WIDTH_SHIFT);
      if (x + width > columns) {
        if (x < columns) line._data[x * CELL_WORDS + 2] = (source._data[from * CELL_WORDS + 2] ?? 0) & COLOR_MASK;
        line = buffer.getBlankLine(PLAIN_ATTRIBUTES, true);
        result.push(line);
        x = 0;
      }
      copyCells(source, from, line, x, Math.min(width, length - from));
      places.forEach((place, index) => {
        if (place.row === row && place.x >= from && place.x < from + width)
          newPlaces[index] = { row: result.length - 1, x: x + place.x - from, found: true };
      });
      from += width;
      x += width;
    }
    places.forEach((place, index) => {
      if (place.row !== row || newPlaces[index]?.found === true) return;
      newPlaces[index] = { row: result.length - 1, x: x + Math.max(0, place.x - length), found: true };
    });
  });
  places.forEach((place, index) => {
    place.row = newPlaces[index]?.row ?? 0;
    place.x = newPlaces[index]?.x ?? 0;
  });
  return result;
}

/** Columns of a line that hold its text; all of them when it goes on in `next`, but for a gap before a wide character. */
function textLength(line: CoreLine, next: CoreLine | undefined): number {
  if (next === undefined) return Math.min(line.getTrimmedLength(), line.length);
  const last = line._data[(line.length - 1) * CELL_WORDS] ?? 0;
  const gap = (last & CONTENT_MASK) === 0 && last >> WIDTH_SHIFT === 1 && (next._data[0] ?? 0) >> WIDTH_SHIFT === 2;
  return gap ? line.length - 1 : line.length;
}

function copyCells(source: CoreLine, from: number, target: CoreLine, to: number, count: number): void {
  for (let cell = 0; cell < count; cell++) {
    const old = from + cell;
    const index = (to + cell) * CELL_WORDS;
    target._data[index] = source._data[old * CELL_WORDS] ?? 0;
    target._data[index + 1] = source._data[old * CELL_WORDS + 1] ?? 0;
    target._data[index + 2] = source._data[old * CELL_WORDS + 2] ?? 0;
    const combined = source._combined[old];
    if (combined !== undefined) target._combined[to + cell] = combined;
    const extended = source._extendedAttrs[old];
    if (extended !== undefined) target._extendedAttrs[to + cell] = extended;
  }
}
