import { clusterEnd } from '../text/cluster.ts';
import { Grid, glyphText, TAIL, WIDE } from '../text/grid.ts';
import { links } from '../text/intern-table.ts';
import type { RowSource } from '../text/row-source.ts';
import { sgrParameters } from '../text/sgr.ts';
import { clusterWidth } from '../text/width.ts';
import type { Cursor } from './virtual-terminal.ts';

/**
 * Rows of a terminal as a stream that rebuilds them in a new terminal of the same width: text, styles, links, and which
 * rows continue others. Modes are not in it: they were those of a program that is gone.
 */
export class SnapshotWriter {
  readonly #content: RowSource;
  readonly #grid: Grid;
  readonly #next = new Grid({ columns: 2, rows: 1 });
  #pieces: string[] = [];
  #length = 0;
  #style = '';
  #link = 0;
  /** The style that was spelled last. */
  #last = { foreground: 0, background: 0, flags: 0, line: 0, text: '' };

  constructor(content: RowSource) {
    this.#content = content;
    this.#grid = new Grid({ columns: content.columns, rows: 1 });
  }

  /** UTF-16 units written since the last `take`. */
  get length(): number {
    return this.#length;
  }

  /** What was written since the last time. */
  take(): string {
    const text = this.#pieces.join('');
    this.#pieces = [];
    this.#length = 0;
    return text;
  }

  /** Writes one row; `first` for the one that nothing is written before. */
  row(row: number, first: boolean): void {
    const continues = !first && this.#content.isWrapped(row);
    if (!first && !continues) this.#put('\r\n');
    const { columns } = this.#grid;
    this.#content.readRow(row, this.#grid, 0, 0, columns);
    const isFull = row + 1 < this.#content.endRow && this.#content.isWrapped(row + 1);
    const end = isFull ? this.#fullEnd(row) : Math.max(this.#end(), continues ? 1 : 0);
    this.#cells(end, isFull || continues, isFull);
    this.#restyle('');
    this.#relink(0);
    // A row to which its text wrapped while all scrolled has the background of that text from end to end.
    if (continues && end < columns && this.#grid.backgrounds[0] !== 0) this.#put('\x1b[K');
  }

  /** Puts the cursor where it was. */
  cursor({ x, y }: Cursor): void {
    this.#put(`\x1b[${y + 1};${x + 1}H`);
  }

  /**
   * @param solid whether empty cells are written as blanks, since the row is to count as full, or to be there at all
   * @param isFull whether the next row goes on with it
   */
  #cells(end: number, solid: boolean, isFull: boolean): void {
    const { glyphs } = this.#grid;
    let before = '';
    for (let x = 0; x < end; x++) {
      const glyph = glyphs[x] ?? 0;
      if ((glyph & TAIL) !== 0) continue;
      if (glyph === 0 && !solid && isPlain(this.#grid, x)) {
        let to = x + 1;
        while (to < end && glyphs[to] === 0 && isPlain(this.#grid, to)) to += 1;
        this.#put(`\x1b[${to - x}C`);
        before = '';
        x = to - 1;
        continue;
      }
      this.#restyle(this.#styleAt(x));
      this.#relink(this.#grid.links[x] ?? 0);
      const isWide = (glyph & WIDE) !== 0;
      const text = printable(glyphText(glyph), isWide);
      if (!isWide && !isAscii(text) && clusterWidth(text) > 1) {
        this.#squeezed(text, x, isFull);
        before = '';
        continue;
      }
      // Two cells whose texts together would be one: they were written apart.
      if (x > 0 && before !== '' && !isAscii(text) && clusterEnd(before + text, 0) > before.length)
        this.#put(`\x1b[${x + 1}G`);
      this.#put(text);
      before = text;
    }
  }

  /** A wide character that has one column, since there was no room for two and it could not wrap. */
  #squeezed(text: string, x: number, isFull: boolean): void {
    const isLast = x === this.#grid.columns - 1;
    // Behind one that may not wrap, no row can go on: there a blank is the price.
    this.#put(isLast && !isFull ? `\x1b[?7l\x1b[${x + 1}G${text}\x1b[?7h` : ' ');
  }

  /** One past the last cell that is not as a new one. */
  #end(): number {
    const { glyphs, columns } = this.#grid;
    let end = columns;
    while (end > 0 && glyphs[end - 1] === 0 && isPlain(this.#grid, end - 1)) end -= 1;
    return end;
  }

  /** A wide character that did not fit leaves the last cell empty: it goes on to the next row by itself again. */
  #fullEnd(row: number): number {
    const { columns, glyphs } = this.#grid;
    if (columns < 3 || glyphs[columns - 1] !== 0 || !isPlain(this.#grid, columns - 1)) return columns;
    this.#content.readRow(row + 1, this.#next, 0, 0, 2);
    // The gap that comes of itself has that character's style.
    return ((this.#next.glyphs[0] ?? 0) & WIDE) !== 0 && isPlain(this.#next, 0) ? columns - 1 : columns;
  }

  /** The parameters of SGR for a cell; empty for a plain one. */
  #styleAt(x: number): string {
    const { foregrounds, backgrounds, attributes, underlineColors } = this.#grid;
    const [foreground, background] = [foregrounds[x] ?? 0, backgrounds[x] ?? 0];
    const [flags, line] = [attributes[x] ?? 0, underlineColors[x] ?? 0];
    if (foreground === 0 && background === 0 && flags === 0 && line === 0) return '';
    const last = this.#last;
    if (last.foreground === foreground && last.background === background && last.flags === flags && last.line === line)
      return last.text;
    const text = sgrParameters({ foreground, background, attributes: flags, underlineColor: line });
    this.#last = { foreground, background, flags, line, text };
    return text;
  }

  #restyle(style: string): void {
    if (style === this.#style) return;
    this.#put(`\x1b[${style}m`);
    this.#style = style;
  }

  #relink(link: number): void {
    if (link === this.#link) return;
    this.#link = link;
    const text = links.text(link);
    const separator = Math.max(text.indexOf(';'), 0);
    const parameters = text.slice(0, separator);
    const id = parameters === '' || parameters.includes('=') ? parameters : `id=${parameters}`;
    this.#put(`\x1b]8;${clean(id)};${clean(text.slice(separator + 1))}\x1b\\`);
  }

  #put(text: string): void {
    this.#pieces.push(text);
    this.#length += text.length;
  }
}

/** Whether a cell of the first row has no style and no link. */
function isPlain({ foregrounds, backgrounds, attributes, underlineColors, links: targets }: Grid, x: number): boolean {
  return (
    foregrounds[x] === 0 && backgrounds[x] === 0 && attributes[x] === 0 && underlineColors[x] === 0 && targets[x] === 0
  );
}

const CONTROLS = /[\0-\x1f\x7f-\x9f]/g;

const clean = (text: string): string => text.replace(CONTROLS, '');

/** What a cell holds; a control, which none should, is shown as a blank of its width. */
function printable(text: string, wide: boolean): string {
  if (text.length === 1 ? text >= ' ' && (text < '\x7f' || text > '\x9f') : text.search(CONTROLS) < 0) return text;
  return wide ? '  ' : ' ';
}

const isAscii = (text: string): boolean => text.length === 1 && text < '\x7f';
