/** Units of all kept lines together: a message may be a megabyte. */
const MAXIMUM_UNITS = 4 << 20;

/** One prompt's (or composer's) way through the lines typed before; the line being typed stays as the newest. */
export class LineHistory {
  readonly #lines: string[];
  readonly #limit: number;
  /** How many lines back. */
  #back = 0;
  #draft = '';

  /**
   * @param lines oldest first; shared by all prompts of a kind, and changed by `add`
   * @param limit lines that are kept
   */
  constructor(lines: string[], limit: number) {
    this.#lines = lines;
    this.#limit = limit;
  }

  /** The line before, or after with -1; undefined at the ends. */
  move(by: 1 | -1, typed: string): string | undefined {
    const back = this.#back + by;
    if (back < 0 || back > this.#lines.length) return undefined;
    if (this.#back === 0) this.#draft = typed;
    this.#back = back;
    return back === 0 ? this.#draft : this.#lines.at(-back);
  }

  /** Back to the line being typed. */
  reset(): void {
    this.#back = 0;
    this.#draft = '';
  }

  /** Keeps a line that was accepted: not an empty one, and each only once. */
  add(line: string): void {
    if (line.trim() === '') return;
    const known = this.#lines.lastIndexOf(line);
    if (known >= 0) this.#lines.splice(known, 1);
    this.#lines.push(line);
    let kept = Math.min(this.#lines.length, this.#limit);
    let units = 0;
    for (let index = 1; index <= kept; index++) {
      units += this.#lines.at(-index)?.length ?? 0;
      if (units > MAXIMUM_UNITS) kept = Math.max(1, index - 1);
    }
    this.#lines.splice(0, this.#lines.length - kept);
  }
}
