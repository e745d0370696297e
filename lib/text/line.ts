import type { Style } from './style.ts';

/** A piece of text of one style. */
export interface Span {
  readonly text: string;
  readonly style: Style;
}

/** One line of content, as it is shown. */
export type Line = readonly Span[];
