/** 24 bits of red, green and blue. */
export type Rgb = number;

/** What OSC 4, 10, 11 and 12 queries are answered with: what the person's terminal shows, as far as is known. */
export interface TerminalColors {
  readonly foreground: Rgb;
  readonly background: Rgb;
  readonly cursor: Rgb;
}

export const DEFAULT_COLORS: TerminalColors = { foreground: 0xd0d0d0, background: 0x000000, cursor: 0xd0d0d0 };

/** xterm's first sixteen colours. */
const BASIC: readonly Rgb[] = [
  0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5, 0x7f7f7f, 0xff0000, 0x00ff00,
  0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
];
const CUBE_STEPS: readonly number[] = [0, 95, 135, 175, 215, 255];

/** Colour `index` (0–255) of xterm's palette: sixteen basic ones, a cube of 6×6×6, 24 greys. */
export function paletteRgb(index: number): Rgb {
  if (index < 16) return BASIC[index] ?? 0;
  if (index >= 232) return (8 + (index - 232) * 10) * 0x010101;
  const cube = index - 16;
  const step = (value: number): number => CUBE_STEPS[value % 6] ?? 0;
  return (step(Math.floor(cube / 36)) << 16) | (step(Math.floor(cube / 6)) << 8) | step(cube);
}

/** X11's form with 16 bits a part, as terminals answer. */
export function xParseColor(color: Rgb): string {
  const part = (shift: number): string => ((color >> shift) & 0xff).toString(16).padStart(2, '0').repeat(2);
  return `rgb:${part(16)}/${part(8)}/${part(0)}`;
}

/** Whether a background calls for light text: its luminance by ITU-R BT.709 is below half. */
export const isDark = (color: Rgb): boolean =>
  0.2126 * ((color >> 16) & 0xff) + 0.7152 * ((color >> 8) & 0xff) + 0.0722 * (color & 0xff) < 128;
