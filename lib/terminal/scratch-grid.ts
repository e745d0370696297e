import { Grid } from '../text/grid.ts';

let scratch = new Grid({ columns: 1024, rows: 1 });

/** A row of at least `columns` cells for what is read and used at once; the next call may give the same one. */
export function scratchGrid(columns: number): Grid {
  if (scratch.columns < columns) scratch = new Grid({ columns: 2 * columns, rows: 1 });
  return scratch;
}
