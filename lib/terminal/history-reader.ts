import { CLUSTER_START, clusterState, joinedWidth, joins } from '../text/cluster.ts';
import { type Grid, glyphOf, TAIL, WIDE } from '../text/grid.ts';
import { links } from '../text/intern-table.ts';
import { type Color, palette, rgb } from '../text/style.ts';
import { CLASS_MASK, codePointInfo, infoWidth, PREPEND } from '../text/unicode-table.ts';
import {
  APART,
  ASCII,
  BACKGROUND_SHIFT,
  COLOR_KIND,
  FOREGROUND_SHIFT,
  HAS_ATTRIBUTES,
  HAS_UNDERLINE_COLOR,
  JOINED,
  NEW_LINK,
  ONE_COLUMN,
  PALETTE_KIND,
  SAME_LINK,
  STYLED,
  TAILED,
  TWO_COLUMNS,
} from './history-format.ts';
import { VISIBLE_ATTRIBUTES } from './style-table.ts';
import { pointAt } from './utf8.ts';

const MARKS: readonly string[] = [APART, ONE_COLUMN, TWO_COLUMNS, JOINED].map((mark) => String.fromCharCode(mark));

/** Where a record's parts are. */
interface Head {
  readonly flags: number;
  readonly columns: number;
  readonly text: number;
  readonly styles: number;
}

/** The flags and the columns of the record at `at`, as one number: columns above eight bits of flags. */
export function recordShape(data: Buffer, at: number): number {
  let columns = data[at + 1] ?? 0;
  if (columns > 0x7f) columns = (columns & 0x7f) | ((data[at + 2] ?? 0) << 7);
  return (columns << 8) | (data[at] ?? 0);
}

function headOf(data: Buffer, at: number): Head {
  const shape = recordShape(data, at);
  const columns = shape >> 8;
  const flags = shape & 0xff;
  const text = textStart(data, at);
  const size = (flags & ASCII) === 0 ? sizeBefore(data, text) : columns;
  return { flags, columns, text, styles: text + size };
}

/** Empty cells at the end of the record at `at`. */
export const emptyEnd = (data: Buffer, at: number): number => headOf(data, at).styles - textEnd(data, at);

/** Where the text of the record at `at` begins. */
export function textStart(data: Buffer, at: number): number {
  const next = at + ((data[at + 1] ?? 0) > 0x7f ? 3 : 2);
  return ((data[at] ?? 0) & ASCII) === 0 ? next + 3 : next;
}

/** Where the text of the record at `at` ends, without the empty cells at its end. */
export function textEnd(data: Buffer, at: number): number {
  const start = textStart(data, at);
  const isAscii = ((data[at] ?? 0) & ASCII) !== 0;
  const size = isAscii ? recordShape(data, at) >> 8 : sizeBefore(data, start);
  let end = start + size;
  while (end > start && data[end - 1] === 0) end -= 1;
  return end;
}

/** The length of a text, which stands in the three bytes before it. */
const sizeBefore = (data: Buffer, start: number): number =>
  (data[start - 3] ?? 0) | ((data[start - 2] ?? 0) << 8) | ((data[start - 1] ?? 0) << 16);

/** Columns of text in the row that the record's tail stood in, given those of the record itself. */
export function tailStart(data: Buffer, at: number, columns: number): number {
  if (((data[at] ?? 0) & TAILED) === 0) return columns;
  const { styles } = headOf(data, at);
  const low = data[styles] ?? 0;
  return low <= 0x7f ? low : (low & 0x7f) | ((data[styles + 1] ?? 0) << 7);
}

/** The text of the record at `at`, without the empty cells at its end. */
export function recordText(data: Buffer, at: number): string {
  const raw = data.toString(
    ((data[at] ?? 0) & ASCII) === 0 ? 'utf8' : 'latin1',
    textStart(data, at),
    textEnd(data, at),
  );
  return withoutMarks(raw.includes('\0') ? raw.replaceAll('\0', ' ') : raw);
}

function withoutMarks(text: string): string {
  let clean = text;
  for (const mark of MARKS) if (clean.includes(mark)) clean = clean.replaceAll(mark, '');
  return clean;
}

/**
 * Copies the record at `at`, which ends at `end`, to `width` cells of `grid` from index `to`, cells past its end
 * included; what does not fit is left out. Cells of the record before `skip` are left out, too, and all attributes but
 * those in `attributes`.
 */
export function copyRecord(
  data: Buffer,
  at: number,
  end: number,
  grid: Grid,
  to: number,
  width: number,
  skip = 0,
  attributes = VISIBLE_ATTRIBUTES,
): void {
  const head = headOf(data, at);
  const { flags } = head;
  grid.erase(to, to + width);
  if ((flags & ASCII) !== 0) {
    const { glyphs } = grid;
    const count = Math.min(head.columns - skip, width);
    for (let x = 0; x < count; x++) glyphs[to + x] = data[head.text + skip + x] ?? 0;
  } else copyText(data, head.text, head.styles, grid, to, width, skip);
  const styles = head.styles + ((flags & TAILED) === 0 ? 0 : (data[head.styles] ?? 0) > 0x7f ? 2 : 1);
  if ((flags & STYLED) !== 0) copyStyles(data, styles, end, grid, to, width, skip, attributes);
}

function copyText(data: Buffer, from: number, end: number, grid: Grid, to: number, width: number, skip: number): void {
  const { glyphs } = grid;
  let x = -skip;
  for (let at = from; at < end && x < width; ) {
    let forced = 0;
    let byte = data[at] ?? 0;
    for (; byte !== 0 && byte <= JOINED; byte = data[++at] ?? 0)
      if (byte !== APART) forced = byte === ONE_COLUMN ? 1 : 2;
    // Most cells: ASCII, with nothing that could join it.
    const next = data[at + 1] ?? 0;
    if (byte < 0x80 && ((next < 0x80 && next !== JOINED) || at + 1 >= end)) {
      if (x >= 0) glyphs[to + x] = byte;
      x += 1;
      at += 1;
      continue;
    }
    const start = at;
    at += sizeOf(byte);
    const point = pointAt(data, start);
    let info = codePointInfo(point);
    let state = clusterState(CLUSTER_START, info);
    let columns = byte === 0 ? 1 : infoWidth(info);
    let isCluster = false;
    while (at < end) {
      const isJoined = data[at] === JOINED;
      if (isJoined) at += 1;
      const follower = data[at] ?? 0;
      if (!isJoined && follower < 0x80 && (follower <= JOINED || (state & CLASS_MASK) !== PREPEND)) break;
      info = codePointInfo(pointAt(data, at));
      if (!isJoined && !joins(state, info)) break;
      columns = joinedWidth(state, info, columns);
      state = clusterState(state, info);
      at += sizeOf(follower);
      isCluster = true;
    }
    if (forced !== 0) columns = forced;
    if (x >= 0 && x + columns <= width) {
      if (isCluster) glyphs[to + x] = glyphOf(withoutMarks(data.toString('utf8', start, at)), columns);
      else glyphs[to + x] = columns === 2 ? (point | WIDE) >>> 0 : point;
      if (columns === 2) glyphs[to + x + 1] = TAIL;
    }
    x += columns;
  }
}

function sizeOf(byte: number): number {
  if (byte < 0x80) return 1;
  if (byte < 0xe0) return 2;
  return byte < 0xf0 ? 3 : 4;
}

function copyStyles(
  data: Buffer,
  from: number,
  end: number,
  grid: Grid,
  to: number,
  width: number,
  skip: number,
  visible: number,
): void {
  let at = from;
  const byte = (): number => data[at++] ?? 0;
  const number = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const part = byte();
      value |= (part & 0x7f) << shift;
      if (part <= 0x7f) return value;
    }
  };
  const color = (kind: number): Color => {
    if (kind === 0) return 0;
    const first = byte();
    if (kind === PALETTE_KIND) return palette(first);
    const second = byte();
    return rgb(byte(), second, first);
  };
  let link = '';
  for (let x = -skip; at < end && x < width; ) {
    const count = number();
    const mask = byte();
    const foreground = color((mask >> FOREGROUND_SHIFT) & COLOR_KIND);
    const background = color((mask >> BACKGROUND_SHIFT) & COLOR_KIND);
    const attributes = (mask & HAS_ATTRIBUTES) === 0 ? 0 : (byte() | (byte() << 8)) & visible;
    const underlineColor = (mask & HAS_UNDERLINE_COLOR) === 0 ? 0 : color(byte());
    if ((mask & NEW_LINK) !== 0) {
      const size = number();
      link = data.toString('utf8', at, at + size);
      at += size;
    }
    const linkId = (mask & (NEW_LINK | SAME_LINK)) === 0 ? 0 : links.intern(link);
    const last = to + Math.min(x + count, width);
    if (mask !== 0)
      for (let index = to + Math.max(x, 0); index < last; index++) {
        grid.foregrounds[index] = foreground;
        grid.backgrounds[index] = background;
        grid.attributes[index] = attributes;
        grid.underlineColors[index] = underlineColor;
        grid.links[index] = linkId;
      }
    x += count;
  }
}
