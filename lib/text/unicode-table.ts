import { RUNS, VALUES } from './unicode-data.ts';

/**
 * What is known of a code point, in one byte: its class for cluster breaks (four bits), its columns (two bits), whether
 * it is an emoji, whether it asks for emoji presentation.
 */
export const CLASS_MASK = 0x0f;
const WIDTH_SHIFT = 4;
const WIDTH_MASK = 3;
export const EMOJI = 0x40;
export const EMOJI_PRESENTATION = 0x80;

/** Classes of UAX #29, with the consonants, linkers and breakers of its rule for Indic conjuncts (GB9c). */
export const OTHER = 0;
export const CONTROL = 1;
export const EXTEND = 2;
export const JOINER = 3;
export const SPACING_MARK = 4;
export const PREPEND = 5;
export const HANGUL_L = 6;
export const HANGUL_V = 7;
export const HANGUL_T = 8;
export const REGIONAL_INDICATOR = 9;
export const PICTOGRAPH = 10;
export const CONSONANT = 11;
export const LINKER = 12;
export const BREAKER = 13;
export const HANGUL_LV = 14;
export const HANGUL_LVT = 15;

const TABLE_END = 0x20000;
const VARIATION_SELECTOR_16 = 0xfe0f;
const HANGUL_START = 0xac00;
const HANGUL_END = 0xd7a3;
/** Syllables that begin with the same vowel follow one that has no final consonant. */
const HANGUL_FINALS = 28;

const ONE_COLUMN = 1 << WIDTH_SHIFT;
const TWO_COLUMNS = 2 << WIDTH_SHIFT;

function unpack(): Uint8Array {
  const table = new Uint8Array(TABLE_END);
  let start = 0;
  for (const [, length, letter] of RUNS.matchAll(/([0-9a-z]*)([A-Z])/g)) {
    const end = start + (length === '' ? 1 : Number.parseInt(length ?? '', 36));
    table.fill(VALUES[(letter ?? '').charCodeAt(0) - 65] ?? ONE_COLUMN, start, end);
    start = end;
  }
  for (let point = HANGUL_START; point <= HANGUL_END; point++)
    table[point] = TWO_COLUMNS | ((point - HANGUL_START) % HANGUL_FINALS === 0 ? HANGUL_LV : HANGUL_LVT);
  table[VARIATION_SELECTOR_16] = EXTEND | EMOJI_PRESENTATION;
  return table;
}

const table = unpack();

/** The byte of any code point; what is none counts as one ordinary column. */
export function codePointInfo(point: number): number {
  if (point < TABLE_END) return table[point] ?? ONE_COLUMN;
  if (point < 0x40000) return TWO_COLUMNS;
  if (point < 0xe0000 || point > 0xe0fff) return ONE_COLUMN;
  const extends_ = (point >= 0xe0020 && point <= 0xe007f) || (point >= 0xe0100 && point <= 0xe01ef);
  return extends_ ? EXTEND : CONTROL;
}

/** The columns of a code point that stands alone, from its byte. */
export const infoWidth = (info: number): number => (info >> WIDTH_SHIFT) & WIDTH_MASK;
