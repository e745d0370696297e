import type { GrowingText } from '../text/growing-text.ts';

/** The words of a text that grows, counted as it comes. */
export class WordCount {
  #units = 0;
  #inWord = false;
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** `text` is what it was, and more; a shorter one is counted afresh. */
  update(text: GrowingText): void {
    if (text.length < this.#units) {
      this.#units = 0;
      this.#inWord = false;
      this.#count = 0;
    }
    const piece = text.since(this.#units);
    if (piece === '') return;
    const starts = piece.match(/\S+/g)?.length ?? 0;
    this.#count += starts - (this.#inWord && /^\S/.test(piece) ? 1 : 0);
    this.#inWord = /\S$/.test(piece);
    this.#units = text.length;
  }
}
