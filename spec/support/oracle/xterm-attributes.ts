import { type InternTable, links } from '../../../lib/text/intern-table.ts';
import {
  BLINK,
  BOLD,
  type Color,
  DEFAULT_COLOR,
  DIM,
  INVERSE,
  INVISIBLE,
  ITALIC,
  OVERLINE,
  palette,
  rgb,
  STRIKETHROUGH,
  type Style,
  type UnderlineStyle,
  underline,
} from '../../../lib/text/style.ts';
import { type CoreAttributes, type CoreExtended, type CoreParams, HAS_EXTENDED } from './xterm-core.ts';

/** Flags in the foreground and background words of the package, above 24 bits of colour and two of its mode. */
const FG_INVERSE = 1 << 26;
const FG_BOLD = 1 << 27;
const FG_UNDERLINE = 1 << 28;
const FG_BLINK = 1 << 29;
const FG_INVISIBLE = 1 << 30;
const FG_STRIKETHROUGH = 1 << 31;
const BG_ITALIC = 1 << 26;
const BG_DIM = 1 << 27;
const BG_PROTECTED = 1 << 29;
const BG_OVERLINE = 1 << 30;
const FLAG_SHIFT = 26;
const COLOR_BITS = 0x03ff_ffff;
const MODE_MASK = 0x0300_0000;
const MODE_PALETTE = 0x0200_0000;
const MODE_RGB = 0x0300_0000;

/** Underline style, underline colour and link of cells, shared by all cells written with them. */
export class CellExtras implements CoreExtended {
  readonly underlineStyle: UnderlineStyle;
  /** In the package's form, 0 for the text's own. */
  readonly underlineColor: number;
  /** `id;uri` of OSC 8, empty for none. */
  readonly link: string;
  #linkId = 0;
  #generation = -1;

  constructor(underlineStyle: UnderlineStyle, underlineColor: number, link: string) {
    this.underlineStyle = underlineStyle;
    this.underlineColor = underlineColor;
    this.link = link;
  }

  /** The link's id in `table`, looked up again only after the table forgot its ids. */
  linkId(table: InternTable): number {
    if (this.#generation !== table.generation) {
      this.#linkId = table.intern(this.link);
      this.#generation = table.generation;
    }
    return this.#linkId;
  }

  clone(): CoreExtended {
    return this;
  }

  isEmpty(): boolean {
    return this.underlineStyle === 0 && this.underlineColor === 0 && this.link === '';
  }
}

export const NO_EXTRAS = new CellExtras(0, 0, '');

export const extrasOf = (extended: CoreExtended | undefined): CellExtras =>
  extended instanceof CellExtras ? extended : NO_EXTRAS;

export function setExtras(attributes: CoreAttributes, extras: CellExtras): void {
  attributes.extended = extras;
  if (extras.isEmpty()) attributes.bg &= ~HAS_EXTENDED;
  else attributes.bg |= HAS_EXTENDED;
}

/** Colour of a word of the package. */
export function wordColor(word: number): Color {
  const mode = word & MODE_MASK;
  if (mode === 0) return DEFAULT_COLOR;
  return mode === MODE_RGB ? rgb(word >> 16, word >> 8, word) : palette(word);
}

const flagTable = (flags: readonly (readonly [flag: number, attribute: number])[]): Uint32Array =>
  Uint32Array.from({ length: 64 }, (_, bits) =>
    flags.reduce((sum, [flag, attribute]) => ((bits & (flag >>> FLAG_SHIFT)) === 0 ? sum : sum | attribute), 0),
  );

const FG_ATTRIBUTES = flagTable([
  [FG_INVERSE, INVERSE],
  [FG_BOLD, BOLD],
  [FG_UNDERLINE, underline(1)],
  [FG_BLINK, BLINK],
  [FG_INVISIBLE, INVISIBLE],
  [FG_STRIKETHROUGH, STRIKETHROUGH],
]);
const BG_ATTRIBUTES = flagTable([
  [BG_ITALIC, ITALIC],
  [BG_DIM, DIM],
  [BG_OVERLINE, OVERLINE],
]);

/** Attribute bits of a cell's words; without extras an underline is a single one. */
export const wordAttributes = (fg: number, bg: number): number =>
  (FG_ATTRIBUTES[fg >>> FLAG_SHIFT] ?? 0) | (BG_ATTRIBUTES[bg >>> FLAG_SHIFT] ?? 0);

/** The style that text written now would have. */
export function currentStyle({ fg, bg, extended }: CoreAttributes): Style {
  const extras = extrasOf(extended);
  const attributes = wordAttributes(fg, bg);
  return {
    foreground: wordColor(fg),
    background: wordColor(bg),
    attributes:
      extras.underlineStyle === 0 ? attributes : (attributes & ~underline(1)) | underline(extras.underlineStyle),
    underlineColor: wordColor(extras.underlineColor),
    link: extras.linkId(links),
  };
}

export const isProtected = (attributes: CoreAttributes): boolean => (attributes.bg & BG_PROTECTED) !== 0;

/** SGR 0: everything but the link and the protection. */
function clear(attributes: CoreAttributes): void {
  attributes.fg = 0;
  attributes.bg &= BG_PROTECTED;
  setExtras(attributes, new CellExtras(0, 0, extrasOf(attributes.extended).link));
}

function setUnderline(attributes: CoreAttributes, style: number): void {
  const known = (style >= 0 && style <= 5 ? style : 1) as UnderlineStyle;
  if (known === 0) attributes.fg &= ~FG_UNDERLINE;
  else attributes.fg |= FG_UNDERLINE;
  const { underlineColor, link } = extrasOf(attributes.extended);
  setExtras(attributes, new CellExtras(known === 1 ? 0 : known, underlineColor, link));
}

function setUnderlineColor(attributes: CoreAttributes, color: number): void {
  const { underlineStyle, link } = extrasOf(attributes.extended);
  setExtras(attributes, new CellExtras(underlineStyle, color, link));
}

const setForeground = (attributes: CoreAttributes, color: number): void => {
  attributes.fg = (attributes.fg & ~COLOR_BITS) | color;
};
const setBackground = (attributes: CoreAttributes, color: number): void => {
  attributes.bg = (attributes.bg & ~COLOR_BITS) | color;
};

/** OSC 8: the link of what is written from now on; empty for none. */
export function setLink(attributes: CoreAttributes, link: string): void {
  const { underlineStyle, underlineColor } = extrasOf(attributes.extended);
  setExtras(attributes, new CellExtras(underlineStyle, underlineColor, link));
}

/**
 * A colour after 38, 48 or 58: `5:n` and `2:r:g:b`, with the colour space of ITU T.416 or without, or the same with
 * semicolons. Undefined for what is none; `used` counts the parameters after the first.
 */
function extendedColor(params: CoreParams, at: number): { readonly color: number | undefined; readonly used: number } {
  const sub = params.getSubParams(at);
  if (sub !== null) {
    if (sub[0] === 5) return { color: paletteWord(sub[1]), used: 0 };
    const from = sub.length > 4 ? 2 : 1;
    return { color: sub[0] === 2 ? rgbWord(sub[from], sub[from + 1], sub[from + 2]) : undefined, used: 0 };
  }
  const values = params.params;
  const left = params.length - at - 1;
  if (values[at + 1] === 5)
    return { color: left < 2 ? undefined : paletteWord(values[at + 2]), used: Math.min(left, 2) };
  if (values[at + 1] === 2) {
    const color = left < 4 ? undefined : rgbWord(values[at + 2], values[at + 3], values[at + 4]);
    return { color, used: Math.min(left, 4) };
  }
  return { color: undefined, used: Math.min(left, 1) };
}

const isByte = (value: number): boolean => value >= 0 && value <= 255;
/** A part left out counts as 0. */
const part = (value: number | undefined): number => (value === undefined || value < 0 ? 0 : value);
const paletteWord = (index: number | undefined): number | undefined =>
  isByte(part(index)) ? MODE_PALETTE | part(index) : undefined;

function rgbWord(red?: number, green?: number, blue?: number): number | undefined {
  const [r, g, b] = [part(red), part(green), part(blue)];
  return isByte(r) && isByte(g) && isByte(b) ? MODE_RGB | (r << 16) | (g << 8) | b : undefined;
}

/** Parameters that set or clear plain flags of the two words: [set fg, clear fg, set bg, clear bg]. */
const FLAGS: ReadonlyMap<number, readonly [number, number, number, number]> = new Map([
  [1, [FG_BOLD, 0, 0, 0]],
  [2, [0, 0, BG_DIM, 0]],
  [3, [0, 0, BG_ITALIC, 0]],
  [5, [FG_BLINK, 0, 0, 0]],
  [6, [FG_BLINK, 0, 0, 0]],
  [7, [FG_INVERSE, 0, 0, 0]],
  [8, [FG_INVISIBLE, 0, 0, 0]],
  [9, [FG_STRIKETHROUGH, 0, 0, 0]],
  [22, [0, FG_BOLD, 0, BG_DIM]],
  [23, [0, 0, 0, BG_ITALIC]],
  [25, [0, FG_BLINK, 0, 0]],
  [27, [0, FG_INVERSE, 0, 0]],
  [28, [0, FG_INVISIBLE, 0, 0]],
  [29, [0, FG_STRIKETHROUGH, 0, 0]],
  [53, [0, 0, BG_OVERLINE, 0]],
  [55, [0, 0, 0, BG_OVERLINE]],
]);

/** SGR, with underline styles (4:n) and underline colours (58, 59). */
export function selectGraphicRendition(attributes: CoreAttributes, params: CoreParams): void {
  for (let index = 0; index < params.length; index++) {
    const value = params.params[index] ?? 0;
    if (value === 0) clear(attributes);
    else if (value >= 30 && value <= 37) setForeground(attributes, MODE_PALETTE | (value - 30));
    else if (value >= 40 && value <= 47) setBackground(attributes, MODE_PALETTE | (value - 40));
    else if (value >= 90 && value <= 97) setForeground(attributes, MODE_PALETTE | (value - 82));
    else if (value >= 100 && value <= 107) setBackground(attributes, MODE_PALETTE | (value - 92));
    else if (value === 39) setForeground(attributes, 0);
    else if (value === 49) setBackground(attributes, 0);
    else if (value === 59) setUnderlineColor(attributes, 0);
    else if (value === 4) setUnderline(attributes, params.getSubParams(index)?.[0] ?? 1);
    else if (value === 21) setUnderline(attributes, 2);
    else if (value === 24) setUnderline(attributes, 0);
    else if (value === 38 || value === 48 || value === 58) {
      const { color, used } = extendedColor(params, index);
      index += used;
      if (color === undefined) continue;
      if (value === 38) setForeground(attributes, color);
      else if (value === 48) setBackground(attributes, color);
      else setUnderlineColor(attributes, color);
    } else {
      const flags = FLAGS.get(value);
      if (flags === undefined) continue;
      attributes.fg = (attributes.fg & ~flags[1]) | flags[0];
      attributes.bg = (attributes.bg & ~flags[3]) | flags[2];
    }
  }
}
