import type { HookRecipe } from './hook-recipe.ts';

/** What makes a command of an agent's settings ours. */
export const HOOK_CALL = /\bqmux['"]? report-status --hook \w+$/;

/**
 * The line that an agent runs at an event. It does nothing outside qmux, and says so at once where a shell reads it.
 * `program` is how a shell calls qmux.
 */
export function hookLine({ format }: Pick<HookRecipe, 'format'>, event: string, program: string): string {
  const call = `${program} report-status --hook ${event}`;
  return format === 'cursor' ? call : `[ -z "$QMUX" ] || ${call}`;
}
