import type { CellPosition, RowReader } from './row-reader.ts';

/** Cells that one motion looks at: words of megabytes are no words. */
const MAXIMUM_STEPS = 200_000;

/** What a cell is to word motions; with no separators everything that is not blank is a word. */
type CellClass = 'blank' | 'separator' | 'word';

/**
 * Walks cells in reading order as if every line ended in a blank; wrapped rows are not broken. Each function takes a
 * position and returns another, the same when there is no further word.
 */
export class WordMotion {
  readonly #reader: RowReader;
  readonly #separators: string;

  constructor(reader: RowReader, separators: string) {
    this.#reader = reader;
    this.#separators = separators;
  }

  /** The beginning of the next word, or the end of the text. */
  next(from: CellPosition): CellPosition {
    const cell = this.#cursor(from);
    const started = cell.kind();
    if (started !== 'blank') while (cell.kind() === started) if (!cell.forward()) return cell.position;
    while (cell.kind() === 'blank') if (!cell.forward()) return cell.position;
    return cell.position;
  }

  /** One past the end of the word here, or of the next one when here is a blank: emacs's M-f. */
  pastEnd(from: CellPosition): CellPosition {
    const cell = this.#cursor(from);
    while (cell.kind() === 'blank') if (!cell.forward()) return cell.position;
    const started = cell.kind();
    while (cell.kind() === started) if (!cell.forward()) break;
    return cell.position;
  }

  /** The last cell of the next word that ends after here: vi's e. */
  end(from: CellPosition): CellPosition {
    const cell = this.#cursor(from);
    cell.forward();
    while (cell.kind() === 'blank') if (!cell.forward()) return cell.position;
    return this.wordAt(cell.position).to;
  }

  /** The beginning of the word before here. */
  previous(from: CellPosition): CellPosition {
    const cell = this.#cursor(from);
    if (!cell.backward()) return cell.position;
    while (cell.kind() === 'blank') if (!cell.backward()) return cell.position;
    return this.wordAt(cell.position).from;
  }

  /** The first and last cell of the word, the separators or the blanks at a position. */
  wordAt(position: CellPosition): { readonly from: CellPosition; readonly to: CellPosition } {
    const first = this.#cursor(position);
    const last = this.#cursor(position);
    const kind = first.kind();
    let from = first.position;
    while (first.joined('backward') && first.backward() && first.kind() === kind) from = first.position;
    let to = last.position;
    while (last.joined('forward') && last.forward() && last.kind() === kind) to = last.position;
    return { from, to };
  }

  #cursor(position: CellPosition): CellCursor {
    return new CellCursor(this.#reader, position, this.#separators);
  }
}

/** A place among the cells; beyond a line's text there is one blank cell. */
class CellCursor {
  readonly #reader: RowReader;
  readonly #separators: string;
  #row: number;
  #column: number;
  #steps = 0;

  constructor(reader: RowReader, { row, column }: CellPosition, separators: string) {
    this.#reader = reader;
    this.#separators = separators;
    this.#row = row;
    this.#column = reader.head(row, Math.max(0, Math.min(column, this.#end(row))));
  }

  get position(): CellPosition {
    return { row: this.#row, column: this.#column };
  }

  kind(): CellClass {
    const text = this.#reader.text(this.#row, this.#column);
    if (text === ' ' || text === '\t' || text === '') return 'blank';
    return this.#separators.includes(text) ? 'separator' : 'word';
  }

  /** Whether the cell before or after lies in the same line. */
  joined(direction: 'forward' | 'backward'): boolean {
    if (direction === 'backward')
      return this.#column > 0 || (this.#row > this.#reader.source.firstRow && this.#reader.source.isWrapped(this.#row));
    return this.#reader.after(this.#row, this.#column) <= this.#end(this.#row) || this.#reader.continues(this.#row);
  }

  forward(): boolean {
    if (++this.#steps > MAXIMUM_STEPS) return false;
    const next = this.#reader.after(this.#row, this.#column);
    if (next <= this.#end(this.#row)) {
      this.#column = next;
      return true;
    }
    if (this.#row >= this.#reader.lastRow) return false;
    this.#row++;
    this.#column = 0;
    return true;
  }

  backward(): boolean {
    if (++this.#steps > MAXIMUM_STEPS) return false;
    if (this.#column > 0) {
      this.#column = this.#reader.head(this.#row, this.#column - 1);
      return true;
    }
    if (this.#row <= this.#reader.source.firstRow) return false;
    this.#row--;
    this.#column = this.#reader.head(this.#row, this.#end(this.#row));
    return true;
  }

  /** The last column to stand on: one past the text of a line, the last cell of a row that goes on. */
  #end(row: number): number {
    const { length, filled } = this.#reader.row(row);
    return this.#reader.continues(row) ? Math.max(0, filled - 1) : Math.min(length, this.#reader.columns);
  }
}
