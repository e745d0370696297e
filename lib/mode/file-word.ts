import { sanitize } from '../text/sanitize.ts';

/** What stands in a shell word as it is. */
const PLAIN_WORD = /^[\w@%+=:,./-]+$/;
const CONTROL = /[\x00-\x1f\x7f]/;
/** Line breaks of Unicode, and what is invisible or turns text around: nothing that should be typed for a person. */
const hasHidden = (text: string): boolean => sanitize(text, text.length) !== text;

/** The text of a path given as bytes, one a character; undefined where it is no UTF-8. */
export function pathText(bytes: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(bytes, 'latin1'));
  } catch {
    return undefined;
  }
}

/** A path as it is shown: one line, nothing hidden; what is no UTF-8 as U+FFFD. */
export const shownPath = (bytes: string): string => sanitize(Buffer.from(bytes, 'latin1').toString(), 4096);

/**
 * A path (bytes, one a character) as one word of a shell: plain, in quotes, or, where it has controls or is no UTF-8, as
 * `$'…'`, which sh of old does not know. No control is ever in it, so that typing it does nothing but type.
 */
export function shellWord(bytes: string): string {
  const safe = bytes.startsWith('-') || bytes.startsWith('~') ? `./${bytes}` : bytes;
  const text = pathText(safe);
  if (text === undefined || CONTROL.test(text) || hasHidden(text)) return `$'${escaped(safe)}'`;
  if (PLAIN_WORD.test(text)) return text;
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function escaped(bytes: string): string {
  let result = '';
  for (const character of bytes) {
    const code = character.charCodeAt(0);
    if (character === "'" || character === '\\') result += `\\${character}`;
    else if (code >= 0x20 && code < 0x7f) result += character;
    else result += `\\${code.toString(8).padStart(3, '0')}`;
  }
  return result;
}

/**
 * A path (bytes, one a character) as a chat is told of a file: `@path`, in quotes where it has blanks, with escapes as in
 * JSON where it has quotes or what cannot be seen. Undefined where it is no UTF-8: no text can name it.
 */
export function chatWord(bytes: string): string | undefined {
  const text = pathText(bytes);
  if (text === undefined) return undefined;
  if (hasHidden(text) || (/\s/.test(text) && /["\\]/.test(text))) return `@${jsonWord(text)}`;
  return /\s/.test(text) ? `@"${text}"` : `@${text}`;
}

function jsonWord(text: string): string {
  const codes = (character: string) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join('');
  return JSON.stringify(text).replace(/[^\x20-\x7e]/gu, (character) =>
    hasHidden(character) ? codes(character) : character,
  );
}
