/**
 * A colour as one number: 0 is the terminal's default, `palette(n)` one of its 256, `rgb(r, g, b)` 24 bits.
 * Numbers, not objects: a screen holds two for each cell.
 */
export type Color = number;

export const DEFAULT_COLOR: Color = 0;
const PALETTE = 0x0100_0000;
const RGB = 0x0200_0000;

/** Colour `index` (0–255) of the terminal's palette. */
export const palette = (index: number): Color => PALETTE | (index & 0xff);
/** A 24-bit colour of parts 0–255. */
export const rgb = (red: number, green: number, blue: number): Color =>
  RGB | ((red & 0xff) << 16) | ((green & 0xff) << 8) | (blue & 0xff);
export const isPalette = (color: Color): boolean => (color & PALETTE) !== 0;
export const isRgb = (color: Color): boolean => (color & RGB) !== 0;
/** The palette index, or the 24 bits of an RGB colour. */
export const colorValue = (color: Color): number => color & 0x00ff_ffff;

/** Attributes of a cell, as bits of one number; the underline style is a number of three bits within it. */
export const BOLD = 1 << 0;
export const DIM = 1 << 1;
export const ITALIC = 1 << 2;
export const BLINK = 1 << 3;
export const INVERSE = 1 << 4;
export const INVISIBLE = 1 << 5;
export const STRIKETHROUGH = 1 << 6;
export const OVERLINE = 1 << 7;
const UNDERLINE_SHIFT = 8;
export const UNDERLINE_MASK = 7 << UNDERLINE_SHIFT;
/** The parameter of SGR 4:n (kitty's and VTE's extension of ECMA-48). */
export type UnderlineStyle = 0 | 1 | 2 | 3 | 4 | 5;
export const SINGLE_UNDERLINE: UnderlineStyle = 1;
export const DOUBLE_UNDERLINE: UnderlineStyle = 2;
export const CURLY_UNDERLINE: UnderlineStyle = 3;
export const DOTTED_UNDERLINE: UnderlineStyle = 4;
export const DASHED_UNDERLINE: UnderlineStyle = 5;
export const underline = (style: UnderlineStyle): number => style << UNDERLINE_SHIFT;
export const underlineStyle = (attributes: number): UnderlineStyle =>
  ((attributes & UNDERLINE_MASK) >> UNDERLINE_SHIFT) as UnderlineStyle;

/** How text is shown. `link` is an id of the `links` table (intern-table.ts), 0 for none. */
export interface Style {
  readonly foreground: Color;
  readonly background: Color;
  readonly attributes: number;
  readonly underlineColor: Color;
  readonly link: number;
}

export const PLAIN: Style = {
  foreground: DEFAULT_COLOR,
  background: DEFAULT_COLOR,
  attributes: 0,
  underlineColor: DEFAULT_COLOR,
  link: 0,
};
