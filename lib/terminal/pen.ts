import { SGR_ATTRIBUTES } from '../text/sgr.ts';
import { type Color, UNDERLINE_MASK } from '../text/style.ts';
import { type CellStyle, PROTECTED, type StyleTable } from './style-table.ts';

/** Styles that XTPUSHSGR keeps, as xterm. */
const MAXIMUM_PUSHED = 10;
/** What parameters of XTPUSHSGR name, beside the colours 30 and 31 (xterm's ctlseqs, which leave the overline out). */
const PARTS: ReadonlyMap<number, number> = new Map([
  ...SGR_ATTRIBUTES.filter(([, begin]) => begin < 10).map(([bit, begin]): [number, number] => [begin, bit]),
  [4, UNDERLINE_MASK],
  [21, UNDERLINE_MASK],
]);

/** What is written now looks like this; changes are looked up in the table of styles only when something is written. */
export class Pen {
  readonly #styles: StyleTable;
  #foreground: Color = 0;
  #background: Color = 0;
  /** Bits of text/style.ts and PROTECTED. */
  #attributes = 0;
  #underlineColor: Color = 0;
  #link = '';
  /** Ids that are kept until the next change, -1 for unknown. */
  #id = 0;
  #eraseId = 0;
  /** Whether `#id` alone tells the style, since what it stands for was not asked for yet. */
  #isById = false;
  readonly #stack: { readonly style: CellStyle; readonly parts: readonly number[] }[] = [];

  constructor(styles: StyleTable) {
    this.#styles = styles;
  }

  /** The style's id in the table. */
  get id(): number {
    if (this.#id < 0)
      this.#id = this.#styles.id(
        this.#foreground,
        this.#background,
        this.#attributes,
        this.#underlineColor,
        this.#link,
      );
    return this.#id;
  }

  /** The id of what is left where something is erased: the background alone. */
  get eraseId(): number {
    if (this.#eraseId < 0) {
      const background = this.#isById ? this.#styles.background(this.#id) : this.#background;
      this.#eraseId = this.#styles.id(0, background, 0, 0, '');
    }
    return this.#eraseId;
  }

  get style(): CellStyle {
    this.#spell();
    return {
      foreground: this.#foreground,
      background: this.#background,
      attributes: this.#attributes,
      underlineColor: this.#underlineColor,
      link: this.#link,
    };
  }

  get isProtected(): boolean {
    this.#spell();
    return (this.#attributes & PROTECTED) !== 0;
  }

  set foreground(color: Color) {
    this.#spell();
    this.#foreground = color;
    this.#id = -1;
  }

  set background(color: Color) {
    this.#spell();
    this.#background = color;
    this.#id = -1;
    this.#eraseId = -1;
  }

  set underlineColor(color: Color) {
    this.#spell();
    this.#underlineColor = color;
    this.#id = -1;
  }

  set link(link: string) {
    this.#spell();
    this.#link = link;
    this.#id = -1;
  }

  /** XTPUSHSGR: keeps the style, or the parts that are named by their SGR numbers; all of it without any. */
  push(parts: readonly number[]): void {
    this.#stack.push({ style: this.style, parts });
    if (this.#stack.length > MAXIMUM_PUSHED) this.#stack.shift();
  }

  /** XTPOPSGR: gives back what was kept last. */
  pop(): void {
    const pushed = this.#stack.pop();
    if (pushed === undefined) return;
    const { style, parts } = pushed;
    if (parts.length === 0) {
      this.restore(style);
      return;
    }
    let mask = 0;
    for (const part of parts) {
      if (part === 30) this.foreground = style.foreground;
      else if (part === 31) this.background = style.background;
      else mask |= PARTS.get(part) ?? 0;
    }
    this.change(mask, style.attributes & mask);
  }

  /** Clears some attributes, then sets some. */
  change(clear: number, set: number): void {
    this.#spell();
    this.#attributes = (this.#attributes & ~clear) | set;
    this.#id = -1;
  }

  /** SGR 0: all but the link and the protection. */
  clear(): void {
    this.#spell();
    this.#foreground = 0;
    this.#background = 0;
    this.#attributes &= PROTECTED;
    this.#underlineColor = 0;
    this.#eraseId = 0;
    this.#id = this.#attributes === 0 && this.#link === '' ? 0 : -1;
  }

  /** As new. */
  reset(): void {
    this.#spell();
    this.#stack.length = 0;
    this.#link = '';
    this.#attributes = 0;
    this.clear();
  }

  /** A style that was saved; the link stays, since DECSC is older than links. */
  restore({ foreground, background, attributes, underlineColor }: CellStyle): void {
    this.#spell();
    this.#foreground = foreground;
    this.#background = background;
    this.#attributes = attributes;
    this.#underlineColor = underlineColor;
    this.#id = -1;
    this.#eraseId = -1;
  }

  /** Takes an SGR parameter that changed a style like this one before; false, and nothing is changed, if none did. */
  follow(parameter: number): boolean {
    if (this.#id < 0) return false;
    const next = this.#styles.after(this.#id, parameter);
    if (next < 0) return false;
    this.#id = next;
    this.#isById = true;
    this.#eraseId = -1;
    return true;
  }

  /** Remembers what an SGR parameter has made of the style `before`, if that is known. */
  learn(before: number, parameter: number): void {
    if (before < 0) return;
    const { generation } = this.#styles;
    const next = this.id;
    // Else `before` may be another by now.
    if (this.#styles.generation === generation) this.#styles.setAfter(before, parameter, next);
  }

  /** The id if it is known without a look at the table, else -1. */
  get knownId(): number {
    return this.#id;
  }

  #spell(): void {
    if (!this.#isById) return;
    this.#isById = false;
    const styles = this.#styles;
    const id = this.#id;
    this.#foreground = styles.foreground(id);
    this.#background = styles.background(id);
    this.#attributes = styles.attributes(id);
    this.#underlineColor = styles.underlineColor(id);
    this.#link = styles.link(id);
  }

  /** Marks the ids that are kept here. */
  markUsed(used: Uint8Array): void {
    if (this.#id >= 0) used[this.#id] = 1;
    if (this.#eraseId >= 0) used[this.#eraseId] = 1;
  }
}
