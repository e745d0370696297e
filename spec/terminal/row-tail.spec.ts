import { expect } from 'chai';
import type { TerminalEngine } from '../../lib/terminal/terminal-engine.ts';
import { Grid } from '../../lib/text/grid.ts';
import { colorValue } from '../../lib/text/style.ts';
import { openTerminal } from '../support/open-terminal.ts';

/** The oldest rows, with a dot for each empty red cell, a comma for a green one. */
function look(terminal: TerminalEngine, rows: number): string[] {
  const { columns, firstRow } = terminal;
  return Array.from({ length: rows }, (_, y) => {
    const { glyphs, backgrounds } = rowCells(terminal, firstRow + y);
    return Array.from({ length: columns }, (_, x) => {
      const glyph = glyphs[x] ?? 0;
      return glyph === 0 ? ' .,'.charAt(colorValue(backgrounds[x] ?? 0)) : String.fromCodePoint(glyph);
    }).join('');
  });
}

function rowCells(terminal: TerminalEngine, row: number): Grid {
  const grid = new Grid({ columns: terminal.columns, rows: 1 });
  terminal.readRow(row, grid, 0, 0, terminal.columns);
  return grid;
}

/** What is written at ten columns, and the rows that show it at others. */
const BACKGROUNDS: readonly (readonly [string, string, readonly (readonly string[])[]])[] = [
  ['to the edge', '\x1b[41mab\x1b[K', [['ab...'], ['ab......'], ['ab........  ']]],
  ['part of the way', '\x1b[41mab\x1b[2X', [['ab.'], ['ab.. '], ['ab..        ']]],
  ['in two colours', '\x1b[41mab\x1b[K\x1b[6G\x1b[42m\x1b[K', [['ab...'], ['ab...,,'], ['ab...,,,,,  ']]],
  ['without any text', '\x1b[41m\x1b[K', [['.....'], ['..........  ']]],
  ['behind nothing', '\x1b[4G\x1b[41m\x1b[2X', [['  '], ['   .'], ['   ..       ']]],
  [
    'behind a line that is folded, where it is not shown',
    '\x1b[41mabcdefgh\x1b[K',
    [['abcde', 'fgh  '], ['abcdefg', 'h      '], ['abcdefgh.'], ['abcdefgh..  ']],
  ],
  [
    'in the last row of a line, while that begins where it began',
    '\x1b[41mabcdefghijkl\x1b[K',
    [['abcde', 'fghij', 'kl...'], ['abcdefg', 'hijkl  '], ['abcdefghij', 'kl........'], ['abcdefghijkl  ']],
  ],
];

describe('the background behind the text of a line', () => {
  for (const [name, text, shown] of BACKGROUNDS)
    for (const [place, width, lines] of [
      ['on the screen', 10, 0],
      ['in the history', 10, 6],
      ['that left the screen while it was narrow', 3, 6],
    ] as const)
      it(`stays where it was, and new columns are plain: one ${name}, ${place}`, () => {
        const { errors, terminal, write } = openTerminal(10, 4);
        write(text);
        terminal.resize({ columns: width, rows: 4 });
        write(`\x1b[m${'\r\nz'.repeat(lines)}`);
        for (const rows of [...shown, ...shown.toReversed(), ...shown]) {
          terminal.resize({ columns: rows[0]?.length ?? 0, rows: 4 });
          expect(look(terminal, rows.length)).to.deep.equal(rows);
        }
        terminal.resize({ columns: 10, rows: 12 });
        const [widest = []] = shown.slice(-1);
        terminal.resize({ columns: widest[0]?.length ?? 0, rows: 12 });
        expect(look(terminal, widest.length)).to.deep.equal(widest);
        expect(errors).to.deep.equal([]);
      });

  it('is what it is at the present width once its row changed', () => {
    const { terminal, write } = openTerminal(10, 4);
    write('\x1b[41mab\x1b[K');
    terminal.resize({ columns: 5, rows: 4 });
    write('c');
    terminal.resize({ columns: 12, rows: 4 });
    expect(look(terminal, 1)).to.deep.equal(['abc..       ']);
    write('\r\x1b[2K\x1b[mx');
    terminal.resize({ columns: 4, rows: 4 });
    write('\r\x1b[K');
    terminal.resize({ columns: 12, rows: 4 });
    expect(look(terminal, 1)).to.deep.equal(['            ']);
  });

  it('is cut off the alternate screen', () => {
    const { terminal, write } = openTerminal(10, 4);
    write('\x1b[?1049h\x1b[41mab\x1b[K');
    terminal.resize({ columns: 12, rows: 4 });
    expect(look(terminal, 1)).to.deep.equal(['ab........  ']);
    terminal.resize({ columns: 5, rows: 4 });
    terminal.resize({ columns: 12, rows: 4 });
    expect(look(terminal, 1)).to.deep.equal(['ab...       ']);
  });

  it('costs a few bytes of the history, however wide it is', () => {
    for (const [columns, width] of [
      [1000, 1000],
      [1000, 20],
    ] as const) {
      const { terminal, write } = openTerminal(columns, 4);
      write('\x1b[48;2;1;2;3mab\x1b[K\x1b[m');
      terminal.resize({ columns: width, rows: 4 });
      write('\r\n\r\n\r\n');
      const before = terminal.historyBytes;
      write('\r\n');
      expect(terminal.historyBytes - before).to.be.within(5, 24);
    }
  });

  it('is kept with any number of colours, while others come and go', () => {
    const { terminal, write } = openTerminal(10, 2);
    write('\x1b[41mab\x1b[K\x1b[m');
    terminal.resize({ columns: 5, rows: 2 });
    write('\r\n');
    for (let color = 0; color < 20_000; color++) write(`\x1b[38;2;${color >> 8};${color & 255};7mx\r\x1b[m`);
    terminal.resize({ columns: 12, rows: 2 });
    expect(look(terminal, 1)).to.deep.equal(['ab........  ']);
  });
});
