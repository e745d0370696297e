import type { Usage } from './message.ts';
import type { Prices } from './model.ts';

/** What usage costs, in the person's currency; cached input costs as much as other input where no price is named. */
export function costOf({ input, cached, output }: Usage, prices: Prices): number {
  const fresh = Math.max(0, input - cached);
  return (fresh * prices.input + cached * (prices.cached ?? prices.input) + output * prices.output) / 1_000_000;
}
