import { type Grid, glyphText, TAIL } from './grid.ts';
import { links as linkTable } from './intern-table.ts';
import {
  BLINK,
  BOLD,
  type Color,
  colorValue,
  DIM,
  INVERSE,
  INVISIBLE,
  ITALIC,
  isPalette,
  isRgb,
  OVERLINE,
  PLAIN,
  STRIKETHROUGH,
  type Style,
  underlineStyle,
} from './style.ts';

/** SGR parameters of the attributes, in the order of their bits (ECMA-48; overline is xterm's 53). */
const ATTRIBUTE_PARAMETERS: readonly (readonly [attribute: number, parameter: number])[] = [
  [BOLD, 1],
  [DIM, 2],
  [ITALIC, 3],
  [BLINK, 5],
  [INVERSE, 7],
  [INVISIBLE, 8],
  [STRIKETHROUGH, 9],
  [OVERLINE, 53],
];

/** The parameters of the SGR that makes a reset terminal write in `style`, such as `0;1;4:3;38;5;12`. */
export function sgrParameters(style: Style): string {
  let parameters = '0';
  for (const [attribute, parameter] of ATTRIBUTE_PARAMETERS)
    if ((style.attributes & attribute) !== 0) parameters += `;${parameter}`;
  const line = underlineStyle(style.attributes);
  if (line !== 0) parameters += line === 1 ? ';4' : `;4:${line}`;
  parameters += colorParameters(style.foreground, 30, 38) + colorParameters(style.background, 40, 48);
  if (style.underlineColor !== 0) parameters += underlineColorParameters(style.underlineColor);
  return parameters;
}

/** The escape sequence that sets all of `style` but its link, whatever was set before. */
export const sgr = (style: Style): string => `\x1b[${sgrParameters(style)}m`;

/** `basic` is the parameter of colour 0 of the first eight; the next eight lie 60 above. */
function colorParameters(color: Color, basic: number, extended: number): string {
  const value = colorValue(color);
  if (isPalette(color)) {
    if (value < 8) return `;${basic + value}`;
    return value < 16 ? `;${basic + 52 + value}` : `;${extended};5;${value}`;
  }
  return isRgb(color) ? `;${extended};2;${value >> 16};${(value >> 8) & 0xff};${value & 0xff}` : '';
}

/** With colons, since terminals that do not know 58 would take its parts for attributes of their own. */
function underlineColorParameters(color: Color): string {
  const value = colorValue(color);
  if (isPalette(color)) return `;58:5:${value}`;
  return isRgb(color) ? `;58:2::${value >> 16}:${(value >> 8) & 0xff}:${value & 0xff}` : '';
}

export interface AnsiOptions {
  /** Columns; all of the row at first. */
  readonly from?: number;
  readonly to?: number;
  /** Writes OSC 8 around linked text; off at first. */
  readonly links?: boolean;
  /** Keeps plain blanks at the end; off at first. */
  readonly trailing?: boolean;
}

/** Row `y` of `grid` as text with escape sequences, which start from and end with a reset terminal. */
export function rowToAnsi(grid: Grid, y: number, options: AnsiOptions = {}): string {
  const start = y * grid.columns + (options.from ?? 0);
  let end = y * grid.columns + Math.min(options.to ?? grid.columns, grid.columns);
  if (options.trailing !== true) while (end > start && isBlank(grid, end - 1)) end -= 1;
  let text = '';
  let last: Style = PLAIN;
  for (let index = start; index < end; index++) {
    const glyph = grid.glyphs[index] ?? 0;
    if ((glyph & TAIL) !== 0) continue;
    const style = styleAt(grid, index);
    if (options.links === true && style.link !== last.link) text += link(style.link);
    if (!sameLook(style, last)) text += sameLook(style, PLAIN) ? '\x1b[0m' : sgr(style);
    last = style;
    text += glyphText(glyph);
  }
  if (!sameLook(last, PLAIN)) text += '\x1b[0m';
  if (options.links === true && last.link !== 0) text += link(0);
  return text;
}

/** The style of cell `index`. */
const styleAt = (grid: Grid, index: number): Style => ({
  foreground: grid.foregrounds[index] ?? 0,
  background: grid.backgrounds[index] ?? 0,
  attributes: grid.attributes[index] ?? 0,
  underlineColor: grid.underlineColors[index] ?? 0,
  link: grid.links[index] ?? 0,
});

/** OSC 8 of an id of the table of links; 0 ends a link. */
function link(id: number): string {
  const [identifier = '', ...uri] = linkTable.text(id).split(';');
  return `\x1b]8;${identifier === '' ? '' : `id=${identifier}`};${uri.join(';')}\x1b\\`;
}

const sameLook = (a: Style, b: Style): boolean =>
  a.foreground === b.foreground &&
  a.background === b.background &&
  a.attributes === b.attributes &&
  a.underlineColor === b.underlineColor;

const isBlank = (grid: Grid, index: number): boolean =>
  (grid.glyphs[index] === 0 || grid.glyphs[index] === 0x20) && sameLook(styleAt(grid, index), PLAIN);
