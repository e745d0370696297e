import { isPrintable, modifiedKey } from './character-key.ts';
import { ASCII_KEYS, KITTY_KEYS } from './function-keys.ts';
import { ALT, CTRL, type Key, type KeyEvent, SHIFT } from './key.ts';
import { modifiersOf } from './modifier-field.ts';

/**
 * A key of `CSI code : shifted : base ; modifiers : event ; text u`, as the kitty keyboard protocol and, with less of
 * it, fixterms write them; undefined when the code is none.
 */
export function kittyEvent(fields: readonly string[], bytes: Uint8Array): KeyEvent | undefined {
  const [codes = '', modified = '', typed = ''] = fields;
  const [code = 0, shifted, base] = codes.split(':').map((text) => (text === '' ? undefined : Number(text)));
  const { modifiers, capsLock, action } = modifiersOf(modified);
  const event = (key: Key): KeyEvent => ({ type: 'key', key, action, bytes });
  const name = ASCII_KEYS.get(code) ?? KITTY_KEYS.get(code);
  if (name !== undefined) return event({ name, modifiers });
  const acts = (modifiers & ~SHIFT) !== 0;
  const text = acts ? '' : typedText(typed);
  if (text !== '') return event({ name: text === ' ' ? 'Space' : text, modifiers: 0 });
  if (!isPrintable(code) || (code >= 0xe000 && code <= 0xf8ff)) return undefined;
  // With Ctrl and Alt a key of another script stands for the one at its place on the standard layout.
  if ((modifiers & (CTRL | ALT)) !== 0 && code > 0x7f && base !== undefined && base > 0x20 && base < 0x7f)
    return event(modifiedKey(base, modifiers, undefined, false));
  const key = modifiedKey(code, modifiers, shifted, false);
  return event(capsLock && !acts ? { name: swapCase(key.name), modifiers: key.modifiers } : key);
}

/** Code points with colons between, or '' where one is not text. */
function typedText(field: string): string {
  if (field === '') return '';
  const codes = field.split(':').map(Number);
  return codes.every(isPrintable) ? String.fromCodePoint(...codes) : '';
}

function swapCase(name: string): string {
  const upper = name.toUpperCase();
  return name === upper ? name.toLowerCase() : upper.length === name.length ? upper : name;
}
