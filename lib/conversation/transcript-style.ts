import type { Line } from '../text/line.ts';
import { BOLD, type Color, DIM, PLAIN, palette, type Style } from '../text/style.ts';

const colored = (index: number): Style => ({ ...PLAIN, foreground: palette(index) });

const RED: Color = 1;
const GREEN: Color = 2;
const YELLOW: Color = 3;
const BLUE: Color = 4;
const CYAN: Color = 6;

export const FAINT: Style = { ...PLAIN, attributes: DIM };
export const STRONG: Style = { ...PLAIN, attributes: BOLD };
export const BAD: Style = colored(RED);
export const GOOD: Style = colored(GREEN);
export const WARNING: Style = colored(YELLOW);
export const WORKING: Style = colored(BLUE);
export const PLACE: Style = colored(CYAN);
export const OWN: Style = { ...PLACE, attributes: BOLD };

export const span = (text: string, style: Style): Line => [{ text, style }];
