/** What the newest piece may hold before another one is begun, in UTF-16 units. */
const PIECE = 4096;

/**
 * A text that only grows, as a value: each append gives a new one and leaves the old as it was. Appending costs as much
 * as what is appended, and reading what is new costs as much as what is new, however long the text is.
 */
export class GrowingText {
  static readonly EMPTY = new GrowingText([], 0, '', 0);
  /** Shared by all values that grew from each other: each looks at its first `#count` pieces only. */
  readonly #pieces: string[];
  readonly #count: number;
  readonly #tail: string;
  /** In UTF-16 units. */
  readonly length: number;

  private constructor(pieces: string[], count: number, tail: string, length: number) {
    this.#pieces = pieces;
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
    if (tail.length < PIECE) return new GrowingText(this.#pieces, this.#count, tail, length);
    // Another value may have grown from the same pieces already.
    const own = this.#count > 0 && this.#pieces.length === this.#count;
    const pieces = own ? this.#pieces : this.#pieces.slice(0, this.#count);
    pieces.push(tail);
    return new GrowingText(pieces, this.#count + 1, '', length);
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

  toString(): string {
    return this.since(0);
  }
}
