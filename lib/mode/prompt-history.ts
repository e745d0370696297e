/** One prompt's way through the lines typed before; the line being typed stays as the newest. */
export class PromptHistory {
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

  /** Keeps a line that was accepted: not an empty one, and each only once. */
  add(line: string): void {
    if (line.trim() === '') return;
    const known = this.#lines.lastIndexOf(line);
    if (known >= 0) this.#lines.splice(known, 1);
    this.#lines.push(line);
    if (this.#lines.length > this.#limit) this.#lines.splice(0, this.#lines.length - this.#limit);
  }
}
