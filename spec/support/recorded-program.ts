import type { Size } from '../../lib/base/geometry.ts';

/** How a program is recorded. */
export interface RecordedProgram {
  readonly command: readonly string[];
  /** Keys typed at each size, before the next resize; an empty text only waits. */
  readonly keys: readonly (readonly string[])[];
  /** xterm-256color at first. */
  readonly term?: string;
  /** At first a usual, a larger and a small one. */
  readonly sizes?: readonly Size[];
  /** Bytes after which the output of a size is cut, wherever that is: in the middle of a character or a sequence. */
  readonly cut?: number;
}

const sized = (...sizes: readonly (readonly [columns: number, rows: number])[]): readonly Size[] =>
  sizes.map(([columns, rows]) => ({ columns, rows }));

export const USUAL_SIZES = sized([80, 23], [120, 39], [47, 15]);
/** Small first, then larger than at the start. */
export const SMALL_SIZES = sized([80, 23], [40, 12], [132, 43]);
/** Back to where it began. */
export const RETURNING_SIZES = sized([100, 29], [40, 10], [100, 29]);
