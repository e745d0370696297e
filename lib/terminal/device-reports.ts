import { sgrParameters } from '../text/sgr.ts';
import { isDark, paletteRgb, xParseColor } from './colors.ts';
import type { ControlTable } from './control.ts';
import type { EngineCore } from './engine-core.ts';
import { deviceReport } from './state-reports.ts';
import { VISIBLE_ATTRIBUTES } from './style-table.ts';

/** VT420 with scrolling to the side (21), colours (22), rectangles (28) and a clipboard that can be written (52). */
const PRIMARY_ATTRIBUTES = '\x1b[?64;21;22;28;52c';
/** A VT420 like xterm's own answer, at a version from which vim takes SGR mouse reports to be known. */
const SECONDARY_ATTRIBUTES = '\x1b[>41;380;0c';
/** `qmux` in hexadecimal as the unit's id. */
const TERTIARY_ATTRIBUTES = '\x1bP!|716D7578\x1b\\';
/** Capabilities answered of one XTGETTCAP, colours of one OSC 4. */
const MAXIMUM_QUESTIONS = 64;
/** Pixels of a cell, for programs that want some; ours are in no way known. */
const CELL_WIDTH = 8;
const CELL_HEIGHT = 16;

/** Row and column of the cursor from 1; within the margins in origin mode. */
function cursorReport({ screen, modes }: EngineCore): string {
  const top = modes.origin ? screen.top : 0;
  const left = modes.origin ? screen.left : 0;
  return `${screen.y - top + 1};${screen.column - left + 1}`;
}

/**
 * XTWINOPS: an open window at the corner, sizes of the text area, the screen and a cell; labels are told empty, since what
 * a program wrote as title would come back as keys. Undefined for what is not answered.
 */
function windowReport(operation: number, columns: number, rows: number): string | undefined {
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

/** DA1, also as DECID. */
export function replyIdentity(core: EngineCore): void {
  core.reply(PRIMARY_ATTRIBUTES);
}

/** Queries, which are answered at once, with or without a client. */
export const REPORT_CONTROLS: ControlTable = {
  c: (core, { first }) => {
    if (first === 0) replyIdentity(core);
  },
  '>c': (core, { first }) => {
    if (first === 0) core.reply(SECONDARY_ATTRIBUTES);
  },
  '=c': (core, { first }) => {
    if (first === 0) core.reply(TERTIARY_ATTRIBUTES);
  },
  '>q': (core, { first }) => {
    if (first === 0) core.reply(`\x1bP>|qmux(${core.identity.release})\x1b\\`);
  },
  n: (core, { first }) => {
    if (first === 5) core.reply('\x1b[0n');
    else if (first === 6) core.reply(`\x1b[${cursorReport(core)}R`);
  },
  '?n': (core, parameters) => {
    const { first } = parameters;
    const device = deviceReport(first, parameters.value(1));
    if (device !== undefined) core.reply(device);
    else if (first === 6) core.reply(`\x1b[?${cursorReport(core)}R`);
    else if (first === 996) core.reply(`\x1b[?997;${isDark(core.identity.colors.background) ? 1 : 2}n`);
  },
  $p: (core, { first }) => core.reply(`\x1b[${first};${core.modes.ansiAnswer(first)}$y`),
  '?$p': (core, { first }) => core.reply(`\x1b[?${first};${core.modes.privateAnswer(first)}$y`),
  '?m': (core, { first }) => {
    if (first === 4) core.reply(`\x1b[>4;${core.modes.modifyOtherKeys}m`);
  },
  '?u': (core) => core.reply(`\x1b[?${core.modes.keyboard.flags}u`),
  t: (core, { first }) => {
    const { columns, height } = core.screen;
    const size = windowReport(first, columns, height);
    if (size !== undefined) core.reply(size);
  },
};

/** DECRQSS. */
export function replyStatus(core: EngineCore, request: string): void {
  const answer = (text: string): void => core.reply(`\x1bP1$r${text}${request}\x1b\\`);
  const { pen, screen, modes } = core;
  switch (request) {
    case 'm': {
      const { style } = pen;
      answer(sgrParameters({ ...style, attributes: style.attributes & VISIBLE_ATTRIBUTES }));
      return;
    }
    case 'r':
      answer(`${screen.top + 1};${screen.bottom + 1}`);
      return;
    case ' q': {
      const { cursorShape, cursorBlinking } = modes;
      const steady = cursorShape === undefined ? 0 : { block: 2, underline: 4, bar: 6 }[cursorShape];
      answer(String(steady === 0 ? 0 : steady - (cursorBlinking ? 1 : 0)));
      return;
    }
    case 's':
      answer(`${screen.left + 1};${screen.right + 1}`);
      return;
    case 't':
    case '*|':
      answer(String(screen.height));
      return;
    case '$|':
      answer(String(screen.columns));
      return;
    case '*x':
      answer(modes.changesRectangles ? '2' : '0');
      return;
    case '"p':
      answer(`64;${modes.repliesInEightBits ? 0 : 1}`);
      return;
    case '"q':
      answer(pen.isProtected ? '1' : '0');
      return;
    default:
      core.reply('\x1bP0$r\x1b\\');
  }
}

/** What programs ask for by its name in terminfo, or by those of tmux and kitty that have become common. */
const CAPABILITIES: Readonly<Record<string, string>> = {
  Co: '256',
  colors: '256',
  RGB: '8/8/8',
  Tc: '',
  Su: '',
  setrgbf: '\x1b[38:2:%p1%d:%p2%d:%p3%dm',
  setrgbb: '\x1b[48:2:%p1%d:%p2%d:%p3%dm',
  Smulx: '\x1b[4:%p1%dm',
  Setulc: '\x1b[58:2::%p1%{65536}%/%d:%p1%{256}%/%{255}%&%d:%p1%{255}%&%d%;m',
  Ss: '\x1b[%p1%d q',
  Se: '\x1b[0 q',
  Ms: '\x1b]52;%p1%s;%p2%s\x1b\\',
  indn: '\x1b[%p1%dS',
};

/** XTGETTCAP: names and values are in hexadecimal. */
export function replyCapabilities(core: EngineCore, names: string): void {
  for (const name of names.split(';').slice(0, MAXIMUM_QUESTIONS)) core.reply(capability(name, core.identity.name));
}

function capability(name: string, terminal: string): string {
  const known: Readonly<Record<string, string>> = { ...CAPABILITIES, TN: terminal, name: terminal };
  const asked = /^(?:[0-9a-f]{2})+$/i.test(name) ? Buffer.from(name, 'hex').toString('latin1') : '';
  const value = Object.hasOwn(known, asked) ? known[asked] : undefined;
  if (value === '') return `\x1bP1+r${name}\x1b\\`;
  if (value === undefined) return `\x1bP0+r${/^[0-9a-f]*$/i.test(name) ? name : ''}\x1b\\`;
  return `\x1bP1+r${name}=${Buffer.from(value, 'latin1').toString('hex').toUpperCase()}\x1b\\`;
}

/** OSC 4: queries are answered, changes ignored, since one screen shows many programs. */
export function replyPalette(core: EngineCore, text: string): void {
  const parts = text.split(';', 2 * MAXIMUM_QUESTIONS);
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const color = Number(/^\d{1,3}$/.exec(parts[index] ?? '')?.[0] ?? Number.NaN);
    if (color <= 255 && parts[index + 1] === '?') core.reply(`\x1b]4;${color};${xParseColor(paletteRgb(color))}\x1b\\`);
  }
}

/**
 * OSC 10 to 19, several in one; `first` is the number of the first: text, background, cursor, then those of the mouse, of
 * Tektronix' screen and of a selection, which is shown reversed.
 */
export function replyColors(core: EngineCore, first: number, text: string): void {
  const { foreground, background, cursor } = core.identity.colors;
  const colors = [foreground, background, cursor, foreground, background];
  const all = [...colors, foreground, background, foreground, cursor, background];
  text.split(';', all.length).forEach((part, offset) => {
    const color = all[first - 10 + offset];
    if (part === '?' && color !== undefined) core.reply(`\x1b]${first + offset};${xParseColor(color)}\x1b\\`);
  });
}
