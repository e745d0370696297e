import type { TerminalModes } from '../../lib/terminal/virtual-terminal.ts';

/** The modes of a program that asked for nothing. */
export const NO_MODES: TerminalModes = {
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
