import { links } from '../text/intern-table.ts';
import { SGR_ATTRIBUTES } from '../text/sgr.ts';
import {
  BOLD,
  type Color,
  colorValue,
  DIM,
  INVERSE,
  isPalette,
  isRgb,
  OVERLINE,
  STRIKETHROUGH,
  UNDERLINE_MASK,
  underlineStyle,
} from '../text/style.ts';
import type { ByteWriter } from './byte-writer.ts';
import type { Capabilities } from './capabilities.ts';

/** SGR's parameters that end an underline, and its colour. */
const END_UNDERLINE = 24;
const END_UNDERLINE_COLOR = 59;

/** Attributes that some terminals erase with. */
const SHOWN_ON_BLANK = UNDERLINE_MASK | INVERSE | STRIKETHROUGH | OVERLINE;

/** The style that the terminal writes with, and the shortest way to another one. */
export class Pen {
  foreground: Color = 0;
  background: Color = 0;
  attributes = 0;
  underlineColor: Color = 0;
  link = 0;
  #known = false;
  #first = true;
  readonly #ends: boolean;
  readonly #sgr: boolean;
  readonly #hyperlinks: boolean;

  constructor({ attributes, attributesEnd, colors, hyperlinks }: Capabilities) {
    this.#sgr = attributes !== 0 || colors !== 'mono';
    this.#ends = attributesEnd;
    this.#hyperlinks = hyperlinks;
  }

  /** From now on the terminal's style is anything. */
  forget(): void {
    this.#known = false;
  }

  /** Makes sure that `style`, reduced to what the terminal can show, is written with. */
  set(writer: ByteWriter, foreground: Color, background: Color, attributes: number, underlineColor: Color): void {
    if (
      this.#known &&
      foreground === this.foreground &&
      background === this.background &&
      attributes === this.attributes &&
      underlineColor === this.underlineColor
    )
      return;
    if (this.#sgr) {
      const plain = foreground === 0 && background === 0 && attributes === 0 && underlineColor === 0;
      if (plain || !this.#known) {
        writer.ascii('\x1b[m');
        this.#reset();
        if (!plain) this.#change(writer, foreground, background, attributes, underlineColor);
      } else this.#change(writer, foreground, background, attributes, underlineColor);
    }
    this.#known = true;
    this.foreground = foreground;
    this.background = background;
    this.attributes = attributes;
    this.underlineColor = underlineColor;
  }

  /** Whether erased cells with `background` and blanks written now are the same. */
  isBlank(background: Color): boolean {
    const { foreground, attributes, underlineColor } = this;
    const plain = foreground === 0 && attributes === 0 && underlineColor === 0;
    return this.#known && plain && this.background === background && this.link === 0;
  }

  /** For erasing, which takes the background alone. */
  setBlank(writer: ByteWriter, background: Color): void {
    if (!this.#known) this.set(writer, 0, background, 0, 0);
    else if (this.background !== background || (this.attributes & SHOWN_ON_BLANK) !== 0) {
      const attributes = this.attributes & ~SHOWN_ON_BLANK;
      if (background === 0 && this.background !== 0) this.set(writer, 0, 0, 0, 0);
      else this.set(writer, this.foreground, background, attributes, this.underlineColor);
    }
  }

  setLink(writer: ByteWriter, link: number): void {
    if (link === this.link || !this.#hyperlinks) return;
    const text = links.text(link);
    const separator = text.indexOf(';');
    const parameters = text.slice(0, Math.max(separator, 0));
    writer.ascii('\x1b]8;');
    if (parameters !== '') writer.text(parameters.includes('=') ? parameters : `id=${parameters}`);
    writer.ascii(';');
    writer.text(text.slice(separator + 1));
    writer.ascii('\x1b\\');
    this.link = link;
  }

  #reset(): void {
    this.foreground = 0;
    this.background = 0;
    this.attributes = 0;
    this.underlineColor = 0;
  }

  #change(writer: ByteWriter, foreground: Color, background: Color, attributes: number, underlineColor: Color): void {
    const start = writer.length;
    if (this.#ends || (this.attributes & ~attributes) === 0) {
      this.#delta(writer, foreground, background, attributes, underlineColor, false);
      if ((this.attributes & ~attributes) === 0) return;
    }
    const delta = writer.length - start;
    this.#delta(writer, foreground, background, attributes, underlineColor, true);
    const fresh = writer.length - start - delta;
    if (delta === 0) return;
    writer.truncate(start);
    this.#delta(writer, foreground, background, attributes, underlineColor, fresh < delta);
  }

  /** One SGR, from the present style or, with `fresh`, from SGR 0. */
  #delta(
    writer: ByteWriter,
    foreground: Color,
    background: Color,
    attributes: number,
    underlineColor: Color,
    fresh: boolean,
  ): void {
    writer.ascii('\x1b[');
    this.#first = true;
    let present = this.attributes;
    if (fresh) {
      // An empty first parameter is 0.
      this.#first = false;
      present = 0;
    } else {
      let ended = 0;
      for (const [bit, , end] of SGR_ATTRIBUTES)
        if ((present & bit) !== 0 && (attributes & bit) === 0 && end !== ended) {
          this.#parameter(writer, end);
          ended = end;
          if (end === 22) present &= ~(BOLD | DIM);
        }
      if ((present & UNDERLINE_MASK) !== 0 && (attributes & UNDERLINE_MASK) === 0)
        this.#parameter(writer, END_UNDERLINE);
    }
    for (const [bit, begin] of SGR_ATTRIBUTES)
      if ((attributes & bit) !== 0 && (present & bit) === 0) this.#parameter(writer, begin);
    if ((attributes & UNDERLINE_MASK) !== 0 && (attributes & UNDERLINE_MASK) !== (present & UNDERLINE_MASK)) {
      this.#parameter(writer, 4);
      const style = underlineStyle(attributes);
      if (style > 1 || (present & UNDERLINE_MASK) !== 0) {
        writer.ascii(':');
        writer.number(style);
      }
    }
    if (foreground !== (fresh ? 0 : this.foreground)) this.#color(writer, foreground, 30);
    if (background !== (fresh ? 0 : this.background)) this.#color(writer, background, 40);
    if (underlineColor !== (fresh ? 0 : this.underlineColor)) this.#underlineColor(writer, underlineColor);
    writer.byte(0x6d);
  }

  #parameter(writer: ByteWriter, value: number): void {
    if (this.#first) this.#first = false;
    else writer.byte(0x3b);
    writer.number(value);
  }

  /** `base` is 30 for the foreground, 40 for the background. */
  #color(writer: ByteWriter, color: Color, base: number): void {
    const value = colorValue(color);
    if (isRgb(color)) {
      this.#parameter(writer, base + 8);
      this.#parameter(writer, 2);
      this.#parameter(writer, value >> 16);
      this.#parameter(writer, (value >> 8) & 0xff);
      this.#parameter(writer, value & 0xff);
    } else if (!isPalette(color)) this.#parameter(writer, base + 9);
    else if (value < 8) this.#parameter(writer, base + value);
    else if (value < 16) this.#parameter(writer, base + 60 + value - 8);
    else {
      this.#parameter(writer, base + 8);
      this.#parameter(writer, 5);
      this.#parameter(writer, value & 0xff);
    }
  }

  #underlineColor(writer: ByteWriter, color: Color): void {
    const value = colorValue(color);
    if (color === 0) {
      this.#parameter(writer, END_UNDERLINE_COLOR);
      return;
    }
    this.#parameter(writer, 58);
    writer.ascii(isRgb(color) ? `:2::${value >> 16}:${(value >> 8) & 0xff}:${value & 0xff}` : `:5:${value & 0xff}`);
  }
}
