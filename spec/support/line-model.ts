import type { Size } from '../../lib/base/geometry.ts';
import { clustersOf } from '../../lib/text/width.ts';

/** What a cell holds: nothing, a cluster, or the second half of a wide one. */
interface Cell {
  readonly text: string;
  readonly width: number;
  readonly background: number;
}

/** Cells without text, and how many cells of text were before them in their row. */
interface Tail {
  readonly from: number;
  readonly cells: readonly Cell[];
}

const TAIL = 0;
const empty = (background = 0): Cell => ({ text: '', width: 1, background });

/** A row, and the row that its line goes on in: a line is torn as soon as that one no longer follows. */
class ModelRow {
  cells: Cell[];
  next: ModelRow | undefined;
  /** What stood behind the text of its line when that was folded, until the row changes. */
  kept: Tail | undefined;

  constructor(width: number, background = 0) {
    this.cells = Array.from({ length: width }, () => empty(background));
  }

  get last(): Cell {
    return this.cells.at(-1) ?? empty();
  }

  get textEnd(): number {
    return this.cells.findLastIndex(({ text, width }) => text !== '' || width === TAIL) + 1;
  }

  get isEmpty(): boolean {
    return this.cells.every(({ text, width, background }) => text === '' && width === 1 && background === 0);
  }

  /** Whether the last cell is the gap before a wide character that did not fit. */
  get hasGap(): boolean {
    return this.last.text === '' && this.last.width === 1 && this.next?.cells[0]?.width === 2;
  }

  get tail(): Tail {
    return this.kept ?? { from: this.textEnd, cells: this.cells.slice(this.textEnd) };
  }

  /** Its cells were changed: halves of wide characters that are alone become empty. */
  mend(background: number): void {
    this.kept = undefined;
    this.cells = this.cells.map((cell, x) => {
      const isHalf = cell.width === 2 ? this.cells[x + 1]?.width !== TAIL : this.cells[x - 1]?.width !== 2;
      return cell.width !== 1 && isHalf ? empty(background) : cell;
    });
  }
}

interface Place {
  row: ModelRow;
  x: number;
}

/**
 * A terminal's main screen and all of its history as rows of cells, slow and plain: what resizing has to do to text. A
 * line is the rows that went on by themselves, as long as they stand below each other and the last cell is not erased.
 */
export class LineModel {
  #rows: ModelRow[];
  #top = 0;
  #x = 0;
  #y = 0;
  #width: number;
  #height: number;
  #background = 0;
  #saved: { readonly x: number; readonly y: number; readonly background: number } | undefined;

  constructor({ columns, rows }: Size) {
    this.#width = columns;
    this.#height = rows;
    this.#rows = Array.from({ length: rows }, () => new ModelRow(columns));
  }

  /** What is to be seen: rows with their wraps and backgrounds, the cursor. */
  look(): string[] {
    const lines = this.#rows.map((row, index) => {
      const isWrapped = index > 0 && this.#isLinked(index - 1);
      const cells = row.cells.map(({ text, width, background }) =>
        width === TAIL ? '<' : `${text === '' ? '_' : text}${background === 0 ? '' : `/${background}`}`,
      );
      return `${index - this.#top}${isWrapped ? '+' : ' '}${cells.join(' ')}`;
    });
    return [`${Math.min(this.#x, this.#width - 1)},${this.#y} ${this.#top}`, ...lines];
  }

  /**
   * Whether it cannot tell what is right any more: a line that goes on after an empty cell with a wide character looks as
   * if that cell were a gap; and emptied rows that a line ends with are kept by rows of the history alone.
   */
  get isAmbiguous(): boolean {
    return this.#rows.some((row, index) => {
      if (row.textEnd === 0 && index > 0 && this.#isLinked(index - 1)) return true;
      return this.#isLinked(index) && row.hasGap && !this.#gaps.has(row);
    });
  }

  print(text: string): void {
    for (const cluster of clustersOf(text)) {
      let row = this.#row(this.#y);
      if (this.#x + cluster.width > this.#width) {
        if (this.#x < this.#width) {
          row.cells[this.#x] = empty(this.#background);
          row.mend(this.#background);
          this.#gaps.add(row);
        } else this.#gaps.delete(row);
        const before = row;
        this.#lineDown();
        row = this.#row(this.#y);
        before.next = row;
        this.#leave();
        this.#x = 0;
      }
      row.cells[this.#x] = { text: cluster.text, width: cluster.width, background: this.#background };
      if (cluster.width === 2) row.cells[this.#x + 1] = { text: '', width: TAIL, background: this.#background };
      row.mend(this.#background);
      this.#x += cluster.width;
    }
  }

  carriageReturn(): void {
    this.#x = 0;
  }

  lineFeed(): void {
    this.#lineDown();
    this.#x = Math.min(this.#x, this.#width - 1);
  }

  reverseIndex(): void {
    this.#settle();
    if (this.#y > 0) this.#y -= 1;
    else this.insertRows(1, 0);
  }

  moveTo(x: number, y: number): void {
    this.#x = Math.min(x, this.#width - 1);
    this.#y = Math.min(y, this.#height - 1);
  }

  setBackground(background: number): void {
    this.#background = background;
  }

  saveCursor(): void {
    this.#saved = { x: this.#x, y: this.#y, background: this.#background };
  }

  restoreCursor(): void {
    const { x, y, background } = this.#saved ?? { x: 0, y: 0, background: 0 };
    this.moveTo(x, y);
    this.#background = background;
  }

  /** EL: 0 to the end, 1 to the cursor, 2 all. */
  eraseLine(part: number): void {
    const row = this.#row(this.#y);
    if (part !== 1 && (part === 2 || this.#x === 0)) this.#tearAbove(this.#y);
    if (part === 0) this.#erase(row, this.#x, this.#width);
    else if (part === 1) this.#erase(row, 0, Math.min(this.#x + 1, this.#width));
    else this.#erase(row, 0, this.#width);
  }

  /** ED 0: all from the cursor on. */
  eraseBelow(): void {
    this.eraseLine(0);
    for (let y = this.#y + 1; y < this.#height; y++) {
      this.#tearAbove(y);
      this.#erase(this.#row(y), 0, this.#width);
    }
  }

  eraseCells(count: number): void {
    this.#settle();
    this.#erase(this.#row(this.#y), this.#x, Math.min(this.#width, this.#x + count));
  }

  insertCells(count: number): void {
    this.#settle();
    const row = this.#row(this.#y);
    this.#split(row, this.#x);
    row.cells.splice(this.#x, 0, ...Array.from({ length: count }, () => empty(this.#background)));
    row.cells.length = this.#width;
    row.mend(this.#background);
    if (this.#x + count >= this.#width) row.next = undefined;
  }

  deleteCells(count: number): void {
    this.#settle();
    const row = this.#row(this.#y);
    this.#split(row, this.#x, true);
    this.#split(row, this.#x + count, true);
    const removed = row.cells.splice(this.#x, count);
    row.cells.push(...removed.map(() => empty(this.#background)));
    row.mend(this.#background);
    row.next = undefined;
  }

  insertRows(count: number, from = this.#y): void {
    this.#settle();
    const shift = Math.min(count, this.#height - from);
    this.#rows.splice(this.#rows.length - shift, shift);
    this.#rows.splice(this.#top + from, 0, ...this.#blank(shift));
    this.#tearMoved();
  }

  deleteRows(count: number): void {
    this.#settle();
    this.scroll(count, this.#y);
  }

  /** SU, or the rows from another one on. */
  scroll(count: number, from = 0): void {
    const shift = Math.min(count, this.#height - from);
    this.#rows.splice(this.#top + from, shift);
    this.#rows.push(...this.#blank(shift));
    this.#tearMoved();
  }

  resize({ columns, rows: height }: Size): void {
    if (columns === this.#width && height === this.#height) return;
    const cursor = this.#place(this.#x, this.#y);
    const saved = this.#place(this.#saved?.x ?? 0, this.#saved?.y ?? 0);
    const below = Math.max(0, (this.#saved?.y ?? 0) - this.#used + 1);
    const top = this.#place(0, 0);
    const wasFull = this.#used >= this.#height;
    const lines = this.#lines(this.#top + this.#used);
    this.#gaps.clear();
    const rows = lines.flatMap((line) => fold(line, columns, [cursor, saved, top], this.#gaps));
    const cursorRow = rows.indexOf(cursor.row);
    const bottom = Math.max(0, rows.length - height);
    const wanted = wasFull ? bottom : Math.max(rows.indexOf(top.row), bottom);
    this.#top = Math.min(wanted, cursorRow);
    this.#width = columns;
    this.#height = height;
    const savedY = rows.indexOf(saved.row) + below - this.#top;
    rows.length = Math.min(rows.length, this.#top + height);
    while (rows.length < this.#top + height) rows.push(new ModelRow(columns));
    this.#rows = rows;
    this.#y = cursorRow - this.#top;
    this.#x = this.#columnOf(cursor);
    if (this.#saved !== undefined)
      this.#saved = { ...this.#saved, x: this.#columnOf(saved), y: Math.min(height - 1, Math.max(0, savedY)) };
  }

  /** Rows that end in the gap before a wide character. */
  readonly #gaps = new Set<ModelRow>();

  get #used(): number {
    let used = this.#height;
    while (used > this.#y + 1 && this.#row(used - 1).isEmpty) used -= 1;
    return used;
  }

  /** Behind a full last column it waits to wrap. */
  #columnOf({ row, x }: Place): number {
    if (x < this.#width) return x;
    return row.last.text === '' && row.last.width === 1 ? this.#width - 1 : this.#width;
  }

  #place(x: number, y: number): Place {
    return { row: this.#row(Math.min(y, this.#used - 1)), x };
  }

  #row(y: number): ModelRow {
    const row = this.#rows[this.#top + y];
    if (row === undefined) throw new RangeError(`no row ${y}`);
    return row;
  }

  #isLinked(index: number): boolean {
    const { next } = this.#rows[index] ?? {};
    return next !== undefined && next === this.#rows[index + 1];
  }

  #lines(end: number): ModelRow[][] {
    const lines: ModelRow[][] = [];
    this.#rows.slice(0, end).forEach((row, index) => {
      if (index > 0 && this.#isLinked(index - 1)) lines.at(-1)?.push(row);
      else lines.push([row]);
    });
    return lines;
  }

  #tearAbove(y: number): void {
    const above = this.#rows[this.#top + y - 1];
    if (above !== undefined) above.next = undefined;
  }

  /** Erases cells; a line does not go on behind an erased end. */
  #erase(row: ModelRow, from: number, to: number): void {
    for (let x = from; x < to; x++) row.cells[x] = empty(this.#background);
    row.mend(this.#background);
    if (from < to && to >= this.#width) row.next = undefined;
  }

  /** Empties the wide character across the left edge of a cell. */
  #split({ cells }: ModelRow, x: number, isErased = false): void {
    const tail = cells[x];
    if (tail?.width !== TAIL) return;
    cells[x - 1] = empty(this.#background);
    cells[x] = empty(isErased ? this.#background : tail.background);
  }

  #tearMoved(): void {
    this.#rows.forEach((row, index) => {
      if (!this.#isLinked(index)) row.next = undefined;
    });
  }

  #settle(): void {
    this.#x = Math.min(this.#x, this.#width - 1);
  }

  #lineDown(): void {
    if (this.#y < this.#height - 1) this.#y += 1;
    else {
      this.#rows.push(new ModelRow(this.#width, this.#background));
      this.#top += 1;
      this.#leave();
    }
  }

  /** A row that left the screen while its line went on below has no tail. */
  #leave(): void {
    const above = this.#rows[this.#top - 1];
    if (above !== undefined && this.#isLinked(this.#top - 1)) above.kept = undefined;
  }

  #blank(count: number): ModelRow[] {
    return Array.from({ length: count }, () => new ModelRow(this.#width, this.#background));
  }
}

/** The rows of a line at another width; `places` of its text stay with it. */
function fold(line: readonly ModelRow[], width: number, places: readonly Place[], gaps: Set<ModelRow>): ModelRow[] {
  const last = line.at(-1);
  const text: Cell[] = [];
  const offsets = line.map((row) => {
    const start = text.length;
    const length = row === last ? row.textEnd : row.cells.length - (row.hasGap ? 1 : 0);
    text.push(...row.cells.slice(0, length));
    return { start, length };
  });
  const rows: ModelRow[] = [new ModelRow(0)];
  const starts = [0];
  text.forEach((cell, index) => {
    let row = rows.at(-1) ?? new ModelRow(0);
    if (row.cells.length + Math.max(1, cell.width) > width && cell.width !== TAIL) {
      const next = new ModelRow(0);
      if (row.cells.length < width) {
        row.cells.push(empty(cell.background));
        gaps.add(row);
      }
      row.next = next;
      rows.push(next);
      starts.push(index);
      row = next;
    }
    row.cells.push(cell);
  });
  const [lastRow] = rows.slice(-1);
  const tail = last?.tail;
  if (lastRow !== undefined && tail !== undefined) {
    const room = tail.from === lastRow.cells.length ? width - tail.from : 0;
    lastRow.cells.push(...tail.cells.slice(0, room));
    if (tail.cells.slice(room).some(({ background }) => background !== 0)) lastRow.kept = tail;
  }
  for (const row of rows) {
    while (row.cells.length < width) row.cells.push(empty());
    row.cells.length = width;
  }
  for (const place of places) {
    const index = line.indexOf(place.row);
    const offset = offsets[index];
    if (offset === undefined) continue;
    const at = offset.start + Math.min(place.x, offset.length);
    const isText = place.x < offset.length;
    const row = starts.findLastIndex((start) => start <= (isText ? at : Math.max(0, at - 1)));
    place.row = rows[row] ?? place.row;
    place.x = at - (starts[row] ?? 0) + Math.max(0, place.x - offset.length);
  }
  return rows;
}
