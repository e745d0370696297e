import { LINE_DRAWING } from '../../lib/screen/cell-reduction.ts';
import { type Grid, glyphText, TAIL, WIDE } from '../../lib/text/grid.ts';
import { links } from '../../lib/text/intern-table.ts';
import type { OuterTerminal, ShownCell } from './outer-terminal.ts';

const GRAPHICS: Readonly<Record<string, string>> = {
  j: '┘', k: '┐', l: '┌', m: '└', n: '┼', q: '─', t: '├', u: '┤', v: '┴', w: '┬', x: '│',
  a: '▒', '`': '◆', f: '°', g: '±', '~': '·', y: '≤', z: '≥', '|': '≠', '{': 'π',
}; // biome-ignore format: a table of pairs

function wanted(grid: Grid, index: number): ShownCell {
  const glyph = grid.glyphs[index] ?? 0;
  const graphic = (glyph & LINE_DRAWING) !== 0;
  return {
    text: graphic ? (GRAPHICS[String.fromCharCode(glyph & 0x7f)] ?? '') : glyphText(glyph),
    width: (glyph & TAIL) !== 0 ? 0 : (glyph & WIDE) !== 0 ? 2 : 1,
    foreground: grid.foregrounds[index] ?? 0,
    background: grid.backgrounds[index] ?? 0,
    attributes: grid.attributes[index] ?? 0,
    underlineColor: grid.underlineColors[index] ?? 0,
    link: links.text(grid.links[index] ?? 0),
  };
}

/** Throws at the first cell of a reduced grid that the terminal shows otherwise. */
export function expectShown(terminal: OuterTerminal, grid: Grid, note = ''): void {
  for (let y = 0; y < grid.rows; y++)
    for (let x = 0; x < grid.columns; x++) {
      const shown = JSON.stringify(terminal.cell(x, y));
      const expected = JSON.stringify(wanted(grid, y * grid.columns + x));
      if (shown !== expected) throw new Error(`${note} cell ${x},${y}: shows ${shown}, should show ${expected}`);
    }
}
