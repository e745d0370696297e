import { GrowingText } from './growing-text.ts';
import { highlighter } from './highlight.ts';
import { links } from './intern-table.ts';
import type { LaidRow } from './laid-row.ts';
import { segmentRows, segmentsOf } from './markdown-layout.ts';
import { sourceLines } from './markdown-lines.ts';
import { type Begun, type Segment, START } from './markdown-segment.ts';
import { Segmenter } from './markdown-segmenter.ts';

/** Small enough to be laid out between two keys. */
const BATCH = 4096;

/** Units of source that are read at once. */
const WINDOW = 16 * BATCH;

/**
 * A Markdown text that grows. Its finished parts are batches, which never change; what follows is the tail. Nothing is
 * kept of a batch but where it lies in the text and how to go on there, so that it is laid out again when it is asked
 * for. In pieces or at once, the same text has the same batches and rows.
 */
export class StreamedMarkdown {
  readonly #batchSize: number;
  #text = GrowingText.EMPTY;
  /** The last one is the tail. */
  readonly #batches: Begun[] = [{ start: 0, state: START }];
  /** The lines up to here are whole and taken up. */
  #read = 0;
  readonly #segmenter = new Segmenter(START);
  /** Rows of the tail's finished segments, by where they begin and end. */
  #kept = new Map<string, LaidRow[]>();
  #keptFor = '';
  #segmentsLaidOut = 0;

  /** @param batchSize units of source that are laid out together, about */
  constructor(batchSize = BATCH) {
    this.#batchSize = batchSize;
  }

  /** How many batches are finished. */
  get batches(): number {
    return this.#batches.length - 1;
  }

  /** Whether there is text after the batches. */
  get hasTail(): boolean {
    return this.#text.length > this.#tail.start;
  }

  /** Of the text, in UTF-16 units. */
  get length(): number {
    return this.#text.length;
  }

  /** Segments laid out so far, for those who count the work. */
  get segmentsLaidOut(): number {
    return this.#segmentsLaidOut;
  }

  /** Takes up what came: `text` is what it was, and more. */
  update(text: GrowingText): void {
    this.#text = text;
    for (;;) {
      const from = this.#read;
      const end = Math.min(text.length, from + WINDOW);
      this.#readLines(text.slice(from, end));
      if (this.#read === from || this.#read === text.length) return;
    }
  }

  layOutBatch(index: number, columns: number): LaidRow[] {
    const batch = this.#batches[index];
    const next = this.#batches[index + 1];
    if (batch === undefined || next === undefined) return [];
    return segmentsOf(this.#text, batch.start, next.start, batch.state).flatMap((segment) =>
      this.#layOut(segment, columns),
    );
  }

  layOutTail(columns: number): LaidRow[] {
    const { start, state } = this.#tail;
    const keptFor = `${columns} ${highlighter.generation} ${links.generation} ${start}`;
    if (keptFor !== this.#keptFor) this.#kept.clear();
    this.#keptFor = keptFor;
    const segments = segmentsOf(this.#text, start, this.#text.length, state);
    const last = segments.length - 1;
    return segments.flatMap((segment, index) =>
      index < last ? this.#known(segment, columns) : this.#layOut(segment, columns),
    );
  }

  get #tail(): Begun {
    return this.#batches.at(-1) ?? { start: 0, state: START };
  }

  /** Takes up the whole lines, as far as they need not be read again. */
  #readLines(source: string): void {
    const segmenter = this.#segmenter;
    for (const line of sourceLines(source, this.#read, segmenter.continued, false)) {
      this.#read = segmenter.feed(line);
      segmenter.take();
      const { begun } = segmenter;
      if (begun !== undefined && begun.start - this.#tail.start >= this.#batchSize) this.#batches.push(begun);
      if (this.#read !== line.next) return;
    }
  }

  #known(segment: Segment, columns: number): LaidRow[] {
    const name = `${segment.start} ${segment.end}`;
    const kept = this.#kept.get(name);
    if (kept !== undefined) return kept;
    const rows = this.#layOut(segment, columns);
    this.#kept.set(name, rows);
    return rows;
  }

  #layOut(segment: Segment, columns: number): LaidRow[] {
    this.#segmentsLaidOut += 1;
    return segmentRows(segment, this.#text, columns, 0);
  }
}
