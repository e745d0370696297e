import { BOLD, DIM, PLAIN, palette, type Style } from '../../text/style.ts';

/** Colours of the overlays, from the sixteen that people choose for themselves. */
export const FRAME_COLOR = 8;
export const FRAME: Style = { ...PLAIN, foreground: palette(FRAME_COLOR) };
export const ACTIVE_BORDER: Style = { ...PLAIN, foreground: palette(2) };
export const TITLE: Style = { ...PLAIN, attributes: BOLD };
export const FAINT: Style = { ...PLAIN, attributes: DIM };
/** tmux's mode-style. */
export const SELECTED: Style = { ...PLAIN, foreground: palette(0), background: palette(3) };
export const MARK: Style = { ...PLAIN, foreground: palette(2), attributes: BOLD };
export const FILTER: Style = { ...PLAIN, foreground: palette(3), attributes: BOLD };
