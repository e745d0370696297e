import { sizeReport } from './device-reports.ts';
import type { ProgramStrings } from './program-strings.ts';
import type { TerminalState } from './terminal-state.ts';
import { CellExtras, extrasOf, NO_EXTRAS, selectGraphicRendition, setExtras } from './xterm-attributes.ts';
import { CELL_WORDS, type Core, type CoreLine, type CoreParams, WIDTH_SHIFT } from './xterm-core.ts';
import { XtermPrinter } from './xterm-printer.ts';
import { isOpen, tearLines } from './xterm-tears.ts';

/** States of the package's parser, and its place for all characters past ASCII. */
const STATE_ESCAPE = 1;
const STATE_IGNORED_STRING = 7;
const NON_ASCII = 0xa0;
/** A title in the way of GNU screen: ESC k title ESC \. */
const SCREEN_TITLE = 0x6b;

/**
 * Sequences whose count the package takes as it comes and works off one by one, with the most that makes a difference:
 * of a screen at its largest. A count of two thousand million would stop the server for hours.
 */
const MAXIMUM_COUNT = 1000;
const COUNTED: readonly { readonly intermediates?: string; readonly final: string }[] = [
  ...'@ILMPSTXZ'.split('').map((final) => ({ final })),
  ...'@A'.split('').map((final) => ({ intermediates: ' ', final })),
  ...'}~'.split('').map((final) => ({ intermediates: "'", final })),
];

interface SavedCursor {
  /** Moved along when the rows are folded anew. */
  y: number;
  readonly extras: CellExtras;
  readonly origin: boolean;
  readonly level: number;
  readonly sets: Core['_charsetService']['_charsets'];
}

/** Puts our own printing, attributes, modes and resets in place of those of the package. */
export function installControls(
  core: Core,
  state: TerminalState,
  strings: ProgramStrings,
  reply: (text: string) => void,
): void {
  const handler = core._inputHandler;
  const parser = handler._parser;
  const printer = new XtermPrinter(core);
  handler.print = (data, start, end) => printer.print(data, start, end);
  parser.setErrorHandler((error) => error);
  quietStrings(core);
  const inner = handler as unknown as {
    _moveCursor(x: number, y: number): void;
    scrollLeft(params: Pick<CoreParams, 'params' | 'length'>): boolean;
    scrollRight(params: Pick<CoreParams, 'params' | 'length'>): boolean;
  };
  const moveTo = (x: number, y: number): void => {
    const buffer = handler._activeBuffer;
    buffer.x = x;
    buffer.y = y;
    handler._restrictCursor();
  };
  // Relative moves and CHA count from the active position, in origin mode, too (ECMA-48 8.3.18, DEC STD 070).
  inner._moveCursor = (x, y) => {
    handler._restrictCursor();
    moveTo(handler._activeBuffer.x + x, handler._activeBuffer.y + y);
  };
  for (const final of ['G', '`'])
    parser.registerCsiHandler({ final }, ({ params }) => {
      moveTo((params[0] || 1) - 1, handler._activeBuffer.y);
      return true;
    });
  // DECIC and DECDC of a cursor that waits to wrap mean its column; the package takes the first (DEC STD 070).
  for (const final of ['}', '~'])
    parser.registerCsiHandler({ intermediates: "'", final }, () => {
      handler._restrictCursor();
      return false;
    });
  // What ICH and DECIC cut in two leaves a blank; the package keeps the second half, which looks like one until text beside it ends it.
  for (const id of [{ final: '@' }, { intermediates: "'", final: '}' }])
    parser.registerCsiHandler(id, () => {
      handler._restrictCursor();
      const { x, y, ybase, scrollTop, scrollBottom, lines } = handler._activeBuffer;
      const isColumn = id.final === '}' && y >= scrollTop && y <= scrollBottom;
      const [from, to] = isColumn ? [scrollTop, scrollBottom] : [y, y];
      for (let row = from; row <= to; row++) splitWide(lines.get(ybase + row), x);
      return false;
    });
  // A tab stop of a cursor that waits to wrap is that of its column (DEC STD 070).
  const changeStop = (change: (tabs: Record<number, boolean>, x: number) => void): boolean => {
    const { x, tabs } = handler._activeBuffer;
    change(tabs, Math.min(x, core._bufferService.cols - 1));
    return true;
  };
  const setStop = (): boolean =>
    changeStop((tabs, x) => {
      tabs[x] = true;
    });
  parser.registerEscHandler({ final: 'H' }, setStop);
  parser.setExecuteHandler('\x88', setStop);
  parser.registerCsiHandler(
    { final: 'g' },
    ({ params }) => params[0] === 0 && changeStop((tabs, x) => void Reflect.deleteProperty(tabs, x)),
  );
  // DECBI and DECFI (DEC STD 070), which the package has not.
  for (const [final, step] of [
    ['6', -1],
    ['9', 1],
  ] as const)
    parser.registerEscHandler({ final }, () => {
      handler._restrictCursor();
      const { x, y } = handler._activeBuffer;
      const edge = step < 0 ? 0 : core._bufferService.cols - 1;
      if (x !== edge) moveTo(x + step, y);
      else if (step < 0) inner.scrollRight({ params: Int32Array.of(1), length: 1 });
      else inner.scrollLeft({ params: Int32Array.of(1), length: 1 });
      return true;
    });
  const forgetCursors = keepCursors(core);
  tearLines(core);

  for (const id of COUNTED) {
    parser.registerCsiHandler(id, ({ params }) => {
      params[0] = Math.min(params[0] ?? 0, MAXIMUM_COUNT);
      return false;
    });
  }
  const on = (prefix: string, intermediates: string, final: string, run: (params: CoreParams) => boolean): void => {
    const id = { ...(prefix === '' ? {} : { prefix }), ...(intermediates === '' ? {} : { intermediates }), final };
    parser.registerCsiHandler(id, run);
  };
  const first = ({ params }: CoreParams): number => params[0] ?? 0;
  on('', '', 'b', (params) => {
    printer.repeat(first(params));
    return true;
  });
  on('', '', 'm', (params) => {
    selectGraphicRendition(handler._curAttrData, params);
    return true;
  });
  on('', '', 'J', (params) => first(params) === 1 && eraseAbove(core, false));
  on('?', '', 'J', (params) => first(params) === 1 && eraseAbove(core, true));
  for (const [final, value] of [
    ['h', true],
    ['l', false],
  ] as const) {
    on('?', '', final, (params) => {
      for (let index = 0; index < params.length; index++) state.setPrivate(params.params[index] ?? 0, value);
      return false;
    });
  }
  on('', ' ', 'q', (params) => {
    state.setCursorStyle(first(params));
    return true;
  });
  on('', '!', 'p', () => {
    state.softReset();
    forgetCursors(true);
    return false;
  });
  on('>', '', 'u', (params) => {
    state.keyboard.push(first(params));
    return true;
  });
  on('<', '', 'u', (params) => {
    state.keyboard.pop(first(params));
    return true;
  });
  on('=', '', 'u', ({ params, length }) => {
    state.keyboard.set(params[0] ?? 0, length > 1 ? (params[1] ?? 1) : 1);
    return true;
  });
  on('>', '', 'm', ({ params, length }) => {
    if (params[0] === 4 || (params[0] === 0 && length === 1))
      state.setModifyOtherKeys(length > 1 ? (params[1] ?? 0) : 0);
    return true;
  });
  on('>', '', 'n', ({ params }) => {
    if (params[0] === 4) state.setModifyOtherKeys(0);
    return true;
  });
  parser.clearCsiHandler({ final: 't' });
  on('', '', 't', ({ params, length }) => {
    const [operation = 0] = params;
    const part = length > 1 ? (params[1] ?? 0) : 0;
    if (operation === 22 && part !== 1) strings.pushTitle();
    if (operation === 23 && part !== 1) strings.popTitle();
    const { cols, rows } = core._bufferService;
    const size = sizeReport(operation, cols, rows);
    if (size !== undefined) reply(size);
    return true;
  });
  // DECALN: plain letters, and the margins at the edges of the screen (DEC STD 070).
  parser.registerEscHandler({ intermediates: '#', final: '8' }, () => {
    const pen = handler._curAttrData;
    const buffer = handler._activeBuffer;
    handler._curAttrData = { fg: 0, bg: 0, extended: NO_EXTRAS };
    buffer.scrollTop = 0;
    buffer.scrollBottom = core._bufferService.rows - 1;
    handler.screenAlignmentPattern();
    handler._curAttrData = pen;
    return true;
  });
  parser.registerEscHandler({ final: 'c' }, () => {
    resetCore(core);
    forgetCursors();
    state.reset();
    strings.reset();
    return true;
  });
}

function splitWide(line: CoreLine | undefined, x: number): void {
  const isTail = line !== undefined && x > 0 && (line._data[(x - 1) * CELL_WORDS] ?? 0) >> WIDTH_SHIFT === 2;
  if (isTail) line._data[x * CELL_WORDS] = 1 << WIDTH_SHIFT;
}

/** RIS, but that the history stays. */
function resetCore(core: Core): void {
  const handler = core._inputHandler;
  const service = core._bufferService;
  handler._parser.reset();
  service.buffers.activateNormalBuffer();
  service.buffers.alt.savedX = 0;
  Object.assign(service.buffers.alt.savedCurAttrData, { fg: 0, bg: 0 });
  handler.reset();
  setExtras(handler._curAttrData, new CellExtras(0, 0, ''));
  core.coreService.reset();
  core.coreService.isCursorHidden = false;
  core._charsetService.reset();
  core.optionsService.rawOptions.convertEol = false;
  const buffer = handler._activeBuffer;
  for (let row = 0; row < service.rows; row++) handler._resetBufferLine(row);
  buffer.x = 0;
  buffer.y = 0;
  buffer.scrollTop = 0;
  buffer.scrollBottom = service.rows - 1;
  buffer.setupTabStops();
  handler.saveCursor();
}

/** ED 1; the package throws when the cursor is at the end of the last line. */
function eraseAbove(core: Core, respectProtect: boolean): boolean {
  const handler = core._inputHandler;
  const { cols } = core._bufferService;
  handler._restrictCursor(cols);
  const buffer = handler._activeBuffer;
  handler._eraseInBufferLine(buffer.y, 0, buffer.x + 1, true, respectProtect);
  const next = buffer.y + 1 < core._bufferService.rows ? buffer.lines.get(buffer.ybase + buffer.y + 1) : undefined;
  const line = buffer.lines.get(buffer.ybase + buffer.y);
  if (next !== undefined && buffer.x + 1 >= cols && line !== undefined && isOpen(line)) next.isWrapped = false;
  for (let row = 0; row < buffer.y; row++) handler._resetBufferLine(row, respectProtect);
  return true;
}

/**
 * Strings that we do not read (APC, PM, SOS, screen's titles) are skipped to their end; the package prints the rest of
 * one from its first character past ASCII. The table is the package's own, shared by all its parsers.
 */
function quietStrings(core: Core): void {
  const { table } = core._inputHandler._parser._transitions;
  table[(STATE_IGNORED_STRING << 8) | NON_ASCII] = STATE_IGNORED_STRING;
  table[(STATE_ESCAPE << 8) | SCREEN_TITLE] = STATE_IGNORED_STRING;
}

/**
 * DECSC keeps the row of the screen, not of the history, the underline with the other attributes, origin mode and all four
 * character sets (DEC STD 070, xterm). Returns what forgets them.
 */
function keepCursors(core: Core): (activeOnly?: boolean) => void {
  const handler = core._inputHandler;
  const { normal } = core._bufferService.buffers;
  let savedNormal: SavedCursor | undefined;
  let savedAlternate: SavedCursor | undefined;
  const save = handler.saveCursor.bind(handler);
  const restore = handler.restoreCursor.bind(handler);
  handler.saveCursor = () => {
    const buffer = handler._activeBuffer;
    const { origin } = core.coreService.decPrivateModes;
    const { glevel: level, _charsets: sets } = core._charsetService;
    const extras = extrasOf(handler._curAttrData.extended);
    const saved = { y: buffer.y, extras, origin, level, sets: [...sets] };
    if (buffer === normal) {
      savedNormal = saved;
      core.saved = saved;
    } else savedAlternate = saved;
    return save();
  };
  handler.restoreCursor = () => {
    const buffer = handler._activeBuffer;
    const saved = buffer === normal ? savedNormal : savedAlternate;
    buffer.savedY = buffer.ybase + (saved?.y ?? 0);
    core.coreService.decPrivateModes.origin = saved?.origin ?? false;
    restore();
    core._charsetService._charsets = [...(saved?.sets ?? [])];
    core._charsetService.setgLevel(saved?.level ?? 0);
    const { underlineStyle = 0, underlineColor = 0 } = saved?.extras ?? {};
    const { link } = extrasOf(handler._curAttrData.extended);
    setExtras(handler._curAttrData, new CellExtras(underlineStyle, underlineColor, link));
    return true;
  };
  return (activeOnly = false) => {
    if (!activeOnly || handler._activeBuffer === normal) {
      savedNormal = undefined;
      core.saved = undefined;
    }
    if (!activeOnly || handler._activeBuffer !== normal) savedAlternate = undefined;
  };
}
