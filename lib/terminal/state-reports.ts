import { BLINK, BOLD, INVERSE, UNDERLINE_MASK } from '../text/style.ts';
import type { ControlTable } from './control.ts';
import type { EngineCore } from './engine-core.ts';

/** Answers of DSR about what a terminal may have beside its screen (DEC STD 070, VT420): we have none of it. */
const DEVICES: ReadonlyMap<number, string> = new Map([
  // No printer; keys of one's own are locked; a North American keyboard, ready.
  [15, '?13n'],
  [25, '?21n'],
  [26, '?27;1;0;0n'],
  // No locator, of no kind.
  [53, '?53n'],
  [55, '?53n'],
  [56, '?57;0n'],
  // No room for macros; nothing was lost; one session.
  [62, '0*{'],
  [75, '?70n'],
  [85, '?83n'],
]);

/** DSR of DEC's own kind; undefined for what is not answered. */
export function deviceReport(request: number, id: number): string | undefined {
  // The checksum of macros, of which there are none.
  if (request === 63) return `\x1bP${id}!~0000\x1b\\`;
  const answer = DEVICES.get(request);
  return answer === undefined ? undefined : `\x1b[${answer}`;
}

/** DECCIR: the cursor, what it writes with and which character sets it has, on page 1 (DEC STD 070, VT420). */
function cursorInformation({ screen, pen, modes, charsets }: EngineCore): string {
  const { attributes } = pen.style;
  const bit = (flags: number, value: number): number => ((attributes & flags) === 0 ? 0 : value);
  const look = bit(BOLD, 1) | bit(UNDERLINE_MASK, 2) | bit(BLINK, 4) | bit(INVERSE, 8);
  const waits = screen.x >= screen.columns || screen.x === screen.waitX;
  const flags = (modes.origin ? 1 : 0) | (waits ? 8 : 0);
  const character = (bits: number): string => String.fromCharCode(0x40 | bits);
  const sizes = charsets.names.reduce((sum, { isLarge }, level) => sum | (isLarge ? 1 << level : 0), 0);
  const place = `${screen.y + 1};${screen.column + 1};1`;
  const kinds = `${character(look)};${character(pen.isProtected ? 1 : 0)};${character(flags)}`;
  const sets = charsets.names.map(({ final }) => final).join('');
  return `${place};${kinds};${charsets.level};2;${character(sizes)};${sets}`;
}

/** Queries of the terminal's state (DEC STD 070, VT420; xterm's ctlseqs). */
export const STATE_REPORTS: ControlTable = {
  $w: (core, { first }) => {
    if (first === 1) core.reply(`\x1bP1$u${cursorInformation(core)}\x1b\\`);
    else if (first === 2) core.reply(`\x1bP2$u${core.screen.tabs.columns.map((x) => x + 1).join('/')}\x1b\\`);
  },
  // DECRQUPSS: Latin-1.
  '&u': (core) => core.reply('\x1bP1!uA\x1b\\'),
  // DECREQTPARM: no parity, 8 bits, 38,400 bits a second, as xterm.
  x: (core, { first }) => {
    if (first <= 1) core.reply(`\x1b[${first + 2};1;1;128;128;1;0x`);
  },
};
