import { ASCII_KEYS, KITTY_KEYS, LETTER_KEYS, TILDE_KEYS } from './function-keys.ts';
import { type Key, type KeyEvent, SHIFT } from './key.ts';
import { keyText } from './key-name.ts';

/**
 * The progressive enhancement flags of the kitty keyboard protocol (https://sw.kovidgoyal.net/kitty/keyboard-protocol/),
 * the first, disambiguation, being what all others imply here.
 */
const EVENT_TYPES = 2;
const ALTERNATE_KEYS = 4;
const ALL_KEYS = 8;
const ASSOCIATED_TEXT = 16;

const CSI = '\x1b[';
const LETTERS = new Map(
  [...LETTER_KEYS].filter(([letter]) => letter !== 'R' && letter !== 'G').map(([l, name]) => [name, l]),
);
const NUMBERS = new Map([
  ...[...TILDE_KEYS]
    .filter(([number]) => number < 7 || (number > 14 && number < 25))
    .map(([n, name]) => [name, n] as const),
  ['F3', 13] as const,
]);
/** Codes of `CSI code u`; the later of two codes wins, which is the keypad's, so that plain keys come last. */
const CODES = new Map([
  ...[...KITTY_KEYS].map(([code, name]) => [name, code] as const),
  ...[...ASCII_KEYS].map(([code, name]) => [name, code] as const),
]);
const ACTIONS = { press: '', repeat: ':2', release: ':3' };

/** The sequence, or the text, for a key when the flags are set (not 0); empty for what they leave out. */
export function kittyKey(key: Key, flags: number, action: KeyEvent['action']): string {
  const reports = (flags & EVENT_TYPES) !== 0;
  if (action === 'release' && !reports) return '';
  const { name, modifiers } = key;
  const event = reports ? ACTIONS[action] : '';
  const values = modifiers === 0 && event === '' ? '' : `;${modifiers + 1}${event}`;
  const letter = LETTERS.get(name);
  if (letter !== undefined) return values === '' ? `${CSI}${letter}` : `${CSI}1${values}${letter}`;
  const number = NUMBERS.get(name);
  if (number !== undefined) return `${CSI}${number}${values}~`;
  const all = (flags & ALL_KEYS) !== 0;
  if (!all && (name === 'Enter' || name === 'Tab' || name === 'BSpace')) {
    if (action === 'release') return '';
    if (modifiers === 0) return name === 'Enter' ? '\r' : name === 'Tab' ? '\t' : '\x7f';
  }
  const code = CODES.get(name);
  if (code !== undefined) {
    if (name === 'Space' && !all && (modifiers & ~SHIFT) === 0 && event === '') return ' ';
    const text = name === 'Space' && modifiers === 0 ? associatedText(' ', flags, action) : '';
    return `${CSI}${code}${values === '' && text !== '' ? ';' : values}${text}u`;
  }
  return characterKey(key, flags, action, event);
}

function characterKey({ name, modifiers }: Key, flags: number, action: KeyEvent['action'], event: string): string {
  const [first, second] = name;
  if (first === undefined) return '';
  if (second !== undefined) return action === 'release' ? '' : (keyText({ name, modifiers: 0 }) ?? '');
  const typed = (modifiers & ~SHIFT) === 0;
  const shifted = (modifiers & SHIFT) !== 0 ? upper(name) : name;
  if (typed && event === '' && (flags & ALL_KEYS) === 0) return shifted;
  const lower = name.toLowerCase();
  const isUpper = lower !== name && lower.length === name.length;
  const all = isUpper ? modifiers | SHIFT : modifiers;
  const base = isUpper ? lower : name;
  const alternate = (flags & ALTERNATE_KEYS) !== 0 && (all & SHIFT) !== 0 && upper(base) !== base;
  const code = `${base.codePointAt(0)}${alternate ? `:${upper(base).codePointAt(0)}` : ''}`;
  const text = typed ? associatedText(shifted, flags, action) : '';
  if (all === 0 && event === '') return `${CSI}${code}${text === '' ? '' : `;${text}`}u`;
  return `${CSI}${code};${all + 1}${event}${text}u`;
}

function upper(name: string): string {
  const text = name.toUpperCase();
  return text.length === name.length ? text : name;
}

function associatedText(text: string, flags: number, action: KeyEvent['action']): string {
  if ((flags & ASSOCIATED_TEXT) === 0 || (flags & ALL_KEYS) === 0 || action === 'release') return '';
  return `;${text.codePointAt(0)}`;
}

/** `CSI code u` with all its parts, or a function key with them. */
const FORM = /^\x1b\[(\d*)(?::(\d*))?(?::\d*)?(?:;(\d*)(?::(\d+))?)?(;[\d:]*)?([u~A-HPQS])$/;

const latin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes.subarray(0, 256));

export const isKittyForm = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x1b && bytes[1] === 0x5b && FORM.test(latin1(bytes));

/** Whether a sequence that a kitty keyboard sent says nothing that these flags leave out. */
export function kittyFormFits(bytes: Uint8Array, flags: number): boolean {
  const [, code, shifted, modifiers, event, text, final] = FORM.exec(latin1(bytes)) ?? [];
  const number = Number(code || 1);
  if (final === '~') {
    if (number === 27 || !NUMBERS_SET.has(number)) return false;
  } else if (final === undefined || final === 'G') return false;
  if (event !== undefined && event !== '1' && (flags & EVENT_TYPES) === 0) return false;
  if (shifted !== undefined && (flags & ALTERNATE_KEYS) === 0) return false;
  if (text !== undefined && (flags & ASSOCIATED_TEXT) === 0) return false;
  const plain = ((Number(modifiers || 1) - 1) & 63 & ~SHIFT) === 0;
  const types = number < 57344 && number !== 27;
  return !(final === 'u' && plain && types && (flags & ALL_KEYS) === 0 && (event === undefined || event === '1'));
}

const NUMBERS_SET = new Set(NUMBERS.values());
