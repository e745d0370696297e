import { nearest } from '../base/nearest.ts';
import { UserError } from '../base/user-error.ts';
import { KITTY_KEYS } from './function-keys.ts';
import { ALT, CTRL, HYPER, type Key, META, SHIFT, SUPER } from './key.ts';
import { MOUSE_NAMES } from './mouse-name.ts';
import { clustersOf } from './text-boundary.ts';

/** Other spellings of a name, tmux's and those that people try. */
const ALIASES: readonly (readonly [string, string])[] = [
  ['Return', 'Enter'],
  ['Esc', 'Escape'],
  ['Backspace', 'BSpace'],
  ['Insert', 'IC'],
  ['Delete', 'DC'],
  ['Del', 'DC'],
  ['PageUp', 'PPage'],
  ['PgUp', 'PPage'],
  ['PageDown', 'NPage'],
  ['PgDn', 'NPage'],
];
const NAMES: readonly string[] = [...new Set([...KITTY_KEYS.values(), 'Space', 'Any', ...MOUSE_NAMES])];
const NAMED = new Set(NAMES);
const BY_LOWER_CASE = new Map([...NAMES.map((name) => [name, name] as const), ...ALIASES].map(lowerFirst));
const CANDIDATES = [...NAMES, 'BTab', ...ALIASES.map(([alias]) => alias)];

/** Modifiers in the order in which they are written. */
const MODIFIERS: readonly (readonly [string, number])[] = [
  ['Super-', SUPER],
  ['Hyper-', HYPER],
  ['Meta-', META],
  ['C-', CTRL],
  ['M-', ALT],
  ['S-', SHIFT],
];
/** Longest spelling that is looked at. */
const MAXIMUM_LENGTH = 64;

function lowerFirst([name, key]: readonly [string, string]): readonly [string, string] {
  return [name.toLowerCase(), key];
}

/** The key of a spelling of tmux's: `C-b`, `M-S-Left`, `^B`, `BTab`, `PageUp`, `WheelUpPane`. Throws UserError. */
export function parseKey(spelling: string): Key {
  let rest = spelling.length > MAXIMUM_LENGTH ? '' : spelling;
  let modifiers = 0;
  for (;;) {
    const modifier = MODIFIERS.find(
      ([text]) => rest.length > text.length && rest.toLowerCase().startsWith(text.toLowerCase()),
    );
    if (modifier !== undefined) {
      modifiers |= modifier[1];
      rest = rest.slice(modifier[0].length);
    } else if (rest.length > 1 && rest.startsWith('^')) {
      if (rest === '^?') return { name: 'BSpace', modifiers };
      modifiers |= CTRL;
      rest = rest.slice(1);
    } else break;
  }
  if (rest.toLowerCase() === 'btab') return { name: 'Tab', modifiers: modifiers | SHIFT };
  const name = BY_LOWER_CASE.get(rest.toLowerCase());
  if (name !== undefined && rest.length > 1) return { name, modifiers };
  if (!isCluster(rest)) throw unknownKey(spelling, rest);
  return printableKey(rest, modifiers);
}

/** The one form of a printable key: SHIFT is in the character, except beside CTRL, where letters are lower-case. */
function printableKey(text: string, modifiers: number): Key {
  if (text === ' ') return { name: 'Space', modifiers };
  if (text === '@' && (modifiers & CTRL) !== 0) return { name: 'Space', modifiers };
  if ((modifiers & CTRL) !== 0) return { name: text.toLowerCase(), modifiers };
  const upper = text.toUpperCase();
  if ((modifiers & SHIFT) !== 0 && upper !== text.toLowerCase() && upper.length === text.length)
    return { name: upper, modifiers: modifiers & ~SHIFT };
  return { name: text, modifiers };
}

function isCluster(text: string): boolean {
  if (/^[\x20-\x7e]$/.test(text)) return true;
  if (text === '' || /\p{Cc}|\p{Cs}/u.test(text)) return false;
  const [first] = clustersOf(text);
  return first?.segment === text;
}

function unknownKey(spelling: string, rest: string): UserError {
  const shown = spelling.length > MAXIMUM_LENGTH ? `${spelling.slice(0, MAXIMUM_LENGTH)}…` : spelling;
  const near = nearest(rest, CANDIDATES);
  return new UserError(near === undefined ? `unknown key: ${shown}` : `unknown key: ${shown}; the nearest is ${near}`);
}

/** The spelling of a key that `parseKey` reads back: `C-M-Left`, `BTab`. */
export function keyName({ name, modifiers }: Key): string {
  const backTab = name === 'Tab' && (modifiers & SHIFT) !== 0;
  let text = '';
  for (const [prefix, bit] of MODIFIERS) if ((modifiers & bit) !== 0 && !(backTab && bit === SHIFT)) text += prefix;
  return text + (backTab ? 'BTab' : name);
}

/** Keys that a terminal without extensions cannot tell apart from another, by that other's name. */
const SAME_BYTES: ReadonlyMap<string, Key> = new Map([
  ['i', { name: 'Tab', modifiers: 0 }],
  ['m', { name: 'Enter', modifiers: 0 }],
  ['[', { name: 'Escape', modifiers: 0 }],
  ['/', { name: '_', modifiers: CTRL }],
]);

/** What a key is looked up by: its spelling, with keys that most terminals send alike (C-i and Tab) made one. */
export function lookupName(key: Key): string {
  if (key.modifiers === 0) return key.name;
  const same = (key.modifiers & (CTRL | SHIFT)) === CTRL ? SAME_BYTES.get(key.name) : undefined;
  if (same === undefined) return keyName(key);
  return keyName({ name: same.name, modifiers: (key.modifiers & ~CTRL) | same.modifiers });
}

/** The text that a key types; undefined for keys that act. */
export function keyText({ name, modifiers }: Key): string | undefined {
  if ((modifiers & ~SHIFT) !== 0) return undefined;
  if (name === 'Space') return ' ';
  if (!NAMED.has(name)) return name;
  return name.length === 3 && name.startsWith('KP') ? name.slice(2) : undefined;
}
