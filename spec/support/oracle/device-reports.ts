import { isDark, paletteRgb, type TerminalColors, xParseColor } from '../../../lib/terminal/colors.ts';
import { sgrParameters } from '../../../lib/text/sgr.ts';
import { BoundedString } from './bounded-string.ts';
import type { TerminalState } from './terminal-state.ts';
import { currentStyle, isProtected } from './xterm-attributes.ts';
import type { Core, CoreParams } from './xterm-core.ts';

/** What a terminal says of itself when a program asks. */
export interface Identity {
  /** `qmux(release)` in XTVERSION. */
  readonly release: string;
  /** The value of TERM, in XTGETTCAP. */
  readonly name: string;
  colors: TerminalColors;
}

/** VT420 with scrolling to the side (21), colours (22), rectangles (28) and a clipboard that can be written (52). */
const PRIMARY_ATTRIBUTES = '\x1b[?64;21;22;28;52c';
/** A VT420 like xterm's own answer, at a version from which vim takes SGR mouse reports to be known. */
const SECONDARY_ATTRIBUTES = '\x1b[>41;380;0c';
/** `qmux` in hexadecimal as the unit's id. */
const TERTIARY_ATTRIBUTES = '\x1bP!|716D7578\x1b\\';
const MAXIMUM_QUERY = 4096;
/** Capabilities answered of one XTGETTCAP, colours of one OSC 4. */
const MAXIMUM_QUESTIONS = 64;
/** Pixels of a cell, for programs that want some; ours are in no way known. */
const CELL_WIDTH = 8;
const CELL_HEIGHT = 16;

/** Answers all queries at once, with or without a client, in place of the package's answers. */
export function answerQueries(
  core: Core,
  state: TerminalState,
  identity: Identity,
  reply: (text: string) => void,
): void {
  const parser = core._inputHandler._parser;
  const csi = (prefix: string, intermediates: string, final: string, run: (params: CoreParams) => void): void => {
    const id = { ...(prefix === '' ? {} : { prefix }), ...(intermediates === '' ? {} : { intermediates }), final };
    parser.clearCsiHandler(id);
    parser.registerCsiHandler(id, (params) => {
      run(params);
      return true;
    });
  };
  const whenZero = (text: string) => (params: CoreParams) => {
    if (params.params[0] === 0) reply(text);
  };

  csi('', '', 'c', whenZero(PRIMARY_ATTRIBUTES));
  parser.registerEscHandler({ final: 'Z' }, () => {
    reply(PRIMARY_ATTRIBUTES);
    return true;
  });
  csi('>', '', 'c', whenZero(SECONDARY_ATTRIBUTES));
  csi('=', '', 'c', whenZero(TERTIARY_ATTRIBUTES));
  csi('>', '', 'q', whenZero(`\x1bP>|qmux(${identity.release})\x1b\\`));
  csi('', '', 'n', ({ params }) => {
    if (params[0] === 5) reply('\x1b[0n');
    if (params[0] === 6) reply(`\x1b[${cursorReport(core)}R`);
  });
  csi('?', '', 'n', ({ params }) => {
    if (params[0] === 6) reply(`\x1b[?${cursorReport(core)}R`);
    if (params[0] === 996) reply(`\x1b[?997;${isDark(identity.colors.background) ? 1 : 2}n`);
  });
  csi('', '$', 'p', ({ params }) => reply(`\x1b[${params[0] ?? 0};${state.ansiMode(params[0] ?? 0)}$y`));
  csi('?', '$', 'p', ({ params }) => reply(`\x1b[?${params[0] ?? 0};${state.privateMode(params[0] ?? 0)}$y`));
  csi('?', '', 'm', ({ params }) => {
    if (params[0] === 4) reply(`\x1b[>4;${state.modes.modifyOtherKeys}m`);
  });
  csi('?', '', 'u', () => reply(`\x1b[?${state.keyboard.flags}u`));
  const dcs = (intermediates: string, answer: (text: string) => void): void => {
    parser.clearDcsHandler({ intermediates, final: 'q' });
    parser.registerDcsHandler({ intermediates, final: 'q' }, new BoundedString(MAXIMUM_QUERY, 'drop', answer));
  };
  dcs('$', (text) => reply(statusString(core, state, text)));
  dcs('+', (text) => {
    for (const name of text.split(';').slice(0, MAXIMUM_QUESTIONS)) reply(capability(name, identity.name));
  });
  answerColors(core, identity, reply);
}

/** XTWINOPS 14, 16, 18 and 19: sizes of the text area and of a cell; undefined for what is not answered. */
export function sizeReport(operation: number, columns: number, rows: number): string | undefined {
  if (operation === 11) return '\x1b[1t';
  if (operation === 13) return '\x1b[3;0;0t';
  if (operation === 15) return `\x1b[5;${rows * CELL_HEIGHT};${columns * CELL_WIDTH}t`;
  if (operation === 20) return '\x1b]L\x1b\\';
  if (operation === 21) return '\x1b]l\x1b\\';
  if (operation === 14) return `\x1b[4;${rows * CELL_HEIGHT};${columns * CELL_WIDTH}t`;
  if (operation === 16) return `\x1b[6;${CELL_HEIGHT};${CELL_WIDTH}t`;
  if (operation === 18) return `\x1b[8;${rows};${columns}t`;
  return operation === 19 ? `\x1b[9;${rows};${columns}t` : undefined;
}

/** Row and column of the cursor from 1; within the margins in origin mode. */
function cursorReport(core: Core): string {
  const { x, y, scrollTop } = core._inputHandler._activeBuffer;
  const top = core.coreService.decPrivateModes.origin ? scrollTop : 0;
  return `${y - top + 1};${Math.min(x, core._bufferService.cols - 1) + 1}`;
}

/** DECRQSS. */
function statusString(core: Core, state: TerminalState, request: string): string {
  const handler = core._inputHandler;
  const answer = (text: string): string => `\x1bP1$r${text}${request}\x1b\\`;
  switch (request) {
    case 'm':
      return answer(sgrParameters(currentStyle(handler._curAttrData)));
    case 'r':
      return answer(`${handler._activeBuffer.scrollTop + 1};${handler._activeBuffer.scrollBottom + 1}`);
    case ' q': {
      const base = state.shape === undefined ? 0 : { block: 2, underline: 4, bar: 6 }[state.shape];
      return answer(String(base === 0 ? 0 : base - (state.blinking ? 1 : 0)));
    }
    case '"p':
      return answer('64;1');
    case '"q':
      return answer(isProtected(handler._curAttrData) ? '1' : '0');
    default:
      return '\x1bP0$r\x1b\\';
  }
}

/** One answer of XTGETTCAP; names and values are in hexadecimal. */
function capability(name: string, terminal: string): string {
  const known: Readonly<Record<string, string>> = {
    TN: terminal,
    name: terminal,
    Co: '256',
    colors: '256',
    RGB: '8/8/8',
  };
  const asked = /^(?:[0-9a-f]{2})+$/i.test(name) ? Buffer.from(name, 'hex').toString('latin1') : '';
  const value = Object.hasOwn(known, asked) ? known[asked] : undefined;
  if (value === undefined) return `\x1bP0+r${/^[0-9a-f]*$/i.test(name) ? name : ''}\x1b\\`;
  return `\x1bP1+r${name}=${Buffer.from(value, 'latin1').toString('hex').toUpperCase()}\x1b\\`;
}

/** OSC 4, 10, 11 and 12: queries are answered, changes ignored, since one screen shows many programs. */
function answerColors(core: Core, identity: Identity, reply: (text: string) => void): void {
  const parser = core._inputHandler._parser;
  const osc = (id: number, run: (text: string) => void): void => {
    parser.clearOscHandler(id);
    parser.registerOscHandler(id, new BoundedString(MAXIMUM_QUERY, 'drop', run));
  };
  osc(4, (text) => {
    const parts = text.split(';', 2 * MAXIMUM_QUESTIONS);
    for (let index = 0; index + 1 < parts.length; index += 2) {
      const color = Number(/^\d{1,3}$/.exec(parts[index] ?? '')?.[0] ?? Number.NaN);
      if (color <= 255 && parts[index + 1] === '?') reply(`\x1b]4;${color};${xParseColor(paletteRgb(color))}\x1b\\`);
    }
  });
  for (const first of [10, 11, 12]) {
    osc(first, (text) => {
      const { foreground, background, cursor } = identity.colors;
      text.split(';', 3).forEach((part, offset) => {
        const color = [foreground, background, cursor][first - 10 + offset];
        if (part === '?' && color !== undefined) reply(`\x1b]${first + offset};${xParseColor(color)}\x1b\\`);
      });
    });
  }
  for (const id of [104, 110, 111, 112]) parser.clearOscHandler(id);
}
