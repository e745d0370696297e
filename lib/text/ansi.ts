import { type Grid, glyphText, TAIL } from './grid.ts';
import { links as linkTable } from './intern-table.ts';
import { sgr } from './sgr.ts';
import { PLAIN, type Style } from './style.ts';

export interface AnsiOptions {
  /** Columns; all of the row at first. */
  readonly from?: number;
  readonly to?: number;
  /** Writes OSC 8 around linked text; off at first. */
  readonly links?: boolean;
  /** Keeps plain blanks at the end; off at first. */
  readonly trailing?: boolean;
}

/** Row `y` of `grid` as text with escape sequences, which start from and end with a reset terminal. */
export function rowToAnsi(grid: Grid, y: number, options: AnsiOptions = {}): string {
  const start = y * grid.columns + (options.from ?? 0);
  let end = y * grid.columns + Math.min(options.to ?? grid.columns, grid.columns);
  if (options.trailing !== true) while (end > start && isBlank(grid, end - 1)) end -= 1;
  let text = '';
  let last: Style = PLAIN;
  for (let index = start; index < end; index++) {
    const glyph = grid.glyphs[index] ?? 0;
    if ((glyph & TAIL) !== 0) continue;
    const style = styleAt(grid, index);
    if (options.links === true && style.link !== last.link) text += link(style.link);
    if (!sameLook(style, last)) text += sameLook(style, PLAIN) ? '\x1b[0m' : sgr(style);
    last = style;
    text += glyphText(glyph);
  }
  if (!sameLook(last, PLAIN)) text += '\x1b[0m';
  if (options.links === true && last.link !== 0) text += link(0);
  return text;
}

/** The style of cell `index`. */
const styleAt = (grid: Grid, index: number): Style => ({
  foreground: grid.foregrounds[index] ?? 0,
  background: grid.backgrounds[index] ?? 0,
  attributes: grid.attributes[index] ?? 0,
  underlineColor: grid.underlineColors[index] ?? 0,
  link: grid.links[index] ?? 0,
});

/** OSC 8 of an id of the table of links; 0 ends a link. */
function link(id: number): string {
  const [identifier = '', ...uri] = linkTable.text(id).split(';');
  return `\x1b]8;${identifier === '' ? '' : `id=${identifier}`};${uri.join(';')}\x1b\\`;
}

const sameLook = (a: Style, b: Style): boolean =>
  a.foreground === b.foreground &&
  a.background === b.background &&
  a.attributes === b.attributes &&
  a.underlineColor === b.underlineColor;

const isBlank = (grid: Grid, index: number): boolean =>
  (grid.glyphs[index] === 0 || grid.glyphs[index] === 0x20) && sameLook(styleAt(grid, index), PLAIN);
