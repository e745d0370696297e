/** Code points in place of some ASCII characters, 0 for those that stay. */
export type Charset = Uint16Array;

/** DEC's Special Graphics for ` to ~ (DEC STD 070, VT100 line drawing). */
const GRAPHICS: readonly [string, string] = [
  '`abcdefghijklmnopqrstuvwxyz{|}~',
  '\u25c6\u2592\u2409\u240c\u240d\u240a\u00b0\u00b1\u2424\u240b\u2518\u2510\u250c\u2514\u253c\u23ba\u23bb\u2500\u23bc\u23bd\u251c\u2524\u2534\u252c\u2502\u2264\u2265\u03c0\u2260\u00a3\u00b7',
];
const FINNISH = ['[\\]^`{|}~', 'ÄÖÅÜéäöåü'] as const;
const NORWEGIAN = ['@[\\]^`{|}~', 'ÄÆØÅÜäæøåü'] as const;
const SWEDISH = ['@[\\]^`{|}~', 'ÉÄÖÅÜéäöåü'] as const;

/** DEC's National Replacement Character Sets by the last character of the sequence that chooses them. */
const REPLACED: readonly (readonly [finals: string, replaced: readonly [string, string]])[] = [
  ['0', GRAPHICS],
  ['A', ['#', '£']],
  ['4', ['#@[\\]{|}~', '£¾ĳ½|¨ƒ¼´']],
  ['C5', FINNISH],
  ['R', ['#@[\\]{|}~', '£à°ç§éùè¨']],
  ['Q', ['@[\\]^`{|}~', 'àâçêîôéùèû']],
  ['K', ['@[\\]{|}~', '§ÄÖÜäöüß']],
  ['Y', ['#@[\\]`{|}~', '£§°çéùàòèì']],
  ['E6', NORWEGIAN],
  ['Z', ['#@[\\]{|}', '£§¡Ñ¿°ñç']],
  ['H7', SWEDISH],
  ['=', ['#@[\\]^_`{|}~', 'ùàéçêîèôäöüû']],
];

const CHARSETS: ReadonlyMap<number, Charset | undefined> = new Map([
  ['B'.charCodeAt(0), undefined],
  ...REPLACED.flatMap(([finals, [from, to]]) =>
    [...finals].map((final): [number, Charset | undefined] => [final.charCodeAt(0), charset(from, to)]),
  ),
]);

/** Sets of 96 characters; the right half of ISO Latin-1 alone. */
const LARGE_CHARSETS: ReadonlyMap<number, Charset> = new Map([
  ['A'.charCodeAt(0), Uint16Array.from({ length: 0x80 }, (_, point) => (point < 0x20 ? 0 : point + 0x80))],
]);

function charset(from: string, to: string): Charset {
  const table = new Uint16Array(0x80);
  for (let index = 0; index < from.length; index++) table[from.charCodeAt(index)] = to.charCodeAt(index);
  return table;
}

/** Which set an escape sequence with this intermediate designates: G0 to G3 (ISO 2022). */
export function charsetLevel(intermediate: number): number | undefined {
  const level = '(-)*+./'.indexOf(String.fromCharCode(intermediate));
  return intermediate > 0x7f ? undefined : [0, 1, 1, 2, 3, 2, 3][level];
}

/** Whether an intermediate designates a set of 96 characters. */
export const isLarge = (intermediate: number): boolean => '-./'.includes(String.fromCharCode(intermediate));

/** Which sets are designated, G0 first, and which of them is in use. */
export interface CharsetState {
  readonly level: number;
  readonly sets: readonly (Charset | undefined)[];
}

/** The final character that designates a set, and whether it has 96 characters. */
export interface CharsetName {
  readonly final: string;
  readonly isLarge: boolean;
}

function nameOf(set: Charset | undefined): CharsetName {
  const large = [...LARGE_CHARSETS].find(([, known]) => known === set)?.[0];
  const small = [...CHARSETS].find(([, known]) => known === set)?.[0];
  return { final: String.fromCharCode(large ?? small ?? 0x42), isLarge: large !== undefined };
}

/** The four designated sets (ISO 2022), and the one that is in use. */
export class Charsets {
  /** Undefined for ASCII. */
  current: Charset | undefined;
  /** Whether `current` is for the next character alone. */
  isShifted = false;
  #level = 0;
  #sets: (Charset | undefined)[] = [];

  /** Which of the four is in use. */
  get level(): number {
    return this.#level;
  }

  /** What designates each of the four, G0 first. */
  get names(): readonly CharsetName[] {
    return [0, 1, 2, 3].map((level) => nameOf(this.#sets[level]));
  }

  /** For DECSC; a shift for one character is not part of it. */
  get state(): CharsetState {
    return { level: this.#level, sets: [...this.#sets] };
  }

  set state({ level, sets }: CharsetState) {
    this.#sets = [...sets];
    this.use(level);
  }

  /** Chooses G0 to G3. */
  use(level: number): void {
    this.#level = level;
    this.unshift();
  }

  /** G2 or G3 for the next character alone: SS2 and SS3. */
  shiftOnce(level: number): void {
    this.current = this.#sets[level];
    this.isShifted = true;
  }

  /** The end of a shift for one character. */
  unshift(): void {
    this.isShifted = false;
    this.current = this.#sets[this.#level];
  }

  /** Designates a set by its final character; unknown ones are ignored. */
  designate(level: number, final: number, large = false): void {
    const known = large ? LARGE_CHARSETS : CHARSETS;
    if (!known.has(final)) return;
    this.#sets[level] = known.get(final);
    if (this.#level === level && !this.isShifted) this.current = this.#sets[level];
  }

  /** ASCII in G0, and that in use: ESC % @ and ESC % G. */
  useDefault(): void {
    this.#sets[0] = undefined;
    this.use(0);
  }

  /** ASCII in all four: DECSET 2. */
  clear(): void {
    this.#sets = [];
    this.unshift();
  }

  reset(): void {
    this.#level = 0;
    this.clear();
  }
}
