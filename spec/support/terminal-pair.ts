import type { Size } from '../../lib/base/geometry.ts';
import { TerminalEngine } from '../../lib/terminal/terminal-engine.ts';
import type { TerminalEvent, VirtualTerminal } from '../../lib/terminal/virtual-terminal.ts';
import { Grid, glyphText, TAIL } from '../../lib/text/grid.ts';
import { links } from '../../lib/text/intern-table.ts';
import { XtermTerminal } from './oracle/xterm-terminal.ts';

/** Rows of the history whose cells are compared; of the others, the text. */
const HISTORY_CELLS = 5;

/** Our engine and the oracle, fed with the same. */
export class TerminalPair {
  readonly ours: TerminalEngine;
  readonly oracle: XtermTerminal;
  readonly #errors: unknown[] = [];
  #columns: number;
  #sizes: Sizes = 'one';
  readonly #heard: readonly [string[], string[]] = [[], []];

  constructor(size: Size, historyLimit = 1_000_000) {
    const onError = (error: unknown): void => void this.#errors.push(error);
    const options = { size, release: '1', name: 'xterm-256color', historyLimit, onError };
    this.#columns = size.columns;
    this.ours = new TerminalEngine(options);
    this.oracle = new XtermTerminal(options);
    this.ours.events((event) => this.#heard[0].push(said(event)));
    this.oracle.events((event) => this.#heard[1].push(said(event)));
  }

  /** Ours gets the bytes in two pieces. */
  write(bytes: Uint8Array, cut = 0): void {
    this.ours.write(bytes.subarray(0, cut));
    this.ours.write(bytes.subarray(cut));
    this.oracle.write(bytes);
  }

  resize(size: Size): void {
    if (size.columns < this.#columns) this.#sizes = 'narrower';
    else if (this.#sizes === 'one') this.#sizes = 'more';
    this.#columns = size.columns;
    this.ours.resize(size);
    this.oracle.resize(size);
  }

  /** The first thing that differs, or a fault; undefined when there is none. */
  difference(): string | undefined {
    if (this.#errors.length > 0) return `fault: ${String(this.#errors[0])}`;
    const events = this.#heard.map((list) =>
      list.filter((event) => event !== BELL && !OURS_ALONE.test(event)).join('\n'),
    );
    if (events[0] !== events[1]) return `events ${events[0]}\nwanted ${events[1]}`;
    const ours = look(this.ours, this.#sizes);
    const wanted = look(this.oracle, this.#sizes);
    const place = ours.findIndex((line, index) => line !== wanted[index]);
    if (place < 0) return ours.length === wanted.length ? undefined : `${ours.length} lines, wanted ${wanted.length}`;
    return `ours   ${ours[place]}\nwanted ${wanted[place]}`;
  }

  dispose(): void {
    this.ours.dispose();
    this.oracle.dispose();
  }
}

/** Bells are one for each write, and the pieces are two. */
const BELL = 'bell';
/** Replies that the package knows nothing of: DECREQTPARM, DECRQPSR, DECRQUPSS and XTREPORTSGR. */
const OURS_ALONE = /^"\\u001b(?:\[[23];1;1;128;128;1;0x"|P[12]\$u|P1!u|\[0(?:;[\d:;]+)?m")/;
const said = (event: TerminalEvent): string =>
  event.type === 'reply' ? JSON.stringify(Buffer.from(event.bytes).toString('latin1')) : spelled(event);
const spelled = (event: TerminalEvent): string => (event.type === 'bell' ? BELL : JSON.stringify(event));

/** What sizes a terminal had: one, more that were never narrower, or narrower ones, too. */
type Sizes = 'one' | 'more' | 'narrower';

/**
 * All that can be seen of a terminal. Of the main screen's blanks after other widths only what has to be the same: the
 * package forgets the background behind the text of lines that it folds, and what was cut off, and ours does not
 * (spec/terminal/reflow-model.spec.ts holds that).
 */
function look(terminal: VirtualTerminal, sizes: Sizes): string[] {
  const { cursor, modes, title, workingDirectory, firstRow, screenTop, endRow } = terminal;
  const lines = [JSON.stringify({ cursor, modes, title, workingDirectory, history: screenTop - firstRow })];
  for (let row = firstRow; row < endRow; row++)
    lines.push(`${row - screenTop} ${terminal.isWrapped(row) ? 'goes on' : ''} ${terminal.rowText(row).trimEnd()}`);
  for (let row = Math.max(firstRow, screenTop - HISTORY_CELLS); row < endRow; row++) {
    let cells = cellsOf(terminal, row);
    const isMain = row < screenTop || !modes.alternateScreen;
    if (isMain && sizes === 'narrower') cells = cells.replaceAll(/ _\S*/g, ' _');
    if (isMain && (sizes === 'narrower' || (sizes === 'more' && terminal.isWrapped(row))))
      cells = cells.replace(/( _\S*)+$/, '');
    lines.push(`${row - screenTop}: ${cells}`);
  }
  return lines;
}

function cellsOf(terminal: VirtualTerminal, row: number): string {
  const { columns } = terminal;
  const grid = new Grid({ columns, rows: 1 });
  terminal.readRow(row, grid, 0, 0, columns);
  let text = '';
  for (let x = 0; x < columns; x++) {
    const glyph = grid.glyphs[x] ?? 0;
    const style = [grid.foregrounds, grid.backgrounds, grid.attributes, grid.underlineColors]
      .map((plane) => (plane[x] ?? 0).toString(16))
      .join(',');
    const link = links.text(grid.links[x] ?? 0);
    // The second half of a wide character looks like the first.
    if (glyph === TAIL) text += ' <';
    else text += ` ${glyph === 0 ? '_' : glyphText(glyph)}${style === '0,0,0,0' ? '' : `/${style}`}${link}`;
  }
  return text;
}
