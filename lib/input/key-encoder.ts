import { KEYPAD_KEYS, LETTER_KEYS, TILDE_KEYS } from './function-keys.ts';
import { ALT, CTRL, type Key, type KeyEvent, SHIFT } from './key.ts';
import { keyText } from './key-name.ts';
import { isKittyForm, kittyFormFits, kittyKey } from './kitty-encoder.ts';

/** What of a program's modes decides how keys are written to it; a part of `TerminalModes`. */
export interface KeyModes {
  readonly applicationCursorKeys: boolean;
  readonly applicationKeypad: boolean;
  /** Progressive enhancement flags, 0–31. */
  readonly kittyKeyboard: number;
  readonly modifyOtherKeys: number;
}

const text = new TextEncoder();
const NOTHING = new Uint8Array();
const ESC = '\x1b';

const LETTERS = new Map([...LETTER_KEYS].filter(([letter]) => letter !== 'G').map(([letter, name]) => [name, letter]));
const NUMBERS = new Map([...TILDE_KEYS].filter(([number]) => number < 7 || number > 14).map(([n, name]) => [name, n]));
const KEYPAD = new Map([...KEYPAD_KEYS].map(([letter, name]) => [name, letter]));
const ASCII = new Map([
  ['Enter', '\r'],
  ['Tab', '\t'],
  ['Escape', ESC],
  ['BSpace', '\x7f'],
  ['Space', ' '],
]);
/** Control characters of keys that are no letters, as xterm sends them. */
const CONTROLS = new Map([
  ...[...'@[\\]^_'].map((char, index) => [char, index === 0 ? '\0' : String.fromCharCode(0x1a + index)] as const),
  ['Space', '\0'],
  ['BSpace', '\b'],
  ['/', '\x1f'],
  ['?', '\x7f'],
  ['2', '\0'],
  ['3', ESC],
  ['4', '\x1c'],
  ['5', '\x1d'],
  ['6', '\x1e'],
  ['7', '\x1f'],
  ['8', '\x7f'],
]);

/**
 * The bytes with which xterm would tell a program in these modes of a key; none for what it cannot tell (releases
 * without the kitty keyboard, mouse names).
 */
export function encodeKey(key: Key, modes: KeyModes, action: KeyEvent['action'] = 'press'): Uint8Array {
  if (modes.kittyKeyboard !== 0) return text.encode(kittyKey(key, modes.kittyKeyboard, action));
  if (action === 'release') return NOTHING;
  return text.encode(functionKey(key, modes) ?? otherKey(key, modes.modifyOtherKeys) ?? plainKey(key) ?? '');
}

/** `CSI code ; modifiers u`, and any form that says press or release. */
const KITTY_ONLY = /^\x1b\[(?:[\d:;]*u|[\d;]+:[\d:;]*[~A-HPQS])$/;
/** What modifyOtherKeys makes of a key. */
const OTHER_ONLY = /^\x1b\[27;\d+;\d+~$/;
/** Keys that DECCKM moves between CSI and SS3. */
const CURSOR = /^\x1b([[O])[A-FH]$/;
/** Function keys by number, as they are in every family. */
const NUMBERED = /^\x1b\[\d+(?:;\d+)?~$/;

/**
 * Whether a program in these modes understands the bytes that a key came as. They are ours to change only where they
 * belong to a protocol that the program did not ask for, or lack the one that it asked for; of the many forms that
 * terminals have for a key (`CSI 1 ~`, `CSI 11 ~`, `ESC ESC [ A`, DEL, `C-h`) each reaches the program as it is.
 */
export function bytesFit(event: KeyEvent, modes: KeyModes): boolean {
  const { bytes, continued } = event;
  const { kittyKeyboard, modifyOtherKeys } = modes;
  if (kittyKeyboard === 0 && modifyOtherKeys === 0 && bytes.length === 1) return true;
  if (continued === true && (kittyKeyboard & 1) !== 0) return false;
  const whole = continued === true ? Uint8Array.of(ESC.charCodeAt(0), ...bytes) : bytes;
  if (kittyKeyboard !== 0) {
    if (NUMBERED.test(latin1(whole))) return true;
    if (isKittyForm(whole)) return kittyFormFits(whole, kittyKeyboard);
    return sameBytes(whole, encodeKey(event.key, modes, event.action));
  }
  const form = latin1(whole);
  if (KITTY_ONLY.test(form)) return false;
  if (OTHER_ONLY.test(form)) return modifyOtherKeys !== 0;
  const introducer = CURSOR.exec(form)?.[1];
  if (introducer !== undefined) return (introducer === 'O') === modes.applicationCursorKeys;
  if (modifyOtherKeys === 0 || functionKey(event.key, modes) !== undefined) return true;
  return otherKey(event.key, modifyOtherKeys) === undefined;
}

/** What to write to a program in these modes for a key of a person's: its own bytes where they fit. */
export function bytesFor(event: KeyEvent, modes: KeyModes): Uint8Array {
  if (bytesFit(event, modes)) return event.bytes;
  const bytes = encodeKey(event.key, modes, event.action);
  const escapeIsThere = event.continued === true && (modes.kittyKeyboard & 1) === 0 && bytes[0] === 0x1b;
  return escapeIsThere ? bytes.subarray(1) : bytes;
}

/** The beginning, in which all of a key's form is. */
const latin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes.subarray(0, 256));

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** Arrows, function keys and the keypad. */
function functionKey({ name, modifiers }: Key, modes: KeyModes): string | undefined {
  const letter = LETTERS.get(name);
  if (letter !== undefined) {
    if (modifiers !== 0) return `${ESC}[1;${modifiers + 1}${letter}`;
    return letter >= 'P' || modes.applicationCursorKeys ? `${ESC}O${letter}` : `${ESC}[${letter}`;
  }
  const number = NUMBERS.get(name);
  if (number !== undefined) return modifiers === 0 ? `${ESC}[${number}~` : `${ESC}[${number};${modifiers + 1}~`;
  const keypad = KEYPAD.get(name);
  if (keypad === undefined) return undefined;
  const alt = (modifiers & ALT) !== 0 ? ESC : '';
  if (modes.applicationKeypad) return `${alt}${ESC}O${keypad}`;
  return alt + (name === 'KPEnter' ? '\r' : name.slice(2));
}

/** xterm's modifyOtherKeys: `CSI 27 ; modifiers ; code ~` for keys that lose (1) or would change (2) otherwise. */
function otherKey(key: Key, level: number): string | undefined {
  const { name, modifiers } = key;
  if (level === 0 || modifiers === 0) return undefined;
  const character = ASCII.get(name) ?? name;
  const code = character.codePointAt(0) ?? 0;
  if (character.length > (code > 0xffff ? 2 : 1)) return undefined;
  const special = ASCII.has(name) && name !== 'Space';
  if (level === 1) {
    const letter = /^[a-z]$/.test(name);
    if ((modifiers & ~ALT) === 0 && name !== 'Escape') return undefined;
    if ((modifiers & ~ALT) === SHIFT && name === 'Tab') return undefined;
    if ((modifiers & ~ALT) === SHIFT && !special && name !== 'Space') return undefined;
    if ((modifiers & ~ALT) === CTRL && (letter || /^[@[\\\]^_]$/.test(name) || name === 'Space' || name === 'BSpace'))
      return undefined;
  } else if (modifiers === SHIFT && !special) return undefined;
  const shifted = (modifiers & SHIFT) !== 0 ? (character.toUpperCase().codePointAt(0) ?? code) : code;
  return `${ESC}[27;${modifiers + 1};${special ? code : shifted}~`;
}

/** Characters, with Ctrl folded into them and Alt before them. */
function plainKey({ name, modifiers }: Key): string | undefined {
  const alt = (modifiers & ALT) !== 0 ? ESC : '';
  const shift = (modifiers & SHIFT) !== 0;
  if (name === 'Tab' && shift) return `${alt}${ESC}[Z`;
  const character = ASCII.get(name) ?? name;
  if ((modifiers & CTRL) !== 0) {
    if (/^[a-z]$/i.test(name)) return alt + String.fromCharCode(name.charCodeAt(0) & 0x1f);
    return alt + (CONTROLS.get(name) ?? character);
  }
  if (!ASCII.has(name) && keyText({ name, modifiers: 0 }) === undefined) return undefined;
  return alt + (shift && character.length === 1 ? character.toUpperCase() : character);
}
