import type { Grid } from '../text/grid.ts';
import type { Line } from '../text/line.ts';
import { drawLine } from '../text/line-cells.ts';
import type { RowSource } from '../text/row-source.ts';
import { PLAIN, type Style } from '../text/style.ts';
import { foldLine, highlighted, lineText, textLines } from './page-lines.ts';

/** A text from outside as rows of a width, with the words of a search in a style of their own. */
export class TextPreview implements RowSource {
  readonly columns: number;
  readonly firstRow = 0;
  readonly screenTop = 0;
  readonly epoch = 0;
  readonly #rows: readonly Line[];

  constructor(text: string, columns: number, words: readonly string[], style: Style) {
    this.columns = Math.max(1, columns);
    this.#rows = textLines(text)
      .flatMap((line) => foldLine(line, this.columns))
      .map((line) => highlighted(line, placesOf(lineText(line), words), style));
  }

  get endRow(): number {
    return this.#rows.length;
  }

  readRow(row: number, grid: Grid, x: number, y: number, width: number): void {
    const start = y * grid.columns + x;
    grid.erase(start, start + Math.min(width, grid.columns - x));
    drawLine(grid, x, y, width, this.#rows[row] ?? [], PLAIN);
  }

  rowText(row: number): string {
    return lineText(this.#rows[row] ?? []).trimEnd();
  }

  isWrapped(): boolean {
    return false;
  }
}

/** Where the words are in a text, in any case: starts and ends in turn, none over another. */
export function placesOf(text: string, words: readonly string[]): readonly number[] {
  const lower = text.toLowerCase();
  const found: (readonly [number, number])[] = [];
  for (const word of words) {
    if (word === '') continue;
    for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + word.length))
      found.push([at, at + word.length]);
  }
  let end = 0;
  return found
    .sort(([a], [b]) => a - b)
    .flatMap(([from, to]) => {
      if (from < end) return [];
      end = to;
      return [from, to];
    });
}
