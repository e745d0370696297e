import { StyleRuns } from './style-runs.ts';

const NO_CELLS = new Uint32Array(0);
/** Up to so many cells a loop is quicker than a call. */
const SHORT_FILL = 64;

/** The styles of a row's cells: nothing as long as all are plain, runs while it is written from left to right, else one a cell. */
export class RowStyles {
  readonly #columns: number;
  /** Whether any cell may be other than plain. */
  isKept = false;
  /** Without any where `cells` has the styles. */
  runs: StyleRuns | undefined;
  #cells: Uint32Array = NO_CELLS;

  constructor(columns: number) {
    this.#columns = columns;
  }

  /** One a cell, while they are kept. */
  get cells(): Uint32Array {
    const { runs } = this;
    if (runs !== undefined && runs.count > 0) {
      if (this.#cells.length < this.#columns) this.#cells = new Uint32Array(this.#columns);
      runs.unroll(this.#cells, this.#columns);
    }
    return this.#cells;
  }

  /** One past the last cell before `end` that is not plain. */
  end(end: number): number {
    if (!this.isKept) return 0;
    const { runs } = this;
    if (runs !== undefined && runs.count > 0) {
      let run = runs.count - 1;
      // Cells may have left at the end.
      while (run >= 0 && (runs.styles[run] === 0 || (run > 0 && (runs.ends[run - 1] ?? 0) >= end))) run -= 1;
      return run < 0 ? 0 : Math.min(end, runs.ends[run] ?? 0);
    }
    const { cells } = this;
    let last = end;
    while (last > 0 && cells[last - 1] === 0) last -= 1;
    return last;
  }

  /** All cells are plain. */
  clear(): void {
    this.isKept = false;
    if (this.runs !== undefined) this.runs.count = 0;
  }

  /** The cells from `from` up to `to` get a style; `end` is one past the last cell so far. */
  set(from: number, to: number, style: number, end: number): void {
    if (!this.isKept) {
      if (style === 0) return;
      this.isKept = true;
      this.runs ??= new StyleRuns();
      // What is before and behind is plain.
      if (from > 0) this.runs.add(0, from, 0);
      this.runs.add(from, to, style);
      if (to < end) this.runs.add(to, end, 0);
      return;
    }
    const { runs } = this;
    if (runs !== undefined && runs.count > 0 && runs.add(from, to, style)) return;
    const { cells } = this;
    if (to - from > SHORT_FILL) cells.fill(style, from, to);
    else for (let x = from; x < to; x++) cells[x] = style;
  }

  /** Takes the styles of a whole row, and returns runs that are free. */
  take(runs: StyleRuns): StyleRuns {
    this.isKept = runs.count > 1 || runs.styles[0] !== 0;
    let free = runs;
    if (this.isKept) {
      free = this.runs ?? new StyleRuns();
      this.runs = runs;
    } else if (this.runs !== undefined) this.runs.count = 0;
    free.count = 0;
    return free;
  }
}
