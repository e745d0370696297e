/** Where a mouse event happened, in tmux's words. */
const MOUSE_PLACES = [
  'Pane',
  'Border',
  'Status',
  'StatusLeft',
  'StatusRight',
  'StatusDefault',
  // Ours: sessions of the sidebar, and what is beside them, a waiting session in the corner, the count of those that have no room there, the line that tells of a lasting trouble.
  'Sidebar',
  'SidebarDefault',
  'Indicator',
  'IndicatorMore',
  'Banner',
] as const;
export type MousePlace = (typeof MOUSE_PLACES)[number];

const VERBS = ['MouseDown', 'MouseUp', 'MouseDrag', 'MouseDragEnd', 'SecondClick', 'DoubleClick', 'TripleClick'];

/** Buttons 6 and 7 are the wheel pushed left and right. */
const BUTTONS = [1, 2, 3, 6, 7, 8, 9, 10, 11];

/** Every name that a mouse binding may have: `MouseDown1Pane`, `WheelUpStatus`, ... */
export const MOUSE_NAMES: readonly string[] = MOUSE_PLACES.flatMap((place) => [
  ...VERBS.flatMap((verb) => BUTTONS.map((button) => `${verb}${button}${place}`)),
  `WheelUp${place}`,
  `WheelDown${place}`,
  `MouseMove${place}`,
]);
