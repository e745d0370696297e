import { type Color, colorValue, isPalette, isRgb, palette } from '../text/style.ts';
import type { ColorDepth } from './capabilities.ts';

/** xterm's sixteen colours, 0xRRGGBB. */
const SIXTEEN = [
  0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5, 0x7f7f7f, 0xff0000, 0x00ff00,
  0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
] as const;
/** The steps of the 6×6×6 cube, palette 16–231. */
const STEPS = [0, 0x5f, 0x87, 0xaf, 0xd7, 0xff] as const;

/** 24 bits of a palette colour, as xterm has it. */
function paletteRgb(index: number): number {
  if (index < 16) return SIXTEEN[index] ?? 0;
  if (index >= 232) return (8 + (index - 232) * 10) * 0x01_01_01;
  const cube = index - 16;
  return (
    ((STEPS[Math.floor(cube / 36)] ?? 0) << 16) | ((STEPS[Math.floor(cube / 6) % 6] ?? 0) << 8) | (STEPS[cube % 6] ?? 0)
  );
}

/** How far apart two colours look, weighted by the mean of red as the eye does ("redmean"). */
function distance(a: number, b: number): number {
  const red = (a >> 16) - (b >> 16);
  const green = ((a >> 8) & 0xff) - ((b >> 8) & 0xff);
  const blue = (a & 0xff) - (b & 0xff);
  const mean = ((a >> 16) + (b >> 16)) / 2;
  return (2 + mean / 256) * red * red + 4 * green * green + (2 + (255 - mean) / 256) * blue * blue;
}

const step = (value: number): number => (value < 48 ? 0 : value < 115 ? 1 : Math.min(5, Math.floor((value - 35) / 40)));

/** The nearest of the cube and the greys; the first sixteen are left out, since people choose those themselves. */
function nearest256(value: number): number {
  const red = value >> 16;
  const green = (value >> 8) & 0xff;
  const blue = value & 0xff;
  const cube = 16 + 36 * step(red) + 6 * step(green) + step(blue);
  const exact = paletteRgb(cube);
  if (exact === value) return cube;
  const grey = 232 + Math.max(0, Math.min(23, Math.round(((red + green + blue) / 3 - 8) / 10)));
  return distance(value, paletteRgb(grey)) < distance(value, exact) ? grey : cube;
}

function nearestOf(value: number, count: number): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let index = 0; index < count; index++) {
    const far = distance(value, SIXTEEN[index] ?? 0);
    if (far < least) {
      least = far;
      best = index;
    }
  }
  return best;
}

/** Distances are computed once for each of 32 × 32 × 32 colours; 255 stands for not yet. */
const near16 = new Uint8Array(1 << 15).fill(255);

function nearest16(value: number): number {
  const key = ((value >> 9) & 0x7c00) | ((value >> 6) & 0x3e0) | ((value >> 3) & 0x1f);
  const known = near16[key] ?? 255;
  if (known !== 255) return known;
  const found = nearestOf(value, 16);
  near16[key] = found;
  return found;
}

/** The nearest colour that a terminal of this depth shows; for '8' still one of sixteen, bold being the second eight. */
export function reduceColor(color: Color, depth: ColorDepth): Color {
  if (color === 0 || depth === 'rgb') return color;
  if (depth === 'mono') return 0;
  if (depth === '256') return isRgb(color) ? palette(nearest256(colorValue(color))) : color;
  const value = colorValue(color);
  if (isPalette(color)) return value < 16 ? color : palette(nearest16(paletteRgb(value & 0xff)));
  return palette(nearest16(value));
}

/** From 0, black, to 1, white; `fallback` for the terminal's own colour, which nobody knows. */
export function lightness(color: Color, fallback: number): number {
  if (color === 0) return fallback;
  const value = isRgb(color) ? colorValue(color) : paletteRgb(colorValue(color) & 0xff);
  return (0.299 * (value >> 16) + 0.587 * ((value >> 8) & 0xff) + 0.114 * (value & 0xff)) / 255;
}
