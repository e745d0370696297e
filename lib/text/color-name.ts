import { type Color, DEFAULT_COLOR, palette, rgb } from './style.ts';

const BASIC = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

/** Names of X11's rgb.txt beyond the eight basic ones, which mean the terminal's own palette. */
const X11: Readonly<Record<string, number>> = {
  aquamarine: 0x7fffd4,
  azure: 0xf0ffff,
  beige: 0xf5f5dc,
  brown: 0xa52a2a,
  chartreuse: 0x7fff00,
  chocolate: 0xd2691e,
  coral: 0xff7f50,
  cornflowerblue: 0x6495ed,
  darkblue: 0x00008b,
  darkcyan: 0x008b8b,
  darkgoldenrod: 0xb8860b,
  darkgray: 0xa9a9a9,
  darkgreen: 0x006400,
  darkgrey: 0xa9a9a9,
  darkmagenta: 0x8b008b,
  darkorange: 0xff8c00,
  darkred: 0x8b0000,
  darkslategray: 0x2f4f4f,
  darkturquoise: 0x00ced1,
  darkviolet: 0x9400d3,
  deeppink: 0xff1493,
  deepskyblue: 0x00bfff,
  dimgray: 0x696969,
  dimgrey: 0x696969,
  dodgerblue: 0x1e90ff,
  firebrick: 0xb22222,
  forestgreen: 0x228b22,
  gold: 0xffd700,
  goldenrod: 0xdaa520,
  gray: 0xbebebe,
  grey: 0xbebebe,
  hotpink: 0xff69b4,
  indianred: 0xcd5c5c,
  indigo: 0x4b0082,
  ivory: 0xfffff0,
  khaki: 0xf0e68c,
  lavender: 0xe6e6fa,
  lightblue: 0xadd8e6,
  lightcyan: 0xe0ffff,
  lightgray: 0xd3d3d3,
  lightgreen: 0x90ee90,
  lightgrey: 0xd3d3d3,
  lightpink: 0xffb6c1,
  lightskyblue: 0x87cefa,
  lightyellow: 0xffffe0,
  limegreen: 0x32cd32,
  maroon: 0xb03060,
  midnightblue: 0x191970,
  navy: 0x000080,
  navyblue: 0x000080,
  olivedrab: 0x6b8e23,
  orange: 0xffa500,
  orangered: 0xff4500,
  orchid: 0xda70d6,
  pink: 0xffc0cb,
  plum: 0xdda0dd,
  purple: 0xa020f0,
  royalblue: 0x4169e1,
  salmon: 0xfa8072,
  seagreen: 0x2e8b57,
  sienna: 0xa0522d,
  skyblue: 0x87ceeb,
  slateblue: 0x6a5acd,
  slategray: 0x708090,
  slategrey: 0x708090,
  springgreen: 0x00ff7f,
  steelblue: 0x4682b4,
  tan: 0xd2b48c,
  teal: 0x008080,
  tomato: 0xff6347,
  turquoise: 0x40e0d0,
  violet: 0xee82ee,
  wheat: 0xf5deb3,
  yellowgreen: 0x9acd32,
};

const hex = (value: number): Color => rgb(value >> 16, value >> 8, value);

/**
 * The colour that tmux's spelling means: `red`, `brightred`, `colour208`, `#ff8700`, a number 0–255, an X11 name such
 * as `orange` or `grey50`; `default` is `inherited`, `terminal` the terminal's own. Undefined when it means none.
 */
export function parseColor(text: string, inherited: Color = DEFAULT_COLOR): Color | undefined {
  const name = text.toLowerCase();
  if (name === 'default') return inherited;
  if (name === 'terminal') return DEFAULT_COLOR;
  if (/^#[0-9a-f]{6}$/.test(name)) return hex(Number.parseInt(name.slice(1), 16));
  const indexed = /^(?:colou?r)?(\d{1,3})$/.exec(name);
  if (indexed) {
    const index = Number(indexed[1]);
    return index <= 255 ? palette(index) : undefined;
  }
  const basic = BASIC.indexOf(name);
  if (basic >= 0) return palette(basic);
  if (name.startsWith('bright')) {
    const bright = BASIC.indexOf(name.slice('bright'.length));
    return bright >= 0 ? palette(8 + bright) : undefined;
  }
  const shade = /^gr[ae]y(\d{1,3})$/.exec(name);
  if (shade) {
    const level = Math.round((Number(shade[1]) * 255) / 100);
    return level <= 255 ? rgb(level, level, level) : undefined;
  }
  const known = Object.hasOwn(X11, name) ? X11[name] : undefined;
  return known === undefined ? undefined : hex(known);
}
