import { CLUSTER_START, clusterState, joins } from '../text/cluster.ts';
import { CLUSTER, type Grid, glyphText, TAIL, WIDE } from '../text/grid.ts';
import { codePointInfo } from '../text/unicode-table.ts';
import type { ByteWriter } from './byte-writer.ts';
import type { Capabilities } from './capabilities.ts';
import { LINE_DRAWING } from './cell-reduction.ts';
import { CursorMotion } from './cursor-motion.ts';
import { blankRows, blankTail, changedRows, same, sameStyle, takeRows } from './grid-difference.ts';
import { Pen } from './pen.ts';
import { applyScroll, findScroll } from './scroll-detection.ts';

const VALUE = 0x001f_ffff;
/** Rows changed at once before a scroll is looked for. */
const SCROLL_ROWS = 3;
/** Rows that become blank from which on a scroll of all of them is shorter than erasing each: the region costs so many. */
const CLEAR_ROWS = 8;
/** Unchanged cells that are written again rather than jumped over. */
const BRIDGE = 4;
/** Erased cells in a row from which ECH and CUF are shorter than blanks, and equal glyphs from which REP is. */
const ERASE_RUN = 12;
const REPEAT_RUN = 8;
/** Combining marks begin here; nothing below joins anything. */
const FIRST_JOINING = 0x300;
/** From here on EL is shorter than blanks. */
const ERASE_TO_END = 4;

/** Wide characters of East Asian scripts: every terminal agrees on those. The others may take one column somewhere. */
function isSureWide(code: number): boolean {
  return (
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xffe6) ||
    (code >= 0x20000 && code <= 0x3fffd)
  );
}

/** The rows with all from `top` to `bottom`, in order. */
function withRows(rows: readonly number[], top: number, bottom: number): number[] {
  const between = Array.from({ length: bottom - top + 1 }, (_, index) => top + index);
  return [...rows.filter((y) => y < top), ...between, ...rows.filter((y) => y > bottom)];
}

/**
 * Turns what the terminal shows into what it shall show, in few bytes. Both grids are reduced (cell-reduction.ts) and
 * of the terminal's size; whoever writes to the terminal in between says so with `forget`.
 */
export class Painter {
  readonly motion: CursorMotion;
  readonly #pen: Pen;
  readonly #capabilities: Capabilities;
  #graphics = false;
  /** The code point written just before the cursor, 0 when the cursor came there otherwise. */
  #previous = 0;
  /** Times that the cursor had to be moved in this frame. */
  #runs = 0;

  constructor(capabilities: Capabilities) {
    this.#capabilities = capabilities;
    this.motion = new CursorMotion(capabilities);
    this.#pen = new Pen(capabilities);
  }

  /** Erases the whole terminal, whose state may be anything. */
  clear(writer: ByteWriter): void {
    this.motion.reset();
    this.#pen.forget();
    if (this.#capabilities.scrollRegions) writer.ascii('\x1b[r');
    if (this.#capabilities.lineDrawing && !this.#capabilities.utf8) writer.ascii('\x1b(B');
    this.#graphics = false;
    if (this.#capabilities.hyperlinks) {
      this.#pen.link = 0;
      writer.ascii('\x1b]8;;\x1b\\');
    }
    this.#pen.set(writer, 0, 0, 0, 0);
    writer.ascii('\x1b[H\x1b[J');
    this.motion.x = 0;
    this.motion.y = 0;
  }

  /**
   * Writes the difference, and makes `before` the same as `after`. Returns how many places were painted.
   * @param rows the rows that may differ, in order
   */
  paint(writer: ByteWriter, before: Grid, after: Grid, rows: readonly number[]): number {
    this.#runs = 0;
    let changed = this.#clearRows(writer, before, after, changedRows(before, after, rows));
    if (changed.length >= SCROLL_ROWS && this.#capabilities.scrollRegions) {
      const scroll = findScroll(before, after, changed, this.motion.region);
      if (scroll) {
        this.#runs += 1;
        this.#leaveSpecial(writer);
        this.#pen.setBlank(writer, 0);
        this.motion.scroll(writer, scroll.top, scroll.bottom, scroll.lines);
        applyScroll(before, scroll);
        changed = changedRows(before, after, withRows(changed, scroll.top, scroll.bottom));
      }
    }
    for (const y of changed) this.#paintRow(writer, before, after, y);
    takeRows(before, after, changed);
    this.#leaveSpecial(writer);
    return this.#runs;
  }

  /** Many rows that become blank together are scrolled out of a region of their own. Returns the rows that are left to paint. */
  #clearRows(writer: ByteWriter, before: Grid, after: Grid, changed: readonly number[]): readonly number[] {
    if (changed.length < CLEAR_ROWS || !this.#capabilities.scrollRegions) return changed;
    const { top, bottom, count } = blankRows(after, changed);
    if (count < CLEAR_ROWS) return changed;
    this.#runs += 1;
    this.#leaveSpecial(writer);
    this.#pen.setBlank(writer, 0);
    this.motion.scroll(writer, top, bottom, bottom - top + 1);
    before.erase(top * before.columns, (bottom + 1) * before.columns);
    return changed.filter((y) => y < top || y > bottom);
  }

  #paintRow(writer: ByteWriter, before: Grid, after: Grid, y: number): void {
    const { columns, glyphs } = after;
    const start = y * columns;
    let end = columns;
    while (end > 0 && same(before, after, start + end - 1)) end -= 1;
    const blankFrom = blankTail(after, start);
    let painted = 0;
    for (let x = 0; x < end; ) {
      const wide = ((glyphs[start + x] ?? 0) & WIDE) !== 0;
      if (same(before, after, start + x) && !(wide && !same(before, after, start + x + 1))) {
        x += wide ? 2 : 1;
        continue;
      }
      if (x >= blankFrom && end - x >= ERASE_TO_END && this.#erases(after.backgrounds[start + x] ?? 0)) {
        this.#goTo(writer, after, painted, x, y);
        this.#leaveSpecial(writer);
        this.#pen.setBlank(writer, after.backgrounds[start + x] ?? 0);
        writer.ascii('\x1b[K');
        return;
      }
      this.#goTo(writer, after, painted, x, y);
      const run = this.#runLength(after, start + x, start + end);
      if (glyphs[start + x] === 0 && this.#shallErase(after, start + x, run, start + end)) {
        this.#erase(writer, after.backgrounds[start + x] ?? 0, run);
        x += run;
      } else {
        const glyph = glyphs[start + x] ?? 0;
        x += this.#cell(writer, before, after, start + x, x);
        if (run >= REPEAT_RUN && this.#repeats(glyph) && this.motion.x === x) {
          writer.ascii('\x1b[');
          writer.number(run - 1);
          writer.byte(0x62);
          x += run - 1;
          this.#advance(run - 1, columns);
        }
        if (glyph < 0x7f) x = this.#text(writer, before, after, start, x, Math.min(end, blankFrom));
      }
      painted = x;
    }
  }

  /**
   * Goes on behind a cell of ASCII that was just written, with what needs nothing but its byte: changed cells of ASCII in
   * the same style, most of what is painted. Returns the column it came to.
   */
  #text(writer: ByteWriter, before: Grid, after: Grid, start: number, from: number, end: number): number {
    if (this.motion.x !== from || this.#graphics) return from;
    const { glyphs } = after;
    let x = from;
    for (; x < end; x++) {
      const index = start + x;
      const glyph = glyphs[index] ?? 0;
      // Equal ones may be repeated or erased in fewer bytes.
      if (glyph > 0x7e || glyph === glyphs[index + 1]) break;
      if (!sameStyle(after, index, after, index - 1) || same(before, after, index)) break;
      writer.byte(glyph === 0 ? 0x20 : glyph);
      this.#previous = glyph;
    }
    this.#advance(x - from, after.columns);
    return x;
  }

  /** REP repeats a byte everywhere, but tmux up to 3.3 takes it for nothing after any other character. */
  #repeats(glyph: number): boolean {
    return this.#capabilities.repeatCharacter && glyph < 0x7f;
  }

  /** Moves to a cell, over a few unchanged ones by writing them again where that is shorter. */
  #goTo(writer: ByteWriter, after: Grid, painted: number, x: number, y: number): void {
    const { motion } = this;
    if (motion.x === x && motion.y === y) return;
    this.#previous = 0;
    const gap = x - motion.x;
    if (motion.y === y && motion.x === painted && gap > 0 && gap <= BRIDGE) {
      const start = y * after.columns + motion.x;
      let bridged = true;
      for (let index = start; index < start + gap; index++) bridged &&= this.#isPenAscii(after, index);
      if (bridged) {
        for (let index = start; index < start + gap; index++) writer.byte(after.glyphs[index] || 0x20);
        motion.x = x;
        return;
      }
    }
    this.#runs += 1;
    motion.moveTo(writer, x, y);
  }

  #isPenAscii(grid: Grid, index: number): boolean {
    const glyph = grid.glyphs[index] ?? 0;
    return (
      glyph < 0x7f &&
      !this.#graphics &&
      grid.foregrounds[index] === this.#pen.foreground &&
      grid.backgrounds[index] === this.#pen.background &&
      grid.attributes[index] === this.#pen.attributes &&
      grid.underlineColors[index] === this.#pen.underlineColor &&
      grid.links[index] === this.#pen.link
    );
  }

  /** Writes one cell; returns the columns it takes. */
  #cell(writer: ByteWriter, before: Grid, after: Grid, index: number, x: number): number {
    const glyph = after.glyphs[index] ?? 0;
    const background = after.backgrounds[index] ?? 0;
    const attributes = after.attributes[index] ?? 0;
    this.#pen.setLink(writer, after.links[index] ?? 0);
    this.#pen.set(writer, after.foregrounds[index] ?? 0, background, attributes, after.underlineColors[index] ?? 0);
    const width = (glyph & WIDE) !== 0 ? 2 : 1;
    this.#keepApart(writer, glyph);
    this.#setGraphics(writer, (glyph & LINE_DRAWING) !== 0);
    if (glyph < 0x7f) writer.byte(glyph === 0 ? 0x20 : glyph);
    else if ((glyph & CLUSTER) !== 0) {
      if (width === 2) this.#eraseUnder(writer, before, after, index);
      writer.text(glyphText(glyph));
      this.motion.forgetColumn();
    } else {
      const code = glyph & VALUE;
      const unsure = width === 2 && !isSureWide(code);
      if (unsure) this.#eraseUnder(writer, before, after, index);
      writer.codePoint(code);
      if (unsure) this.motion.forgetColumn();
    }
    this.#advance(width, after.columns);
    if (x + width >= after.columns) this.motion.forget();
    return width;
  }

  /** Addresses the cursor anew where the terminal would join a glyph to the one written just before it. */
  #keepApart(writer: ByteWriter, glyph: number): void {
    const previous = this.#previous;
    this.#previous = glyph & (CLUSTER | LINE_DRAWING) ? 0 : glyph & VALUE;
    if (glyph < FIRST_JOINING && previous < FIRST_JOINING) return;
    const code = (glyph & CLUSTER) !== 0 ? (glyphText(glyph).codePointAt(0) ?? 0) : glyph & VALUE;
    if (!joins(clusterState(CLUSTER_START, codePointInfo(previous || 0x20)), codePointInfo(code))) return;
    const { x, y } = this.motion;
    this.motion.forget();
    this.motion.moveTo(writer, x, y);
  }

  /** Where the terminal may take a character for narrow, nothing old must be left in its second column. */
  #eraseUnder(writer: ByteWriter, before: Grid, after: Grid, index: number): void {
    const clean =
      before.glyphs[index + 1] === 0 &&
      before.attributes[index + 1] === 0 &&
      before.backgrounds[index + 1] === after.backgrounds[index];
    if (clean) return;
    if (this.#capabilities.eraseCharacters) writer.ascii('\x1b[2X');
    else {
      const { x, y } = this.motion;
      writer.ascii('  ');
      this.motion.forgetColumn();
      this.motion.moveTo(writer, x, y);
    }
  }

  #advance(width: number, columns: number): void {
    if (this.motion.x < 0) return;
    this.motion.x += width;
    if (this.motion.x >= columns) this.motion.forget();
  }

  /** Cells from `index` on that equal it, wide ones not counted. */
  #runLength(grid: Grid, index: number, end: number): number {
    const glyph = grid.glyphs[index] ?? 0;
    if ((glyph & (WIDE | TAIL | CLUSTER)) !== 0) return 1;
    let next = index + 1;
    while (next < end && grid.glyphs[next] === glyph && sameStyle(grid, next, grid, index)) next += 1;
    return next - index;
  }

  /**
   * Whether a run of erased cells from `index` is better erased than written: where it is long, or where writing it
   * would take the pen's style off for these cells only.
   */
  #shallErase(grid: Grid, index: number, run: number, end: number): boolean {
    const background = grid.backgrounds[index] ?? 0;
    if (!this.#capabilities.eraseCharacters || !this.#erases(background)) return false;
    if (run >= ERASE_RUN) return true;
    if (this.#pen.isBlank(background)) return false;
    const next = index + run;
    return next < end && !(grid.foregrounds[next] === 0 && grid.attributes[next] === 0 && grid.links[next] === 0);
  }

  #erase(writer: ByteWriter, background: number, count: number): void {
    this.#leaveSpecial(writer);
    this.#pen.setBlank(writer, background);
    writer.ascii('\x1b[');
    writer.number(count);
    writer.byte(0x58);
  }

  /** Whether erased cells can have this background. */
  #erases(background: number): boolean {
    return background === 0 || this.#capabilities.backColorErase;
  }

  #setGraphics(writer: ByteWriter, graphics: boolean): void {
    if (graphics === this.#graphics) return;
    writer.ascii(graphics ? '\x1b(0' : '\x1b(B');
    this.#graphics = graphics;
  }

  /** Neither a link nor line drawing lasts beyond what it is for. */
  #leaveSpecial(writer: ByteWriter): void {
    this.#pen.setLink(writer, 0);
    this.#setGraphics(writer, false);
  }
}
