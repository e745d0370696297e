import { TAIL, WIDE } from '../text/grid.ts';
import { codePointInfo, infoWidth } from '../text/unicode-table.ts';
import { StyleRuns } from './style-runs.ts';
import { pointAt } from './utf8.ts';

const NO_POINTS = new Uint32Array(0);
const NO_TEXT = new Uint8Array(0);
/** UTF-8 takes so many bytes a code point at most. */
const POINT_BYTES = 4;
/** Up to so many cells a loop is quicker than a call. */
const SHORT_FILL = 64;
/** In `bytes` of a row: `points` has the code of this cell. */
export const FAR = 0x80;

/** The stamp given last, of all rows of the process. */
let newest = 0;

/**
 * One line of cells. A cell's code is 0 for nothing, else a code point, or with CLUSTER an id of the terminal's table of
 * clusters; WIDE and TAIL as in text/grid.ts, always together. ASCII takes 8 bits a cell; a row has codes of 32 bits beside
 * them only when it needs some. Styles are kept only of styled rows. Cells from `end` on are empty and plain, whatever
 * the arrays hold there.
 */
export class Row {
  readonly columns: number;
  /** Codes below 0x80; FAR for all others. */
  readonly bytes: Uint8Array;
  /** Codes of the cells that have FAR. */
  points: Uint32Array = NO_POINTS;
  /** The styles of a styled row while it is written from left to right; undefined or without any after that. */
  runs: StyleRuns | undefined;
  #styles: Uint32Array = NO_POINTS;
  end = 0;
  /** Where `textLength` is not 0, the cells are this text in UTF-8, NUL for an empty one, and not in `bytes` and `points`. */
  text = NO_TEXT;
  textLength = 0;
  /** Whether that has characters of two columns, and begins with one. */
  isBroad = false;
  startsBroad = false;
  /** Whether cells may have FAR. */
  isWide = false;
  isStyled = false;
  /** Whether it goes on from the row above, which was full. */
  isWrapped = false;
  /** Names what its cells show: no other row and no other moment of this one has the same, unless all cells are the same. */
  stamp = ++newest;

  constructor(columns: number) {
    this.columns = columns;
    this.bytes = new Uint8Array(columns);
  }

  /** The styles of a styled row, one a cell. */
  get styles(): Uint32Array {
    if (this.runs !== undefined && this.runs.count > 0) this.#unroll(this.runs);
    return this.#styles;
  }

  code(x: number): number {
    if (x >= this.end) return 0;
    const byte = this.bytes[x] ?? 0;
    return byte < FAR ? byte : (this.points[x] ?? 0);
  }

  style(x: number): number {
    return this.isStyled && x < this.end ? (this.styles[x] ?? 0) : 0;
  }

  isTail(x: number): boolean {
    return this.isWide && x < this.end && this.bytes[x] === FAR && this.points[x] === TAIL;
  }

  isWideAt(x: number): boolean {
    return this.isWide && x < this.end && this.bytes[x] === FAR && ((this.points[x] ?? 0) & WIDE) !== 0;
  }

  /** Writes the printable ASCII that `bytes` has from `from` on, up to `to`, as far as it fits; returns how much that is. */
  writeAscii(x: number, bytes: Uint8Array, from: number, to: number, style: number): number {
    this.stamp = ++newest;
    const target = this.bytes;
    if (x > this.end) this.#fillGap(x);
    else if (this.isWide) this.#cutBefore(x, style);
    const last = Math.min(to, from + this.columns - x);
    const shift = x - from;
    let index = from;
    for (; index < last; index++) {
      const byte = bytes[index] ?? 0;
      if (byte < 0x20 || byte > 0x7e) break;
      target[index + shift] = byte;
    }
    const end = index + shift;
    if (end < this.end) {
      if (this.isWide) this.#cutAfter(end, style);
    } else this.end = end;
    if (style !== 0 || this.isStyled) this.#setStyles(x, end, style);
    return index - from;
  }

  /** Makes `text` the place of the cells, of which `bytes` has the first `length`; returns it. */
  beginText(length: number): Uint8Array {
    const size = POINT_BYTES * this.columns;
    if (this.text.length < size) this.text = new Uint8Array(size);
    this.isBroad = false;
    this.startsBroad = false;
    this.isWide = true;
    const { text, bytes } = this;
    for (let index = 0; index < length; index++) text[index] = bytes[index] ?? 0;
    return text;
  }

  /** The text has a character of two columns at `x`. */
  noteBroad(x: number): void {
    this.isBroad = true;
    if (x === 0) this.startsBroad = true;
  }

  /** The cells of an empty row have been written up to `to`, those from `from` on in `style`; as `textLength` bytes of `text`, or as they are. */
  endRun(from: number, to: number, style: number, textLength: number): void {
    this.stamp = ++newest;
    if (to > from && (style !== 0 || this.isStyled)) this.#setStyles(from, to, style);
    this.end = to;
    this.textLength = textLength;
  }

  /** Gives each cell its code, where the row has a text. */
  spell(): void {
    const { text, textLength } = this;
    this.textLength = 0;
    if (this.points.length < this.columns) this.points = new Uint32Array(this.columns);
    const { bytes, points } = this;
    let x = 0;
    for (let at = 0; at < textLength; ) {
      const byte = text[at] ?? 0;
      if (byte < 0x80) {
        bytes[x] = byte;
        x += 1;
        at += 1;
        continue;
      }
      const point = pointAt(text, at);
      at += byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
      bytes[x] = FAR;
      if (infoWidth(codePointInfo(point)) < 2) points[x] = point;
      else {
        points[x] = point | WIDE;
        x += 1;
        bytes[x] = FAR;
        points[x] = TAIL;
      }
      x += 1;
    }
  }

  /** Writes one code; of a WIDE one the second half, too. It must fit. */
  write(x: number, code: number, style: number): void {
    this.stamp = ++newest;
    const to = (code & WIDE) === 0 ? x + 1 : x + 2;
    if (code > 0x7f) this.widen();
    if (this.isWide) this.#cutWide(x, to, style);
    if (x > this.end) this.#fillGap(x);
    this.#put(x, code);
    if (to > x + 1) this.#put(x + 1, TAIL);
    if (style !== 0 || this.isStyled) this.#setStyles(x, to, style);
    if (to > this.end) this.end = to;
  }

  /** Replaces a code in place: as wide as the one before, with its style. */
  replace(x: number, code: number): void {
    this.stamp = ++newest;
    if (code > 0x7f) this.widen();
    this.#put(x, code);
  }

  /** Empties the cells from `from` up to `to`; a wide character that is cut goes altogether. */
  erase(from: number, to: number, style: number): void {
    this.stamp = ++newest;
    const last = Math.min(to, this.columns);
    if (from >= last) return;
    if (this.isWide) this.#cutWide(from, last, style);
    if (style === 0 && last >= this.end) {
      this.end = Math.min(this.end, from);
      return;
    }
    if (from > this.end) this.#fillGap(from);
    this.bytes.fill(0, from, last);
    if (style !== 0 || this.isStyled) this.#setStyles(from, last, style);
    if (last > this.end) this.end = last;
  }

  /** Empties the row. */
  clear(style: number): void {
    this.stamp = ++newest;
    this.end = 0;
    this.textLength = 0;
    this.isWide = false;
    this.isStyled = false;
    this.isWrapped = false;
    if (this.runs !== undefined) this.runs.count = 0;
    if (style !== 0) this.erase(0, this.columns, style);
  }

  /** Moves what is at `x` right by `count`; what leaves the row is lost. */
  insert(x: number, count: number, style: number): void {
    this.stamp = ++newest;
    if (this.isTail(x)) {
      this.replace(x, 0);
      this.replace(x - 1, 0);
      if (style !== 0 || this.isStyled) this.#setStyles(x - 1, x, style);
    }
    const moved = Math.min(this.end, this.columns - count);
    if (moved > x) {
      const to = Math.min(this.columns, this.end + count);
      this.moveCells(x, moved, x + count);
      this.end = to;
      if (this.isWideAt(to - 1)) {
        this.replace(to - 1, 0);
        if (style !== 0 || this.isStyled) this.#setStyles(to - 1, to, style);
      }
    } else if (this.end > x) this.end = x;
    // The cells there are none any more: their halves are not to be looked for.
    const last = Math.min(x + count, this.columns);
    if (this.isWide && x < this.end) this.bytes.fill(0, x, Math.min(last, this.end));
    this.erase(x, last, style);
  }

  /** Takes out `count` cells at `x`; the rest moves left. */
  delete(x: number, count: number, style: number): void {
    this.stamp = ++newest;
    const from = Math.min(x + count, this.columns);
    if (this.isWide) this.#cutWide(x, from, style);
    if (from < this.end) {
      this.moveCells(from, this.end, x);
      this.end -= from - x;
    } else if (this.end > x) this.end = x;
    if (style !== 0) this.erase(Math.max(x, this.columns - count), this.columns, style);
  }

  /** Moves what is at `x` right by `count`, up to `limit`; what comes to that is lost. */
  insertBefore(limit: number, x: number, count: number, style: number): void {
    this.stamp = ++newest;
    const shift = Math.min(count, limit - x);
    for (const edge of [x, limit - shift, limit]) this.split(edge, style);
    if (limit > this.end) this.#fillGap(limit);
    this.moveCells(x, limit - shift, x + shift);
    this.erase(x, x + shift, style);
  }

  /** Takes out `count` cells at `x`; the rest up to `limit` moves left. */
  deleteBefore(limit: number, x: number, count: number, style: number): void {
    this.stamp = ++newest;
    const shift = Math.min(count, limit - x);
    for (const edge of [x, x + shift, limit]) this.split(edge, style);
    if (limit > this.end) this.#fillGap(limit);
    this.moveCells(x + shift, limit, x);
    this.bytes.fill(0, limit - shift, limit);
    this.erase(limit - shift, limit, style);
  }

  /** Fills the cells from `from` up to `to` with a character of one column. */
  fill(from: number, to: number, code: number, style: number): void {
    this.stamp = ++newest;
    if (from >= to) return;
    if (code > 0x7f) this.widen();
    if (this.isWide) this.#cutWide(from, to, style);
    if (from > this.end) this.#fillGap(from);
    if (code < FAR) this.bytes.fill(code, from, to);
    else {
      this.bytes.fill(FAR, from, to);
      this.points.fill(code, from, to);
    }
    if (style !== 0 || this.isStyled) this.#setStyles(from, to, style);
    if (to > this.end) this.end = to;
  }

  /** Takes the cells from `from` up to `to` of another row; no wide character may lie across either edge, in either row. */
  takeCells(source: Row, from: number, to: number): void {
    this.stamp = ++newest;
    if (source.isWide) this.widen();
    if (from > this.end) this.#fillGap(from);
    for (let x = from; x < to; x++) this.#put(x, source.code(x));
    if (source.isStyled || this.isStyled) {
      this.#setStyles(from, to, 0);
      for (let x = from; x < to; x++) this.styles[x] = source.style(x);
    }
    if (to > this.end) this.end = to;
  }

  /** Gives one cell another style; of a wide character both halves are to get it. */
  restyle(x: number, style: number): void {
    this.stamp = ++newest;
    if (this.style(x) === style) return;
    if (x >= this.end) this.#fillGap(x + 1);
    this.#setStyles(x, x + 1, style);
  }

  /** Empties the wide character whose second half is at `x`. */
  split(x: number, style: number): void {
    if (this.isTail(x)) this.erase(x - 1, x + 1, style);
  }

  /** Copies cells of another row; the place must be empty, and a wide character be copied whole. */
  copyFrom(source: Row, from: number, count: number, to: number): void {
    this.stamp = ++newest;
    const used = Math.min(count, source.end - from);
    if (used <= 0) return;
    if (source.isWide) this.widen();
    if (to > this.end) this.#fillGap(to);
    for (let offset = 0; offset < used; offset++) this.#put(to + offset, source.code(from + offset));
    if (source.isStyled || this.isStyled) {
      this.#setStyles(to, to + used, 0);
      for (let offset = 0; offset < used; offset++) this.styles[to + offset] = source.style(from + offset);
    }
    this.end = to + used;
  }

  /** Moves the cells from `from` up to `end`, as they are, to `to`. */
  moveCells(from: number, end: number, to: number): void {
    this.stamp = ++newest;
    this.bytes.copyWithin(to, from, end);
    if (this.isWide) this.points.copyWithin(to, from, end);
    if (this.isStyled) this.styles.copyWithin(to, from, end);
  }

  /** Lets it have other codes than ASCII. */
  widen(): void {
    if (this.isWide) return;
    if (this.points.length < this.columns) this.points = new Uint32Array(this.columns);
    this.isWide = true;
  }

  /** One past the last cell that shows a character. */
  get textEnd(): number {
    const { bytes } = this;
    let { end } = this;
    while (end > 0 && bytes[end - 1] === 0) end -= 1;
    return end;
  }

  /** Sets a code; the row must be ready for it. */
  #put(x: number, code: number): void {
    if (code < FAR) this.bytes[x] = code;
    else {
      this.bytes[x] = FAR;
      this.points[x] = code;
    }
  }

  #fillGap(to: number): void {
    this.bytes.fill(0, this.end, to);
    if (this.isStyled) this.#setStyles(this.end, to, 0);
    this.end = to;
  }

  #setStyles(from: number, to: number, style: number): void {
    if (!this.isStyled) {
      this.isStyled = true;
      this.runs ??= new StyleRuns();
      // What is before and behind is plain.
      if (from > 0) this.runs.add(0, from, 0);
      this.runs.add(from, to, style);
      if (to < this.end) this.runs.add(to, this.end, 0);
      return;
    }
    const { runs } = this;
    if (runs !== undefined && runs.count > 0 && runs.add(from, to, style)) return;
    const { styles } = this;
    if (to - from > SHORT_FILL) styles.fill(style, from, to);
    else for (let x = from; x < to; x++) styles[x] = style;
  }

  #unroll(runs: StyleRuns): void {
    if (this.#styles.length < this.columns) this.#styles = new Uint32Array(this.columns);
    runs.unroll(this.#styles, this.columns);
  }

  /** The cells from `from` up to `to` will be others: the halves of wide characters that stay are emptied. */
  #cutWide(from: number, to: number, style: number): void {
    this.#cutBefore(from, style);
    this.#cutAfter(to, style);
  }

  /** The cell at `x` will be another: the first half of its wide character is emptied. */
  #cutBefore(x: number, style: number): void {
    if (x > 0 && x < this.end && this.bytes[x] === FAR && this.points[x] === TAIL) this.#empty(x - 1, style);
  }

  /** The cell before `x` will be another: the second half of its wide character is emptied. */
  #cutAfter(x: number, style: number): void {
    if (x < this.end && this.bytes[x] === FAR && this.points[x] === TAIL) this.#empty(x, style);
  }

  #empty(x: number, style: number): void {
    this.bytes[x] = 0;
    if (style !== 0 || this.isStyled) this.#setStyles(x, x + 1, style);
  }
}
