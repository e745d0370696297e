import { codePointKey, utf8At } from './character-key.ts';
import { csiEvent } from './csi-event.ts';
import { KEYPAD_KEYS, LETTER_KEYS } from './function-keys.ts';
import { ALT, CTRL, type InputEvent, type Key, SHIFT } from './key.ts';
import { modifiersOf } from './modifier-field.ts';
import { mouseEvent } from './mouse-report.ts';

/** The bytes at hand may be the beginning of something longer. */
export const PARTIAL = 'partial';

const ESC = 0x1b;
const BEL = 0x07;
/** Longest control sequence that is read as one; longer ones are no terminal's. */
const MAXIMUM_CSI = 256;
/** Longest reply (OSC, DCS, APC) that is held until its end; the rest of a longer one passes in pieces. */
export const MAXIMUM_STRING = 4096;
const RXVT_CONTROL: Readonly<Record<string, string>> = { a: 'Up', b: 'Down', c: 'Right', d: 'Left' };

/** The whole thing that begins with the ESC at `at`. */
export function escapeAt(
  bytes: Uint8Array,
  at: number,
  end: number,
  expectsCursor: boolean,
): InputEvent | typeof PARTIAL {
  if (at + 1 >= end) return PARTIAL;
  const next = bytes[at + 1] ?? 0;
  if (next === 0x5b) return csiAt(bytes, at, end, expectsCursor);
  if (next === 0x4f) return ss3At(bytes, at, end);
  if (next === ESC) return doubleEscapeAt(bytes, at, end);
  if (beginsString(bytes, at, end)) return stringAt(bytes, at, end);
  if (next < 0x80) return keyEvent(codePointKey(next, true), bytes, at, 2);
  const character = utf8At(bytes, at + 1, end);
  if (character === 'partial') return PARTIAL;
  if (character === undefined) return { type: 'unknown', bytes: bytes.subarray(at, at + 2) };
  return keyEvent(codePointKey(character.code, true), bytes, at, 1 + character.length);
}

function keyEvent(key: Key, bytes: Uint8Array, at: number, length: number): InputEvent {
  return { type: 'key', key, action: 'press', bytes: bytes.subarray(at, at + length) };
}

function csiAt(bytes: Uint8Array, at: number, end: number, expectsCursor: boolean): InputEvent | typeof PARTIAL {
  const start = at + 2;
  const first = bytes[start];
  if (start < end && first === 0x4d) return oldMouseAt(bytes, at, end);
  // The Linux console's F1–F5: CSI [ A … CSI [ E.
  if (start < end && first === 0x5b) {
    if (start + 1 >= end) return PARTIAL;
    const letter = bytes[start + 1] ?? 0;
    if (letter < 0x41 || letter > 0x45) return keyEvent(codePointKey(0x5b, true), bytes, at, 2);
    return keyEvent({ name: `F${letter - 0x40}`, modifiers: 0 }, bytes, at, 4);
  }
  let place = start;
  while (place < end) {
    const byte = bytes[place] ?? 0;
    if (byte < 0x20 || byte >= 0x7f) break;
    const rxvtShift = byte === 0x24 && isNumber(bytes, start, place);
    if (byte >= 0x40 || rxvtShift) return csiEvent(bytes.subarray(at, place + 1), expectsCursor);
    place++;
    if (place - at >= MAXIMUM_CSI) return { type: 'unknown', bytes: bytes.subarray(at, place) };
  }
  return place >= end ? PARTIAL : cutOff(bytes, at, place);
}

/** rxvt writes Shift with a final `$`, where others have an intermediate byte after more than a number. */
function isNumber(bytes: Uint8Array, start: number, end: number): boolean {
  if (end === start || end - start > 2) return false;
  for (let place = start; place < end; place++) {
    const byte = bytes[place] ?? 0;
    if (byte < 0x30 || byte > 0x39) return false;
  }
  return true;
}

/** What begins like a sequence and is none: Alt with the introducer when nothing followed it. */
export function cutOff(bytes: Uint8Array, at: number, end: number): InputEvent {
  const next = bytes[at + 1] ?? 0;
  if (end - at === 2 && next > 0x20 && next < 0x7f) return keyEvent(codePointKey(next, true), bytes, at, 2);
  return { type: 'unknown', bytes: bytes.subarray(at, end) };
}

/** X10's and xterm's first mouse encoding: CSI M and three bytes, each 32 more than it says. */
function oldMouseAt(bytes: Uint8Array, at: number, end: number): InputEvent | typeof PARTIAL {
  for (let index = 3; index < 6; index++) {
    if (at + index >= end) return PARTIAL;
    if ((bytes[at + index] ?? 0) < 0x20) return { type: 'unknown', bytes: bytes.subarray(at, at + index) };
  }
  const [code = 32, x = 33, y = 33] = bytes.subarray(at + 3, at + 6);
  return mouseEvent(code - 32, x - 32, y - 32, undefined, bytes.subarray(at, at + 6));
}

function ss3At(bytes: Uint8Array, at: number, end: number): InputEvent | typeof PARTIAL {
  let place = at + 2;
  // Some write modifiers between: SS3 5 P.
  if (place < end && (bytes[place] ?? 0) >= 0x31 && (bytes[place] ?? 0) <= 0x38) place++;
  if (place >= end) return PARTIAL;
  const letter = String.fromCharCode(bytes[place] ?? 0);
  const modifiers = place > at + 2 ? modifiersOf(String.fromCharCode(bytes[at + 2] ?? 0)).modifiers : 0;
  const length = place + 1 - at;
  const name = letter === 'G' ? undefined : (LETTER_KEYS.get(letter) ?? KEYPAD_KEYS.get(letter));
  if (name !== undefined) return keyEvent({ name, modifiers }, bytes, at, length);
  const rxvt = RXVT_CONTROL[letter];
  if (rxvt !== undefined && length === 3) return keyEvent({ name: rxvt, modifiers: CTRL }, bytes, at, length);
  if (letter === 'I' && length === 3) return keyEvent({ name: 'Tab', modifiers: 0 }, bytes, at, length);
  if (letter === 'Z' && length === 3) return keyEvent({ name: 'Tab', modifiers: SHIFT }, bytes, at, length);
  return keyEvent(codePointKey(0x4f, true), bytes, at, 2);
}

/** ESC before a function key is Alt, as rxvt and PuTTY write it; otherwise the first ESC is a key of its own. */
function doubleEscapeAt(bytes: Uint8Array, at: number, end: number): InputEvent | typeof PARTIAL {
  const first = keyEvent(codePointKey(ESC, false), bytes, at, 1);
  if (at + 2 >= end) return PARTIAL;
  const third = bytes[at + 2];
  if (third !== 0x5b && third !== 0x4f) return first;
  const inner = third === 0x5b ? csiAt(bytes, at + 1, end, false) : ss3At(bytes, at + 1, end);
  if (inner === PARTIAL) return PARTIAL;
  if (inner.type !== 'key' || inner.bytes.length < 3) return first;
  const key = { name: inner.key.name, modifiers: inner.key.modifiers | ALT };
  return { ...inner, key, bytes: bytes.subarray(at, at + 1 + inner.bytes.length) };
}

/**
 * Whether ESC and an introducer begin a reply: OSC 10…, DCS > | …, DCS 1 + r …, APC G …; any other byte after
 * the introducer, or none in the end, makes it a key with Alt.
 */
function beginsString(bytes: Uint8Array, at: number, end: number): boolean {
  const kind = bytes[at + 1];
  if (kind !== 0x5d && kind !== 0x50 && kind !== 0x5f) return false;
  if (at + 2 >= end) return true;
  const first = bytes[at + 2] ?? 0;
  const digit = first >= 0x30 && first <= 0x39;
  if (kind === 0x5d) return digit;
  if (kind === 0x5f) return first === 0x47;
  return digit || first === 0x3e || first === 0x21 || first === 0x2b || first === 0x24 || first === 0x7c;
}

function stringAt(bytes: Uint8Array, at: number, end: number): InputEvent | typeof PARTIAL {
  const stop = stringEnd(bytes, at + 2, end);
  if (stop.ended === undefined) return PARTIAL;
  return { type: stop.ended ? 'reply' : 'unknown', bytes: bytes.subarray(at, stop.end) };
}

/**
 * Where a string ends that goes on from `at`: after BEL or ST, or (`ended` false) before another control character,
 * which no reply has. `ended` is undefined when it goes on past `end`.
 */
export function stringEnd(
  bytes: Uint8Array,
  at: number,
  end: number,
): { readonly end: number; readonly ended: boolean | undefined } {
  for (let place = at; place < end; place++) {
    const byte = bytes[place] ?? 0;
    if (byte >= 0x20) continue;
    if (byte === BEL) return { end: place + 1, ended: true };
    if (byte !== ESC) return { end: place, ended: false };
    if (place + 1 >= end) return { end: place, ended: undefined };
    return bytes[place + 1] === 0x5c ? { end: place + 2, ended: true } : { end: place, ended: false };
  }
  return { end, ended: undefined };
}
