import type { FormatContext } from './format-context.ts';
import { evaluate } from './format-evaluator.ts';
import { startRun } from './format-run.ts';
import { parseFormat } from './format-syntax.ts';
import { unescapeMarkup } from './format-text.ts';

export type { FormatContext } from './format-context.ts';
export { isTrue } from './format-operators.ts';

export interface ExpandOptions {
  /** Puts the time in for %H, %M and the rest of strftime(3), as in status lines; otherwise a % is a %. */
  readonly time?: boolean;
}

/**
 * tmux's format language, for scripts, titles and conditions: the template with everything put in, as plain text. For
 * what is drawn with styles use `expandMarkup`. Never throws; bounded in time and length.
 */
export function expandFormat(template: string, context: FormatContext, options: ExpandOptions = {}): string {
  return unescapeMarkup(evaluate(parseFormat(template), startRun(context, options.time ?? false, false)));
}

/**
 * The same as markup for `parseMarkup`: the template's `#[...]` are styles, and no value can make one, whatever a program
 * calls itself.
 */
export function expandMarkup(template: string, context: FormatContext, options: ExpandOptions = {}): string {
  return evaluate(parseFormat(template), startRun(context, options.time ?? false, true));
}
