import type { TerminalModes } from './virtual-terminal.ts';

/** The modes of a terminal of which nobody asked anything. */
export const PLAIN_MODES: TerminalModes = {
  applicationCursorKeys: false,
  applicationKeypad: false,
  bracketedPaste: false,
  focusEvents: false,
  mouseTracking: 'none',
  mouseEncoding: 'default',
  alternateScreen: false,
  synchronizedOutput: false,
  reverseScreen: false,
  insert: false,
  origin: false,
  autowrap: true,
  kittyKeyboard: 0,
  modifyOtherKeys: 0,
};
