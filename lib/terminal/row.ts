import { TAIL, WIDE } from '../text/grid.ts';
import { RowStyles } from './row-styles.ts';
import type { KeptTail } from './row-tail.ts';
import { FAR, RowText } from './row-text.ts';
import type { StyleRuns } from './style-runs.ts';

const NO_POINTS = new Uint32Array(0);

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
  readonly #styles: RowStyles;
  end = 0;
  /** Where it is not 0, the cells are so many bytes of `text`, and not in `bytes` and `points`. */
  textLength = 0;
  #text: RowText | undefined;
  #bytesView: DataView | undefined;
  /** Whether cells may have FAR. */
  isWide = false;
  /** Whether it goes on from the row above, which was full. */
  isWrapped = false;
  /** Names what its cells show: no other row and no other moment of this one has the same, unless all cells are the same. */
  stamp = ++newest;
  /** What stood behind its text when its line was folded (row-tail.ts); of no use any more if its stamp is another. */
  kept: KeptTail | undefined;

  constructor(columns: number) {
    this.columns = columns;
    this.bytes = new Uint8Array(columns);
    this.#styles = new RowStyles(columns);
  }

  /** Whether cells may have other styles than the plain one. */
  get isStyled(): boolean {
    return this.#styles.isKept;
  }

  /** The styles of a styled row, one a cell. */
  get styles(): Uint32Array {
    return this.#styles.cells;
  }

  /** The same while it is written from left to right; undefined or without any after that. */
  get runs(): StyleRuns | undefined {
    return this.#styles.runs;
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
    if (x > this.end) this.pad(x);
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
    this.#styles.set(x, end, style, this.end);
    return index - from;
  }

  /** The memory of `bytes`. */
  get bytesView(): DataView {
    this.#bytesView ??= new DataView(this.bytes.buffer);
    return this.#bytesView;
  }

  /** What the row was, or is to be, filled with. */
  get text(): RowText {
    this.#text ??= new RowText(this.columns);
    return this.#text;
  }

  /**
   * Takes what an empty row was filled with: its cells up to `end`, as `textLength` bytes of `text` or as they are, and
   * all their styles. Returns runs that are free.
   */
  take(end: number, textLength: number, runs: StyleRuns): StyleRuns {
    this.stamp = ++newest;
    this.end = end;
    this.textLength = textLength;
    this.isWide = textLength > 0;
    return this.#styles.take(runs);
  }

  /** Gives each cell its code, where the row has a text. */
  spell(): void {
    const { textLength } = this;
    this.textLength = 0;
    this.#makePoints();
    this.text.spell(textLength, this.bytes, this.points);
  }

  /** Writes one code; of a WIDE one the second half, too. It must fit. */
  write(x: number, code: number, style: number): void {
    this.stamp = ++newest;
    const to = (code & WIDE) === 0 ? x + 1 : x + 2;
    if (code > 0x7f) this.widen();
    if (this.isWide) this.#cutWide(x, to, style);
    this.pad(x);
    this.#put(x, code);
    if (to > x + 1) this.#put(x + 1, TAIL);
    this.#styles.set(x, to, style, this.end);
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
    this.pad(from);
    this.bytes.fill(0, from, last);
    this.#styles.set(from, last, style, this.end);
    if (last > this.end) this.end = last;
  }

  /** Empties the row. */
  clear(style: number): void {
    this.stamp = ++newest;
    this.end = 0;
    this.textLength = 0;
    this.isWide = false;
    this.isWrapped = false;
    this.#styles.clear();
    if (style !== 0) this.erase(0, this.columns, style);
  }

  /** Moves what is at `x` right by `count`; what leaves the row is lost. */
  insert(x: number, count: number, style: number): void {
    this.stamp = ++newest;
    if (this.isTail(x)) {
      this.replace(x, 0);
      this.replace(x - 1, 0);
      this.#styles.set(x - 1, x, style, this.end);
    }
    const moved = Math.min(this.end, this.columns - count);
    if (moved > x) {
      const to = Math.min(this.columns, this.end + count);
      this.moveCells(x, moved, x + count);
      this.end = to;
      if (this.isWideAt(to - 1)) {
        this.replace(to - 1, 0);
        this.#styles.set(to - 1, to, style, this.end);
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

  /** Gives the cells from `from` up to `to`, which must be there, another style. */
  dye(from: number, to: number, style: number): void {
    this.stamp = ++newest;
    this.#styles.set(from, to, style, this.end);
  }

  /** Gives one cell another style; of a wide character both halves are to get it. */
  restyle(x: number, style: number): void {
    this.stamp = ++newest;
    if (this.style(x) === style) return;
    this.pad(x + 1);
    this.#styles.set(x, x + 1, style, this.end);
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
    this.pad(to);
    for (let offset = 0; offset < used; offset++) this.#put(to + offset, source.code(from + offset));
    if (source.isStyled || this.isStyled)
      for (let x = to; x < to + used; x++) this.#styles.set(x, x + 1, source.style(from + x - to), x);
    this.end = to + used;
  }

  /** Moves the cells from `from` up to `end`, as they are, to `to`. */
  moveCells(from: number, end: number, to: number): void {
    this.stamp = ++newest;
    this.bytes.copyWithin(to, from, end);
    if (this.isWide) this.points.copyWithin(to, from, end);
    if (this.isStyled) this.styles.copyWithin(to, from, end);
  }

  /** Gives it empty cells up to `to`, where it has none. */
  pad(to: number): void {
    if (to <= this.end) return;
    this.bytes.fill(0, this.end, to);
    this.#styles.set(this.end, to, 0, this.end);
    this.end = to;
  }

  /** Lets it have other codes than ASCII. */
  widen(): void {
    if (this.isWide) return;
    this.#makePoints();
    this.isWide = true;
  }

  /** One past the last cell that shows a character. */
  get textEnd(): number {
    const { bytes } = this;
    let { end } = this;
    while (end > 0 && bytes[end - 1] === 0) end -= 1;
    return end;
  }

  /** One past the last cell that is not plain. */
  get styledEnd(): number {
    return this.#styles.end(this.end);
  }

  /** Sets a code; the row must be ready for it. */
  #put(x: number, code: number): void {
    if (code < FAR) this.bytes[x] = code;
    else {
      this.bytes[x] = FAR;
      this.points[x] = code;
    }
  }

  #makePoints(): void {
    if (this.points.length < this.columns) this.points = new Uint32Array(this.columns);
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
    this.#styles.set(x, x + 1, style, this.end);
  }
}
