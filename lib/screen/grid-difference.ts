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

/** The rows that differ, in order. */
export function changedRows(before: Grid, after: Grid): number[] {
  const rows: number[] = [];
  const { columns } = after;
  for (let y = 0; y < after.rows; y++) {
    const end = (y + 1) * columns;
    let index = y * columns;
    while (index < end && same(before, after, index)) index += 1;
    if (index < end) rows.push(y);
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
