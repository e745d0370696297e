import { createRequire } from 'node:module';
import type Xterm from '@xterm/headless';

/*
 * The parts of @xterm/headless 6 that we drive directly, because its public interface writes by a timer, answers
 * queries in its own way and hides underline styles and links. Pinned by the specs; our own engine replaces it.
 */

/** Required and not imported: to import a package of CommonJS, Node reads it twice, and the server's start waits for it. */
const xterm = createRequire(import.meta.url)('@xterm/headless') as typeof Xterm;

/** Words of a cell in `CoreLine._data`: content, foreground with flags, background with flags. */
export const CELL_WORDS = 3;
/** In the content word: the code point, or this flag for a text in `_combined`; the columns from bit 22. */
export const CODE_POINT_MASK = 0x1f_ffff;
export const COMBINED = 0x20_0000;
export const CONTENT_MASK = 0x3f_ffff;
export const WIDTH_SHIFT = 22;
/** In the background word: the cell has an entry in `_extendedAttrs`. */
export const HAS_EXTENDED = 0x1000_0000;

export interface CoreParams {
  readonly params: Int32Array;
  readonly length: number;
  getSubParams(index: number): Int32Array | null;
}

/** What a cell has besides its words; kept by reference, so never changed. */
export interface CoreExtended {
  clone(): CoreExtended;
  isEmpty(): boolean;
}

export interface CoreAttributes {
  fg: number;
  bg: number;
  extended: CoreExtended;
}

export interface CoreLine {
  _data: Uint32Array;
  readonly _combined: Record<number, string>;
  readonly _extendedAttrs: Record<number, CoreExtended | undefined>;
  readonly length: number;
  isWrapped: boolean;
  insertCells(position: number, count: number, fill: CoreAttributes): void;
  resize(columns: number, fill: CoreAttributes): boolean;
  cleanupMemory(): number;
  getTrimmedLength(): number;
}

interface CoreLines {
  length: number;
  maxLength: number;
  get(index: number): CoreLine | undefined;
  push(line: CoreLine): void;
  trimStart(count: number): void;
  onTrim(listener: (count: number) => void): void;
}

export interface CoreBuffer {
  x: number;
  y: number;
  ybase: number;
  ydisp: number;
  scrollTop: number;
  scrollBottom: number;
  savedX: number;
  savedY: number;
  readonly tabs: Record<number, boolean>;
  readonly savedCurAttrData: CoreAttributes;
  _cols: number;
  _rows: number;
  readonly lines: CoreLines;
  getBlankLine(attributes: CoreAttributes, wrapped?: boolean): CoreLine;
  getNullCell(attributes?: CoreAttributes): CoreAttributes;
  resize(columns: number, rows: number): void;
  setupTabStops(from?: number): void;
}

interface CoreParser {
  precedingJoinState: number;
  readonly _transitions: { readonly table: Uint8Array };
  parse(data: Uint32Array, length: number): unknown;
  reset(): void;
  setErrorHandler(handler: (state: unknown) => unknown): void;
  setExecuteHandler(flag: string, handler: () => boolean): void;
  registerCsiHandler(id: FunctionId, handler: (params: CoreParams) => boolean): unknown;
  clearCsiHandler(id: FunctionId): void;
  registerEscHandler(id: FunctionId, handler: () => boolean): unknown;
  clearOscHandler(id: number): void;
  registerOscHandler(id: number, handler: CoreOscHandler): unknown;
  clearDcsHandler(id: FunctionId): void;
  registerDcsHandler(id: FunctionId, handler: CoreDcsHandler): unknown;
}

interface FunctionId {
  readonly prefix?: string;
  readonly intermediates?: string;
  readonly final: string;
}

export interface CoreOscHandler {
  start(): void;
  put(data: Uint32Array, start: number, end: number): void;
  end(success: boolean): boolean;
}

export interface CoreDcsHandler {
  hook(params: CoreParams): void;
  put(data: Uint32Array, start: number, end: number): void;
  unhook(success: boolean): boolean;
}

interface CoreInputHandler {
  readonly _parser: CoreParser;
  _curAttrData: CoreAttributes;
  _activeBuffer: CoreBuffer;
  print(data: Uint32Array, start: number, end: number): void;
  saveCursor(): boolean;
  screenAlignmentPattern(): boolean;
  restoreCursor(): boolean;
  reset(): void;
  _eraseAttrData(): CoreAttributes;
  _eraseInBufferLine(y: number, start: number, end: number, clearWrap: boolean, respectProtect: boolean): void;
  _resetBufferLine(y: number, respectProtect?: boolean): void;
  _setCursor(x: number, y: number): void;
  _restrictCursor(maximum?: number): void;
}

export interface Core {
  /** Counted by us: after a resize nothing joins the last cluster. */
  resizes?: number;
  /** The row of the screen that DECSC keeps of the main screen. */
  saved?: { y: number } | undefined;
  readonly _inputHandler: CoreInputHandler;
  readonly _bufferService: {
    cols: number;
    rows: number;
    readonly buffer: CoreBuffer;
    readonly buffers: {
      readonly normal: CoreBuffer;
      readonly alt: CoreBuffer;
      readonly active: CoreBuffer;
      activateNormalBuffer(): void;
      readonly onBufferActivate: (listener: () => void) => unknown;
    };
    scroll(erase: CoreAttributes, wrapped?: boolean): void;
  };
  readonly _charsetService: {
    readonly charset: Readonly<Record<string, string>> | undefined;
    readonly glevel: number;
    _charsets: (Readonly<Record<string, string>> | undefined)[];
    setgLevel(level: number): void;
    reset(): void;
  };
  readonly coreService: {
    isCursorHidden: boolean;
    readonly modes: { readonly insertMode: boolean };
    readonly decPrivateModes: {
      readonly applicationCursorKeys: boolean;
      readonly applicationKeypad: boolean;
      readonly bracketedPasteMode: boolean;
      origin: boolean;
      readonly reverseWraparound: boolean;
      readonly sendFocus: boolean;
      readonly synchronizedOutput: boolean;
      readonly wraparound: boolean;
    };
    reset(): void;
  };
  readonly optionsService: { readonly rawOptions: { scrollback: number; convertEol: boolean } };
  dispose(): void;
}

/** The package knows no narrower terminal; ours shows the first column then. */
export const MINIMUM_CORE_COLUMNS = 2;

/** Opens a terminal of the package and takes its core out. */
export function openCore(columns: number, rows: number, scrollback: number): Core {
  const terminal = new xterm.Terminal({ cols: columns, rows, scrollback, logLevel: 'off', allowProposedApi: true });
  return (terminal as unknown as { readonly _core: Core })._core;
}
