const DISTANCE = 8;

/** Where tabs stop: every eight columns, until a program says otherwise. */
export class TabStops {
  readonly #stops = new Set<number>();
  #columns: number;

  constructor(columns: number) {
    this.#columns = columns;
    this.reset();
  }

  /** The columns with a stop, from the left. */
  get columns(): readonly number[] {
    return [...this.#stops].filter((x) => x < this.#columns).sort((one, other) => one - other);
  }

  reset(): void {
    this.#stops.clear();
    for (let x = 0; x < this.#columns; x += DISTANCE) this.#stops.add(x);
  }

  /** Goes on with stops every eight columns from the last one. */
  resize(columns: number): void {
    this.#columns = columns;
    let x = columns;
    if (!this.#stops.has(x)) x = this.before(x);
    for (; x < columns; x += DISTANCE) this.#stops.add(x);
  }

  set(x: number): void {
    this.#stops.add(x);
  }

  delete(x: number): void {
    this.#stops.delete(x);
  }

  clear(): void {
    this.#stops.clear();
  }

  /** The next stop after `x`, or the last column. */
  after(x: number): number {
    let next = x + 1;
    while (next < this.#columns && !this.#stops.has(next)) next += 1;
    return Math.min(next, this.#columns - 1);
  }

  /** The stop before `x`, or the first column. */
  before(x: number): number {
    let next = x - 1;
    while (next > 0 && !this.#stops.has(next)) next -= 1;
    return Math.max(0, Math.min(next, this.#columns - 1));
  }
}
