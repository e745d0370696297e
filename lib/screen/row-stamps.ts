import type { Grid } from '../text/grid.ts';
import type { Picture } from './picture.ts';

/** Stamps of a row that is all of one surface: what is drawn beside it, its place and width, and the surface's own. */
const ONE = 4;

/** What stands for the cells of each row of a grid, so that only rows are drawn again that do not show the same. */
export class RowStamps {
  #grid: Grid | undefined;
  /** By row; undefined where nothing is known of what the row shows. */
  #known: (readonly unknown[] | undefined)[] = [];
  #next: unknown[] = [];
  #picture: Picture | undefined;

  /** Rows of a picture are drawn into a grid, of which nothing is known if it is another one. Whether the picture was the last. */
  begin(grid: Grid, picture: Picture): boolean {
    if (grid !== this.#grid) this.forget();
    const isSame = picture === this.#picture;
    this.#grid = grid;
    this.#picture = picture;
    return isSame;
  }

  /**
   * Whether row `y` shows what it showed when the same picture was drawn last, by the stamp of the one surface that it is
   * all of; false where that is not known.
   */
  isStillShown(y: number, stamp: unknown): boolean {
    const before = this.#known[y];
    return stamp !== undefined && before?.length === ONE && before[ONE - 1] === stamp;
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
