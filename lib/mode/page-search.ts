import type { Line } from '../text/line.ts';
import { lineText } from './page-lines.ts';
import { findMatches, searchPattern } from './search-pattern.ts';

/** All matches in the rows of a page, found once. */
export class PageSearch {
  readonly text: string;
  readonly #byRow = new Map<number, number[]>();
  /** Rows with matches, in order. */
  readonly #rows: readonly number[];

  constructor(rows: readonly Line[], text: string) {
    this.text = text;
    const texts = rows.map(lineText);
    const matches = findMatches(searchPattern(text, true), texts.join('\n')) ?? [];
    let row = 0;
    let start = 0;
    for (let at = 0; at < matches.length; at += 2) {
      const from = matches[at] ?? 0;
      for (let length = texts[row]?.length ?? 0; from > start + length; length = texts[row]?.length ?? 0) {
        start += length + 1;
        row++;
      }
      const known = this.#byRow.get(row) ?? [];
      known.push(from - start, (matches[at + 1] ?? from) - start);
      this.#byRow.set(row, known);
    }
    this.#rows = [...this.#byRow.keys()];
  }

  /** Starts and ends of the matches of a row, in turn. */
  matchesOf(row: number): readonly number[] {
    return this.#byRow.get(row) ?? [];
  }

  /** The next row with a match after (or before) `from`, around the ends; undefined when there is none. */
  next(from: number, backward: boolean): number | undefined {
    if (backward) return this.#rows.findLast((row) => row < from) ?? this.#rows.at(-1);
    return this.#rows.find((row) => row > from) ?? this.#rows[0];
  }
}
