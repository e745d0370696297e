import { glyphOf } from '../text/grid.ts';
import { clusters as shared } from '../text/intern-table.ts';

/** Clusters kept before those that no cell shows are looked for. */
const FIRST_LIMIT = 4096;

/**
 * The clusters of more than one code point on a terminal's screens by small numbers; like the table of styles, it
 * forgets what no cell shows when it is full.
 */
export class ClusterTable {
  readonly #markUsed: (used: Uint8Array) => void;
  readonly #ids = new Map<string, number>();
  #texts: string[] = [];
  #free: number[] = [];
  #limit = FIRST_LIMIT;
  /** Nothing is forgotten while somebody has ids that `markUsed` does not know of. */
  isHeld = false;
  /** Glyphs of one column in the table that all screens share, of the generation that they were looked up in. */
  #glyphs: number[] = [];
  #generation = -1;

  /** `markUsed` sets `used[id]` of every id that a cell has. */
  constructor(markUsed: (used: Uint8Array) => void) {
    this.#markUsed = markUsed;
  }

  id(text: string): number {
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    if (this.#free.length === 0 && this.#texts.length >= this.#limit && !this.isHeld) this.#sweep();
    const id = this.#free.pop() ?? this.#texts.length;
    this.#texts[id] = text;
    this.#glyphs[id] = 0;
    this.#ids.set(text, id);
    return id;
  }

  text(id: number): string {
    return this.#texts[id] ?? '';
  }

  /** The glyph of one column (text/grid.ts). */
  glyph(id: number): number {
    if (this.#generation !== shared.generation) {
      this.#generation = shared.generation;
      this.#glyphs.fill(0);
    }
    const known = this.#glyphs[id] ?? 0;
    if (known !== 0) return known;
    const glyph = glyphOf(this.text(id), 1);
    // The shared table may have forgotten its ids just now.
    if (this.#generation === shared.generation) this.#glyphs[id] = glyph;
    return glyph;
  }

  #sweep(): void {
    const used = new Uint8Array(this.#texts.length);
    this.#markUsed(used);
    for (let id = used.length - 1; id >= 0; id--) {
      if (used[id] === 1) continue;
      this.#ids.delete(this.text(id));
      this.#texts[id] = '';
      this.#free.push(id);
    }
    this.#limit = Math.max(FIRST_LIMIT, 2 * (used.length - this.#free.length));
  }
}
