/** Where a mouse event happened, in tmux's words. */
export const MOUSE_PLACES = ['Pane', 'Border', 'Status', 'StatusLeft', 'StatusRight', 'StatusDefault'] as const;
export type MousePlace = (typeof MOUSE_PLACES)[number];

export const CLICKS = ['MouseDown', 'MouseUp', 'MouseDrag', 'MouseDragEnd', 'DoubleClick', 'TripleClick'] as const;
/** What a mouse event is called in a key table, without button and place. */
export type MouseVerb = (typeof CLICKS)[number];

/** Buttons 6 and 7 are the wheel pushed left and right. */
const BUTTONS = [1, 2, 3, 6, 7, 8, 9, 10, 11];

/** Every name that a mouse binding may have: `MouseDown1Pane`, `WheelUpStatus`, ... */
export const MOUSE_NAMES: readonly string[] = MOUSE_PLACES.flatMap((place) => [
  ...CLICKS.flatMap((verb) => BUTTONS.map((button) => `${verb}${button}${place}`)),
  `WheelUp${place}`,
  `WheelDown${place}`,
  `MouseMove${place}`,
]);
