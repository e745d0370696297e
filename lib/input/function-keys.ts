/** Keys written as `CSI letter`, `CSI 1 ; modifiers letter`, some as `SS3 letter`: xterm's ctlseqs, "PC-Style Function Keys". */
export const LETTER_KEYS: ReadonlyMap<string, string> = new Map([
  ['A', 'Up'],
  ['B', 'Down'],
  ['C', 'Right'],
  ['D', 'Left'],
  ['E', 'KPBegin'],
  ['F', 'End'],
  ['G', 'KPBegin'],
  ['H', 'Home'],
  ['P', 'F1'],
  ['Q', 'F2'],
  ['R', 'F3'],
  ['S', 'F4'],
]);

/** Keys written as `CSI number ~`; rxvt's 7, 8 and 11–14 included. */
export const TILDE_KEYS: ReadonlyMap<number, string> = new Map([
  [1, 'Home'],
  [2, 'IC'],
  [3, 'DC'],
  [4, 'End'],
  [5, 'PPage'],
  [6, 'NPage'],
  [7, 'Home'],
  [8, 'End'],
  [11, 'F1'],
  [12, 'F2'],
  [13, 'F3'],
  [14, 'F4'],
  [15, 'F5'],
  [17, 'F6'],
  [18, 'F7'],
  [19, 'F8'],
  [20, 'F9'],
  [21, 'F10'],
  [23, 'F11'],
  [24, 'F12'],
  [25, 'F13'],
  [26, 'F14'],
  [28, 'F15'],
  [29, 'F16'],
  [31, 'F17'],
  [32, 'F18'],
  [33, 'F19'],
  [34, 'F20'],
]);

/** The keypad in application mode: `SS3 letter`. */
export const KEYPAD_KEYS: ReadonlyMap<string, string> = new Map([
  ['M', 'KPEnter'],
  ['X', 'KP='],
  ['j', 'KP*'],
  ['k', 'KP+'],
  ['l', 'KP,'],
  ['m', 'KP-'],
  ['n', 'KP.'],
  ['o', 'KP/'],
  ...Array.from({ length: 10 }, (_, digit) => [String.fromCharCode(0x70 + digit), `KP${digit}`] as const),
]);

/** Keys with a code of ASCII's in `CSI code u`. */
export const ASCII_KEYS: ReadonlyMap<number, string> = new Map([
  [8, 'BSpace'],
  [9, 'Tab'],
  [13, 'Enter'],
  [27, 'Escape'],
  [32, 'Space'],
  [127, 'BSpace'],
]);

const sequence = (first: number, names: string): (readonly [number, string])[] =>
  names.split(' ').map((name, index) => [first + index, name] as const);

/** The kitty keyboard protocol's private codes; keypad arrows and the like are the plain keys to us. */
export const KITTY_KEYS: ReadonlyMap<number, string> = new Map([
  ...sequence(57344, 'Escape Enter Tab BSpace IC DC Left Right Up Down PPage NPage Home End'),
  ...sequence(57358, 'CapsLock ScrollLock NumLock PrintScreen Pause Menu'),
  ...Array.from({ length: 35 }, (_, index) => [57364 + index, `F${index + 1}`] as const),
  ...Array.from({ length: 10 }, (_, digit) => [57399 + digit, `KP${digit}`] as const),
  ...sequence(57409, 'KP. KP/ KP* KP- KP+ KPEnter KP= KP,'),
  ...sequence(57417, 'Left Right Up Down PPage NPage Home End IC DC KPBegin'),
  ...sequence(57428, 'MediaPlay MediaPause MediaPlayPause MediaReverse MediaStop MediaFastForward MediaRewind'),
  ...sequence(57435, 'MediaNext MediaPrevious MediaRecord VolumeDown VolumeUp VolumeMute'),
  ...sequence(57441, 'LeftShift LeftControl LeftAlt LeftSuper LeftHyper LeftMeta'),
  ...sequence(57447, 'RightShift RightControl RightAlt RightSuper RightHyper RightMeta Level3Shift Level5Shift'),
]);

const LOCKS_AND_MODIFIERS = new Set(
  [...KITTY_KEYS].filter(([code]) => code >= 57441 || (code >= 57358 && code <= 57360)).map(([, name]) => name),
);

/** Whether a key does nothing alone: Shift, CapsLock and the like, which only the kitty keyboard reports. */
export const isModifierKey = (name: string): boolean => LOCKS_AND_MODIFIERS.has(name);
