import { highlighter } from '../text/highlight.ts';
import { links } from '../text/intern-table.ts';
import { BLANK_ROW, type LaidRow } from '../text/laid-row.ts';
import type { Folds, TranscriptPart } from './transcript-part.ts';

/** About what a row takes besides its text, in bytes. */
const ROW_BYTES = 200;
/** Rows kept as they were laid out; the others are laid out again when they are read. */
const ROWS_KEPT = 8192;

/** The rows of parts at a width, laid out when they are asked for; those read last are kept. */
export class KeptRows {
  readonly #folds: Folds;
  readonly #kept = new Map<TranscriptPart, readonly LaidRow[]>();
  #columns: number;
  /** Rows in `#kept`. */
  #count = 0;
  /** Of links and colours; rows from before another one are made anew. */
  #linkGeneration = links.generation;
  #colourGeneration = highlighter.generation;
  #layouts = 0;

  constructor(folds: Folds, columns: number) {
    this.#folds = folds;
    this.#columns = columns;
  }

  get columns(): number {
    return this.#columns;
  }

  /** Rows of another width are others: nothing is kept. */
  set columns(columns: number) {
    this.#columns = columns;
    this.clear();
  }

  /** About how many bytes the rows take that are kept. */
  get memoryUse(): number {
    return this.#count * (ROW_BYTES + 2 * this.#columns);
  }

  /** Parts laid out so far, for those who count the work. */
  get layouts(): number {
    return this.#layouts;
  }

  /** A part's rows, a blank one first where it has a gap before it. */
  of(part: TranscriptPart): readonly LaidRow[] {
    this.#forgetOutdated();
    const kept = this.#kept.get(part);
    if (kept !== undefined) {
      this.#kept.delete(part);
      this.#kept.set(part, kept);
      return kept;
    }
    const open = part.fold !== undefined && this.#folds.isOpen(part.fold);
    const laid = part.layOut(this.#columns, open);
    const rows = part.gap && laid.length > 0 ? [BLANK_ROW, ...laid] : laid;
    this.#layouts += 1;
    this.#kept.set(part, rows);
    this.#count += rows.length;
    for (const [oldest, { length }] of this.#kept) {
      if (this.#count <= ROWS_KEPT || oldest === part) break;
      this.#kept.delete(oldest);
      this.#count -= length;
    }
    return rows;
  }

  /** A part is another one now, or is folded otherwise. */
  forget(part: TranscriptPart): void {
    this.#count -= this.#kept.get(part)?.length ?? 0;
    this.#kept.delete(part);
  }

  clear(): void {
    this.#kept.clear();
    this.#count = 0;
  }

  #forgetOutdated(): void {
    if (this.#linkGeneration === links.generation && this.#colourGeneration === highlighter.generation) return;
    this.#linkGeneration = links.generation;
    this.#colourGeneration = highlighter.generation;
    this.clear();
  }
}
