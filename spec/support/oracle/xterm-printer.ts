import { clamp } from '../../../lib/base/geometry.ts';
import { CLUSTER_START, clusterState, joinedWidth, joins } from '../../../lib/text/cluster.ts';
import { CLASS_MASK, CONTROL, codePointInfo, infoWidth, PREPEND } from '../../../lib/text/unicode-table.ts';
import {
  CELL_WORDS,
  CODE_POINT_MASK,
  COMBINED,
  CONTENT_MASK,
  type Core,
  type CoreLine,
  HAS_EXTENDED,
  WIDTH_SHIFT,
} from './xterm-core.ts';

/** Code units that one cell keeps; more than any emoji needs, so that a flood of combining marks costs nothing. */
const MAXIMUM_CLUSTER_UNITS = 32;
const ONE_COLUMN = 1 << WIDTH_SHIFT;
const TWO_COLUMNS = 2 << WIDTH_SHIFT;

/**
 * Puts text into cells in place of the package's own printing: clusters as in text/cluster.ts, kept together even when
 * a colour change or the end of a write cuts them, and bounded; what has no columns and nothing to join is dropped.
 */
export class XtermPrinter {
  readonly #core: Core;
  /** The last cluster: its state, its cell and what that held, and where the cursor stood after it. */
  #state = CLUSTER_START;
  #line: CoreLine | undefined;
  #cell = 0;
  #content = 0;
  #endX = 0;
  #endY = 0;
  #resizes = 0;

  constructor(core: Core) {
    this.#core = core;
  }

  /** Prints code points `start` up to `end` of `data`. */
  print(data: Uint32Array, start: number, end: number): void {
    const handler = this.#core._inputHandler;
    const buffer = handler._activeBuffer;
    const charset = this.#core._charsetService.charset;
    const plain = charset === undefined && !this.#core.coreService.modes.insertMode;
    const columns = this.#core._bufferService.cols;
    let line = this.#currentLine();
    if (line === undefined) return;
    if (!this.#isAfterCluster(line)) this.#state = CLUSTER_START;

    for (let position = start; position < end; position++) {
      let point = data[position] ?? 0;
      if (plain && point < 0x7f && (this.#state & CLASS_MASK) !== PREPEND && buffer.x < columns) {
        position = this.#printAscii(line, data, position, Math.min(end, position + columns - buffer.x)) - 1;
        continue;
      }
      if (charset !== undefined && point < 0x7f) point = replaced(charset[String.fromCharCode(point)]) ?? point;
      const info = codePointInfo(point);
      if (joins(this.#state, info)) {
        line = this.#join(line, point, info);
        continue;
      }
      const width = infoWidth(info);
      if (width === 0) this.#attach(line, point, info);
      else line = this.#place(line, point, info, width);
    }

    this.#line = line;
    this.#content = line._data[this.#cell * CELL_WORDS] ?? 0;
    this.#endX = buffer.x;
    this.#endY = buffer.y;
    this.#resizes = this.#core.resizes ?? 0;
    this.#cutWideAfter(line, buffer.x);
  }

  /** REP: prints the last cluster `count` times more, if nothing came in between; at most a screen full. */
  repeat(count: number): void {
    const line = this.#currentLine();
    if (line === undefined || !this.#isAfterCluster(line)) return;
    const { cols, rows } = this.#core._bufferService;
    const text = cellText(line, this.#cell);
    const points = Uint32Array.from([...text].map((character) => character.codePointAt(0) ?? 0));
    if (points.length === 0) return;
    for (let done = 0; done < clamp(count, 1, cols * rows); done++) this.print(points, 0, points.length);
  }

  #currentLine(): CoreLine | undefined {
    const buffer = this.#core._inputHandler._activeBuffer;
    return buffer.lines.get(buffer.ybase + buffer.y);
  }

  /** Whether the cursor still stands right after the last cluster, and that is still there. */
  #isAfterCluster(line: CoreLine): boolean {
    const { x, y } = this.#core._inputHandler._activeBuffer;
    if (this.#resizes !== (this.#core.resizes ?? 0)) return false;
    if (line !== this.#line || x !== this.#endX || y !== this.#endY) return false;
    return (this.#content & CONTENT_MASK) !== 0 && line._data[this.#cell * CELL_WORDS] === this.#content;
  }

  /** Writes ASCII up to `end`, all of which fits the line, and returns the first position that is none. */
  #printAscii(line: CoreLine, data: Uint32Array, start: number, end: number): number {
    const handler = this.#core._inputHandler;
    const { fg, bg, extended } = handler._curAttrData;
    const buffer = handler._activeBuffer;
    const cells = line._data;
    let x = buffer.x;
    let position = start;
    let last = 0;
    this.#cutWideBefore(line, x);
    for (; position < end; position++) {
      const point = data[position] ?? 0;
      if (point >= 0x7f) break;
      if ((bg & HAS_EXTENDED) !== 0) line._extendedAttrs[x] = extended;
      const index = x * CELL_WORDS;
      cells[index] = point | ONE_COLUMN;
      cells[index + 1] = fg;
      cells[index + 2] = bg;
      last = point;
      x += 1;
    }
    buffer.x = x;
    this.#cell = x - 1;
    this.#state = clusterState(CLUSTER_START, codePointInfo(last));
    return position;
  }

  /** Puts a new cluster at the cursor; returns the line that the cursor is on then. */
  #place(line: CoreLine, point: number, info: number, width: number): CoreLine {
    const core = this.#core;
    const buffer = core._inputHandler._activeBuffer;
    const columns = core._bufferService.cols;
    let target = line;
    if (buffer.x + width > columns) {
      if (core.coreService.decPrivateModes.wraparound) {
        if (buffer.x < columns) {
          this.#cutWideBefore(target, buffer.x);
          this.#blank(target, buffer.x);
        }
        target = this.#wrap();
      } else {
        buffer.x = columns - 1;
        if (width === 2) {
          this.#state = CLUSTER_START;
          return target;
        }
      }
    }
    this.#cutWideBefore(target, buffer.x);
    this.#makeRoom(target, buffer.x, width);
    this.#set(target, buffer.x, point | (width << WIDTH_SHIFT));
    this.#cell = buffer.x;
    if (width === 2) this.#set(target, buffer.x + 1, 0);
    buffer.x += width;
    this.#state = clusterState(CLUSTER_START, info);
    return target;
  }

  /** Adds a code point to the last cluster, which may grow from one column to two. */
  #join(line: CoreLine, point: number, info: number): CoreLine {
    const content = line._data[this.#cell * CELL_WORDS] ?? 0;
    const width = content >> WIDTH_SHIFT;
    const wider = joinedWidth(this.#state, info, width);
    this.#append(line, this.#cell, point);
    this.#state = clusterState(this.#state, info);
    return wider > width ? this.#widen(line) : line;
  }

  #widen(line: CoreLine): CoreLine {
    const core = this.#core;
    const buffer = core._inputHandler._activeBuffer;
    const columns = core._bufferService.cols;
    const from = this.#cell;
    if (from + 2 > columns) {
      if (!core.coreService.decPrivateModes.wraparound) return line;
      const text = cellText(line, from);
      this.#blank(line, from);
      const target = this.#wrap();
      this.#makeRoom(target, 0, 2);
      this.#set(target, 0, COMBINED | TWO_COLUMNS);
      target._combined[0] = text;
      this.#set(target, 1, 0);
      this.#cell = 0;
      buffer.x = 2;
      return target;
    }
    this.#makeRoom(line, from + 1, 1);
    line._data[from * CELL_WORDS] = ((line._data[from * CELL_WORDS] ?? 0) & CONTENT_MASK) | TWO_COLUMNS;
    this.#set(line, from + 1, 0);
    // One character has one style.
    for (const word of [1, 2]) line._data[(from + 1) * CELL_WORDS + word] = line._data[from * CELL_WORDS + word] ?? 0;
    line._extendedAttrs[from + 1] = line._extendedAttrs[from];
    buffer.x = from + 2;
    return line;
  }

  /** A mark with no cluster of this run before it joins the cell before the cursor, if that shows something. */
  #attach(line: CoreLine, point: number, info: number): void {
    if ((info & CLASS_MASK) === CONTROL || !joins(0, info)) return;
    let cell = this.#core._inputHandler._activeBuffer.x - 1;
    if (cell > 0 && (line._data[cell * CELL_WORDS] ?? 0) >> WIDTH_SHIFT === 0) cell -= 1;
    if (cell < 0 || ((line._data[cell * CELL_WORDS] ?? 0) & CONTENT_MASK) === 0) return;
    this.#append(line, cell, point);
    this.#cell = cell;
    this.#state = clusterState(0, info);
  }

  #append(line: CoreLine, cell: number, point: number): void {
    const text = cellText(line, cell);
    if (text.length >= MAXIMUM_CLUSTER_UNITS) return;
    line._combined[cell] = text + String.fromCodePoint(point);
    const index = cell * CELL_WORDS;
    line._data[index] = ((line._data[index] ?? 0) & ~CODE_POINT_MASK) | COMBINED;
  }

  #wrap(): CoreLine {
    const service = this.#core._bufferService;
    const handler = this.#core._inputHandler;
    const buffer = handler._activeBuffer;
    buffer.x = 0;
    buffer.y += 1;
    if (buffer.y === buffer.scrollBottom + 1) {
      buffer.y -= 1;
      service.scroll(handler._eraseAttrData(), true);
    } else {
      if (buffer.y >= service.rows) buffer.y = service.rows - 1;
      const next = buffer.lines.get(buffer.ybase + buffer.y);
      if (next !== undefined) next.isWrapped = true;
    }
    return buffer.lines.get(buffer.ybase + buffer.y) ?? buffer.getBlankLine(handler._curAttrData);
  }

  /** In insert mode (IRM), moves the rest of the line right. */
  #makeRoom(line: CoreLine, x: number, width: number): void {
    if (!this.#core.coreService.modes.insertMode) return;
    const handler = this.#core._inputHandler;
    line.insertCells(x, width, handler._activeBuffer.getNullCell(handler._curAttrData));
  }

  #set(line: CoreLine, x: number, content: number): void {
    const { fg, bg, extended } = this.#core._inputHandler._curAttrData;
    if ((bg & HAS_EXTENDED) !== 0) line._extendedAttrs[x] = extended;
    const index = x * CELL_WORDS;
    line._data[index] = content;
    line._data[index + 1] = fg;
    line._data[index + 2] = bg;
  }

  #blank(line: CoreLine, x: number): void {
    this.#set(line, x, ONE_COLUMN);
  }

  /** What is printed at `x` destroys a wide character whose second half is there; the rest has the style of the new. */
  #cutWideBefore(line: CoreLine, x: number): void {
    if (x > 0 && (line._data[(x - 1) * CELL_WORDS] ?? 0) >> WIDTH_SHIFT === 2) this.#blank(line, x - 1);
  }

  /** What was printed up to `x` may have destroyed a wide character whose second half is there. */
  #cutWideAfter(line: CoreLine, x: number): void {
    if (x >= line.length || (line._data[x * CELL_WORDS] ?? 0) >> WIDTH_SHIFT !== 0) return;
    if (x === 0 || (line._data[(x - 1) * CELL_WORDS] ?? 0) >> WIDTH_SHIFT !== 2) this.#blank(line, x);
  }
}

/** The text of a cell of the package, empty for a blank and for the second half of a wide character. */
function cellText(line: CoreLine, x: number): string {
  const content = line._data[x * CELL_WORDS] ?? 0;
  if ((content & COMBINED) !== 0) return line._combined[x] ?? '';
  const point = content & CODE_POINT_MASK;
  return point === 0 ? '' : String.fromCodePoint(point);
}

/** A character of a national set; of the Dutch one, where the package has other letters than DEC's table. */
function replaced(text: string | undefined): number | undefined {
  if (text === 'ij') return 0x133;
  return text === 'f' ? 0x192 : text?.codePointAt(0);
}
