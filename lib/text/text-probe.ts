/** A text to look for where matching need not be exact: what does not fit it surely does not hold the text. */
export interface TextProbe {
  /** For UTF-8 read one character a byte; a blank may be NUL. */
  readonly bytes: RegExp;
  /** For text. */
  readonly text: RegExp;
  /** UTF-8 bytes that what fits has at most. */
  readonly width: number;
}

/** Characters that count of a text; more tell hardly more. */
const MAXIMUM_LENGTH = 64;
/** Where scripts with upper and lower case are; only these are looked through for other forms of a character. */
const CASED: readonly (readonly [from: number, to: number])[] = [
  [0x41, 0x588],
  [0x10a0, 0x10ff],
  [0x13a0, 0x13fd],
  [0x1c80, 0x1fff],
  [0x2126, 0x2183],
  [0x24b6, 0x24e9],
  [0x2c00, 0x2dff],
  [0xa640, 0xabbf],
  [0xff21, 0xff5a],
  [0x1_0400, 0x1_04ff],
  [0x1_0570, 0x1_05bf],
  [0x1_0c80, 0x1_0cff],
  [0x1_18a0, 0x1_18df],
  [0x1_6e40, 0x1_6e7f],
  [0x1_e900, 0x1_e943],
];
/** All characters by their lower and by their upper case; made when somebody looks for one past ASCII. */
let forms: ReadonlyMap<string, readonly string[]> | undefined;
/** Characters past ASCII that lower or fold to letters of ASCII: long s, the sign of Kelvin, I with a dot. */
const ASCII_FORMS: Readonly<Record<string, string>> = { s: '\u017f', k: '\u212a', i: '\u0130' };

/** A probe for a text, in any case or only its own; undefined when it would fit nearly everything. */
export function textProbe(text: string, anyCase: boolean): TextProbe | undefined {
  const characters = [...text].slice(0, MAXIMUM_LENGTH);
  if (Buffer.byteLength(text) < 2 || text.includes('\n')) return undefined;
  const all = characters.map((character) => (anyCase ? formsOf(character) : [character]));
  return {
    bytes: new RegExp(all.map((some) => oneOf(some.flatMap(byteForms))).join('')),
    text: new RegExp(all.map(oneOf).join('')),
    width: all.reduce((sum, some) => sum + Math.max(...some.map((form) => Buffer.byteLength(form))), 0),
  };
}

/** Explicit classes: they are several times quicker than a flag of the expression. */
function oneOf(texts: readonly string[]): string {
  const escaped = texts.map((text) => text.replace(/[^\w\u0080-\u{10ffff}]/gu, (sign) => `\\x${hexOf(sign)}`));
  if (escaped.length === 1) return escaped[0] ?? '';
  return texts.every((text) => text.length === 1) ? `[${escaped.join('')}]` : `(?:${escaped.join('|')})`;
}

const hexOf = (sign: string): string => sign.charCodeAt(0).toString(16).padStart(2, '0');

const byteForms = (character: string): readonly string[] =>
  character === ' ' ? [' ', '\0'] : [Buffer.from(character).toString('latin1')];

function formsOf(character: string): readonly string[] {
  const lower = character.toLowerCase();
  const upper = character.toUpperCase();
  if (character <= '\x7f') {
    const more = ASCII_FORMS[lower];
    return [...new Set([lower, upper, ...(more === undefined ? [] : [more])])];
  }
  forms ??= allForms();
  const found = new Set([character]);
  for (const form of [lower, upper, upper.toLowerCase(), lower.toUpperCase()])
    for (const other of forms.get(form) ?? []) found.add(other);
  return [...found];
}

function allForms(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const add = (form: string, character: string): void => {
    const known = found.get(form);
    if (known === undefined) found.set(form, [character]);
    else if (!known.includes(character)) known.push(character);
  };
  for (const [from, to] of CASED)
    for (let point = from; point <= to; point++) {
      const character = String.fromCodePoint(point);
      const lower = character.toLowerCase();
      const upper = character.toUpperCase();
      if (lower === upper) continue;
      add(lower, character);
      add(upper, character);
    }
  return found;
}
