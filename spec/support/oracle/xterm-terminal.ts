import { hostname } from 'node:os';
import { Emitter, type Event } from '../../../lib/base/emitter.ts';
import { clampSize, type Size, sameSize } from '../../../lib/base/geometry.ts';
import { DEFAULT_COLORS, type TerminalColors } from '../../../lib/terminal/colors.ts';
import type { Cursor, TerminalEvent, TerminalModes, VirtualTerminal } from '../../../lib/terminal/virtual-terminal.ts';
import type { Grid } from '../../../lib/text/grid.ts';
import { answerQueries, type Identity } from './device-reports.ts';
import { ProgramStrings } from './program-strings.ts';
import { TerminalState } from './terminal-state.ts';
import { installControls } from './xterm-controls.ts';
import { type Core, type CoreBuffer, MINIMUM_CORE_COLUMNS, openCore } from './xterm-core.ts';
import { resizeCore } from './xterm-reflow.ts';
import { copyLine, lineText } from './xterm-rows.ts';

export interface XtermTerminalOptions {
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
const CELL_BYTES = 12;
/** What a line of the package costs besides its cells: five objects, measured at 330 bytes. */
const LINE_BYTES = 352;
/** Bytes decoded at once; a bound for the buffer, since callers pass slices of at most this. */
const SLICE = 65_536;
/** Shared by all terminals, since parsing is never interrupted. */
const points = new Uint32Array(SLICE + 1);

/** The oracle of our engine: @xterm/headless as a VirtualTerminal: its parser and its lines, with printing, attributes, replies and reflow of ours. */
export class XtermTerminal implements VirtualTerminal {
  readonly historyLimit: number;
  readonly #core: Core;
  readonly #state: TerminalState;
  readonly #strings: ProgramStrings;
  readonly #identity: Identity;
  readonly #emitter: Emitter<TerminalEvent>;
  readonly #onError: (error: unknown) => void;
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  #size: Size;
  /** Number of the oldest line of the normal screen. */
  #firstRow = 0;
  #epoch = 0;
  #cursor: Cursor = { x: 0, y: 0, visible: true, shape: undefined, blinking: false };
  /** Events of the running write; they go out when the parser is done, so that listeners may call us. */
  #pending: TerminalEvent[] = [];
  #bell = false;
  #disposed = false;

  constructor(options: XtermTerminalOptions) {
    const { columns, rows } = clampSize(options.size.columns, options.size.rows);
    this.#size = { columns, rows };
    this.historyLimit = options.historyLimit ?? DEFAULT_HISTORY;
    this.#onError = options.onError ?? (() => {});
    this.#emitter = new Emitter<TerminalEvent>(this.#onError);
    this.#identity = { release: options.release, name: options.name, colors: options.colors ?? DEFAULT_COLORS };
    const coreColumns = Math.max(columns, MINIMUM_CORE_COLUMNS);
    const core = openCore(coreColumns, rows, this.#scrollback(coreColumns));
    this.#core = core;
    this.#state = new TerminalState(core);
    const emit = (event: TerminalEvent): void => void this.#pending.push(event);
    const reply = (text: string): void => emit({ type: 'reply', bytes: Buffer.from(text, 'latin1') });
    this.#strings = new ProgramStrings(core, hostname(), emit);
    answerQueries(core, this.#state, this.#identity, reply);
    installControls(core, this.#state, this.#strings, reply);
    core._inputHandler._parser.setExecuteHandler('\x07', () => {
      this.#bell = true;
      return true;
    });
    const { buffers } = core._bufferService;
    buffers.normal.lines.onTrim((count) => {
      this.#firstRow += count;
    });
    buffers.onBufferActivate(() => {
      this.#epoch += 1;
    });
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
    return this.#state.modes;
  }

  get title(): string {
    return this.#strings.title;
  }

  get workingDirectory(): string | undefined {
    return this.#strings.workingDirectory;
  }

  /** The same object until something changes. After the last column it stands on that. */
  get cursor(): Cursor {
    const { shape, blinking } = this.#state;
    const visible = !this.#core.coreService.isCursorHidden;
    const x = Math.min(this.#buffer.x, this.#size.columns - 1);
    const { y } = this.#buffer;
    const last = this.#cursor;
    if (x !== last.x || y !== last.y || visible !== last.visible || shape !== last.shape || blinking !== last.blinking)
      this.#cursor = { x, y, visible, shape, blinking };
    return this.#cursor;
  }

  get epoch(): number {
    return this.#epoch;
  }

  get firstRow(): number {
    return this.#state.alternateScreen ? 0 : this.#firstRow;
  }

  get screenTop(): number {
    return this.#state.alternateScreen ? 0 : this.#firstRow + this.#buffer.ybase;
  }

  get endRow(): number {
    return this.screenTop + this.#size.rows;
  }

  get historyBytes(): number {
    const { cols, buffers } = this.#core._bufferService;
    return buffers.normal.ybase * lineBytes(cols);
  }

  /** What the person's terminal shows, for programs that ask for its colours. */
  setColors(colors: TerminalColors): void {
    this.#identity.colors = colors;
  }

  write(bytes: Uint8Array): void {
    if (this.#disposed) return;
    const parser = this.#core._inputHandler._parser;
    for (let start = 0; start < bytes.length; start += SLICE) {
      const text = this.#decoder.decode(bytes.subarray(start, start + SLICE), { stream: true });
      let count = 0;
      for (const character of text) points[count++] = character.codePointAt(0) ?? 0;
      try {
        parser.parse(points, count);
      } catch (error) {
        parser.reset();
        this.#onError(error);
      }
    }
    this.#flush();
  }

  resize(size: Size): void {
    const next = clampSize(size.columns, size.rows);
    if (this.#disposed || sameSize(next, this.#size)) return;
    this.#size = next;
    const columns = Math.max(next.columns, MINIMUM_CORE_COLUMNS);
    resizeCore(this.#core, { columns, rows: next.rows }, this.#scrollback(columns));
    this.#epoch += 1;
  }

  clearHistory(): void {
    const { normal } = this.#core._bufferService.buffers;
    normal.lines.trimStart(normal.ybase);
    normal.ybase = 0;
    normal.ydisp = 0;
  }

  reset(): void {
    this.write(RESET);
  }

  readRow(row: number, grid: Grid, x: number, y: number, width: number): void {
    const target = y * grid.columns + x;
    const line = this.#line(row);
    if (line === undefined) grid.erase(target, target + width);
    else copyLine(line, grid, target, width, this.#size.columns);
  }

  rowText(row: number): string {
    const line = this.#line(row);
    return line === undefined ? '' : lineText(line, this.#size.columns);
  }

  isWrapped(row: number): boolean {
    return this.#line(row)?.isWrapped ?? false;
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#emitter.dispose();
    this.#pending = [];
    this.#core.dispose();
  }

  get #buffer(): CoreBuffer {
    return this.#core._inputHandler._activeBuffer;
  }

  #line(row: number) {
    if (!(row >= this.firstRow && row < this.endRow)) return undefined;
    const { lines, ybase } = this.#buffer;
    return lines.get(row - this.screenTop + ybase);
  }

  #scrollback(columns: number): number {
    return Math.max(0, Math.floor(this.historyLimit / lineBytes(columns)));
  }

  #flush(): void {
    if (this.#bell) this.#pending.push({ type: 'bell' });
    this.#bell = false;
    const events = this.#pending;
    if (events.length === 0) return;
    this.#pending = [];
    for (const event of events) this.#emitter.fire(event);
  }
}

const RESET = Buffer.from('\x18\x1bc');
const lineBytes = (columns: number): number => columns * CELL_BYTES + LINE_BYTES;
