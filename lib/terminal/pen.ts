import type { Color } from '../text/style.ts';
import { type CellStyle, PROTECTED, type StyleTable } from './style-table.ts';

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
    if (this.#eraseId < 0) this.#eraseId = this.#styles.id(0, this.#background, 0, 0, '');
    return this.#eraseId;
  }

  get style(): CellStyle {
    return {
      foreground: this.#foreground,
      background: this.#background,
      attributes: this.#attributes,
      underlineColor: this.#underlineColor,
      link: this.#link,
    };
  }

  get isProtected(): boolean {
    return (this.#attributes & PROTECTED) !== 0;
  }

  set foreground(color: Color) {
    this.#foreground = color;
    this.#id = -1;
  }

  set background(color: Color) {
    this.#background = color;
    this.#id = -1;
    this.#eraseId = -1;
  }

  set underlineColor(color: Color) {
    this.#underlineColor = color;
    this.#id = -1;
  }

  set link(link: string) {
    this.#link = link;
    this.#id = -1;
  }

  /** Clears some attributes, then sets some. */
  change(clear: number, set: number): void {
    this.#attributes = (this.#attributes & ~clear) | set;
    this.#id = -1;
  }

  /** SGR 0: all but the link and the protection. */
  clear(): void {
    this.#foreground = 0;
    this.#background = 0;
    this.#attributes &= PROTECTED;
    this.#underlineColor = 0;
    this.#eraseId = 0;
    this.#id = this.#attributes === 0 && this.#link === '' ? 0 : -1;
  }

  /** As new. */
  reset(): void {
    this.#link = '';
    this.#attributes = 0;
    this.clear();
  }

  /** A style that was saved; the link stays, since DECSC is older than links. */
  restore({ foreground, background, attributes, underlineColor }: CellStyle): void {
    this.#foreground = foreground;
    this.#background = background;
    this.#attributes = attributes;
    this.#underlineColor = underlineColor;
    this.#id = -1;
    this.#eraseId = -1;
  }

  /** Marks the ids that are kept here. */
  markUsed(used: Uint8Array): void {
    if (this.#id >= 0) used[this.#id] = 1;
    if (this.#eraseId >= 0) used[this.#eraseId] = 1;
  }
}
