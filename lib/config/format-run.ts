import type { FormatContext } from './format-context.ts';

/** Nodes that one expansion may visit, loops in loops included: a few tens of milliseconds. */
const MAXIMUM_STEPS = 50_000;

/** One expansion: what it is about and how much it may still do. */
export interface Run {
  readonly context: FormatContext;
  readonly date: Date;
  /** Whether %H and the like are put in. */
  readonly time: boolean;
  /** Whether #(...) runs: not in values that programs can set. */
  readonly shell: boolean;
  /** Whether the result is markup (for parseMarkup) in the end, or plain. */
  readonly markup: boolean;
  readonly depth: number;
  readonly budget: { steps: number };
}

export const startRun = (context: FormatContext, time: boolean, markup: boolean): Run => ({
  context,
  date: new Date(context.now),
  time,
  shell: true,
  markup,
  depth: 0,
  budget: { steps: MAXIMUM_STEPS },
});
