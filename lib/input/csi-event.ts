import { isPrintable, modifiedKey } from './character-key.ts';
import { ASCII_KEYS, LETTER_KEYS, TILDE_KEYS } from './function-keys.ts';
import { CTRL, type InputEvent, type KeyEvent, SHIFT } from './key.ts';
import { kittyEvent } from './kitty-event.ts';
import { modifiersOf } from './modifier-field.ts';
import { mouseEvent } from './mouse-report.ts';

const RXVT_MODIFIERS: Readonly<Record<string, number>> = { $: SHIFT, '^': CTRL, '@': CTRL | SHIFT };
const RXVT_SHIFTED: Readonly<Record<string, string>> = { a: 'Up', b: 'Down', c: 'Right', d: 'Left' };
/** Finals of reports that no key has: window size, mode, device status, attributes. */
const REPORTS = /^(?:\d[\d;]*t|0n|\d[\d;]*\$y|[\d;]+x)$/;

/** Private reports: attributes, device status, cursor, modes, kitty flags, graphics, modifyOtherKeys. */
const PRIVATE_REPORTS = /^[=>?][\d;:]*(?:\$y|[RScmnu])$/;

/** What `CSI parameters final` means. `expectsCursor`: a report of the cursor's place was asked for. */
export function csiEvent(bytes: Uint8Array, expectsCursor: boolean): InputEvent {
  const text = String.fromCharCode(...bytes.subarray(2));
  const final = text.at(-1) ?? '';
  const first = text.charCodeAt(0);
  if (first >= 0x3c && first <= 0x3f && text.length > 1) {
    if (first !== 0x3c) return { type: PRIVATE_REPORTS.test(text) ? 'reply' : 'unknown', bytes };
    return sgrMouse(text, final, bytes) ?? { type: 'unknown', bytes };
  }
  const fields = text.slice(0, -1).split(';');
  return keyOf(text, final, fields, bytes, expectsCursor) ?? { type: REPORTS.test(text) ? 'reply' : 'unknown', bytes };
}

function sgrMouse(text: string, final: string, bytes: Uint8Array): InputEvent | undefined {
  const match = /^<(\d{1,5});(\d{1,9});(\d{1,9})[Mm]$/.exec(text);
  if (match === null) return undefined;
  return mouseEvent(Number(match[1]), Number(match[2]), Number(match[3]), final === 'm', bytes);
}

function keyOf(
  text: string,
  final: string,
  fields: readonly string[],
  bytes: Uint8Array,
  expectsCursor: boolean,
): InputEvent | undefined {
  if (!/^[\d;:]*$/.test(text.slice(0, -1))) return undefined;
  if (final === 'u') return kittyEvent(fields, bytes);
  const [number = '', modified = ''] = fields;
  if (final === 'M' && fields.length === 3) return urxvtMouse(fields, bytes);
  if (text === 'I' || text === 'O') return { type: 'focus', focused: text === 'I', bytes };
  if (final === 'R' && fields.length === 2 && (expectsCursor || (number !== '1' && number !== '')))
    return { type: 'reply', bytes };
  const name = final === '~' ? undefined : LETTER_KEYS.get(final);
  // The old form has the modifiers alone: CSI 5 A.
  if (name !== undefined) return key(name, fields.length === 1 ? number : modified, 0, bytes);
  if (final === 'Z') return key('Tab', modified, SHIFT, bytes);
  const shifted = text.length === 1 ? RXVT_SHIFTED[final] : undefined;
  if (shifted !== undefined) return key(shifted, '', SHIFT, bytes);
  if (final === '~')
    return number === '27' && fields.length === 3 ? otherKey(fields, bytes) : tilde(number, modified, 0, bytes);
  const rxvt = RXVT_MODIFIERS[final];
  return rxvt === undefined || fields.length !== 1 ? undefined : tilde(number, '', rxvt, bytes);
}

function tilde(number: string, modified: string, extra: number, bytes: Uint8Array): KeyEvent | undefined {
  const name = TILDE_KEYS.get(Number(number));
  return name === undefined ? undefined : key(name, modified, extra, bytes);
}

/** xterm's modifyOtherKeys: `27 ; modifiers ; code`. */
function otherKey([, modified = '', code = '']: readonly string[], bytes: Uint8Array): KeyEvent | undefined {
  const number = Number(code);
  const name = ASCII_KEYS.get(number);
  if (name !== undefined) return key(name, modified, 0, bytes);
  if (!isPrintable(number)) return undefined;
  const { modifiers, action } = modifiersOf(modified);
  return { type: 'key', key: modifiedKey(number, modifiers, undefined, true), action, bytes };
}

function urxvtMouse(fields: readonly string[], bytes: Uint8Array): InputEvent | undefined {
  const [code = 0, x = 0, y = 0] = fields.map(Number);
  return code >= 32 && code < 1024 ? mouseEvent(code - 32, x, y, undefined, bytes) : undefined;
}

function key(name: string, modified: string, extra: number, bytes: Uint8Array): KeyEvent {
  const { modifiers, action } = modifiersOf(modified);
  return { type: 'key', key: { name, modifiers: modifiers | extra }, action, bytes };
}
