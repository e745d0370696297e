import { clamp, type Size } from '../base/geometry.ts';
import type { Line } from '../text/line.ts';
import { INVERSE, PLAIN, type Style } from '../text/style.ts';
import type { Mode } from './mode.ts';
import type { OverlayView } from './overlay-view.ts';
import { foldLine, highlighted, textLines } from './page-lines.ts';
import { PageSearch } from './page-search.ts';

export interface TextModeOptions {
  readonly title: string | (() => string);
  /** Plain text, whose controls are made visible, or lines that are safe already. */
  readonly text: string | readonly Line[];
  readonly exit: () => void;
  /** Cells that lines have now, the title's row not counted; longer lines are folded. */
  readonly size?: () => Size;
  readonly matchStyle?: Style;
}

const DEFAULT_SIZE: Size = { columns: 1000, rows: 20 };
const MATCH: Style = { ...PLAIN, attributes: INVERSE };
const MAXIMUM_COUNT = 10_000;

/** A page of lines to scroll and search in: help, output of commands. */
export class TextMode implements Mode {
  readonly keyTable = 'text';
  readonly actions: readonly string[];
  readonly #options: TextModeOptions;
  #lines: readonly Line[];
  #folded: readonly Line[] = [];
  #columns = 0;
  #top = 0;
  #search: PageSearch | undefined;
  #backward = false;
  /** The row of the last match found. */
  #found: number | undefined;
  readonly #byName: ReadonlyMap<string, (args: readonly string[], count: number) => void>;

  constructor(options: TextModeOptions) {
    this.#options = options;
    this.#lines = typeof options.text === 'string' ? textLines(options.text) : options.text;
    const half = (): number => Math.max(1, Math.floor(this.#size.rows / 2));
    const page = (): number => Math.max(1, this.#size.rows - 1);
    this.#byName = new Map<string, (args: readonly string[], count: number) => void>([
      ['up', (_, count) => this.#scroll(-count)],
      ['down', (_, count) => this.#scroll(count)],
      ['page-up', (_, count) => this.#scroll(-count * page())],
      ['page-down', (_, count) => this.#scroll(count * page())],
      ['halfpage-up', (_, count) => this.#scroll(-count * half())],
      ['halfpage-down', (_, count) => this.#scroll(count * half())],
      ['top', () => this.#scroll(Number.NEGATIVE_INFINITY)],
      ['bottom', () => this.#scroll(Number.POSITIVE_INFINITY)],
      ['search-forward', ([text]) => this.#begin(text, false)],
      ['search-backward', ([text]) => this.#begin(text, true)],
      ['search-again', () => this.#next(this.#backward)],
      ['search-reverse', () => this.#next(!this.#backward)],
      ['cancel', () => options.exit()],
    ]);
    this.actions = [...this.#byName.keys()];
  }

  /** Shows another text in the place of this one; what was at the top stays there. */
  update(text: string): void {
    const top = this.#top;
    this.#lines = textLines(text);
    this.#columns = 0;
    this.#rows();
    this.#top = top;
    this.#scroll(0);
  }

  action(name: string, args: readonly string[], count: number): boolean {
    const act = this.#byName.get(name);
    if (act === undefined) return false;
    this.#rows();
    act(args, clamp(count, 1, MAXIMUM_COUNT));
    return true;
  }

  /** A key that its table does not bind does nothing. */
  key(): void {}

  paste(): void {}

  /** Shows other lines; the row at the top keeps its number, or what is last is shown. */
  replace(lines: readonly Line[], showsEnd: boolean): void {
    const { columns } = this.#size;
    this.#lines = lines;
    this.#folded = lines.flatMap((line) => foldLine(line, columns));
    this.#columns = columns;
    this.#found = undefined;
    this.#search = this.#search && new PageSearch(this.#folded, this.#search.text);
    if (showsEnd) this.#scroll(Number.POSITIVE_INFINITY);
  }

  /** Whether the last row is in sight. */
  get showsEnd(): boolean {
    return this.#top >= this.#rows().length - this.#size.rows;
  }

  view(): OverlayView {
    const rows = this.#rows();
    this.#scroll(0);
    const { title } = this.#options;
    return {
      kind: 'text',
      title: typeof title === 'string' ? title : title(),
      lines: this.#withMatches(rows),
      top: this.#top,
    };
  }

  get #size(): Size {
    return this.#options.size?.() ?? DEFAULT_SIZE;
  }

  /** The lines folded at the present width; the row at the top stays about where it was. */
  #rows(): readonly Line[] {
    const { columns } = this.#size;
    if (columns === this.#columns) return this.#folded;
    const share = this.#folded.length > 0 ? this.#top / this.#folded.length : 0;
    this.#folded = this.#lines.flatMap((line) => foldLine(line, columns));
    this.#columns = columns;
    this.#found = undefined;
    this.#search = this.#search && new PageSearch(this.#folded, this.#search.text);
    this.#top = Math.round(share * this.#folded.length);
    return this.#folded;
  }

  #scroll(rows: number): void {
    this.#top = clamp(this.#top + rows, 0, Math.max(0, this.#folded.length - this.#size.rows));
  }

  #begin(text: string | undefined, backward: boolean): void {
    if (text === undefined || text === '') return;
    this.#search = new PageSearch(this.#folded, text);
    this.#backward = backward;
    this.#found = undefined;
    this.#next(backward);
  }

  /** Shows the next row with a match, around the ends. */
  #next(backward: boolean): void {
    const { rows } = this.#size;
    const from = this.#found ?? (backward ? this.#top : this.#top - 1);
    this.#found = this.#search?.next(from, backward);
    if (this.#found === undefined || (this.#found >= this.#top && this.#found < this.#top + rows)) return;
    this.#top = this.#found - Math.floor(rows / 3);
    this.#scroll(0);
  }

  /** The lines, those in view with their matches highlighted. */
  #withMatches(rows: readonly Line[]): readonly Line[] {
    if (this.#search === undefined) return rows;
    const drawn = [...rows];
    const style = this.#options.matchStyle ?? MATCH;
    const end = Math.min(drawn.length, this.#top + this.#size.rows + 1);
    for (let row = this.#top; row < end; row++)
      drawn[row] = highlighted(drawn[row] ?? [], this.#search.matchesOf(row), style);
    return drawn;
  }
}
