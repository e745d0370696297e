/**
 * Strings kept once and named by a small number, so that grids hold only numbers. Bounded: when the table is full it
 * forgets everything and its `generation` grows, and whoever kept ids from before must fetch its text anew.
 */
export class InternTable {
  #ids = new Map<string, number>();
  #texts: string[] = [''];
  #units = 0;
  #generation = 0;
  readonly #maximumEntries: number;
  readonly #maximumUnits: number;

  /** @param maximumEntries at most this many strings @param maximumUnits of at most this many UTF-16 units in all */
  constructor(maximumEntries: number, maximumUnits: number) {
    this.#maximumEntries = maximumEntries;
    this.#maximumUnits = maximumUnits;
  }

  /** Grows each time the table forgets its ids. */
  get generation(): number {
    return this.#generation;
  }

  /** The id of `text`, from 1; 0 is the empty string. */
  intern(text: string): number {
    if (text === '') return 0;
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    if (this.#texts.length > this.#maximumEntries || this.#units + text.length > this.#maximumUnits) this.#forget();
    const id = this.#texts.length;
    this.#texts.push(text);
    this.#ids.set(text, id);
    this.#units += text.length;
    return id;
  }

  /** The text of an id of this generation; an unknown id is the empty string. */
  text(id: number): string {
    return this.#texts[id] ?? '';
  }

  #forget(): void {
    this.#ids.clear();
    this.#texts = [''];
    this.#units = 0;
    this.#generation += 1;
  }
}

/** More entries than the largest screen (1000×400) has cells, so that one frame never overflows a fresh table. */
const MAXIMUM_ENTRIES = 1 << 19;
/** 32 MB of UTF-16 at worst for each table. */
const MAXIMUM_UNITS = 1 << 24;

/** Clusters of more than one code point, by id. */
export const clusters = new InternTable(MAXIMUM_ENTRIES, MAXIMUM_UNITS);
/** Hyperlinks as `id;uri` of OSC 8, by id. */
export const links = new InternTable(MAXIMUM_ENTRIES, MAXIMUM_UNITS);
