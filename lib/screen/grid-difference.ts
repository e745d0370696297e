import type { Grid } from '../text/grid.ts';

/** Whether a cell is the same in both grids. */
export function same(a: Grid, b: Grid, index: number): boolean {
  return (
    a.glyphs[index] === b.glyphs[index] &&
    a.foregrounds[index] === b.foregrounds[index] &&
    a.backgrounds[index] === b.backgrounds[index] &&
    a.attributes[index] === b.attributes[index] &&
    a.underlineColors[index] === b.underlineColors[index] &&
    a.links[index] === b.links[index]
  );
}

/** The arrays of a grid as bytes: most of two frames is equal, and bytes are compared many times as fast as cells. */
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

/** The rows that differ, in order. Both grids have the same size. */
export function changedRows(before: Grid, after: Grid): number[] {
  const others = planesOf(after);
  const differing: (readonly [Buffer, Buffer])[] = [];
  for (const [index, plane] of planesOf(before).entries()) {
    const other = others[index];
    if (other !== undefined && !plane.equals(other)) differing.push([plane, other]);
  }
  const rows: number[] = [];
  if (differing.length === 0) return rows;
  const length = after.columns * Uint32Array.BYTES_PER_ELEMENT;
  for (let y = 0; y < after.rows; y++) {
    const [start, end] = [y * length, (y + 1) * length];
    if (differing.some(([plane, other]) => plane.compare(other, start, end, start, end) !== 0)) rows.push(y);
  }
  return rows;
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
