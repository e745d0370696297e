import type { VirtualTerminal } from '../../lib/terminal/virtual-terminal.ts';
import { Grid, glyphText, TAIL, WIDE } from '../../lib/text/grid.ts';
import { links } from '../../lib/text/intern-table.ts';

/** The cells of a terminal's first `rows` rows, each as a text: place, what stands there, colours and attributes. */
export function screenCells(terminal: VirtualTerminal, rows: number): string[] {
  const { columns } = terminal;
  const grid = new Grid({ columns, rows });
  for (let y = 0; y < rows; y++) terminal.readRow(terminal.screenTop + y, grid, 0, y, columns);
  return Array.from(grid.glyphs, (glyph, i) => {
    const width = (glyph & TAIL) !== 0 ? 0 : (glyph & WIDE) !== 0 ? 2 : 1;
    const style = [grid.foregrounds, grid.backgrounds, grid.attributes, grid.underlineColors]
      .map((plane) => (plane[i] ?? 0).toString(16))
      .join(' ');
    const place = `${Math.floor(i / columns)},${i % columns}`;
    return `${place} ${width}${glyphText(glyph)} ${style} ${links.text(grid.links[i] ?? 0)}`;
  });
}

/** The cells that differ, ours against the wanted ones; at most 20. */
export function differences(ours: readonly string[], wanted: readonly string[]): string[] {
  return ours.flatMap((cell, i) => (cell === wanted[i] ? [] : [`${cell} | wanted ${wanted[i]}`])).slice(0, 20);
}

/** What a person sees of the cursor: nothing of a hidden one; one that waits behind the last column is on it. */
export function shownCursor({ cursor, columns }: VirtualTerminal): unknown {
  const { x, y, visible, shape, blinking } = cursor;
  return visible ? { x: Math.min(x, columns - 1), y, shape, blinking } : { visible };
}
