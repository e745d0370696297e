import { type Grid, glyphOf, TAIL, WIDE } from '../../../lib/text/grid.ts';
import { links } from '../../../lib/text/intern-table.ts';
import { underline } from '../../../lib/text/style.ts';
import { extrasOf, wordAttributes, wordColor } from './xterm-attributes.ts';
import {
  CELL_WORDS,
  CODE_POINT_MASK,
  COMBINED,
  CONTENT_MASK,
  type CoreLine,
  HAS_EXTENDED,
  WIDTH_SHIFT,
} from './xterm-core.ts';

/**
 * Copies the first `columns` cells of a line to `width` cells of `grid` from index `to`; a wide character that does not
 * fit becomes a blank.
 */
export function copyLine(line: CoreLine, grid: Grid, to: number, width: number, columns: number): void {
  const { _data: cells } = line;
  const { glyphs, foregrounds, backgrounds, attributes, underlineColors, links: linkIds } = grid;
  const end = Math.min(width, columns, line.length);
  let lastFg = 0;
  let lastBg = 0;
  let foreground = 0;
  let background = 0;
  let flags = 0;
  for (let x = 0; x < end; x++) {
    const index = x * CELL_WORDS;
    const content = cells[index] ?? 0;
    const fg = cells[index + 1] ?? 0;
    const bg = cells[index + 2] ?? 0;
    const target = to + x;
    if (fg !== lastFg || bg !== lastBg) {
      foreground = wordColor(fg);
      background = wordColor(bg);
      flags = wordAttributes(fg, bg);
      lastFg = fg;
      lastBg = bg;
    }
    foregrounds[target] = foreground;
    backgrounds[target] = background;
    attributes[target] = flags;
    underlineColors[target] = 0;
    linkIds[target] = 0;
    if ((bg & HAS_EXTENDED) !== 0) {
      const extras = extrasOf(line._extendedAttrs[x]);
      if (extras.underlineStyle !== 0 && (flags & underline(1)) !== 0)
        attributes[target] = (flags & ~underline(1)) | underline(extras.underlineStyle);
      underlineColors[target] = wordColor(extras.underlineColor);
      linkIds[target] = extras.linkId(links);
    }
    const cellWidth = content >> WIDTH_SHIFT;
    if (cellWidth === 2 && x + 1 < end) {
      glyphs[target] = glyph(line, x, content, 2);
    } else if (cellWidth === 0) {
      const previous = x === 0 ? 0 : (glyphs[target - 1] ?? 0);
      glyphs[target] = (previous & WIDE) === 0 ? 0 : TAIL;
    } else {
      glyphs[target] = cellWidth === 2 ? 0 : glyph(line, x, content, 1);
    }
  }
  if (end < width) grid.erase(to + end, to + width);
  repairWide(glyphs, to, to + end);
}

/** A wide character whose second half holds something else is shown as a blank. */
function repairWide(glyphs: Uint32Array, from: number, to: number): void {
  for (let index = from; index < to; index++) {
    const glyph = glyphs[index] ?? 0;
    if ((glyph & WIDE) !== 0 && glyphs[index + 1] !== TAIL) glyphs[index] = 0;
  }
}

function glyph(line: CoreLine, x: number, content: number, columns: number): number {
  if ((content & COMBINED) !== 0) return glyphOf(line._combined[x] ?? '', columns);
  const point = content & CODE_POINT_MASK;
  return columns === 2 && point !== 0 ? (point | WIDE) >>> 0 : point;
}

/** The text of a line without the empty cells at its end; empty cells before text are blanks. */
export function lineText(line: CoreLine, columns: number): string {
  const cells = line._data;
  let end = Math.min(line.length, columns);
  while (end > 0 && ((cells[(end - 1) * CELL_WORDS] ?? 0) & CONTENT_MASK) === 0) end -= 1;
  const last = cells[(end - 1) * CELL_WORDS] ?? 0;
  if (end < columns && last >> WIDTH_SHIFT === 2) end += 1;
  let text = '';
  for (let x = 0; x < end; x++) {
    const content = cells[x * CELL_WORDS] ?? 0;
    const width = content >> WIDTH_SHIFT;
    const whole = width !== 2 || (x + 1 < end && (cells[(x + 1) * CELL_WORDS] ?? 0) >> WIDTH_SHIFT === 0);
    if (!whole || (content & CONTENT_MASK) === 0) text += ' ';
    else if ((content & COMBINED) !== 0) text += line._combined[x] ?? '';
    else text += String.fromCodePoint(content & CODE_POINT_MASK);
    if (whole && width === 2) x += 1;
  }
  return text;
}
