import { ALT, CTRL, type Key, SHIFT } from './key.ts';

/** The keys of single bytes below 0x80, as every terminal sends them. */
const ASCII: readonly Key[] = Array.from({ length: 128 }, (_, code) => asciiKey(code));
const ALT_ASCII: readonly Key[] = ASCII.map(({ name, modifiers }) => ({ name, modifiers: modifiers | ALT }));

function asciiKey(code: number): Key {
  if (code === 0) return { name: 'Space', modifiers: CTRL };
  if (code === 0x09) return { name: 'Tab', modifiers: 0 };
  if (code === 0x0d) return { name: 'Enter', modifiers: 0 };
  if (code === 0x1b) return { name: 'Escape', modifiers: 0 };
  if (code === 0x20) return { name: 'Space', modifiers: 0 };
  if (code === 0x7f) return { name: 'BSpace', modifiers: 0 };
  if (code < 0x20) return { name: String.fromCharCode(code + 0x40).toLowerCase(), modifiers: CTRL };
  return { name: String.fromCharCode(code), modifiers: 0 };
}

/** The key of a code point that came as itself, or after an ESC for Alt. */
export function codePointKey(code: number, alt: boolean): Key {
  const key = (alt ? ALT_ASCII : ASCII)[code];
  return key ?? { name: String.fromCodePoint(code), modifiers: alt ? ALT : 0 };
}

/** Whether a number from outside is a code point that can be a key's name. */
export const isPrintable = (code: number): boolean =>
  (code >= 0x20 && code < 0x7f) || (code >= 0xa0 && code < 0xd800) || (code > 0xdfff && code <= 0x10ffff);

/**
 * The one form of a printable key (see `Key`) told as code point and modifiers. `shifted` is what SHIFT makes of it
 * where the terminal says so; `already` says that `code` is that itself, as with modifyOtherKeys.
 */
export function modifiedKey(code: number, modifiers: number, shifted: number | undefined, already: boolean): Key {
  if (code === 0x20) return { name: 'Space', modifiers };
  const name = String.fromCodePoint(code);
  const lower = name.toLowerCase();
  const upper = name.toUpperCase();
  const letter = lower !== upper && lower.length === name.length && upper.length === name.length;
  if (letter && (modifiers & CTRL) !== 0) return { name: lower, modifiers };
  if ((modifiers & SHIFT) === 0) return { name, modifiers };
  if (shifted !== undefined && shifted > 0x20 && isPrintable(shifted))
    return { name: String.fromCodePoint(shifted), modifiers: modifiers & ~SHIFT };
  if (letter) return { name: upper, modifiers: modifiers & ~SHIFT };
  return { name, modifiers: already ? modifiers & ~SHIFT : modifiers };
}

/** A whole character of UTF-8 at `at`: its code point and length; `partial` when `end` cuts it; undefined for no UTF-8. */
export function utf8At(
  bytes: Uint8Array,
  at: number,
  end: number,
): { readonly code: number; readonly length: number } | 'partial' | undefined {
  const lead = bytes[at] ?? 0;
  const length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  if (length === 0) return undefined;
  let code = lead & (0x7f >> length);
  for (let index = 1; index < length; index++) {
    if (at + index >= end) return 'partial';
    const byte = bytes[at + index] ?? 0;
    if ((byte & 0xc0) !== 0x80) return undefined;
    // Overlong forms, surrogates and what lies past U+10FFFF show in the second byte.
    if (index === 1) {
      if (lead === 0xe0 && byte < 0xa0) return undefined;
      if (lead === 0xed && byte > 0x9f) return undefined;
      if (lead === 0xf0 && byte < 0x90) return undefined;
      if (lead === 0xf4 && byte > 0x8f) return undefined;
    }
    code = (code << 6) | (byte & 0x3f);
  }
  return isPrintable(code) ? { code, length } : undefined;
}
