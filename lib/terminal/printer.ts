import { clamp } from '../base/geometry.ts';
import { CLUSTER_START, clusterState, joinedWidth, joins } from '../text/cluster.ts';
import { CLUSTER, WIDE } from '../text/grid.ts';
import { CLASS_MASK, CONTROL, codePointInfo, infoWidth, OTHER, PREPEND } from '../text/unicode-table.ts';
import type { Charsets } from './charsets.ts';
import type { ClusterTable } from './cluster-table.ts';
import type { Modes } from './modes.ts';
import type { Pen } from './pen.ts';
import type { Row } from './row.ts';
import { insertBefore } from './row-edits.ts';
import type { Screen } from './screen.ts';

/** Code units that one cell keeps; more than any emoji needs, so that a flood of combining marks costs nothing. */
const MAXIMUM_CLUSTER_UNITS = 32;
/** The value of a code without its flags. */
const VALUE = 0x1f_ffff;
/** The state after each ASCII character. */
const ASCII_STATES = Uint16Array.from({ length: 0x80 }, (_, point) =>
  clusterState(CLUSTER_START, codePointInfo(point)),
);

/** What printing needs to know of the terminal. */
export interface PrinterPlace {
  readonly screen: Screen;
  readonly pen: Pen;
  readonly modes: Modes;
  readonly charsets: Charsets;
  readonly clusters: ClusterTable;
}

/**
 * Puts text into cells: clusters as in text/cluster.ts, kept together even when a colour change or the end of a write
 * cuts them, and bounded; what has no columns and nothing to join is dropped.
 */
export class Printer {
  readonly #place: PrinterPlace;
  /** The last cluster: its state, its cell and what that held, and where the cursor stood after it. */
  #state = CLUSTER_START;
  #row: Row | undefined;
  #cell = 0;
  #code = 0;
  #endX = 0;
  #endY = 0;

  constructor(place: PrinterPlace) {
    this.#place = place;
  }

  /** Prints bytes from 0x20 to 0x7E from `start` on, where there is one, and returns where they end. */
  printAscii(bytes: Uint8Array, start: number): number {
    const { screen, pen, modes, charsets } = this.#place;
    let row = screen.row(screen.y);
    const isPlain = charsets.current === undefined && !charsets.isShifted && !modes.insert && !screen.hasSides;
    if (!isPlain || this.#prepends(row)) {
      const end = asciiEnd(bytes, start);
      for (let index = start; index < end; index++) this.printPoint(bytes[index] ?? 0);
      return end;
    }
    const style = pen.id;
    const { columns } = screen;
    const { length } = bytes;
    let { x } = screen;
    let end = start;
    do {
      if (x >= columns) {
        if (modes.autowrap) {
          row = this.#wrap();
          x = 0;
        } else {
          // Each overwrites the one before.
          x = columns - 1;
          end = asciiEnd(bytes, end) - 1;
        }
      }
      const count = row.writeAscii(x, bytes, end, length, style);
      x += count;
      end += count;
    } while (x >= columns && end < length && isPrintable(bytes[end] ?? 0));
    screen.x = x;
    const last = bytes[end - 1] ?? 0;
    this.#state = ASCII_STATES[last] ?? CLUSTER_START;
    this.#row = row;
    this.#cell = x - 1;
    this.#code = last;
    this.#endX = x;
    this.#endY = screen.y;
    return end;
  }

  /** Prints a code point that is no control. */
  printPoint(point: number): void {
    const { screen, charsets } = this.#place;
    let row = screen.row(screen.y);
    const own = codePointInfo(point);
    const isAlone = (own & CLASS_MASK) === OTHER && (this.#state & CLASS_MASK) !== PREPEND;
    if (isAlone && infoWidth(own) > 0 && point > 0x7e && !charsets.isShifted) {
      // It joins nothing, whatever stands before it.
      row = this.#put(row, point, own, infoWidth(own));
      this.#remember(row);
      return;
    }
    if (!this.#isAfterCluster(row)) this.#state = CLUSTER_START;
    const replaced = point < 0x7f ? (charsets.current?.[point] ?? 0) : 0;
    if (charsets.isShifted) charsets.unshift();
    const shown = replaced === 0 ? point : replaced;
    const info = codePointInfo(shown);
    const width = infoWidth(info);
    if (joins(this.#state, info)) row = this.#join(row, shown, info);
    else if (width === 0) this.#attach(row, shown, info);
    else row = this.#put(row, shown, info, width);
    this.#remember(row);
  }

  /** Others printed a code point that is alone in its cell; the cursor stands behind it. */
  remember(row: Row, cell: number, point: number): void {
    const { screen } = this.#place;
    const info = codePointInfo(point);
    this.#state = ASCII_STATES[point] ?? clusterState(CLUSTER_START, info);
    this.#row = row;
    this.#cell = cell;
    this.#code = infoWidth(info) === 2 ? (point | WIDE) >>> 0 : point;
    this.#endX = screen.x;
    this.#endY = screen.y;
  }

  #remember(row: Row): void {
    const { screen } = this.#place;
    this.#row = row;
    this.#code = row.code(this.#cell);
    this.#endX = screen.x;
    this.#endY = screen.y;
  }

  /** REP: prints the last cluster `count` times more, if nothing came in between; at most a screen full. */
  repeat(count: number): void {
    const { screen } = this.#place;
    const row = screen.row(screen.y);
    if (!this.#isAfterCluster(row)) return;
    const points = [...this.#cellText(row, this.#cell)].map((character) => character.codePointAt(0) ?? 0);
    for (let done = 0; done < clamp(count, 1, screen.columns * screen.height); done++)
      for (const point of points) this.printPoint(point);
  }

  /** Whether the cursor still stands right after the last cluster, and that is still there. */
  #isAfterCluster(row: Row): boolean {
    const { screen } = this.#place;
    if (row !== this.#row || screen.x !== this.#endX || screen.y !== this.#endY) return false;
    return this.#code !== 0 && row.code(this.#cell) === this.#code;
  }

  #prepends(row: Row): boolean {
    return (this.#state & CLASS_MASK) === PREPEND && this.#isAfterCluster(row);
  }

  /** Puts a new cluster at the cursor; returns the row that the cursor is on then. */
  #put(row: Row, point: number, info: number, width: number): Row {
    const { screen, pen, modes } = this.#place;
    const { limit } = screen;
    let target = row;
    if (screen.x + width > limit) {
      if (modes.autowrap) {
        if (screen.x < limit) target.write(screen.x, 0, pen.id);
        target = this.#wrap();
      } else {
        screen.x = limit - 1;
        if (width === 2) {
          this.#state = CLUSTER_START;
          return target;
        }
      }
    }
    const { x } = screen;
    this.#makeRoom(target, x, width);
    target.write(x, width === 2 ? point | WIDE : point, pen.id);
    this.#cell = x;
    this.#advance(x + width);
    this.#state = clusterState(CLUSTER_START, info);
    return target;
  }

  /** Adds a code point to the last cluster, which may grow from one column to two. */
  #join(row: Row, point: number, info: number): Row {
    const width = row.isWideAt(this.#cell) ? 2 : 1;
    const wider = joinedWidth(this.#state, info, width);
    this.#append(row, this.#cell, point);
    this.#state = clusterState(this.#state, info);
    return wider > width ? this.#widen(row) : row;
  }

  #widen(row: Row): Row {
    const { screen, pen, modes } = this.#place;
    const from = this.#cell;
    const code = row.code(from);
    if (from + 2 > screen.limit) {
      if (!modes.autowrap) return row;
      row.write(from, 0, pen.id);
      const target = this.#wrap();
      const { x } = screen;
      this.#makeRoom(target, x, 2);
      target.write(x, (code | WIDE) >>> 0, pen.id);
      this.#cell = x;
      this.#advance(x + 2);
      return target;
    }
    this.#makeRoom(row, from + 1, 1);
    row.erase(from + 1, from + 2, pen.id);
    row.write(from, (code | WIDE) >>> 0, row.style(from));
    this.#advance(from + 2);
    return row;
  }

  /** Puts the cursor behind what was written; at the right margin it waits to wrap. */
  #advance(x: number): void {
    const { screen } = this.#place;
    if (screen.hasSides) {
      const isWithin = screen.x <= screen.right || screen.x === screen.waitX;
      screen.waitX = isWithin && x > screen.right ? x : -1;
    }
    screen.x = x;
  }

  /** A mark with no cluster of this run before it joins the cell before the cursor, if that shows something. */
  #attach(row: Row, point: number, info: number): void {
    if ((info & CLASS_MASK) === CONTROL || !joins(0, info)) return;
    let cell = this.#place.screen.x - 1;
    if (cell > 0 && row.isTail(cell)) cell -= 1;
    if (cell < 0 || row.code(cell) === 0) return;
    this.#append(row, cell, point);
    this.#cell = cell;
    this.#state = clusterState(0, info);
  }

  #append(row: Row, cell: number, point: number): void {
    const text = this.#cellText(row, cell);
    if (text.length >= MAXIMUM_CLUSTER_UNITS) return;
    const id = this.#place.clusters.id(text + String.fromCodePoint(point));
    const wide = row.isWideAt(cell) ? WIDE : 0;
    row.replace(cell, (CLUSTER | wide | id) >>> 0);
  }

  #cellText(row: Row, cell: number): string {
    const code = row.code(cell);
    if ((code & CLUSTER) !== 0) return this.#place.clusters.text(code & VALUE);
    return code === 0 ? '' : String.fromCodePoint(code & VALUE);
  }

  #wrap(): Row {
    const { screen, pen } = this.#place;
    if (screen.hasSides) {
      // What is between margins is no line of the screen.
      screen.lineDown(pen.eraseId, false);
      screen.x = screen.left;
      screen.waitX = -1;
      return screen.row(screen.y);
    }
    screen.x = 0;
    screen.lineDown(pen.eraseId, true);
    const row = screen.row(screen.y);
    row.isWrapped = true;
    return row;
  }

  /** In insert mode (IRM), moves the rest of the row right. */
  #makeRoom(row: Row, x: number, width: number): void {
    const { screen, pen, modes } = this.#place;
    if (!modes.insert) return;
    row.split(x, pen.id);
    if (screen.hasSides) insertBefore(row, screen.limit, x, width, pen.id);
    else row.insert(x, width, pen.id);
  }
}

const isPrintable = (byte: number): boolean => byte >= 0x20 && byte <= 0x7e;

/** Where the printable ASCII from `start` on ends. */
function asciiEnd(bytes: Uint8Array, start: number): number {
  let end = start;
  while (end < bytes.length && isPrintable(bytes[end] ?? 0)) end += 1;
  return end;
}
