import type { ByteWriter } from './byte-writer.ts';
import type { Capabilities } from './capabilities.ts';

const UNKNOWN = -1;

const digits = (value: number): number => (value < 10 ? 1 : value < 100 ? 2 : value < 1000 ? 3 : 4);
/** Bytes of a control sequence with one parameter, which may be left out when it is 1. */
const controlLength = (value: number): number => (value === 1 ? 3 : 3 + digits(value));

function control(writer: ByteWriter, value: number, final: number): void {
  writer.ascii('\x1b[');
  if (value !== 1) writer.number(value);
  writer.byte(final);
}

/**
 * Where the terminal's cursor is, and the shortest way elsewhere. Line feeds are sent from column 0 only: the tty may
 * put a carriage return before each.
 */
export class CursorMotion {
  x = UNKNOWN;
  y = UNKNOWN;
  /** Scroll region, both ends included; bottom −1 while there is none. */
  #top = 0;
  #bottom = -1;
  readonly #absolute: boolean;
  readonly #scrollCommands: boolean;

  constructor({ absoluteMotion, scrollCommands }: Capabilities) {
    this.#absolute = absoluteMotion;
    this.#scrollCommands = scrollCommands;
  }

  /** The scroll region that is set, both ends included. */
  get region(): { readonly top: number; readonly bottom: number } | undefined {
    return this.#bottom < 0 ? undefined : { top: this.#top, bottom: this.#bottom };
  }

  forget(): void {
    this.x = UNKNOWN;
    this.y = UNKNOWN;
  }

  /** The column is not known any more, the row is. */
  forgetColumn(): void {
    this.x = UNKNOWN;
  }

  /** Nothing is known, and the terminal's margins are its whole screen again. */
  reset(): void {
    this.forget();
    this.#bottom = -1;
  }

  moveTo(writer: ByteWriter, x: number, y: number): void {
    if (x === this.x && y === this.y) return;
    if (this.y === UNKNOWN) this.#address(writer, x, y);
    else if (y === this.y) this.#alongRow(writer, x, y);
    else this.#toRow(writer, x, y);
    this.x = x;
    this.y = y;
  }

  /** Moves the rows from `top` to `bottom` up by `lines`, or down when negative; the rows that come in are erased. */
  scroll(writer: ByteWriter, top: number, bottom: number, lines: number): void {
    if (this.#top !== top || this.#bottom !== bottom) {
      control2(writer, top + 1, bottom + 1, 0x72);
      this.#top = top;
      this.#bottom = bottom;
      // DECSTBM moves the cursor home.
      this.x = 0;
      this.y = 0;
    }
    const count = Math.abs(lines);
    const edge = lines > 0 ? bottom : top;
    const short = this.y === edge && count <= 2;
    if (this.#scrollCommands && !short) control(writer, count, lines > 0 ? 0x53 : 0x54);
    else {
      if (this.y !== edge) this.moveTo(writer, 0, edge);
      for (let index = 0; index < count; index++)
        if (lines > 0 && this.x === 0) writer.byte(0x0a);
        else writer.ascii(lines > 0 ? '\x1bD' : '\x1bM');
    }
  }

  #address(writer: ByteWriter, x: number, y: number): void {
    if (x === 0) {
      writer.ascii('\x1b[');
      if (y !== 0) writer.number(y + 1);
      writer.byte(0x48);
    } else control2(writer, y + 1, x + 1, 0x48);
  }

  #addressLength(x: number, y: number): number {
    if (x === 0) return y === 0 ? 3 : 3 + digits(y + 1);
    return 4 + digits(x + 1) + (y === 0 ? 0 : digits(y + 1));
  }

  #alongRow(writer: ByteWriter, x: number, y: number): void {
    if (x === 0) {
      writer.byte(0x0d);
      return;
    }
    const absolute = this.#absolute ? 3 + digits(x + 1) : this.#addressLength(x, y);
    const fromStart = 1 + controlLength(x);
    if (this.x !== UNKNOWN) {
      const distance = Math.abs(x - this.x);
      const backwards = x < this.x;
      if (backwards && distance <= 3) {
        for (let index = 0; index < distance; index++) writer.byte(0x08);
        return;
      }
      const relative = controlLength(distance);
      if (relative <= absolute && (relative <= fromStart || !backwards)) {
        control(writer, distance, backwards ? 0x44 : 0x43);
        return;
      }
    }
    if (fromStart < absolute) {
      writer.byte(0x0d);
      control(writer, x, 0x43);
    } else if (this.#absolute) control(writer, x + 1, 0x47);
    else this.#address(writer, x, y);
  }

  #toRow(writer: ByteWriter, x: number, y: number): void {
    const down = y - this.y;
    const addressed = this.#addressLength(x, y);
    const meetsBottom = this.#bottom >= 0 && this.y <= this.#bottom && y > this.#bottom;
    if (x === 0 && down > 0 && !meetsBottom && 1 + down <= addressed) {
      writer.byte(0x0d);
      for (let index = 0; index < down; index++) writer.byte(0x0a);
      return;
    }
    if (x === this.x && !this.#crossesMargin(y) && controlLength(Math.abs(down)) < addressed) {
      control(writer, Math.abs(down), down > 0 ? 0x42 : 0x41);
      return;
    }
    this.#address(writer, x, y);
  }

  /** CUU and CUD stop at the margins. */
  #crossesMargin(y: number): boolean {
    if (this.#bottom < 0) return false;
    const low = Math.min(this.y, y);
    const high = Math.max(this.y, y);
    return (low <= this.#bottom && high > this.#bottom) || (low < this.#top && high >= this.#top);
  }
}

function control2(writer: ByteWriter, first: number, second: number, final: number): void {
  writer.ascii('\x1b[');
  if (first !== 1) writer.number(first);
  writer.byte(0x3b);
  writer.number(second);
  writer.byte(final);
}
