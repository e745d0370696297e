/** What the newest piece may hold before another one is begun, in UTF-16 units. */
const PIECE = 4096;

/**
 * A text that only grows, as a value: each append gives a new one and leaves the old as it was. Appending costs as much
 * as what is appended, and reading what is new costs as much as what is new, however long the text is.
 */
export class GrowingText {
  static readonly EMPTY = new GrowingText([], [], 0, '', 0);
  /** Shared by all values that grew from each other: each looks at its first `#count` pieces only. */
  readonly #pieces: string[];
  /** Where each piece begins; shared as the pieces are. */
  readonly #starts: number[];
  readonly #count: number;
  readonly #tail: string;
  /** In UTF-16 units. */
  readonly length: number;

  private constructor(pieces: string[], starts: number[], count: number, tail: string, length: number) {
    this.#pieces = pieces;
    this.#starts = starts;
    this.#count = count;
    this.#tail = tail;
    this.length = length;
  }

  static of(text: string): GrowingText {
    return GrowingText.EMPTY.append(text);
  }

  append(text: string): GrowingText {
    if (text === '') return this;
    const tail = this.#tail + text;
    const length = this.length + text.length;
    if (tail.length < PIECE) return new GrowingText(this.#pieces, this.#starts, this.#count, tail, length);
    // Another value may have grown from the same pieces already.
    const own = this.#count > 0 && this.#pieces.length === this.#count;
    const pieces = own ? this.#pieces : this.#pieces.slice(0, this.#count);
    const starts = own ? this.#starts : this.#starts.slice(0, this.#count);
    pieces.push(tail);
    starts.push(length - tail.length);
    return new GrowingText(pieces, starts, this.#count + 1, '', length);
  }

  /** What comes after the first `length` units. */
  since(length: number): string {
    let wanted = this.length - Math.max(0, length);
    if (wanted <= 0) return '';
    if (wanted <= this.#tail.length) return this.#tail.slice(this.#tail.length - wanted);
    const found = [this.#tail];
    wanted -= this.#tail.length;
    for (let index = this.#count - 1; index >= 0 && wanted > 0; index--) {
      const piece = this.#pieces[index] ?? '';
      found.push(wanted >= piece.length ? piece : piece.slice(piece.length - wanted));
      wanted -= piece.length;
    }
    return found.reverse().join('');
  }

  /** Units `start` up to `end`; costs as much as it gives, wherever it lies. */
  slice(start: number, end: number): string {
    const tailStart = this.length - this.#tail.length;
    const from = Math.max(0, start);
    const to = Math.min(end, this.length);
    if (from >= to) return '';
    if (from >= tailStart) return this.#tail.slice(from - tailStart, to - tailStart);
    let found = '';
    for (let index = this.#pieceAt(from); index < this.#count; index++) {
      const own = this.#starts[index] ?? 0;
      if (own >= to) break;
      found += (this.#pieces[index] ?? '').slice(Math.max(0, from - own), to - own);
    }
    return to > tailStart ? found + this.#tail.slice(0, to - tailStart) : found;
  }

  /** The piece that holds unit `offset`, which lies before the tail. */
  #pieceAt(offset: number): number {
    let low = 0;
    let high = this.#count - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  toString(): string {
    return this.since(0);
  }
}
