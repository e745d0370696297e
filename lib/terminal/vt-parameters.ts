/** Kept of one sequence; xterm keeps as many. */
const MAXIMUM_PARAMETERS = 32;
const MAXIMUM_PARTS = 32;
const MAXIMUM_VALUE = 0x7fff_ffff;
/** Numbers below it take one more digit without care. */
const MAXIMUM_PLAIN = 99_999_999;
/** What a part after a colon has that was left out. */
const LEFT_OUT = -1;

/** The numbers of a control sequence: `4:3;58:2::1:2:3` has two parameters with parts. */
export class VtParameters {
  /** `length` of them; one that was left out is 0. */
  readonly values = new Int32Array(MAXIMUM_PARAMETERS);
  length = 1;
  readonly #parts = new Int32Array(MAXIMUM_PARTS);
  #partsLength = 0;
  /** Where the parts of each parameter begin, and how many they are. */
  readonly #starts = new Uint8Array(MAXIMUM_PARAMETERS);
  readonly #counts = new Uint8Array(MAXIMUM_PARAMETERS);
  #inParts = false;
  /** Digits of what is too much are skipped. */
  #full = false;
  #partsFull = false;

  /** The first parameter. */
  get first(): number {
    return this.values[0] ?? 0;
  }

  /** The first parameter as a count: 1 when it is 0 or left out. */
  get count(): number {
    return Math.max(1, this.values[0] ?? 0);
  }

  value(index: number): number {
    return index < this.length ? (this.values[index] ?? 0) : 0;
  }

  /** What follows parameter `index` after colons, -1 for what was left out; undefined for nothing. */
  parts(index: number): Int32Array | undefined {
    const count = this.#counts[index] ?? 0;
    if (count === 0) return undefined;
    const start = this.#starts[index] ?? 0;
    return this.#parts.subarray(start, start + count);
  }

  clear(): void {
    this.length = 1;
    this.values[0] = 0;
    this.#starts[0] = 0;
    this.#forgetParts();
    this.#inParts = false;
    this.#full = false;
    this.#partsFull = false;
  }

  /**
   * Takes plain numbers with semicolons between them, from `index` up to a character that ends a control sequence, and
   * returns where that stands. Returns -1, and keeps nothing, for any other sequence and one that is not all there.
   */
  takePlain(bytes: Uint8Array, index: number): number {
    const { values } = this;
    const { length } = bytes;
    let count = 0;
    let value = 0;
    for (let at = index; at < length; at++) {
      const byte = bytes[at] ?? 0;
      if (byte >= 0x30 && byte <= 0x39) {
        if (value > MAXIMUM_PLAIN) break;
        value = value * 10 + byte - 0x30;
      } else if (byte === 0x3b && count < MAXIMUM_PARAMETERS - 1) {
        values[count] = value;
        count += 1;
        value = 0;
      } else if (byte >= 0x40 && byte <= 0x7e) {
        values[count] = value;
        this.length = count + 1;
        this.#forgetParts();
        return at;
      } else break;
    }
    return -1;
  }

  /** Takes a digit, a semicolon or a colon. */
  put(code: number): void {
    if (code === 0x3b) this.#next();
    else if (code === 0x3a) this.#nextPart();
    else this.#digit(code - 0x30);
  }

  #forgetParts(): void {
    if (this.#partsLength === 0) return;
    this.#partsLength = 0;
    this.#counts.fill(0);
  }

  #next(): void {
    this.#inParts = false;
    if (this.length >= MAXIMUM_PARAMETERS) {
      this.#full = true;
      return;
    }
    this.values[this.length] = 0;
    this.#starts[this.length] = this.#partsLength;
    this.#counts[this.length] = 0;
    this.length += 1;
  }

  #nextPart(): void {
    this.#inParts = true;
    if (this.#full || this.#partsLength >= MAXIMUM_PARTS) {
      this.#partsFull = true;
      return;
    }
    this.#parts[this.#partsLength] = LEFT_OUT;
    this.#partsLength += 1;
    const last = this.length - 1;
    this.#counts[last] = (this.#counts[last] ?? 0) + 1;
  }

  #digit(digit: number): void {
    if (this.#full) return;
    if (!this.#inParts) {
      const last = this.length - 1;
      this.values[last] = Math.min((this.values[last] ?? 0) * 10 + digit, MAXIMUM_VALUE);
    } else if (!this.#partsFull) {
      const last = this.#partsLength - 1;
      const value = this.#parts[last] ?? 0;
      this.#parts[last] = value === LEFT_OUT ? digit : Math.min(value * 10 + digit, MAXIMUM_VALUE);
    }
  }
}
