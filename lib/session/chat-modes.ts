import { PLAIN_MODES } from '../terminal/plain-modes.ts';
import type { TerminalModes } from '../terminal/virtual-terminal.ts';

/** What keys and pastes of a chat come as: pastes whole, and Shift-Enter told from Enter where the terminal can. */
export const CHAT_MODES: TerminalModes = { ...PLAIN_MODES, bracketedPaste: true, kittyKeyboard: 1 };
