/** A row of more runs keeps a style for each cell. */
const MAXIMUM_RUNS = 32;

/** The styles of a row that is written from left to right, as most are that leave the screen: run after run. */
export class StyleRuns {
  /** How many there are. */
  count = 0;
  /** One past the last cell of each, and its style. */
  readonly ends = new Uint32Array(MAXIMUM_RUNS);
  readonly styles = new Uint32Array(MAXIMUM_RUNS);

  /** Whether there is room for but one more. */
  get isFull(): boolean {
    return this.count >= MAXIMUM_RUNS - 1;
  }

  /** Goes on with a style up to a cell, which must lie behind all others or be the last; there must be room. */
  put(to: number, style: number): void {
    const last = this.count - 1;
    if (to === (last < 0 ? 0 : this.ends[last])) return;
    if (last >= 0 && this.styles[last] === style) this.ends[last] = to;
    else {
      this.ends[last + 1] = to;
      this.styles[last + 1] = style;
      this.count = last + 2;
    }
  }

  /** Adds a run that goes on where the last one ended; false, and nothing is changed, if it does not, or there are too many. */
  add(from: number, to: number, style: number): boolean {
    const last = this.count - 1;
    if (from !== (last < 0 ? 0 : this.ends[last])) return false;
    if (last >= 0 && this.styles[last] === style) {
      this.ends[last] = to;
      return true;
    }
    if (last + 1 === MAXIMUM_RUNS) return false;
    this.ends[last + 1] = to;
    this.styles[last + 1] = style;
    this.count = last + 2;
    return true;
  }

  /** Writes the style of each cell, up to `end`, and forgets the runs. */
  unroll(cells: Uint32Array, end: number): void {
    let x = 0;
    for (let run = 0; run < this.count; run++) {
      const style = this.styles[run] ?? 0;
      const last = Math.min(end, this.ends[run] ?? 0);
      for (; x < last; x++) cells[x] = style;
    }
    this.count = 0;
  }
}
