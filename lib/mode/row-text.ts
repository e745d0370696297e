import type { RowSource } from '../text/row-source.ts';
import type { TextProbe } from '../text/text-probe.ts';

/** Rows as one text: wrapped rows joined, the others with a line's end between. */
export interface TextChunk {
  readonly index: number;
  /** Rows `start` up to `end`. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Where each row begins in the text, and one past the text for the row after. */
  readonly offsets: readonly number[];
}

/** Rows of a chunk; a line belongs to the chunk in which it begins, unless it fills chunks. */
const CHUNK = 128;
/** UTF-16 units kept before all are forgotten: more than a history of 10 MB. */
const UNITS_KEPT = 1 << 25;

/**
 * The text of a source in chunks, for searching with the engine's own speed. Chunks of history are kept as long as
 * the source's epoch lasts, those near the screen until `refresh`.
 */
export class RowText {
  readonly #source: RowSource;
  readonly #kept = new Map<number, TextChunk>();
  readonly #live = new Map<number, TextChunk>();
  #units = 0;
  #epoch: number;

  constructor(source: RowSource) {
    this.#source = source;
    this.#epoch = source.epoch;
  }

  get firstChunk(): number {
    return Math.floor(this.#source.firstRow / CHUNK);
  }

  get lastChunk(): number {
    return Math.floor(Math.max(this.#source.firstRow, this.#source.endRow - 1) / CHUNK);
  }

  /** Whether the chunk's rows can no longer change, except by being forgotten. */
  isSettled(index: number): boolean {
    return (index + 2) * CHUNK <= this.#source.screenTop && index * CHUNK >= this.#source.firstRow;
  }

  /** Whenever the source may have changed. */
  refresh(): void {
    this.#live.clear();
    if (this.#epoch === this.#source.epoch) return;
    this.#epoch = this.#source.epoch;
    this.#kept.clear();
    this.#units = 0;
  }

  /** Whether a chunk of history surely has nothing that fits, as far as its source can tell without reading rows. */
  lacks(index: number, probe: TextProbe): boolean {
    const source = this.#source;
    if (source.lacks === undefined || this.#kept.has(index) || !this.isSettled(index)) return false;
    return source.lacks(probe, this.#start(index), this.#start(index + 1));
  }

  /** The chunk that a row belongs to. */
  chunkOf(row: number): number {
    const index = Math.floor(row / CHUNK);
    return index > this.firstChunk && row < this.#start(index) ? index - 1 : index;
  }

  chunk(index: number): TextChunk {
    const known = this.#kept.get(index) ?? this.#live.get(index);
    if (known !== undefined && known.start >= this.#source.firstRow) return known;
    const chunk = this.#read(index);
    if (!this.isSettled(index)) {
      this.#live.set(index, chunk);
      return chunk;
    }
    if (this.#units + chunk.text.length > UNITS_KEPT || this.#kept.size > 2 * (this.lastChunk - this.firstChunk + 2)) {
      this.#kept.clear();
      this.#units = 0;
    }
    this.#kept.set(index, chunk);
    this.#units += chunk.text.length;
    return chunk;
  }

  #read(index: number): TextChunk {
    const source = this.#source;
    const start = this.#start(index);
    const end = index >= this.lastChunk ? source.endRow : this.#start(index + 1);
    const offsets: number[] = [0];
    let text = '';
    for (let row = start; row < end; row++) {
      text += source.rowText(row);
      if (row + 1 < end && !source.isWrapped(row + 1)) text += '\n';
      offsets.push(text.length);
    }
    return { index, start, end, text, offsets };
  }

  /** The first row of the block that begins a line; the block's first when none does. */
  #start(index: number): number {
    const { firstRow, endRow } = this.#source;
    const first = index * CHUNK;
    if (first <= firstRow) return firstRow;
    const last = Math.min(first + CHUNK, endRow);
    for (let row = first; row < last; row++) if (!this.#source.isWrapped(row)) return row;
    return first;
  }
}

/** The row of a chunk that holds an offset of its text. */
export function rowAt(chunk: TextChunk, offset: number): number {
  let low = 0;
  let high = chunk.offsets.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((chunk.offsets[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return chunk.start + Math.max(0, low);
}
