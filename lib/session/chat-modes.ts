import type { TerminalModes } from './session.ts';

/** What keys and pastes of a chat come as: pastes whole, and Shift-Enter told from Enter where the terminal can. */
export const CHAT_MODES: TerminalModes = {
  applicationCursorKeys: false,
  applicationKeypad: false,
  bracketedPaste: true,
  focusEvents: false,
  mouseTracking: 'none',
  mouseEncoding: 'default',
  alternateScreen: false,
  synchronizedOutput: false,
  reverseScreen: false,
  insert: false,
  origin: false,
  autowrap: true,
  kittyKeyboard: 1,
  modifyOtherKeys: 0,
};
