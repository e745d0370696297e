import { SGR_ATTRIBUTES } from '../text/sgr.ts';
import { BLINK, type Color, palette, rgb, UNDERLINE_MASK, type UnderlineStyle, underline } from '../text/style.ts';
import type { Pen } from './pen.ts';
import type { VtParameters } from './vt-parameters.ts';

/** SGR parameters that clear and set attributes: bits to clear, bits to set. */
const FLAGS: readonly (readonly [clear: number, set: number] | undefined)[] = flagTable([
  ...SGR_ATTRIBUTES.map(([attribute, begin]): Flag => [begin, 0, attribute]),
  ...SGR_ATTRIBUTES.map(([, , end]): Flag => [end, endedBy(end), 0]),
  // Rapid blinking blinks like the slow one.
  [6, 0, BLINK],
  [21, UNDERLINE_MASK, underline(2)],
  [24, UNDERLINE_MASK, 0],
]);

/** No parameter that we know is greater. */
const MAXIMUM_SIMPLE = 107;

type Flag = readonly [parameter: number, clear: number, set: number];

function endedBy(parameter: number): number {
  let ended = 0;
  for (const [attribute, , end] of SGR_ATTRIBUTES) if (end === parameter) ended |= attribute;
  return ended;
}

function flagTable(rows: readonly Flag[]) {
  const table: (readonly [number, number] | undefined)[] = Array.from({ length: 56 }, () => undefined);
  for (const [parameter, clear, set] of rows) table[parameter] = [clear, set];
  return table;
}

/** SGR (ECMA-48), with underline styles (4:n) and underline colours (58, 59). */
export function selectGraphicRendition(pen: Pen, parameters: VtParameters): void {
  const { length, values } = parameters;
  for (let index = 0; index < length; index++) {
    const value = values[index] ?? 0;
    if (value === 38 || value === 48 || value === 58) index += setColor(pen, value, parameters, index);
    else if (value === 4 && parameters.parts(index) !== undefined)
      pen.change(UNDERLINE_MASK, underline(lineStyle(parameters.parts(index)?.[0] ?? 1)));
    else if (value <= MAXIMUM_SIMPLE && !pen.follow(value)) {
      const before = pen.knownId;
      takeSimple(pen, value);
      pen.learn(before, value);
    }
  }
}

function takeSimple(pen: Pen, value: number): void {
  if (value === 0) pen.clear();
  else if (value >= 30 && value <= 37) pen.foreground = palette(value - 30);
  else if (value >= 40 && value <= 47) pen.background = palette(value - 40);
  else if (value >= 90 && value <= 97) pen.foreground = palette(value - 82);
  else if (value >= 100 && value <= 107) pen.background = palette(value - 92);
  else if (value === 39) pen.foreground = 0;
  else if (value === 49) pen.background = 0;
  else if (value === 59) pen.underlineColor = 0;
  else if (value === 4) pen.change(UNDERLINE_MASK, underline(1));
  else {
    const flags = FLAGS[value];
    if (flags !== undefined) pen.change(flags[0], flags[1]);
  }
}

const lineStyle = (style: number): UnderlineStyle => (style >= 0 && style <= 5 ? (style as UnderlineStyle) : 1);

/** Sets the colour after 38, 48 or 58, if it is one; returns how many parameters it took after the first. */
function setColor(pen: Pen, target: number, parameters: VtParameters, at: number): number {
  const parts = parameters.parts(at);
  const kind = parameters.value(at + 1);
  const left = parameters.length - at - 1;
  const wanted = kind === 5 ? 2 : kind === 2 ? 4 : 1;
  let color: Color | undefined;
  if (parts !== undefined) color = colorOfParts(parts);
  else if (left < wanted) color = undefined;
  else if (kind === 5) color = paletteColor(parameters.value(at + 2));
  else if (kind === 2) color = rgbColor(parameters.value(at + 2), parameters.value(at + 3), parameters.value(at + 4));
  if (color !== undefined) {
    if (target === 38) pen.foreground = color;
    else if (target === 48) pen.background = color;
    else pen.underlineColor = color;
  }
  return parts === undefined ? Math.min(left, wanted) : 0;
}

/** `5:n` and `2:r:g:b`, or `2:space:r:g:b` with the colour space of ITU T.416. */
function colorOfParts(parts: Int32Array): Color | undefined {
  if (parts[0] === 5) return paletteColor(parts[1]);
  const from = parts.length > 4 ? 2 : 1;
  return parts[0] === 2 ? rgbColor(parts[from], parts[from + 1], parts[from + 2]) : undefined;
}

/** A part left out counts as 0. */
const part = (value: number | undefined): number => (value === undefined || value < 0 ? 0 : value);

function paletteColor(index: number | undefined): Color | undefined {
  const known = part(index);
  return known <= 255 ? palette(known) : undefined;
}

function rgbColor(red: number | undefined, green: number | undefined, blue: number | undefined): Color | undefined {
  const [r, g, b] = [part(red), part(green), part(blue)];
  return r <= 255 && g <= 255 && b <= 255 ? rgb(r, g, b) : undefined;
}
