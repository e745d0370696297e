import { CLUSTER, type Grid, glyphText, TAIL, WIDE } from '../text/grid.ts';
import { links } from '../text/intern-table.ts';
import { BOLD, type Color, colorValue, INVERSE, palette, UNDERLINE_MASK, underline } from '../text/style.ts';
import { codePointWidth } from '../text/width.ts';
import type { Capabilities } from './capabilities.ts';
import { lightness, reduceColor } from './color-reduction.ts';
import { everyRow } from './grid-difference.ts';

/** In a reduced grid: the glyph's code is one of DEC special graphics, to be written after `ESC ( 0`. */
export const LINE_DRAWING = 0x1000_0000;

/** Below, every character takes one column. */
const FIRST_UNUSUAL = 0x300;
const VALUE = 0x001f_ffff;
/** What a dark terminal's own colours are taken for. */
const FOREGROUND_LIGHTNESS = 0.75;
const BACKGROUND_LIGHTNESS = 0.1;
/** Longer links are dropped, as VTE and iTerm2 do. */
const MAXIMUM_LINK_UNITS = 2083;

/** Box drawing and a few more, as the letters of DEC special graphics (VT100). */
const GRAPHICS = new Map<number, number>();
const GRAPHIC_TEXTS: Readonly<Record<string, string>> = {
  j: '┘┛╯╝', k: '┐┓╮╗', l: '┌┏╭╔', m: '└┗╰╚', n: '┼╋╬', q: '─━═╌┄', t: '├┣╠', u: '┤┫╣', v: '┴┻╩', w: '┬┳╦',
  x: '│┃║╎┆', a: '▒░▓█', '`': '◆', f: '°', g: '±', '~': '·•', y: '≤', z: '≥', '|': '≠', '{': 'π',
}; // biome-ignore format: a table of pairs
for (const [letter, texts] of Object.entries(GRAPHIC_TEXTS))
  for (const text of texts) GRAPHICS.set(text.codePointAt(0) ?? 0, letter.charCodeAt(0));

/** What stands for a character where only ASCII can be shown; anything else becomes a question mark. */
const ASCII = new Map<number, number>();
const ASCII_TEXTS: Readonly<Record<string, string>> = {
  '-': '‐‑‒–—─━═·⊘', '|': '│┃║‖', '+': '┌┐└┘├┤┬┴┼╭╮╰╯╔╗╚╝╠╣╦╩╬•∙', "'": '‘’', '"': '“”', '.': '…○',
  '*': '★▪', o: '●☐◦', '>': '→▶▸❯›»', '<': '←◀‹«⏎', '^': '↑▲', v: '↓▼▾✓', '#': '█▓▒░', x: '✗✕×☑', '!': '⚠', '~': '⟳◐',
  ':': '∴',
}; // biome-ignore format: a table of pairs
for (const [letter, texts] of Object.entries(ASCII_TEXTS))
  for (const text of texts) ASCII.set(text.codePointAt(0) ?? 0, letter.charCodeAt(0));

function asciiGlyph(glyph: number, lineDrawing: boolean): number {
  if (glyph === TAIL) return 0;
  const code = (glyph & CLUSTER) !== 0 ? (glyphText(glyph).codePointAt(0) ?? 0) : glyph & VALUE;
  if (code >= 0x20 && code < 0x7f) return code;
  const graphic = lineDrawing ? GRAPHICS.get(code) : undefined;
  if (graphic !== undefined) return graphic | LINE_DRAWING;
  return ASCII.get(code) ?? 0x3f;
}

/**
 * Makes a composed grid one that this terminal can show, in place, so that equal cells look equal: halves of wide
 * characters are blanks, controls are blanks. A blank is 0 when it has no style but a background, as an erased cell has,
 * and 0x20 with exactly the style that a program wrote it with otherwise.
 */
export class CellReduction {
  readonly #capabilities: Capabilities;
  /** A bit for each link id whose text must not reach the terminal, and one for each known to be good. */
  #goodLinks = new Map<number, boolean>();
  #generation = links.generation;

  constructor(capabilities: Capabilities) {
    this.#capabilities = capabilities;
  }

  /** @param rows the rows to reduce; the others are reduced already */
  reduce(grid: Grid, rows: readonly number[] = everyRow(grid)): void {
    for (const y of rows) this.#reduceRow(grid, y);
  }

  #reduceRow(grid: Grid, y: number): void {
    const { colors, utf8, lineDrawing, hyperlinks } = this.#capabilities;
    const { glyphs, attributes, foregrounds, backgrounds, underlineColors, columns } = grid;
    const start = y * columns;
    const full = colors === 'rgb' && utf8;
    for (let x = 0; x < columns; x++) {
      const index = start + x;
      let glyph = glyphs[index] ?? 0;
      // Most cells of most screens are blank.
      if (glyph === 0x20) {
        glyph = 0;
        glyphs[index] = 0;
      } else if (glyph > 0x7e || (glyph < 0x20 && glyph !== 0)) {
        glyph = this.#wholeGlyph(grid, index, x, glyph);
        if (!utf8 && glyph !== 0) glyph = asciiGlyph(glyph, lineDrawing);
        glyphs[index] = glyph;
        if (glyph === TAIL) {
          followHead(grid, index);
          continue;
        }
      }
      if (attributes[index] !== 0 || underlineColors[index] !== 0) this.#reduceAttributes(grid, index);
      if (!full && (foregrounds[index] !== 0 || backgrounds[index] !== 0)) this.#reduceColors(grid, index);
      const link = grid.links[index] ?? 0;
      if (link !== 0 && !(hyperlinks && this.#isGood(link))) grid.links[index] = 0;
      if (glyph === 0 && isStyled(grid, index)) glyphs[index] = 0x20;
    }
  }

  /** The glyph without a control, and without a half of a wide character whose other half is not there. */
  #wholeGlyph({ glyphs, columns }: Grid, index: number, x: number, glyph: number): number {
    if (glyph === 0 || glyph === 0x20) return 0;
    if ((glyph & TAIL) !== 0) return x > 0 && ((glyphs[index - 1] ?? 0) & WIDE) !== 0 ? TAIL : 0;
    if ((glyph & WIDE) !== 0 && (x + 1 === columns || ((glyphs[index + 1] ?? 0) & TAIL) === 0)) return 0;
    if ((glyph & CLUSTER) !== 0) return hasControl(glyphText(glyph)) ? 0 : glyph;
    const code = glyph & VALUE;
    const bad = code < 0x20 || (code >= 0x7f && code < 0xa0) || (code >= 0xd800 && code < 0xe000) || code > 0x10ffff;
    if (bad) return 0;
    // A mark without a letter would join the cell before it, a width that terminals do not share shift the ones behind.
    return code < FIRST_UNUSUAL || codePointWidth(code) === ((glyph & WIDE) !== 0 ? 2 : 1) ? glyph : 0;
  }

  #reduceAttributes(grid: Grid, index: number): void {
    const { attributes: allowed, underlineStyles, underlineColor, colors } = this.#capabilities;
    let attributes = (grid.attributes[index] ?? 0) & allowed;
    const line = attributes & UNDERLINE_MASK;
    if (line > underline(5)) attributes &= ~UNDERLINE_MASK;
    if (line !== 0 && !underlineStyles) attributes = (attributes & ~UNDERLINE_MASK) | underline(1);
    grid.attributes[index] = attributes;
    grid.underlineColors[index] =
      underlineColor && (attributes & UNDERLINE_MASK) !== 0 ? reduceColor(grid.underlineColors[index] ?? 0, colors) : 0;
  }

  #reduceColors({ foregrounds, backgrounds, attributes }: Grid, index: number): void {
    const { colors, attributes: allowed } = this.#capabilities;
    const wantedForeground = foregrounds[index] ?? 0;
    const wantedBackground = backgrounds[index] ?? 0;
    let foreground = reduceColor(wantedForeground, colors);
    let background = reduceColor(wantedBackground, colors);
    if (colors === 'mono') {
      // Without colours a light background is shown by exchanging the two that there are.
      const light = lightness(wantedBackground, BACKGROUND_LIGHTNESS);
      if (wantedBackground !== 0 && light > lightness(wantedForeground, FOREGROUND_LIGHTNESS - 0.3))
        attributes[index] = ((attributes[index] ?? 0) ^ INVERSE) & allowed;
    } else if (foreground === background && foreground !== 0 && wantedForeground !== wantedBackground) {
      foreground = palette(lightness(background, 0) > 0.5 ? 0 : 15);
    }
    if (colors === '8') {
      if (isBright(foreground)) attributes[index] = ((attributes[index] ?? 0) | BOLD) & allowed;
      foreground = dark(foreground);
      background = dark(background);
      if (foreground === background && foreground !== 0 && wantedForeground !== wantedBackground)
        foreground = palette(lightness(background, 0) > 0.5 ? 0 : 7);
    }
    foregrounds[index] = foreground;
    backgrounds[index] = background;
  }

  #isGood(link: number): boolean {
    if (this.#generation !== links.generation) {
      this.#goodLinks.clear();
      this.#generation = links.generation;
    }
    let good = this.#goodLinks.get(link);
    if (good === undefined) {
      const text = links.text(link);
      good = text.length > 0 && text.length <= MAXIMUM_LINK_UNITS && text.includes(';') && !hasControl(text);
      this.#goodLinks.set(link, good);
    }
    return good;
  }
}

/** Whether a cell has a style that erasing does not give. */
const isStyled = ({ foregrounds, attributes, underlineColors, links: linkIds }: Grid, index: number): boolean =>
  foregrounds[index] !== 0 || attributes[index] !== 0 || underlineColors[index] !== 0 || linkIds[index] !== 0;

/** The second half of a wide character looks like its first. */
function followHead(grid: Grid, index: number): void {
  grid.foregrounds[index] = grid.foregrounds[index - 1] ?? 0;
  grid.backgrounds[index] = grid.backgrounds[index - 1] ?? 0;
  grid.attributes[index] = grid.attributes[index - 1] ?? 0;
  grid.underlineColors[index] = grid.underlineColors[index - 1] ?? 0;
  grid.links[index] = grid.links[index - 1] ?? 0;
}

const isBright = (color: Color): boolean => color !== 0 && colorValue(color) >= 8;
const dark = (color: Color): Color => (isBright(color) ? palette(colorValue(color) - 8) : color);

/** Whether a text holds a control character or half a surrogate pair. */
const hasControl = (text: string): boolean => /[\x00-\x1f\x7f-\x9f]|\p{Surrogate}/u.test(text);
