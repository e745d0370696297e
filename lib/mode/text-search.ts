import { type CellPosition, isBefore, type RowReader } from './row-reader.ts';
import { type RowText, rowAt, type TextChunk } from './row-text.ts';
import { findMatches, type SearchPattern } from './search-pattern.ts';

export type SearchDirection = 'forward' | 'backward';

/** A match by its first and its last cell. */
export interface TextMatch {
  readonly from: CellPosition;
  readonly to: CellPosition;
}

/** A search under way; given back to `find` until it is done. */
export interface SearchScan {
  readonly from: CellPosition;
  readonly direction: SearchDirection;
  /** Whether a match that begins at `from` counts. */
  readonly inclusive: boolean;
  readonly wrap: boolean;
  /** Chunks looked at so far. */
  visited: number;
}

export interface MatchCount {
  /** From 1; undefined when there is no present match, or not all before it were counted yet. */
  readonly index: number | undefined;
  readonly total: number;
  readonly complete: boolean;
}

/** Chunks whose matches are kept, beside the counts of all. */
const CHUNKS_KEPT = 8;

/** All matches of one pattern in a source, found chunk by chunk within the time given. */
export class TextSearch {
  readonly pattern: SearchPattern;
  readonly #reader: RowReader;
  readonly #text: RowText;
  readonly #now: () => number;
  readonly #counts = new Map<number, number>();
  readonly #kept = new Map<TextChunk, readonly number[]>();
  #epoch: number;
  #timedOut = false;

  constructor(pattern: SearchPattern, reader: RowReader, text: RowText, now: () => number) {
    this.pattern = pattern;
    this.#reader = reader;
    this.#text = text;
    this.#now = now;
    this.#epoch = reader.source.epoch;
  }

  /** Whether the pattern was given up because it took too long. */
  get timedOut(): boolean {
    return this.#timedOut;
  }

  /** The next match of a scan; 'unfinished' when `deadline` came first, undefined when there is none. */
  find(scan: SearchScan, deadline: number): TextMatch | 'unfinished' | undefined {
    const first = this.#text.firstChunk;
    const chunks = this.#text.lastChunk - first + 1;
    const step = scan.direction === 'forward' ? 1 : -1;
    const origin = this.#text.chunkOf(scan.from.row) - first;
    for (; scan.visited <= chunks; scan.visited++) {
      const place = origin + step * scan.visited;
      if (!scan.wrap && (place < 0 || place >= chunks)) return undefined;
      if (this.#timedOut) return undefined;
      const index = first + (((place % chunks) + chunks) % chunks);
      const match = this.#findIn(index, scan);
      if (match !== undefined) return match;
      if (this.#now() > deadline && scan.visited < chunks) {
        scan.visited++;
        return 'unfinished';
      }
    }
    return undefined;
  }

  /** The matches that touch rows `top` up to `end`, at most `limit`. */
  matchesIn(top: number, end: number, limit: number): readonly TextMatch[] {
    const found: TextMatch[] = [];
    const last = this.#text.chunkOf(Math.max(top, end - 1));
    for (let index = this.#text.chunkOf(top); index <= last; index++) {
      const chunk = this.#text.chunk(index);
      const matches = this.#matches(chunk);
      const firstOffset = chunk.offsets[Math.max(0, top - chunk.start)] ?? 0;
      for (let at = 0; at < matches.length && found.length < limit; at += 2) {
        const [start, stop] = [matches[at] ?? 0, matches[at + 1] ?? 0];
        if (stop <= firstOffset) continue;
        if (rowAt(chunk, start) >= end) break;
        found.push(this.#cells(chunk, start, stop));
      }
    }
    return found;
  }

  /** How many matches there are, and which of them begins at `current`; counts on until `deadline`. */
  count(current: CellPosition | undefined, deadline: number): MatchCount {
    const first = this.#text.firstChunk;
    const last = this.#text.lastChunk;
    this.#forgetCounts(first, last);
    const own = current === undefined ? -1 : this.#text.chunkOf(current.row);
    let total = 0;
    let before = 0;
    let complete = !this.#timedOut;
    let completeBefore = complete;
    for (let index = last; index >= first; index--) {
      const count = this.#countOf(index, deadline);
      if (count === undefined) {
        complete = false;
        if (index < own) completeBefore = false;
        continue;
      }
      total += count;
      if (index < own) before += count;
    }
    const counted = current !== undefined && completeBefore && own >= first;
    return { index: counted ? before + this.#ordinal(own, current) : undefined, total, complete };
  }

  #countOf(index: number, deadline: number): number | undefined {
    const known = this.#counts.get(index);
    if (known !== undefined && this.#text.isSettled(index)) return known;
    if (this.#timedOut || (this.#text.isSettled(index) && this.#now() > deadline)) return undefined;
    return this.#isRuledOut(index) ? 0 : this.#matches(this.#text.chunk(index)).length / 2;
  }

  /** Whether a chunk of history has no match, which is found out without its rows. */
  #isRuledOut(index: number): boolean {
    const { probe } = this.pattern;
    if (probe === undefined || !this.#text.lacks(index, probe)) return false;
    this.#counts.set(index, 0);
    return true;
  }

  #forgetCounts(first: number, last: number): void {
    if (this.#epoch !== this.#reader.source.epoch) {
      this.#epoch = this.#reader.source.epoch;
      this.#counts.clear();
    }
    if (this.#counts.size <= 2 * (last - first + 1)) return;
    for (const index of this.#counts.keys()) if (index < first) this.#counts.delete(index);
  }

  #ordinal(index: number, position: CellPosition): number {
    const chunk = this.#text.chunk(index);
    const matches = this.#matches(chunk);
    const offset = this.#offset(chunk, position);
    let ordinal = 0;
    for (let at = 0; at < matches.length && (matches[at] ?? 0) <= offset; at += 2) ordinal++;
    return Math.max(1, ordinal);
  }

  /** The match of a chunk that the scan wants; in the chunk it began in, that depends on whether it has come round. */
  #findIn(index: number, scan: SearchScan): TextMatch | undefined {
    if (this.#text.isSettled(index) && this.#counts.get(index) === 0) return undefined;
    if (this.#isRuledOut(index)) return undefined;
    const chunk = this.#text.chunk(index);
    const matches = this.#matches(chunk);
    const first = scan.visited === 0;
    const offset = first ? this.#offset(chunk, scan.from) : 0;
    const forward = scan.direction === 'forward';
    const pairs = matches.length / 2;
    for (let pair = 0; pair < pairs; pair++) {
      const at = 2 * (forward ? pair : pairs - 1 - pair);
      const start = matches[at] ?? 0;
      const after = scan.inclusive ? start >= offset : start > offset;
      if (first && (forward ? !after : start >= offset)) continue;
      return this.#cells(chunk, start, matches[at + 1] ?? start + 1);
    }
    return undefined;
  }

  #matches(chunk: TextChunk): readonly number[] {
    const known = this.#kept.get(chunk);
    if (known !== undefined) return known;
    const found = this.#timedOut ? undefined : findMatches(this.pattern, chunk.text);
    if (found === undefined) {
      this.#timedOut = true;
      return [];
    }
    if (this.#text.isSettled(chunk.index)) this.#counts.set(chunk.index, found.length / 2);
    if (this.#kept.size >= CHUNKS_KEPT) {
      const oldest = this.#kept.keys().next().value;
      if (oldest !== undefined) this.#kept.delete(oldest);
    }
    this.#kept.set(chunk, found);
    return found;
  }

  #offset(chunk: TextChunk, { row, column }: CellPosition): number {
    const line = row - chunk.start;
    const start = chunk.offsets[line] ?? 0;
    const next = chunk.offsets[line + 1] ?? chunk.text.length;
    return Math.min(start + this.#reader.offsetOf(row, column), next);
  }

  #cells(chunk: TextChunk, start: number, stop: number): TextMatch {
    return { from: this.#cell(chunk, start), to: this.#cell(chunk, stop - 1) };
  }

  #cell(chunk: TextChunk, offset: number): CellPosition {
    const row = rowAt(chunk, offset);
    return { row, column: this.#reader.columnOf(row, offset - (chunk.offsets[row - chunk.start] ?? 0)) };
  }
}

/** Whether a position lies on a match. */
export const covers = ({ from, to }: TextMatch, position: CellPosition): boolean =>
  !isBefore(position, from) && !isBefore(to, position);
