import type { Grid } from '../text/grid.ts';

/** Whether a cell is the same in both grids. */
export const same = (a: Grid, b: Grid, index: number): boolean =>
  a.glyphs[index] === b.glyphs[index] && sameStyle(a, index, b, index);

/** Whether two cells differ in no more than what stands in them. */
export function sameStyle(a: Grid, first: number, b: Grid, second: number): boolean {
  return (
    a.foregrounds[first] === b.foregrounds[second] &&
    a.backgrounds[first] === b.backgrounds[second] &&
    a.attributes[first] === b.attributes[second] &&
    a.underlineColors[first] === b.underlineColors[second] &&
    a.links[first] === b.links[second]
  );
}

/** The arrays of a grid as bytes, which are compared many times as fast as cells. */
const known = new WeakMap<Grid, readonly Buffer[]>();

function planesOf(grid: Grid): readonly Buffer[] {
  const before = known.get(grid);
  if (before !== undefined) return before;
  const { glyphs, foregrounds, backgrounds, attributes, underlineColors, links } = grid;
  const planes = [glyphs, foregrounds, backgrounds, attributes, underlineColors, links].map(
    ({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength),
  );
  known.set(grid, planes);
  return planes;
}

export const everyRow = ({ rows }: Grid): number[] => Array.from({ length: rows }, (_, y) => y);

/** Those of the rows that differ. Both grids have the same size. */
export function changedRows(before: Grid, after: Grid, rows: readonly number[]): number[] {
  const planes = planesOf(before);
  const others = planesOf(after);
  const length = after.columns * Uint32Array.BYTES_PER_ELEMENT;
  const differs = (y: number): boolean => {
    const [start, end] = [y * length, (y + 1) * length];
    for (let index = 0; index < planes.length; index++) {
      const other = others[index];
      if (other !== undefined && planes[index]?.compare(other, start, end, start, end) !== 0) return true;
    }
    return false;
  };
  return rows.filter(differs);
}

/** Makes rows of one grid, given in order, those of the other. */
export function takeRows(grid: Grid, from: Grid, rows: readonly number[]): void {
  const planes = planesOf(grid);
  const sources = planesOf(from);
  const length = from.columns * Uint32Array.BYTES_PER_ELEMENT;
  for (let index = 0; index < rows.length; ) {
    const first = rows[index] ?? 0;
    let end = first;
    // Rows that follow one another are copied at once.
    for (; rows[index] === end; index++) end += 1;
    for (let plane = 0; plane < planes.length; plane++) {
      const target = planes[plane];
      if (target !== undefined) sources[plane]?.copy(target, first * length, first * length, end * length);
    }
  }
}

/** The column from which the row that begins at `start` is blank to its end, all of one background. */
export function blankTail(grid: Grid, start: number): number {
  const last = start + grid.columns - 1;
  let index = last;
  while (
    index >= start &&
    grid.glyphs[index] === 0 &&
    grid.attributes[index] === 0 &&
    grid.links[index] === 0 &&
    grid.backgrounds[index] === grid.backgrounds[last]
  )
    index -= 1;
  return index + 1 - start;
}

/** Rows from `top` to `bottom`, all of them blank and plain, of which `count` changed. */
export interface BlankRows {
  readonly top: number;
  readonly bottom: number;
  readonly count: number;
}

/** Those of the rows, given in order, that are blank and plain, with no others between: where most of them are together. */
export function blankRows(grid: Grid, rows: readonly number[]): BlankRows {
  let most: BlankRows = { top: 0, bottom: -1, count: 0 };
  let run: BlankRows | undefined;
  for (const y of rows) {
    if (!isBlank(grid, y)) {
      run = undefined;
      continue;
    }
    let next = run === undefined ? y : run.bottom + 1;
    while (next < y && isBlank(grid, next)) next += 1;
    run = run === undefined || next < y ? { top: y, bottom: y, count: 1 } : { ...run, bottom: y, count: run.count + 1 };
    if (run.count > most.count) most = run;
  }
  return most;
}

const isBlank = (grid: Grid, y: number): boolean =>
  blankTail(grid, y * grid.columns) === 0 && grid.backgrounds[y * grid.columns] === 0;
