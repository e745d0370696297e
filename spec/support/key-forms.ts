const ESC = '\x1b';
const from = (first: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => String.fromCharCode(first + index));
/** xterm's parameter for Shift, Alt, Ctrl and Meta together: 2 to 16. */
const MODIFIERS = Array.from({ length: 15 }, (_, index) => index + 2);
const FUNCTION_NUMBERS = [15, 17, 18, 19, 20, 21, 23, 24, 25, 26, 28, 29, 31, 32, 33, 34];

/** What keys send, by the terminals that send them, while the program asked for nothing special. */
export const KEY_FORMS: Readonly<Record<string, readonly string[]>> = {
  // All but the prefix, C-b.
  'control characters': [...from(0, 32), '\x7f'].filter((key) => key !== '\x02'),
  'ASCII characters': from(0x20, 95),
  // ESC [, ESC O and the introducers of strings begin something longer; they follow alone below.
  'Alt and a character': [...from(0x20, 95), '\r', '\t', '\b', '\x7f', '\0', '\x01'].map((key) => ESC + key),
  'Alt and a character of UTF-8': ['é', 'ß', 'ж', '漢', '🚀'].map((key) => ESC + key),
  'UTF-8': [...'éßжøñ€漢字あ한ไ🚀👍', 'e\u0301', '👩‍💻', '🇩🇪', '\u00a0', '\u200d', '\ufeff', '\u{10fffd}'],
  'cursor keys': [...'ABCDEFH'].map((letter) => `${ESC}[${letter}`),
  'cursor keys with modifiers': [...'ABCDEFH'].flatMap((letter) => MODIFIERS.map((m) => `${ESC}[1;${m}${letter}`)),
  'cursor keys of rxvt': [...'abcd'].flatMap((letter) => [`${ESC}[${letter}`, `${ESC}O${letter}`]),
  'Escape and cursor keys': [...'ABCDHF'].map((letter) => `${ESC}${ESC}[${letter}`),
  'editing keys': [1, 2, 3, 4, 5, 6, 7, 8].map((number) => `${ESC}[${number}~`),
  'editing keys with modifiers': [1, 2, 3, 4, 5, 6].flatMap((n) => MODIFIERS.map((m) => `${ESC}[${n};${m}~`)),
  'editing keys of rxvt': [2, 3, 5, 6, 7, 8].flatMap((number) => [...'$^@'].map((end) => `${ESC}[${number}${end}`)),
  'Escape and editing keys': [2, 3, 5, 6].map((number) => `${ESC}${ESC}[${number}~`),
  'function keys of vt100': [...'PQRS'].map((letter) => `${ESC}O${letter}`),
  'function keys of the Linux console': [...'ABCDE'].map((letter) => `${ESC}[[${letter}`),
  'function keys by number': [11, 12, 13, 14, ...FUNCTION_NUMBERS].map((number) => `${ESC}[${number}~`),
  'F1 to F4 with modifiers': [...'PQRS'].flatMap((letter) => MODIFIERS.map((m) => `${ESC}[1;${m}${letter}`)),
  'F5 to F20 with modifiers': FUNCTION_NUMBERS.flatMap((n) => MODIFIERS.map((m) => `${ESC}[${n};${m}~`)),
  'function keys of rxvt': FUNCTION_NUMBERS.flatMap((number) => [...'$^@'].map((end) => `${ESC}[${number}${end}`)),
  'F1 to F4 with modifiers in SS3': [...'PQRS'].flatMap((letter) => [2, 5, 6].map((m) => `${ESC}O${m}${letter}`)),
  'the keypad': [...'MXjklmnopqrstuvwxy'].map((letter) => `${ESC}O${letter}`),
  'Escape and the keypad': [...'Mjky'].map((letter) => `${ESC}${ESC}O${letter}`),
  'back tab': [`${ESC}[Z`, `${ESC}${ESC}[Z`, `${ESC}[1;2Z`],
  'control sequences of nobody': ['[9999y', '[1;2;3;4;5z', '[?5W', '[ @', '[!p', '[5;5;5~', '[255~', '[99;9~'].map(
    (rest) => ESC + rest,
  ),
};
