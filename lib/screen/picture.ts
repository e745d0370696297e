import { contains, type Position, type Rect, type Size } from '../base/geometry.ts';
import type { Grid } from '../text/grid.ts';
import { PLAIN, palette, type Style } from '../text/style.ts';
import type { ScreenHit } from './screen-view.ts';
import type { Mount, Surface } from './surface.ts';
import { type DrawnCell, renderTree, type Tree } from './toolkit.ts';

/** Cells next to each other that blessed drew itself, all of one style. */
interface DrawnRun {
  readonly x: number;
  readonly glyphs: number[];
  readonly style: Style;
}

interface Row {
  /** Surfaces of which something shows in this row, from the bottom up, by number, with where they lie. */
  readonly surfaces: readonly { readonly number: number; readonly rect: Rect }[];
  readonly drawn: readonly DrawnRun[];
}

const NOTHING_DRAWN: readonly DrawnRun[] = [];

/** Where the surfaces of a picture lie, by their numbers. It holds none of them, so that it can be kept for the next time. */
export interface Plan {
  readonly rects: ReadonlyMap<number, Rect>;
  /** For each cell its surface's number, or 0. */
  readonly owners: Uint16Array;
  readonly rows: readonly Row[];
}

/** The layout of one screen: which surface each cell belongs to. It stays while nothing moves, opens or closes. */
export class Picture {
  readonly plan: Plan;
  readonly #size: Size;
  readonly #surfaces: Surface[] = [];

  /** @param plan that of a picture of the same layout, which need not be laid out again */
  constructor(size: Size, area: Rect, line: Rect, mount: (mount: Mount) => void, plan?: Plan) {
    this.#size = size;
    const number = (surface: Surface): number => this.#surfaces.push(surface);
    if (plan !== undefined)
      mount({
        root: undefined,
        area,
        line,
        frame: () => undefined,
        surface: (_parent, _place, surface) => number(surface),
      });
    const build = (tree: Tree): void =>
      mount({
        root: tree.root,
        area,
        line,
        frame: (parent, place, color) => tree.frame(parent ?? tree.root, place, color),
        surface: (parent, place, surface) => tree.hole(parent ?? tree.root, place, number(surface)),
      });
    this.plan = plan ?? planOf(size, build);
  }

  isOf(columns: number, rows: number): boolean {
    return columns === this.#size.columns && rows === this.#size.rows;
  }

  /**
   * Adds to `stamps` what stands for all cells of a row: where the stamps are those of a row drawn before, so are the
   * cells, also in another picture. False when that is not known of all of it.
   */
  stamp(y: number, stamps: unknown[]): boolean {
    const row = this.plan.rows[y];
    if (row === undefined) return false;
    stamps.push(row.drawn);
    for (const { number, rect } of row.surfaces) {
      const surface = this.#surfaces[number - 1];
      if (surface === undefined) continue;
      const stamp = surface.stamp?.(rect, y - rect.y);
      if (stamp === undefined) return false;
      stamps.push(rect.x, rect.width, stamp);
    }
    return true;
  }

  /** The stamp of the surface that is all of row `y`; undefined when there are more, or it has none. */
  onlyStamp(y: number): unknown {
    const surfaces = this.plan.rows[y]?.surfaces;
    const place = surfaces?.[0];
    if (place === undefined || surfaces?.length !== 1) return undefined;
    return this.#surfaces[place.number - 1]?.stamp?.(place.rect, y - place.rect.y);
  }

  /** Draws every cell of a row. */
  drawRow(grid: Grid, y: number): void {
    const row = this.plan.rows[y];
    if (row === undefined) return;
    const { columns } = this.#size;
    grid.erase(y * columns, (y + 1) * columns);
    let lowest = true;
    for (const { number, rect } of row.surfaces) {
      const surface = this.#surfaces[number - 1];
      if (surface === undefined) continue;
      // What lies under this surface was drawn into its cells as well.
      const start = y * columns + rect.x;
      if (!lowest) grid.erase(start, Math.min(start + rect.width, (y + 1) * columns));
      surface.drawRow(grid, rect, y - rect.y);
      lowest = false;
    }
    for (const { x, glyphs, style } of row.drawn)
      for (const [index, glyph] of glyphs.entries()) grid.set(y * columns + x + index, glyph, style);
  }

  hit(position: Position): ScreenHit {
    const number = this.#owner(position);
    const rect = this.plan.rects.get(number);
    const hit = rect
      ? this.#surfaces[number - 1]?.hit({ x: position.x - rect.x, y: position.y - rect.y }, rect)
      : undefined;
    return hit ?? { kind: 'nothing' };
  }

  /** Whether the cell at `position` shows this surface. */
  shows(surface: Surface, position: Position): boolean {
    return this.#surfaces[this.#owner(position) - 1] === surface;
  }

  /** Where the topmost of these surfaces that wants the cursor has it; undefined when none does. */
  cursorOf(owns: (surface: Surface) => boolean): Position | undefined {
    for (let number = this.#surfaces.length; number > 0; number--) {
      const surface = this.#surfaces[number - 1];
      const rect = this.plan.rects.get(number);
      if (surface?.cursor && rect && owns(surface)) return surface.cursor(rect);
    }
    return undefined;
  }

  #owner({ x, y }: Position): number {
    const { columns, rows } = this.#size;
    if (!contains({ x: 0, y: 0, width: columns, height: rows }, { x, y })) return 0;
    return this.plan.owners[Math.floor(y) * columns + Math.floor(x)] ?? 0;
  }
}

function planOf(size: Size, build: (tree: Tree) => void): Plan {
  const { rects, hole, drawn: cell } = renderTree(size, build);
  const owners = new Uint16Array(size.columns * size.rows);
  const rows: Row[] = [];
  for (let y = 0; y < size.rows; y++) {
    const surfaces = new Set<number>();
    const drawn: DrawnRun[] = [];
    for (let x = 0; x < size.columns; x++) {
      const owner = hole(x, y);
      owners[y * size.columns + x] = owner;
      if (owner > 0) surfaces.add(owner);
      else addDrawn(drawn, x, cell(x, y));
    }
    const shown = [...surfaces]
      .sort((a, b) => a - b)
      .flatMap((number) => {
        const rect = rects.get(number);
        return rect === undefined ? [] : [{ number, rect }];
      });
    rows.push({ surfaces: shown, drawn: drawn.length === 0 ? NOTHING_DRAWN : drawn });
  }
  return { rects, owners, rows };
}

function addDrawn(runs: DrawnRun[], x: number, { character, foreground, background }: DrawnCell): void {
  const glyph = character === ' ' ? 0 : (character.codePointAt(0) ?? 0);
  const style: Style = {
    ...PLAIN,
    foreground: foreground === undefined ? 0 : palette(foreground),
    background: background === undefined ? 0 : palette(background),
  };
  const last = runs[runs.length - 1];
  const follows =
    last !== undefined &&
    last.x + last.glyphs.length === x &&
    last.style.foreground === style.foreground &&
    last.style.background === style.background;
  if (follows) last.glyphs.push(glyph);
  else runs.push({ x, glyphs: [glyph], style });
}
