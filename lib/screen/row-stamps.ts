import type { Grid } from '../text/grid.ts';

/** What stands for the cells of each row of a grid, so that only rows are drawn again that do not show the same. */
export class RowStamps {
  #grid: Grid | undefined;
  /** By row; undefined where nothing is known of what the row shows. */
  #known: (readonly unknown[] | undefined)[] = [];
  #next: unknown[] = [];

  /** Another grid is drawn into from now on, or another picture over it: nothing is known then. */
  begin(grid: Grid): void {
    if (grid === this.#grid) return;
    this.#grid = grid;
    this.forget();
  }

  forget(): void {
    this.#known = [];
  }

  /**
   * Whether row `y` shows what `stamp` stands for; what it stands for is kept for the next time.
   * @param stamp adds what stands for the row; false when that is not known
   */
  isShown(y: number, stamp: (stamps: unknown[]) => boolean): boolean {
    const next = this.#next;
    next.length = 0;
    const isKnown = stamp(next);
    const before = this.#known[y];
    if (isKnown && before !== undefined && sameStamps(before, next)) return true;
    this.#known[y] = isKnown ? next : undefined;
    this.#next = isKnown ? [] : next;
    return false;
  }
}

function sameStamps(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}
