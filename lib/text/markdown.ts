import { cleanLine } from './clean-line.ts';
import type { GrowingText } from './growing-text.ts';
import { GrowingText as Growing } from './growing-text.ts';
import { type LaidRow, wrapRows } from './laid-row.ts';
import { PLAIN } from './style.ts';

/** Units of source that are laid out together. */
const BATCH = 4096;

/**
 * A Markdown text that grows. Its finished parts are batches, which never change; what follows is the tail. Nothing is
 * kept of a batch but where it lies in the text.
 */
export class StreamedMarkdown {
  #text: GrowingText = Growing.EMPTY;
  /** Where each batch begins, and the tail. */
  readonly #starts = [0];

  get batches(): number {
    return this.#starts.length - 1;
  }

  /** Whether something shown follows the batches. */
  get hasTail(): boolean {
    return this.#text.length > (this.#starts.at(-1) ?? 0);
  }

  get length(): number {
    return this.#text.length;
  }

  /** `text` is what it was, and more. */
  update(text: GrowingText): void {
    this.#text = text;
    let start = this.#starts.at(-1) ?? 0;
    while (text.length - start > 2 * BATCH) {
      const piece = text.slice(start, start + BATCH);
      const feed = piece.lastIndexOf('\n');
      start += feed < 0 ? BATCH : feed + 1;
      this.#starts.push(start);
    }
  }

  layOutBatch(index: number, columns: number): LaidRow[] {
    return paragraphs(this.#text.slice(this.#starts[index] ?? 0, this.#starts[index + 1] ?? 0), columns);
  }

  layOutTail(columns: number): LaidRow[] {
    return paragraphs(this.#text.slice(this.#starts.at(-1) ?? 0, this.#text.length), columns);
  }
}

/** Markdown as rows, all at once. */
export const layOutMarkdown = (text: string, columns: number): LaidRow[] => paragraphs(text, columns);

const paragraphs = (text: string, columns: number): LaidRow[] =>
  text
    .trimEnd()
    .split('\n')
    .flatMap((line) => wrapRows([{ text: cleanLine(line), style: PLAIN }], columns));
