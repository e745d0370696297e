import type { VirtualTerminal } from '../../lib/terminal/virtual-terminal.ts';
import { Grid, glyphText, TAIL, WIDE } from '../../lib/text/grid.ts';
import { links } from '../../lib/text/intern-table.ts';
import type { OuterTerminal, ShownCell } from './outer-terminal.ts';

const TAIL_CELL: ShownCell = {
  text: '',
  width: 0,
  foreground: 0,
  background: 0,
  attributes: 0,
  underlineColor: 0,
  link: '',
};

/** The cells of our engine's screen, row by row, as `outerCells` gives those of another terminal. */
export function engineCells(terminal: VirtualTerminal): ShownCell[] {
  const { columns, screenTop, endRow } = terminal;
  const grid = new Grid({ columns, rows: endRow - screenTop });
  for (let y = 0; y < grid.rows; y++) terminal.readRow(screenTop + y, grid, 0, y, columns);
  return Array.from(grid.glyphs, (glyph, i) => {
    if ((glyph & TAIL) !== 0) return TAIL_CELL;
    return {
      text: glyph === 0 ? ' ' : glyphText(glyph),
      width: (glyph & WIDE) === 0 ? 1 : 2,
      foreground: grid.foregrounds[i] ?? 0,
      background: grid.backgrounds[i] ?? 0,
      attributes: grid.attributes[i] ?? 0,
      underlineColor: grid.underlineColors[i] ?? 0,
      link: uri(links.text(grid.links[i] ?? 0)),
    };
  });
}

/** The cells of its first `rows` rows; the second half of a wide character has no style of its own. */
export function outerCells(terminal: OuterTerminal, columns: number, rows: number): ShownCell[] {
  return Array.from({ length: columns * rows }, (_, i) => {
    const cell = terminal.cell(i % columns, Math.floor(i / columns));
    return cell.width === 0 ? TAIL_CELL : { ...cell, link: uri(cell.link) };
  });
}

/** Ids of links are each terminal's own. */
const uri = (link: string): string => link.slice(link.indexOf(';') + 1);

/** The cells that differ, with their places; at most `most`. */
export function cellDifferences(
  shown: readonly ShownCell[],
  wanted: readonly ShownCell[],
  columns: number,
  same: (shown: ShownCell, wanted: ShownCell) => boolean = sameCell,
  most = 10,
): string[] {
  const result: string[] = [];
  for (let i = 0; i < wanted.length && result.length < most; i++) {
    const [cell, other] = [shown[i], wanted[i]];
    if (cell !== undefined && other !== undefined && same(cell, other)) continue;
    result.push(`${Math.floor(i / columns)},${i % columns} ${JSON.stringify(cell)} | wanted ${JSON.stringify(other)}`);
  }
  return result;
}

export const sameCell = (a: ShownCell, b: ShownCell): boolean =>
  a.text === b.text &&
  a.width === b.width &&
  a.foreground === b.foreground &&
  a.background === b.background &&
  a.attributes === b.attributes &&
  a.underlineColor === b.underlineColor &&
  a.link === b.link;
