import { contains, type Position, type Rect, type Size } from '../base/geometry.ts';
import type { Grid } from '../text/grid.ts';
import { PLAIN, palette, type Style } from '../text/style.ts';
import type { ScreenHit } from './screen-view.ts';
import type { Mount, Surface } from './surface.ts';
import { type DrawnCell, renderTree } from './toolkit.ts';

/** Cells next to each other that blessed drew itself, all of one style. */
interface DrawnRun {
  readonly x: number;
  readonly glyphs: number[];
  readonly style: Style;
}

interface Row {
  /** Surfaces of which something shows in this row, from the bottom up. */
  readonly surfaces: readonly number[];
  readonly drawn: readonly DrawnRun[];
}

/** The layout of one screen: which surface each cell belongs to. It stays while nothing moves, opens or closes. */
export class Picture {
  readonly #size: Size;
  readonly #surfaces: Surface[] = [];
  readonly #rects: ReadonlyMap<number, Rect>;
  /** For each cell its surface's number, or 0. */
  readonly #owners: Uint16Array;
  readonly #rows: Row[] = [];

  constructor(size: Size, area: Rect, line: Rect, mount: (mount: Mount) => void) {
    this.#size = size;
    this.#owners = new Uint16Array(size.columns * size.rows);
    const rendered = renderTree(size, (tree) =>
      mount({
        root: tree.root,
        area,
        line,
        frame: tree.frame,
        surface: (parent, place, surface) => {
          tree.hole(parent, place, this.#surfaces.push(surface));
        },
      }),
    );
    this.#rects = rendered.rects;
    for (let y = 0; y < size.rows; y++) {
      const surfaces = new Set<number>();
      const drawn: DrawnRun[] = [];
      for (let x = 0; x < size.columns; x++) {
        const hole = rendered.hole(x, y);
        this.#owners[y * size.columns + x] = hole;
        if (hole > 0) surfaces.add(hole);
        else addDrawn(drawn, x, rendered.drawn(x, y));
      }
      this.#rows.push({ surfaces: [...surfaces].sort((a, b) => a - b), drawn });
    }
  }

  /** Draws every cell. */
  draw(grid: Grid): void {
    const { columns } = this.#size;
    for (const [y, row] of this.#rows.entries()) {
      grid.erase(y * columns, (y + 1) * columns);
      let lowest = true;
      for (const number of row.surfaces) {
        const rect = this.#rects.get(number);
        const surface = this.#surfaces[number - 1];
        if (rect === undefined || surface === undefined) continue;
        // What lies under this surface was drawn into its cells as well.
        const start = y * columns + rect.x;
        if (!lowest) grid.erase(start, Math.min(start + rect.width, (y + 1) * columns));
        surface.drawRow(grid, rect, y - rect.y);
        lowest = false;
      }
      for (const { x, glyphs, style } of row.drawn)
        for (const [index, glyph] of glyphs.entries()) grid.set(y * columns + x + index, glyph, style);
    }
  }

  hit(position: Position): ScreenHit {
    const number = this.#owner(position);
    const rect = this.#rects.get(number);
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
      const rect = this.#rects.get(number);
      if (surface?.cursor && rect && owns(surface)) return surface.cursor(rect);
    }
    return undefined;
  }

  #owner({ x, y }: Position): number {
    const { columns, rows } = this.#size;
    if (!contains({ x: 0, y: 0, width: columns, height: rows }, { x, y })) return 0;
    return this.#owners[Math.floor(y) * columns + Math.floor(x)] ?? 0;
  }
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
