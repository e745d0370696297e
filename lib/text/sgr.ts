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
  STRIKETHROUGH,
  type Style,
  underlineStyle,
} from './style.ts';

/**
 * Attributes with the parameters of SGR that begin and end them, in the order of their bits (ECMA-48 §8.3.117; 53 and 55
 * as in xterm's ctlseqs). Bold and dim end together. The underline is not among them: it has styles.
 */
export const SGR_ATTRIBUTES: readonly (readonly [attribute: number, begin: number, end: number])[] = [
  [BOLD, 1, 22],
  [DIM, 2, 22],
  [ITALIC, 3, 23],
  [BLINK, 5, 25],
  [INVERSE, 7, 27],
  [INVISIBLE, 8, 28],
  [STRIKETHROUGH, 9, 29],
  [OVERLINE, 53, 55],
];

/** The parameters of the SGR that makes a reset terminal write in a style, such as `0;1;4:3;38;5;12`. */
export function sgrParameters({ foreground, background, attributes, underlineColor }: Omit<Style, 'link'>): string {
  let parameters = '0';
  for (const [attribute, begin] of SGR_ATTRIBUTES) if ((attributes & attribute) !== 0) parameters += `;${begin}`;
  const line = underlineStyle(attributes);
  if (line !== 0) parameters += line === 1 ? ';4' : `;4:${line}`;
  parameters += colorParameters(foreground, 30) + colorParameters(background, 40);
  if (underlineColor !== 0) parameters += underlineColorParameters(underlineColor);
  return parameters;
}

/** The escape sequence that sets all of `style` but its link, whatever was set before. */
export const sgr = (style: Style): string => `\x1b[${sgrParameters(style)}m`;

/** `base` is 30 for the foreground, 40 for the background; the bright eight lie 60 above, all others behind base + 8. */
function colorParameters(color: Color, base: 30 | 40): string {
  const value = colorValue(color);
  if (isPalette(color)) {
    if (value < 8) return `;${base + value}`;
    return value < 16 ? `;${base + 60 + value - 8}` : `;${base + 8};5;${value}`;
  }
  return isRgb(color) ? `;${base + 8};2;${value >> 16};${(value >> 8) & 0xff};${value & 0xff}` : '';
}

/** With colons, since terminals that do not know 58 would take its parts for attributes of their own. */
function underlineColorParameters(color: Color): string {
  const value = colorValue(color);
  if (isPalette(color)) return `;58:5:${value}`;
  return isRgb(color) ? `;58:2::${value >> 16}:${(value >> 8) & 0xff}:${value & 0xff}` : '';
}
