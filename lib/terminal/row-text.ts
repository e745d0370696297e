import { TAIL, WIDE } from '../text/grid.ts';
import { codePointInfo, infoWidth } from '../text/unicode-table.ts';
import { pointAt } from './utf8.ts';

/** In `bytes` of a row: `points` has the code of this cell. */
export const FAR = 0x80;
/** UTF-8 takes so many bytes a code point at most. */
const POINT_BYTES = 4;

/**
 * The text of a row in UTF-8 as a program sent it, NUL for an empty cell: each code point is a cell of its own with the
 * columns that it has alone.
 */
export class RowText {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Whether it has characters of two columns, and begins with one. */
  isBroad = false;
  startsBroad = false;

  constructor(columns: number) {
    this.bytes = new Uint8Array(POINT_BYTES * columns);
    this.view = new DataView(this.bytes.buffer);
  }

  /** Begins with the first `length` cells of a row of ASCII. */
  begin(cells: Uint8Array, length: number): void {
    this.isBroad = false;
    this.startsBroad = false;
    for (let index = 0; index < length; index++) this.bytes[index] = cells[index] ?? 0;
  }

  /** Notes a character of two columns at `x`. */
  noteBroad(x: number): void {
    this.isBroad = true;
    if (x === 0) this.startsBroad = true;
  }

  /** Writes the first `length` bytes of it as codes of cells: as `bytes` and `points` of a Row. */
  spell(length: number, cells: Uint8Array, points: Uint32Array): void {
    const { bytes } = this;
    let x = 0;
    for (let at = 0; at < length; x++) {
      const byte = bytes[at] ?? 0;
      if (byte < 0x80) {
        cells[x] = byte;
        at += 1;
        continue;
      }
      const point = pointAt(bytes, at);
      at += byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
      cells[x] = FAR;
      if (infoWidth(codePointInfo(point)) < 2) points[x] = point;
      else {
        points[x] = point | WIDE;
        x += 1;
        cells[x] = FAR;
        points[x] = TAIL;
      }
    }
  }
}
