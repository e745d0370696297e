/** A search backwards through what was sent, as its pattern is typed. */
export class HistorySearch {
  readonly #lines: readonly string[];
  #pattern = '';
  /** The number of the line found. */
  #at: number;
  #failed = false;

  /** @param lines oldest first */
  constructor(lines: readonly string[]) {
    this.#lines = lines;
    this.#at = lines.length;
  }

  get label(): string {
    return `(${this.#failed ? 'nothing' : 'search'} back: ${this.#pattern}) `;
  }

  /** The line found; undefined before the first. */
  get found(): string | undefined {
    return this.#lines[this.#at];
  }

  /** Adds to the pattern: the line found stays if it fits. */
  type(text: string): void {
    this.#pattern = (this.#pattern + text).slice(0, MAXIMUM_PATTERN);
    this.#seek(Math.min(this.#at, this.#lines.length - 1), -1);
  }

  /** Takes a character from the pattern, and searches from the newest line again. */
  erase(): void {
    this.#pattern = Array.from(this.#pattern).slice(0, -1).join('');
    this.#at = this.#lines.length;
    this.#failed = false;
    if (this.#pattern !== '') this.#seek(this.#lines.length - 1, -1);
  }

  /** The next older line that fits, or newer one with 1. */
  again(by: 1 | -1): void {
    if (this.#pattern !== '') this.#seek(this.#at + by, by);
  }

  /** Case counts when the pattern has a capital. */
  #seek(from: number, by: 1 | -1): void {
    const exact = this.#pattern !== this.#pattern.toLowerCase();
    for (let at = from; at >= 0 && at < this.#lines.length; at += by) {
      const line = this.#lines[at] ?? '';
      if (!(exact ? line : line.toLowerCase()).includes(this.#pattern)) continue;
      this.#at = at;
      this.#failed = false;
      return;
    }
    this.#failed = true;
  }
}

const MAXIMUM_PATTERN = 200;
