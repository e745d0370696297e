import type { Multiplexer } from './multiplexer.ts';

/** One line of the table; lower is better unless `higher`. */
interface Figure {
  readonly title: string;
  readonly unit: string;
  readonly higher?: boolean;
}

/** One thing done with one multiplexer, and the figures that it gives. */
export interface Case {
  readonly figures: readonly Figure[];
  /** How often it is repeated; the repetitions of both sides alternate. */
  readonly repetitions: number;
  /** Needs longer than a quick run has: measured there only where the words of its title are given. */
  readonly isLong?: boolean;
  /** One repetition; a number for each figure. Leaves no server behind. */
  measure(side: Multiplexer, quick: boolean): Promise<readonly number[]>;
}
