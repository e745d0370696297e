import type { Color } from '../text/style.ts';

/** In the attributes of a style, beside the bits of text/style.ts: erasing may spare the cell (DECSCA). */
export const PROTECTED = 1 << 11;
/** The attributes that a reader sees. */
export const VISIBLE_ATTRIBUTES = PROTECTED - 1;

/** How cells look; `link` is `id;uri` of OSC 8, empty for none. */
export interface CellStyle {
  readonly foreground: Color;
  readonly background: Color;
  readonly attributes: number;
  readonly underlineColor: Color;
  readonly link: string;
}

/** Id of the style that nobody asked for. */
export const PLAIN_STYLE = 0;
const FIELDS = 4;
export const CODE_BYTES = 16;
const FIRST_CAPACITY = 64;
/** Styles kept before those that no cell uses are looked for. */
const FIRST_LIMIT = 4096;
/** Changes of a style that are remembered; a power of two. SGR parameters are below 128. */
const CHANGES = 1024;
const PARAMETER_SHIFT = 7;

/**
 * The styles of a terminal's cells by small numbers. When it is full it asks which are used and forgets the others, so
 * that it never holds many more than the screen has cells.
 */
export class StyleTable {
  readonly #markUsed: (used: Uint8Array) => void;
  /** Foreground, background, attributes and underline colour of each. */
  #fields = new Uint32Array(FIRST_CAPACITY * FIELDS);
  #hashes = new Uint32Array(FIRST_CAPACITY);
  #codes = new Uint8Array(FIRST_CAPACITY * CODE_BYTES);
  #links: string[] = [''];
  #count = 1;
  #free: number[] = [];
  #limit = FIRST_LIMIT;
  /** Nothing is forgotten while somebody has ids that `markUsed` does not know of. */
  isHeld = false;
  /** Ids by hash, -1 for none; a power of two, at least twice as many as ids. */
  #slots = new Int32Array(2 * FIRST_CAPACITY).fill(-1);

  /** How often ids lost their meaning. */
  generation = 0;
  /** What SGR parameters made of styles: `id << 7 | parameter`, and the id after it, by the lowest bits. */
  readonly #changes = new Int32Array(CHANGES).fill(-1);
  readonly #changed = new Int32Array(CHANGES);

  /** `markUsed` sets `used[id]` of every id that somebody keeps. */
  constructor(markUsed: (used: Uint8Array) => void) {
    this.#markUsed = markUsed;
  }

  id(foreground: Color, background: Color, attributes: number, underlineColor: Color, link: string): number {
    if ((foreground | background | attributes | underlineColor) === 0 && link === '') return PLAIN_STYLE;
    const hash = hashOf(foreground, background, attributes, underlineColor, link);
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const id = this.#slots[slot] ?? -1;
      if (id < 0) return this.#add({ foreground, background, attributes, underlineColor, link }, hash);
      const at = id * FIELDS;
      const fields = this.#fields;
      if (
        fields[at] === foreground &&
        fields[at + 1] === background &&
        fields[at + 2] === attributes &&
        fields[at + 3] === underlineColor &&
        this.#links[id] === link
      )
        return id;
    }
  }

  foreground(id: number): Color {
    return this.#fields[id * FIELDS] ?? 0;
  }

  background(id: number): Color {
    return this.#fields[id * FIELDS + 1] ?? 0;
  }

  /** With PROTECTED. */
  attributes(id: number): number {
    return this.#fields[id * FIELDS + 2] ?? 0;
  }

  underlineColor(id: number): Color {
    return this.#fields[id * FIELDS + 3] ?? 0;
  }

  link(id: number): string {
    return this.#links[id] ?? '';
  }

  isProtected(id: number): boolean {
    return (this.attributes(id) & PROTECTED) !== 0;
  }

  /**
   * What a reader of the styles makes of each, to save the work: at `CODE_BYTES` times the id the number of bytes and
   * these, or 0 while it made nothing yet.
   */
  get codes(): Uint8Array {
    return this.#codes;
  }

  /** The style that an SGR parameter, below 128, makes of another; -1 while that is not known. */
  after(id: number, parameter: number): number {
    const change = (id << PARAMETER_SHIFT) | parameter;
    const place = changePlace(change);
    return this.#changes[place] === change ? (this.#changed[place] ?? -1) : -1;
  }

  setAfter(id: number, parameter: number, next: number): void {
    const change = (id << PARAMETER_SHIFT) | parameter;
    const place = changePlace(change);
    this.#changes[place] = change;
    this.#changed[place] = next;
  }

  #add(style: CellStyle, hash: number): number {
    if (this.#free.length === 0 && this.#count >= this.#limit && !this.isHeld) this.#sweep();
    const id = this.#free.pop() ?? this.#count++;
    if (id * FIELDS >= this.#fields.length) this.#grow();
    const at = id * FIELDS;
    this.#fields[at] = style.foreground;
    this.#fields[at + 1] = style.background;
    this.#fields[at + 2] = style.attributes;
    this.#fields[at + 3] = style.underlineColor;
    this.#codes[id * CODE_BYTES] = 0;
    this.#hashes[id] = hash;
    this.#links[id] = style.link;
    this.#insert(id);
    return id;
  }

  #insert(id: number): void {
    const mask = this.#slots.length - 1;
    let slot = (this.#hashes[id] ?? 0) & mask;
    while ((this.#slots[slot] ?? -1) >= 0) slot = (slot + 1) & mask;
    this.#slots[slot] = id;
  }

  #grow(): void {
    const fields = new Uint32Array(2 * this.#fields.length);
    fields.set(this.#fields);
    const hashes = new Uint32Array(2 * this.#hashes.length);
    hashes.set(this.#hashes);
    const codes = new Uint8Array(2 * this.#codes.length);
    codes.set(this.#codes);
    this.#fields = fields;
    this.#codes = codes;
    this.#hashes = hashes;
    this.#slots = new Int32Array(2 * this.#slots.length).fill(-1);
    // None is free, and the newest is not filled in yet.
    for (let id = 1; id < this.#count - 1; id++) this.#insert(id);
  }

  #sweep(): void {
    const used = new Uint8Array(this.#count);
    this.#markUsed(used);
    this.generation += 1;
    this.#changes.fill(-1);
    this.#slots.fill(-1);
    this.#free = [];
    for (let id = this.#count - 1; id > 0; id--) {
      if (used[id] === 1) this.#insert(id);
      else {
        this.#free.push(id);
        this.#links[id] = '';
      }
    }
    this.#limit = Math.max(FIRST_LIMIT, 2 * (this.#count - this.#free.length));
  }
}

const changePlace = (change: number): number => (change ^ (change >>> 10)) & (CHANGES - 1);

function hashOf(foreground: Color, background: Color, attributes: number, underlineColor: Color, link: string): number {
  let hash = Math.imul(foreground, 0x9e3779b1) ^ Math.imul(background, 0x85ebca6b);
  hash ^= Math.imul(attributes, 0xc2b2ae35) ^ Math.imul(underlineColor, 0x27d4eb2f);
  if (link !== '') {
    // Links differ near their end.
    const from = Math.max(0, link.length - 16);
    for (let index = from; index < link.length; index++) hash = Math.imul(hash, 31) + link.charCodeAt(index);
  }
  hash ^= hash >>> 15;
  return (Math.imul(hash, 0x2c1b3c6d) ^ (hash >>> 12)) >>> 0;
}
