import { CLUSTER, TAIL } from '../text/grid.ts';
import { sgrParameters } from '../text/sgr.ts';
import { BLINK, BOLD, type Color, INVERSE, INVISIBLE, type Style, UNDERLINE_MASK } from '../text/style.ts';
import type { ControlTable } from './control.ts';
import type { EngineCore } from './engine-core.ts';
import { eachRow } from './rectangle-controls.ts';
import type { Row } from './row.ts';
import { PROTECTED, VISIBLE_ATTRIBUTES } from './style-table.ts';
import type { VtParameters } from './vt-parameters.ts';

/** The value of a code without its flags. */
const VALUE = 0x1f_ffff;
const BLANK = 0x20;
/** What cells with an attribute add to a checksum (DEC STD 070, as xterm). */
const WEIGHTS = [
  [PROTECTED, 0x04],
  [INVISIBLE, 0x08],
  [UNDERLINE_MASK, 0x10],
  [INVERSE, 0x20],
  [BLINK, 0x40],
  [BOLD, 0x80],
] as const;
/** Bits of XTCHECKSUM (xterm's ctlseqs); the last, on characters of 7 bits, makes no difference in UTF-8. */
const POSITIVE = 1;
const WITHOUT_ATTRIBUTES = 2;
const WITH_BLANKS = 4;
const WITHOUT_EMPTY = 8;
const WHOLE_CHARACTERS = 16;

/** DECRQCRA: the sum of characters and attributes, without the blanks at the end of each row, negative unless told. */
function checksum(core: EngineCore, parameters: VtParameters): number {
  const options = core.modes.checksum;
  let sum = 0;
  let isFirst = true;
  eachRow(core, parameters, 2, (row, { left, right }) => {
    let blanks = 0;
    for (let x = left; x < right; x++) {
      const code = row.code(x);
      if (code === TAIL || (code === 0 && (options & WITHOUT_EMPTY) !== 0)) continue;
      const weight = (options & WITHOUT_ATTRIBUTES) === 0 ? weightOf(core, row.style(x)) : 0;
      const value = characterOf(core, code, options) + weight;
      if (isFirst || value !== BLANK || (options & WITH_BLANKS) !== 0) {
        sum += blanks + value;
        blanks = 0;
      } else blanks += value;
      isFirst = false;
    }
  });
  return ((options & POSITIVE) === 0 ? -sum : sum) & 0xffff;
}

function characterOf({ clusters }: EngineCore, code: number, options: number): number {
  if (code === 0) return BLANK;
  const text = (code & CLUSTER) === 0 ? String.fromCodePoint(code & VALUE) : clusters.text(code & VALUE);
  if ((options & WHOLE_CHARACTERS) === 0) return (text.codePointAt(0) ?? BLANK) & 0xff;
  let sum = 0;
  for (const character of text) sum += character.codePointAt(0) ?? 0;
  return sum;
}

function weightOf({ styles }: EngineCore, style: number): number {
  const attributes = styles.attributes(style);
  let weight = 0;
  for (const [flags, value] of WEIGHTS) if ((attributes & flags) !== 0) weight += value;
  return weight;
}

/** XTREPORTSGR: the attributes and colours that all cells of a rectangle have. */
function commonStyle(core: EngineCore, parameters: VtParameters): Style {
  const { styles } = core;
  let common: { foreground: Color; background: Color; attributes: number; underlineColor: Color } | undefined;
  let before = -1;
  const add = (style: number): void => {
    if (style === before) return;
    before = style;
    const own = {
      foreground: styles.foreground(style),
      background: styles.background(style),
      attributes: styles.attributes(style) & VISIBLE_ATTRIBUTES,
      underlineColor: styles.underlineColor(style),
    };
    common = common === undefined ? own : shared(common, own);
  };
  eachRow(core, parameters, 0, (row: Row, { left, right }) => {
    for (let x = left; x < right; x++) add(row.style(x));
  });
  return { ...(common ?? { foreground: 0, background: 0, attributes: 0, underlineColor: 0 }), link: 0 };
}

type Look = Omit<Style, 'link'>;

function shared(one: Look, other: Look): Look {
  const line = one.attributes & UNDERLINE_MASK;
  const lines = line === (other.attributes & UNDERLINE_MASK) ? line : 0;
  return {
    foreground: one.foreground === other.foreground ? one.foreground : 0,
    background: one.background === other.background ? one.background : 0,
    attributes: (one.attributes & other.attributes & ~UNDERLINE_MASK) | lines,
    underlineColor: one.underlineColor === other.underlineColor ? one.underlineColor : 0,
  };
}

/** Queries about rectangles (DEC STD 070, VT420; xterm's ctlseqs). */
export const RECTANGLE_REPORTS: ControlTable = {
  '*y': (core, parameters) => {
    const sum = checksum(core, parameters).toString(16).toUpperCase().padStart(4, '0');
    core.reply(`\x1bP${parameters.first}!~${sum}\x1b\\`);
  },
  '#y': ({ modes }, { first }) => {
    modes.checksum = first;
  },
  '#|': (core, parameters) => core.reply(`\x1b[${sgrParameters(commonStyle(core, parameters))}m`),
};
