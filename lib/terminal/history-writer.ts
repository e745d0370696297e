import { CLUSTER_START, clusterState, joins } from '../text/cluster.ts';
import { CLUSTER, TAIL, WIDE } from '../text/grid.ts';
import { type Color, colorValue, isPalette } from '../text/style.ts';
import { CLASS_MASK, codePointInfo, infoWidth, OTHER, PREPEND } from '../text/unicode-table.ts';
import { clusterWidth } from '../text/width.ts';
import type { ClusterTable } from './cluster-table.ts';
import {
  APART,
  ASCII,
  BACKGROUND_SHIFT,
  BROAD,
  BROAD_FIRST,
  EMPTY_LAST,
  FOREGROUND_SHIFT,
  HAS_ATTRIBUTES,
  HAS_UNDERLINE_COLOR,
  JOINED,
  MARKED,
  NEW_LINK,
  ONE_COLUMN,
  PALETTE_KIND,
  RGB_KIND,
  SAME_LINK,
  STYLED,
  TAILED,
  TWO_COLUMNS,
  WRAPPED,
} from './history-format.ts';
import type { HistoryPage } from './history-page.ts';
import type { Row } from './row.ts';
import { keptTail, type RowTail } from './row-tail.ts';
import { FAR } from './row-text.ts';
import { CODE_BYTES, PLAIN_STYLE, type StyleTable } from './style-table.ts';

/** The value of a code without its flags. */
const VALUE = 0x1f_ffff;
/** Flags and lengths of a record at most. */
const HEAD_BYTES = 16;
/** A code point with two marks before it, a cluster of 32 UTF-16 units with them, a run without its link: at most. */
const POINT_BYTES = 6;
const CLUSTER_BYTES = 144;
const RUN_BYTES = 32;

/** Up to so many bytes a loop is quicker than a call. */
const SHORT_COPY = 32;

/** Writes rows as records of the history, one at a time. */
export class HistoryWriter {
  #scratch: Buffer = Buffer.allocUnsafeSlow(16_384);
  /** The record, from `start` to `length`, until the next one is written. */
  bytes: Buffer = this.#scratch;
  start = 0;
  length = 0;
  /** Whether it has characters of two columns, and controls between its characters. */
  isBroad = false;
  #isMarked = false;
  /** The last link of the record. */
  #lastLink = '';

  /**
   * `goesOn` tells that the row below goes on with the same line: then this one is full. It is written straight into
   * the free end of `page` if that has room for sure; then `bytes` are the page's.
   */
  write(row: Row, goesOn: boolean, styles: StyleTable, clusters: ClusterTable, page?: HistoryPage): void {
    // A text with an empty end would not be all of the row, or too much.
    if (row.textLength > 0 && (goesOn ? row.end < row.columns : row.text.bytes[row.textLength - 1] === 0)) row.spell();
    const isText = row.textLength > 0;
    this.bytes = page?.data ?? this.#scratch;
    this.start = page?.used ?? 0;
    const columns = goesOn ? row.columns : isText ? row.end : row.textEnd;
    const styled = row.styledEnd;
    const tail = row.kept === undefined || goesOn ? undefined : keptTail(row);
    let flags = (row.isWrapped ? WRAPPED : 0) | (styled > 0 ? STYLED : 0) | (tail === undefined ? 0 : STYLED | TAILED);
    if (goesOn && (isText ? row.text.bytes[row.textLength - 1] : row.code(columns - 1)) === 0) flags |= EMPTY_LAST;
    if (isText ? row.text.startsBroad : row.isWideAt(0)) flags |= BROAD_FIRST;
    this.isBroad = false;
    this.#isMarked = false;
    this.#lastLink = '';
    this.length = this.start + 1;
    this.#reserve(HEAD_BYTES + row.columns * POINT_BYTES);
    this.#number(columns);
    if (row.isWide) {
      this.length += 3;
      const head = this.length - this.start;
      if (isText) this.#copyText(row);
      else this.#text(row, columns, clusters);
      const text = this.start + head;
      const size = this.length - text;
      this.bytes[text - 3] = size;
      this.bytes[text - 2] = size >> 8;
      this.bytes[text - 1] = size >> 16;
      this.bytes[this.start] = flags | (this.isBroad ? BROAD : 0) | (this.#isMarked ? MARKED : 0);
    } else {
      this.#ascii(row, columns);
      this.bytes[this.start] = flags | ASCII;
    }
    if (tail !== undefined) this.#tail(row, columns, tail, styles);
    else if (styled > 0) this.#styles(row, styled, styles);
  }

  #ascii(row: Row, columns: number): void {
    const source = row.bytes;
    const target = this.bytes;
    const used = Math.min(columns, row.end);
    let at = this.length;
    if (used > SHORT_COPY) {
      // All there is room for costs less than to name a part.
      target.set(source, at);
      at += used;
    } else for (let x = 0; x < used; x++) target[at++] = source[x] ?? 0;
    for (let x = used; x < columns; x++) target[at++] = 0;
    this.length = at;
  }

  /** The text as it came: nothing in it needs a mark. */
  #copyText({ text: { bytes: text, isBroad }, textLength }: Row): void {
    this.isBroad = isBroad;
    // All there is room for costs less than to name a part.
    if (textLength > SHORT_COPY) this.bytes.set(text, this.length);
    else for (let at = 0; at < textLength; at++) this.bytes[this.length + at] = text[at] ?? 0;
    this.length += textLength;
  }

  #text(row: Row, columns: number, clusters: ClusterTable): void {
    const { bytes: cells, points } = row;
    const used = Math.min(columns, row.end);
    let state = CLUSTER_START;
    for (let x = 0; x < used; x++) {
      let byte = cells[x] ?? 0;
      if (byte < FAR) {
        if ((state & CLASS_MASK) === PREPEND && byte !== 0) this.#mark(APART);
        const target = this.bytes;
        let at = this.length;
        do {
          target[at++] = byte;
          x += 1;
          if (x === used) break;
          byte = cells[x] ?? 0;
        } while (byte < FAR);
        this.length = at;
        state = cells[x - 1] === 0 ? CLUSTER_START : 0;
        if (x === used) break;
      }
      const code = points[x] ?? 0;
      if (code === TAIL) continue;
      if ((code & WIDE) !== 0) this.isBroad = true;
      if ((code & CLUSTER) === 0) state = this.#point(code, state);
      else {
        this.#reserve(CLUSTER_BYTES + (columns - x) * POINT_BYTES);
        state = this.#cluster(code, clusters.text(code & VALUE), state);
      }
    }
    for (let x = used; x < columns; x++) this.bytes[this.length++] = 0;
  }

  #mark(mark: number): void {
    this.#isMarked = true;
    this.bytes[this.length++] = mark;
  }

  /** Returns the state after it (text/cluster.ts). */
  #point(code: number, state: number): number {
    const point = code & VALUE;
    const info = codePointInfo(point);
    const width = (code & WIDE) === 0 ? 1 : 2;
    // Most join nothing, whatever stands before them.
    const mayJoin = (info & CLASS_MASK) !== OTHER || (state & CLASS_MASK) === PREPEND;
    if (mayJoin && joins(state, info)) this.#mark(APART);
    if (infoWidth(info) !== width) this.#mark(width === 1 ? ONE_COLUMN : TWO_COLUMNS);
    const target = this.bytes;
    let at = this.length;
    if (point < 0x800) target[at++] = 0xc0 | (point >> 6);
    else {
      if (point < 0x1_0000) target[at++] = 0xe0 | (point >> 12);
      else {
        target[at++] = 0xf0 | (point >> 18);
        target[at++] = 0x80 | ((point >> 12) & 0x3f);
      }
      target[at++] = 0x80 | ((point >> 6) & 0x3f);
    }
    target[at++] = 0x80 | (point & 0x3f);
    this.length = at;
    return clusterState(CLUSTER_START, info);
  }

  #cluster(code: number, text: string, state: number): number {
    const width = (code & WIDE) === 0 ? 1 : 2;
    if (joins(state, codePointInfo(text.codePointAt(0) ?? 0))) this.#mark(APART);
    if (clusterWidth(text) !== width) this.#mark(width === 1 ? ONE_COLUMN : TWO_COLUMNS);
    const start = this.length;
    let next = CLUSTER_START;
    for (const character of text) {
      const info = codePointInfo(character.codePointAt(0) ?? 0);
      if (this.length > start && !joins(next, info)) this.#mark(JOINED);
      this.length += this.bytes.write(character, this.length, 'utf8');
      next = clusterState(next, info);
    }
    return next;
  }

  #styles(row: Row, end: number, styles: StyleTable): void {
    const { runs } = row;
    if (runs !== undefined && runs.count > 0) {
      for (let run = 0, x = 0; x < end; run++) {
        const last = Math.min(end, runs.ends[run] ?? end);
        this.#run(last - x, runs.styles[run] ?? 0, styles);
        x = last;
      }
      return;
    }
    const cells = row.styles;
    for (let x = 0; x < end; ) {
      const style = cells[x] ?? 0;
      const start = x;
      do x += 1;
      while (x < end && cells[x] === style);
      this.#run(x - start, style, styles);
    }
  }

  /** The styles of a row's text and of a tail behind it. */
  #tail(row: Row, columns: number, { from, cells }: RowTail, styles: StyleTable): void {
    this.#reserve(RUN_BYTES);
    this.#number(from);
    if (row.isStyled) this.#styles(row, columns, styles);
    else if (columns > 0) this.#run(columns, PLAIN_STYLE, styles);
    this.#styles(cells, cells.end, styles);
  }

  #run(cells: number, style: number, styles: StyleTable): void {
    const { codes } = styles;
    const code = style * CODE_BYTES;
    const size = codes[code] ?? 0;
    if (size === 0) {
      this.#newRun(cells, style, styles);
      return;
    }
    this.#reserve(RUN_BYTES);
    this.#number(cells);
    const { bytes } = this;
    let at = this.length;
    for (let index = code + 1; index <= code + size; index++) bytes[at++] = codes[index] ?? 0;
    this.length = at;
  }

  /** A run of a style that was not written before, or has a link. */
  #newRun(cells: number, style: number, styles: StyleTable): void {
    const link = styles.link(style);
    const linkBits = link === '' ? 0 : link === this.#lastLink ? SAME_LINK : NEW_LINK;
    this.#reserve(RUN_BYTES + 3 * link.length);
    this.#number(cells);
    if (link !== '') this.#lastLink = link;
    const start = this.length;
    const foreground = styles.foreground(style);
    const background = styles.background(style);
    const attributes = styles.attributes(style);
    const underlineColor = styles.underlineColor(style);
    this.bytes[this.length++] =
      (kindOf(foreground) << FOREGROUND_SHIFT) |
      (kindOf(background) << BACKGROUND_SHIFT) |
      (attributes === 0 ? 0 : HAS_ATTRIBUTES) |
      (underlineColor === 0 ? 0 : HAS_UNDERLINE_COLOR) |
      linkBits;
    if (foreground !== 0) this.#color(foreground);
    if (background !== 0) this.#color(background);
    if (attributes !== 0) {
      this.bytes[this.length++] = attributes;
      this.bytes[this.length++] = attributes >> 8;
    }
    if (underlineColor !== 0) {
      this.bytes[this.length++] = kindOf(underlineColor);
      this.#color(underlineColor);
    }
    if (linkBits === NEW_LINK) {
      const bytes = Buffer.from(link);
      this.#number(bytes.length);
      this.length += bytes.copy(this.bytes, this.length);
    }
    if (link === '') {
      const code = style * CODE_BYTES;
      styles.codes[code] = this.length - start;
      styles.codes.set(this.bytes.subarray(start, this.length), code + 1);
    }
  }

  #color(color: Color): void {
    const value = colorValue(color);
    this.bytes[this.length++] = value;
    if (isPalette(color)) return;
    this.bytes[this.length++] = value >> 8;
    this.bytes[this.length++] = value >> 16;
  }

  #number(value: number): void {
    let left = value;
    for (; left > 0x7f; left >>= 7) this.bytes[this.length++] = 0x80 | left;
    this.bytes[this.length++] = left;
  }

  /** Room for `size` bytes more. */
  #reserve(size: number): void {
    if (this.length + size <= this.bytes.length) return;
    const used = this.length - this.start;
    if (used + size > this.#scratch.length) {
      const scratch = Buffer.allocUnsafeSlow(2 * (used + size));
      this.bytes.copy(scratch, 0, this.start, this.length);
      this.#scratch = scratch;
    } else this.bytes.copy(this.#scratch, 0, this.start, this.length);
    this.bytes = this.#scratch;
    this.start = 0;
    this.length = used;
  }
}

const kindOf = (color: Color): number => (color === 0 ? 0 : isPalette(color) ? PALETTE_KIND : RGB_KIND);
