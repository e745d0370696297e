import type { LaidRow } from '../text/laid-row.ts';
import { KeptRows } from './kept-rows.ts';
import type { Folds, PartSource, TranscriptPart } from './transcript-part.ts';

/** About what a part's place takes, in bytes. */
const PLACE_BYTES = 120;

interface Placed {
  readonly part: TranscriptPart;
  readonly entry: number;
  readonly index: number;
  /** -1 until it is laid out. */
  height: number;
  top: number;
}

/** Where the numbers begin: older rows are found later, with smaller numbers. */
const BASE = 1_000_000_000;
/** Rows that are there at once, if the conversation has them; the rest is laid out in slices, or when asked for. */
const ROWS_AT_ONCE = 400;
/** More new parts than this between two looks are laid out newest first, under new numbers. */
const PARTS_AT_ONCE = 64;
/** Older parts that are laid out for one row that nobody knew yet. */
const PARTS_ON_DEMAND = 512;

/**
 * Gives rows their numbers. Parts are laid out newest first: those before the anchor downwards, those after it upwards,
 * so that a number stays with its row while the epoch is the same, except in the parts that `replace` takes back.
 */
export class TranscriptRows {
  readonly #source: PartSource;
  readonly #folds: Folds;
  readonly #rows: KeptRows;
  #epoch = 0;
  /** Before the anchor, the nearest first. */
  #older: Placed[] = [];
  /** From the anchor on. */
  #newer: Placed[] = [];
  #anchor = BASE;
  /** How many of `#newer` have their place. */
  #settled = 0;
  /** The next older part is the one before this. */
  #next = { entry: 0, index: 0 };

  constructor(source: PartSource, folds: Folds, columns: number) {
    this.#source = source;
    this.#folds = folds;
    this.#rows = new KeptRows(folds, Math.max(1, columns));
  }

  get columns(): number {
    return this.#rows.columns;
  }

  get epoch(): number {
    this.#settle();
    return this.#epoch;
  }

  get firstRow(): number {
    this.#settle();
    for (let parts = 0; parts < ROWS_AT_ONCE && this.#endRow - this.#firstRow < ROWS_AT_ONCE; parts++)
      if (!this.#layOutOlder()) break;
    return this.#firstRow;
  }

  get endRow(): number {
    this.#settle();
    return this.#endRow;
  }

  /** About how many bytes the rows and the places of parts take that are kept. */
  get memoryUse(): number {
    return this.#rows.memoryUse + (this.#older.length + this.#newer.length) * PLACE_BYTES;
  }

  /** Parts laid out so far, for those who count the work. */
  get layouts(): number {
    return this.#rows.layouts;
  }

  setColumns(columns: number): void {
    const wanted = Math.max(1, columns);
    if (wanted === this.#rows.columns) return;
    this.#rows.columns = wanted;
    this.restart();
  }

  /** All numbers anew; nothing is laid out until it is asked for. */
  restart(): void {
    this.#epoch += 1;
    this.#rows.clear();
    this.#older = [];
    this.#newer = [];
    this.#settled = 0;
    this.#anchor = BASE;
    const entry = this.#source.size() - 1;
    const index = entry < 0 ? 0 : this.#source.finished(entry);
    this.#next = { entry: Math.max(0, entry), index };
    if (entry >= 0) this.#push(entry, index);
  }

  /** Part `index` of `entry` and all after it are others now. */
  replace(entry: number, index: number): void {
    const heights = new Map<TranscriptPart, number>();
    let keep = this.#newer.length;
    while (keep > 0) {
      const last = this.#newer[keep - 1];
      if (last === undefined || last.entry < entry || (last.entry === entry && last.index < index)) break;
      heights.set(last.part, last.height);
      keep -= 1;
    }
    const isBefore =
      keep === 0 && (entry < this.#next.entry || (entry === this.#next.entry && index < this.#next.index));
    const isAfterOlder = this.#older.length === 0 || this.#comesAfter(this.#older[0], entry, index);
    if (isBefore || (keep === 0 && !isAfterOlder)) {
      this.restart();
      return;
    }
    this.#newer.length = keep;
    this.#settled = Math.min(this.#settled, keep);
    this.#push(entry, index, heights);
    for (const part of heights.keys()) this.#rows.forget(part);
  }

  toggle(row: number): boolean {
    const placed = this.#find(row);
    if (placed?.part.fold === undefined) return false;
    if (placed.part.gap && row === placed.top) return false;
    this.#folds.toggle(placed.part.fold);
    this.#rows.forget(placed.part);
    const laid = [...this.#older].reverse();
    laid.push(...this.#newer);
    const at = laid.indexOf(placed);
    placed.height = -1;
    this.#anchor = placed.top;
    this.#older = laid.slice(0, at).reverse();
    this.#newer = laid.slice(at);
    this.#settled = 0;
    this.#epoch += 1;
    return true;
  }

  row(row: number): LaidRow | undefined {
    const placed = this.#find(row);
    return placed === undefined ? undefined : this.#rows.of(placed.part)[row - placed.top];
  }

  /**
   * The first row of an entry, or of the next one that has rows. Older parts are laid out down to it, for about so long;
   * undefined when that did not suffice, and where nothing follows.
   */
  rowOf(entry: number, milliseconds: number): number | undefined {
    this.#settle();
    const end = performance.now() + milliseconds;
    while (this.#next.entry > entry || (this.#next.entry === entry && this.#next.index > 0))
      if (performance.now() >= end || !this.#layOutOlder()) break;
    if (this.#next.entry > entry) return undefined;
    const found =
      this.#older.findLast((placed) => placed.entry >= entry) ?? this.#newer.find((placed) => placed.entry >= entry);
    return found && found.top + (found.part.gap ? 1 : 0);
  }

  /** Lays out older parts for about so long. False when all are. */
  layOutMore(milliseconds: number): boolean {
    this.#settle();
    const end = performance.now() + milliseconds;
    while (this.#layOutOlder()) if (performance.now() >= end) return true;
    return false;
  }

  get #firstRow(): number {
    return this.#older.at(-1)?.top ?? this.#anchor;
  }

  get #endRow(): number {
    const last = this.#newer.at(-1);
    return last === undefined ? this.#anchor : last.top + last.height;
  }

  #comesAfter(placed: Placed | undefined, entry: number, index: number): boolean {
    return placed === undefined || placed.entry < entry || (placed.entry === entry && placed.index < index);
  }

  /** Takes what it uses again out of `heights`. */
  #push(entry: number, index: number, heights = new Map<TranscriptPart, number>()): void {
    let from = index;
    for (let number = entry; number < this.#source.size(); number++) {
      const parts = this.#source.parts(number);
      for (let at = from; at < parts.length; at++) {
        const part = parts[at];
        if (part === undefined) continue;
        this.#newer.push({ part, entry: number, index: at, height: heights.get(part) ?? -1, top: 0 });
        heights.delete(part);
      }
      from = 0;
    }
  }

  /** Gives the newer parts their places. */
  #settle(): void {
    if (this.#settled === this.#newer.length) return;
    let unknown = 0;
    for (let index = this.#settled; index < this.#newer.length; index++)
      if (this.#newer[index]?.height === -1) unknown += 1;
    if (unknown > PARTS_AT_ONCE) this.restart();
    for (; this.#settled < this.#newer.length; this.#settled++) {
      const placed = this.#newer[this.#settled];
      if (placed === undefined) continue;
      const before = this.#settled === 0 ? undefined : this.#newer[this.#settled - 1];
      placed.top = before === undefined ? this.#anchor : before.top + before.height;
      if (placed.height === -1) placed.height = this.#rows.of(placed.part).length;
    }
  }

  #layOutOlder(): boolean {
    let { entry, index } = this.#next;
    while (index === 0 && entry > 0) {
      entry -= 1;
      index = this.#source.parts(entry).length;
    }
    if (index === 0) {
      this.#next = { entry, index };
      return false;
    }
    index -= 1;
    this.#next = { entry, index };
    const part = this.#source.parts(entry)[index];
    if (part === undefined) return true;
    const height = this.#rows.of(part).length;
    this.#older.push({ part, entry, index, height, top: this.#firstRow - height });
    return true;
  }

  #find(row: number): Placed | undefined {
    this.#settle();
    if (row >= this.#endRow) return undefined;
    for (let parts = 0; row < this.#firstRow; parts++)
      if (parts >= PARTS_ON_DEMAND || !this.#layOutOlder()) return undefined;
    const isNewer = row >= this.#anchor;
    const parts = isNewer ? this.#newer : this.#older;
    let low = 0;
    let high = parts.length - 1;
    while (low < high) {
      const middle = isNewer ? (low + high + 1) >> 1 : (low + high) >> 1;
      const starts = (parts[middle]?.top ?? 0) <= row;
      if (isNewer) {
        if (starts) low = middle;
        else high = middle - 1;
      } else if (starts) high = middle;
      else low = middle + 1;
    }
    return parts[low];
  }
}
