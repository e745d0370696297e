import { textWidth } from '../text/width.ts';

/** Rows of cells as lines whose columns stand under each other, two blanks apart. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows)
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, textWidth(cell));
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell + ' '.repeat((widths[at] ?? 0) - textWidth(cell)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** A number of tokens for people: 980, 3.4k, 120k, 1.2M. */
export function count(tokens: number): string {
  if (tokens < 1000) return String(Math.round(tokens));
  if (tokens < 999_500) return `${scaled(tokens / 1000)}k`;
  return `${scaled(tokens / 1_000_000)}M`;
}

const scaled = (value: number): string =>
  value < 9.95 ? value.toFixed(1).replace(/\.0$/, '') : String(Math.round(value));

/** An amount in the person's currency, whatever it is: two digits, or more for small ones. */
export const money = (amount: number): string => amount.toFixed(amount !== 0 && amount < 0.1 ? 4 : 2);

/** A share in percent, as `12%`. */
export const share = (part: number, whole: number): string => `${whole > 0 ? Math.round((part / whole) * 100) : 0}%`;
