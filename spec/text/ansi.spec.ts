import { expect } from 'chai';
import { rowToAnsi } from '../../lib/text/ansi.ts';
import { Grid, glyphOf, TAIL } from '../../lib/text/grid.ts';
import { links } from '../../lib/text/intern-table.ts';
import { PLAIN, palette, type Style } from '../../lib/text/style.ts';

function row(cells: readonly (readonly [text: string, width: number, style?: Partial<Style>])[], columns = 12): Grid {
  const grid = new Grid({ columns, rows: 2 });
  let index = columns;
  for (const [text, width, style] of cells) {
    grid.set(index, glyphOf(text, width), { ...PLAIN, ...style });
    if (width === 2) grid.set(index + 1, TAIL, { ...PLAIN, ...style });
    index += width;
  }
  return grid;
}

describe('cells as escape sequences', () => {
  it('writes each run once, wide characters once, and ends reset', () => {
    const red = { foreground: palette(1) };
    const grid = row([
      ['a', 1],
      ['中', 2, red],
      ['b', 1, red],
      ['e\u0301', 1],
      ['c', 1, red],
    ]);
    expect(rowToAnsi(grid, 1)).to.equal('a\x1b[0;31m中b\x1b[0me\u0301\x1b[0;31mc\x1b[0m');
  });

  it('leaves out plain blanks at the end unless asked, but not coloured ones', () => {
    expect(
      rowToAnsi(
        row(
          [
            ['a', 1],
            [' ', 1],
          ],
          3,
        ),
        1,
      ),
    ).to.equal('a');
    expect(rowToAnsi(row([['a', 1]], 3), 1, { trailing: true })).to.equal('a  ');
    expect(rowToAnsi(row([[' ', 1, { background: palette(4) }]], 3), 1)).to.equal('\x1b[0;44m \x1b[0m');
    expect(rowToAnsi(row([]), 1)).to.equal('');
  });

  it('takes part of a row', () => {
    const grid = row([
      ['a', 1],
      ['b', 1],
      ['c', 1],
    ]);
    expect(rowToAnsi(grid, 1, { from: 1, to: 2 })).to.equal('b');
    expect(rowToAnsi(grid, 1, { from: 2, to: 999 })).to.equal('c');
  });

  it('writes links when asked', () => {
    const named = { link: links.intern('x;http://a/;b') };
    const grid = row([
      ['a', 1, named],
      ['b', 1, { link: links.intern(';http://c') }],
      ['d', 1],
    ]);
    expect(rowToAnsi(grid, 1, { links: true })).to.equal(
      '\x1b]8;id=x;http://a/;b\x1b\\a\x1b]8;;http://c\x1b\\b\x1b]8;;\x1b\\d',
    );
    expect(rowToAnsi(grid, 1)).to.equal('abd');
  });
});
