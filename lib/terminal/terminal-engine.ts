import { hostname } from 'node:os';
import { Emitter, type Event } from '../base/emitter.ts';
import { clampSize, type Size, sameSize } from '../base/geometry.ts';
import { Grid } from '../text/grid.ts';
import type { TextProbe } from '../text/text-probe.ts';
import { DEFAULT_COLORS, type TerminalColors } from './colors.ts';
import { EngineCore } from './engine-core.ts';
import { EngineReceiver } from './engine-receiver.ts';
import { ProgramStrings } from './program-strings.ts';
import { resizeCore } from './reflow.ts';
import type { Row } from './row.ts';
import { copyRow, rowText } from './row-cells.ts';
import type { Cursor, TerminalEvent, TerminalModes, VirtualTerminal } from './virtual-terminal.ts';
import { VtParser } from './vt-parser.ts';

export interface TerminalOptions {
  readonly size: Size;
  /** Bytes that the history may cost; 10 MB at first. */
  readonly historyLimit?: number;
  /** qmux's version, for XTVERSION. */
  readonly release: string;
  /** The value of TERM, for XTGETTCAP. */
  readonly name: string;
  readonly colors?: TerminalColors;
  /** Gets faults of the engine and of listeners; must not throw. */
  readonly onError?: (error: unknown) => void;
}

const DEFAULT_HISTORY = 10 * 1024 * 1024;
/** Wide characters need two columns; a terminal of one shows the first of them. */
const MINIMUM_COLUMNS = 2;
const RESET = Buffer.from('\x18\x1bc');

/** Our own engine as a VirtualTerminal: bytes are parsed straight from the buffer, the history is kept as bytes. */
export class TerminalEngine implements VirtualTerminal {
  readonly historyLimit: number;
  readonly #core: EngineCore;
  readonly #strings: ProgramStrings;
  readonly #receiver: EngineReceiver;
  readonly #parser: VtParser;
  readonly #emitter: Emitter<TerminalEvent>;
  readonly #onError: (error: unknown) => void;
  #size: Size;
  #epoch = 0;
  #cursor: Cursor = { x: 0, y: 0, visible: true, shape: undefined, blinking: false };
  /** Events of the running write; they go out when the parser is done, so that listeners may call us. */
  #pending: TerminalEvent[] = [];
  #disposed = false;

  constructor(options: TerminalOptions) {
    const { columns, rows } = clampSize(options.size.columns, options.size.rows);
    this.#size = { columns, rows };
    this.historyLimit = options.historyLimit ?? DEFAULT_HISTORY;
    this.#onError = options.onError ?? (() => {});
    this.#emitter = new Emitter<TerminalEvent>(this.#onError);
    const identity = { release: options.release, name: options.name, colors: options.colors ?? DEFAULT_COLORS };
    this.#core = new EngineCore(Math.max(columns, MINIMUM_COLUMNS), rows, this.historyLimit, identity, (event) =>
      this.#pending.push(event),
    );
    this.#strings = new ProgramStrings(this.#core, hostname());
    this.#receiver = new EngineReceiver(this.#core, this.#strings);
    this.#parser = new VtParser(this.#receiver);
  }

  get events(): Event<TerminalEvent> {
    return this.#emitter.event;
  }

  get size(): Size {
    return this.#size;
  }

  get columns(): number {
    return this.#size.columns;
  }

  get modes(): TerminalModes {
    return this.#core.modes.current;
  }

  get title(): string {
    return this.#strings.title;
  }

  get workingDirectory(): string | undefined {
    return this.#strings.workingDirectory;
  }

  /** The same object until something changes. After the last column it stands on that. */
  get cursor(): Cursor {
    const { screen, modes } = this.#core;
    const { cursorVisible: visible, cursorShape: shape, cursorBlinking: blinking } = modes;
    const x = Math.min(screen.column, this.#size.columns - 1);
    const { y } = screen;
    const last = this.#cursor;
    if (x !== last.x || y !== last.y || visible !== last.visible || shape !== last.shape || blinking !== last.blinking)
      this.#cursor = { x, y, visible, shape, blinking };
    return this.#cursor;
  }

  get epoch(): number {
    return this.#epoch + this.#core.epoch;
  }

  get firstRow(): number {
    return this.#core.modes.alternateScreen ? 0 : this.#core.history.firstRow;
  }

  get screenTop(): number {
    return this.#core.modes.alternateScreen ? 0 : this.#core.history.endRow;
  }

  get endRow(): number {
    return this.screenTop + this.#size.rows;
  }

  get historyBytes(): number {
    return this.#core.history.bytes;
  }

  /** What the person's terminal shows, for programs that ask for its colours. */
  setColors(colors: TerminalColors): void {
    this.#core.identity.colors = colors;
  }

  write(bytes: Uint8Array): void {
    if (this.#disposed) return;
    this.#core.refresh();
    try {
      this.#parser.parse(bytes);
    } catch (error) {
      this.#parser.reset();
      this.#onError(error);
    }
    this.#flush();
  }

  resize(size: Size): void {
    const next = clampSize(size.columns, size.rows);
    if (this.#disposed || sameSize(next, this.#size)) return;
    this.#size = next;
    resizeCore(this.#core, { columns: Math.max(next.columns, MINIMUM_COLUMNS), rows: next.rows });
    this.#epoch += 1;
  }

  clearHistory(): void {
    this.#core.history.clear();
  }

  reset(): void {
    this.write(RESET);
  }

  readRow(row: number, grid: Grid, x: number, y: number, width: number): void {
    const { columns } = this.#size;
    const target = y * grid.columns + x;
    const line = this.#screenRow(row);
    if (line !== undefined) {
      copyRow(line, grid, target, width, columns, this.#core.styles, this.#core.clusters);
    } else if (row >= this.firstRow && row < this.screenTop) {
      const count = Math.min(width, columns);
      this.#core.history.readRow(row, grid, target, count);
      grid.erase(target + count, target + width);
    } else grid.erase(target, target + width);
  }

  rowStamp(row: number): number | undefined {
    return this.#size.columns < MINIMUM_COLUMNS ? undefined : this.#screenRow(row)?.stamp;
  }

  rowText(row: number): string {
    const { columns } = this.#size;
    const line = this.#screenRow(row);
    if (line !== undefined) return rowText(line, columns, this.#core.clusters);
    if (!(row >= this.firstRow && row < this.screenTop)) return '';
    return columns < MINIMUM_COLUMNS ? this.#firstCell(row) : this.#core.history.rowText(row);
  }

  isWrapped(row: number): boolean {
    const line = this.#screenRow(row);
    if (line !== undefined) return line.isWrapped;
    return row >= this.firstRow && row < this.screenTop && this.#core.history.isWrapped(row);
  }

  lacks(probe: TextProbe, from: number, to: number): boolean {
    const { modes, history } = this.#core;
    return !modes.alternateScreen && this.#size.columns >= MINIMUM_COLUMNS && history.lacks(probe, from, to);
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#emitter.dispose();
    this.#pending = [];
    this.#core.history.clear();
  }

  /** The text of a row of the history that shows its first column alone. */
  #firstCell(row: number): string {
    const grid = new Grid({ columns: 1, rows: 1 });
    this.#core.history.readRow(row, grid, 0, 1);
    return grid.glyphs[0] === 0 ? '' : grid.rowText(0);
  }

  #screenRow(row: number): Row | undefined {
    const y = row - this.screenTop;
    return Number.isInteger(y) && y >= 0 && y < this.#size.rows ? this.#core.screen.row(y) : undefined;
  }

  #flush(): void {
    if (this.#receiver.hasBell) this.#pending.push({ type: 'bell' });
    this.#receiver.hasBell = false;
    const events = this.#pending;
    if (events.length === 0) return;
    this.#pending = [];
    for (const event of events) this.#emitter.fire(event);
  }
}
