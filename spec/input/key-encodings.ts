import type { KeyModes } from '../../lib/input/key-encoder.ts';

export const PLAIN: KeyModes = {
  applicationCursorKeys: false,
  applicationKeypad: false,
  kittyKeyboard: 0,
  modifyOtherKeys: 0,
};

export const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

const letters = [...'abcdefghijklmnopqrstuvwxyz'];
const control = (letter: string) => String.fromCharCode(letter.charCodeAt(0) & 0x1f);
/** C-i and C-m are Tab and Enter when they come back. */
const controlLetters = letters.filter((letter) => letter !== 'i' && letter !== 'm');
const MODIFIED: readonly (readonly [string, number])[] = [
  ['S-', 2],
  ['M-', 3],
  ['M-S-', 4],
  ['C-', 5],
  ['C-S-', 6],
  ['C-M-', 7],
  ['C-M-S-', 8],
];
const LETTERED = { Up: 'A', Down: 'B', Right: 'C', Left: 'D', End: 'F', Home: 'H', F1: 'P', F2: 'Q', F4: 'S' };
const NUMBERED = {
  IC: 2,
  DC: 3,
  PPage: 5,
  NPage: 6,
  F5: 15,
  F6: 17,
  F7: 18,
  F8: 19,
  F9: 20,
  F10: 21,
  F11: 23,
  F12: 24,
};

/** A key, and what xterm sends for it in its plain modes: both ways. */
export const LEGACY_ENCODINGS: readonly (readonly [string, string])[] = [
  ...[
    ...letters,
    ...letters.map((letter) => letter.toUpperCase()),
    ...'0123456789',
    ...'!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
  ].map((char) => [char, char] as const),
  ...controlLetters.map((letter) => [`C-${letter}`, control(letter)] as const),
  ...controlLetters.map((letter) => [`C-M-${letter}`, `\x1b${control(letter)}`] as const),
  ...letters.map((letter) => [`M-${letter}`, `\x1b${letter}`] as const),
  ...[...'ABCDEFGHIJKLMNQRSTUVWXYZ0123456789!"#$%&\'()*+,-./:;<=>?@\\^_`{|}~'].map(
    (char) => [`M-${char}`, `\x1b${char}`] as const,
  ),
  ...[...'é€日🚀ñß'].map((char) => [char, char] as const),
  ['M-é', '\x1bé'],
  ['M-日', '\x1b日'],
  ['Space', ' '],
  ['M-Space', '\x1b '],
  ['C-Space', '\0'],
  ['C-M-Space', '\x1b\0'],
  ['C-\\', '\x1c'],
  ['C-]', '\x1d'],
  ['C-^', '\x1e'],
  ['C-_', '\x1f'],
  ['C-M-_', '\x1b\x1f'],
  ['Enter', '\r'],
  ['M-Enter', '\x1b\r'],
  ['Tab', '\t'],
  ['M-Tab', '\x1b\t'],
  ['BTab', '\x1b[Z'],
  ['M-BTab', '\x1b\x1b[Z'],
  ['Escape', '\x1b'],
  ['BSpace', '\x7f'],
  ['M-BSpace', '\x1b\x7f'],
  ['F3', '\x1bOR'],
  ['KPBegin', '\x1b[E'],
  ['F13', '\x1b[25~'],
  ['F14', '\x1b[26~'],
  ['F15', '\x1b[28~'],
  ['F16', '\x1b[29~'],
  ['F17', '\x1b[31~'],
  ['F20', '\x1b[34~'],
  ...Object.entries(LETTERED).map(
    ([name, letter]) => [name, name.startsWith('F') ? `\x1bO${letter}` : `\x1b[${letter}`] as const,
  ),
  ...Object.entries(LETTERED).flatMap(([name, letter]) =>
    MODIFIED.map(([prefix, number]) => [prefix + name, `\x1b[1;${number}${letter}`] as const),
  ),
  ...MODIFIED.map(([prefix, number]) => [`${prefix}F3`, `\x1b[1;${number}R`] as const),
  ...Object.entries(NUMBERED).map(([name, number]) => [name, `\x1b[${number}~`] as const),
  ...Object.entries(NUMBERED).flatMap(([name, number]) =>
    MODIFIED.map(([prefix, modifier]) => [prefix + name, `\x1b[${number};${modifier}~`] as const),
  ),
];

/** Level, key, bytes: what modifyOtherKeys adds. */
export const OTHER_ENCODINGS: readonly (readonly [number, string, string])[] = [
  [1, 'C-Enter', '\x1b[27;5;13~'],
  [1, 'S-Enter', '\x1b[27;2;13~'],
  [1, 'C-Tab', '\x1b[27;5;9~'],
  [1, 'C-1', '\x1b[27;5;49~'],
  [1, 'C-;', '\x1b[27;5;59~'],
  [1, 'C-S-a', '\x1b[27;6;65~'],
  [1, 'C-M-1', '\x1b[27;7;49~'],
  [2, 'C-a', '\x1b[27;5;97~'],
  [2, 'M-x', '\x1b[27;3;120~'],
  [2, 'C-i', '\x1b[27;5;105~'],
  [2, 'C-BSpace', '\x1b[27;5;127~'],
  [2, 'BTab', '\x1b[27;2;9~'],
  [2, 'C-Space', '\x1b[27;5;32~'],
  [2, 'C-S-p', '\x1b[27;6;80~'],
  [1, 'C-a', '\x01'],
  [1, 'M-x', '\x1bx'],
  [1, 'BTab', '\x1b[Z'],
  [2, 'A', 'A'],
  [2, 'Up', '\x1b[A'],
];

/** Flags, key, action, bytes: the kitty keyboard protocol. */
export const KITTY_ENCODINGS: readonly (readonly [number, string, 'press' | 'repeat' | 'release', string])[] = [
  [1, 'a', 'press', 'a'],
  [1, 'A', 'press', 'A'],
  [1, 'Escape', 'press', '\x1b[27u'],
  [1, 'Enter', 'press', '\r'],
  [1, 'S-Enter', 'press', '\x1b[13;2u'],
  [1, 'C-Enter', 'press', '\x1b[13;5u'],
  [1, 'Tab', 'press', '\t'],
  [1, 'BTab', 'press', '\x1b[9;2u'],
  [1, 'BSpace', 'press', '\x7f'],
  [1, 'C-BSpace', 'press', '\x1b[127;5u'],
  [1, 'C-a', 'press', '\x1b[97;5u'],
  [1, 'C-i', 'press', '\x1b[105;5u'],
  [1, 'C-S-a', 'press', '\x1b[97;6u'],
  [1, 'M-x', 'press', '\x1b[120;3u'],
  [1, 'M-A', 'press', '\x1b[97;4u'],
  [1, 'C-Space', 'press', '\x1b[32;5u'],
  [1, 'Up', 'press', '\x1b[A'],
  [1, 'C-Up', 'press', '\x1b[1;5A'],
  [1, 'F1', 'press', '\x1b[P'],
  [1, 'F3', 'press', '\x1b[13~'],
  [1, 'S-F3', 'press', '\x1b[13;2~'],
  [1, 'F5', 'press', '\x1b[15~'],
  [1, 'F13', 'press', '\x1b[57376u'],
  [1, 'F35', 'press', '\x1b[57398u'],
  [1, 'KPEnter', 'press', '\x1b[57414u'],
  [1, 'KP0', 'press', '\x1b[57399u'],
  [1, 'Super-a', 'press', '\x1b[97;9u'],
  [1, 'Hyper-Left', 'press', '\x1b[1;17D'],
  [1, 'Meta-é', 'press', '\x1b[233;33u'],
  [1, 'MediaPlay', 'press', '\x1b[57428u'],
  [3, 'Up', 'release', '\x1b[1;1:3A'],
  [3, 'Up', 'repeat', '\x1b[1;1:2A'],
  [3, 'DC', 'release', '\x1b[3;1:3~'],
  [3, 'a', 'release', '\x1b[97;1:3u'],
  [3, 'Enter', 'release', ''],
  [1, 'Up', 'release', ''],
  [9, 'a', 'press', '\x1b[97u'],
  [9, 'A', 'press', '\x1b[97;2u'],
  [9, 'Enter', 'press', '\x1b[13u'],
  [9, 'Space', 'press', '\x1b[32u'],
  [9, 'LeftShift', 'press', '\x1b[57441u'],
  [13, 'A', 'press', '\x1b[97:65;2u'],
  [25, 'a', 'press', '\x1b[97;;97u'],
  [25, 'A', 'press', '\x1b[97;2;65u'],
  [31, 'é', 'press', '\x1b[233;;233u'],
  [31, 'Enter', 'release', '\x1b[13;1:3u'],
];
