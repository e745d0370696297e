import { clusterEnd } from '../text/cluster.ts';
import { clusterStart } from '../text/cluster-boundary.ts';
import { sanitize } from '../text/sanitize.ts';
import { textWidth, truncate } from '../text/width.ts';

/** A row of a folded text: from `start` to `end`, without the line feed that ends it. */
export interface DraftRow {
  readonly start: number;
  readonly end: number;
}

/** A longer line is folded in pieces of this many units, each by itself, so that no edit costs more than a piece. */
const PIECE = 4096;
/** How far before its nominal end a piece may end, to end at a blank or between clusters. */
const MAXIMUM_SHIFT = 256;
const TAB = 4;
/** Units of one cluster that are shown. */
const MAXIMUM_CLUSTER = 256;

/**
 * A text folded at a width, for showing it and for moving up and down in it. Nothing is computed before it is asked for,
 * and then only near the place in question: a megabyte costs no more than a line.
 */
export class DraftRows {
  readonly #text: string;
  readonly #columns: number;
  readonly #label: (cluster: string) => string;
  #lastLine: DraftRow = { start: 0, end: -1 };
  readonly #pieces = new Map<number, readonly DraftRow[]>();

  /**
   * @param columns at least 1; a blank at a fold may stand in one column more
   * @param label how a cluster is shown that holds a token
   */
  constructor(text: string, columns: number, label: (cluster: string) => string) {
    this.#text = text;
    this.#columns = Math.max(1, columns);
    this.#label = label;
  }

  /** The row in which a cursor at `offset` stands: at a fold, the row after it. */
  at(offset: number): DraftRow {
    const rows = this.#piece(...this.#bounds(offset));
    return rows.findLast(({ start }) => start <= offset) ?? { start: offset, end: offset };
  }

  /** The row before or after; undefined at the ends. */
  beside(row: DraftRow, by: 1 | -1): DraftRow | undefined {
    const rows = this.#piece(...this.#bounds(row.start));
    const index = rows.findIndex(({ start }) => start === row.start);
    const near = rows[index + by];
    if (near !== undefined) return near;
    if (by === -1) return row.start === 0 ? undefined : this.at(row.start - 1);
    const after = this.#text[row.end] === '\n' ? row.end + 1 : row.end;
    return after === row.end && row.end >= this.#text.length ? undefined : this.at(after);
  }

  /** The column of a cursor at `offset`. */
  columnOf(row: DraftRow, offset: number): number {
    let column = 0;
    for (let at = row.start; at < Math.min(offset, row.end); ) {
      const end = Math.min(row.end, clusterEnd(this.#text, at));
      column += this.#width(at, end, column);
      at = end;
    }
    return column;
  }

  /** The place in a row whose column is `column`, or the last one before. */
  offsetAt(row: DraftRow, column: number): number {
    let used = 0;
    let at = row.start;
    while (at < row.end) {
      const end = Math.min(row.end, clusterEnd(this.#text, at));
      used += this.#width(at, end, used);
      if (used > column) return at;
      // Behind the last cluster of a row that is folded there, a cursor would stand in the next row.
      if (end === row.end && this.#text[end] !== '\n' && end < this.#text.length) return at;
      at = end;
    }
    return at;
  }

  /** What is shown of a row: pieces of text, and whether each is a token. Nothing in it is a control. */
  shown(row: DraftRow): readonly { readonly text: string; readonly token: boolean }[] {
    const spans: { text: string; token: boolean }[] = [];
    let column = 0;
    for (let at = row.start; at < row.end; ) {
      const end = Math.min(row.end, clusterEnd(this.#text, at));
      const text = this.#shown(at, end, column);
      const token = isToken(this.#text, at);
      const last = spans.at(-1);
      if (last !== undefined && last.token === token) last.text += text;
      else spans.push({ text, token });
      column += textWidth(text);
      at = end;
    }
    return spans;
  }

  /** The piece of a line that holds a cursor at `offset`. */
  #bounds(offset: number): readonly [number, number] {
    const { start, end } = this.#line(offset);
    if (end - start <= PIECE + MAXIMUM_SHIFT) return [start, end];
    let piece = Math.floor((offset - start) / PIECE);
    const next = this.#border(start, end, piece + 1);
    if (offset >= next && next < end) piece += 1;
    return [this.#border(start, end, piece), this.#border(start, end, piece + 1)];
  }

  /** The line that holds a cursor at `offset`; the one before is mostly the same, and it may be long. */
  #line(offset: number): DraftRow {
    if (offset < this.#lastLine.start || offset > this.#lastLine.end) {
      const start = offset <= 0 ? 0 : this.#text.lastIndexOf('\n', offset - 1) + 1;
      const feed = this.#text.indexOf('\n', offset);
      this.#lastLine = { start, end: feed < 0 ? this.#text.length : feed };
    }
    return this.#lastLine;
  }

  /** Where piece number `piece` of the line begins. */
  #border(start: number, end: number, piece: number): number {
    const nominal = start + piece * PIECE;
    if (piece === 0) return start;
    if (nominal >= end) return end;
    const blank = nominal - MAXIMUM_SHIFT + this.#text.slice(nominal - MAXIMUM_SHIFT, nominal).lastIndexOf(' ') + 1;
    if (blank > nominal - MAXIMUM_SHIFT) return clusterStart(this.#text, blank) === blank ? blank : nominal;
    const cluster = clusterStart(this.#text, nominal);
    return nominal - cluster <= MAXIMUM_SHIFT ? cluster : nominal;
  }

  #piece(from: number, to: number): readonly DraftRow[] {
    const known = this.#pieces.get(from);
    if (known !== undefined) return known;
    const rows = this.#fold(from, to);
    this.#pieces.set(from, rows);
    return rows;
  }

  #fold(from: number, to: number): readonly DraftRow[] {
    const rows: DraftRow[] = [];
    let start = from;
    let used = 0;
    /** Behind the last blank of the row. */
    let fold = -1;
    for (let at = from; at < to; ) {
      const end = Math.min(to, clusterEnd(this.#text, at));
      const width = this.#width(at, end, used);
      const blank = this.#text[at] === ' ';
      if (used + width > this.#columns && at > start && !(blank && used === this.#columns)) {
        const next = fold > start && !blank ? fold : at;
        rows.push({ start, end: next });
        start = next;
        at = next;
        used = 0;
        fold = -1;
        continue;
      }
      used += width;
      at = end;
      if (blank) fold = at;
    }
    rows.push({ start, end: to });
    return rows;
  }

  #width(at: number, end: number, column: number): number {
    if (end === at + 1) {
      const unit = this.#text.charCodeAt(at);
      if (unit >= 0x20 && unit < 0x7f) return 1;
    }
    return textWidth(this.#shown(at, end, column));
  }

  #shown(at: number, end: number, column: number): string {
    const cluster = this.#text.slice(at, Math.min(end, at + MAXIMUM_CLUSTER));
    if (cluster === '\t') return ' '.repeat(Math.max(1, Math.min(TAB - (column % TAB), this.#columns - column)));
    const text = sanitize(isToken(cluster, 0) ? this.#label(cluster) : cluster);
    return textWidth(text) > this.#columns ? truncate(text, this.#columns, this.#columns > 1 ? '…' : '') : text;
  }
}

/** Whether the character at `at` stands for a folded text: plane 16. */
const isToken = (text: string, at: number): boolean => {
  const unit = text.charCodeAt(at);
  return unit >= 0xdbc0 && unit <= 0xdbff;
};
