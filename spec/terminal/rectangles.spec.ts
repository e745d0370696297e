import { expect } from 'chai';
import { rowToAnsi } from '../../lib/text/ansi.ts';
import { cpuTime } from '../support/cpu-time.ts';
import { openTerminal } from '../support/open-terminal.ts';

const FULL = ['abcdef', 'ghijkl', 'mnopqr', 'stuvwx'];
const CASES: readonly (readonly [name: string, text: string, rows: readonly string[]])[] = [
  ['DECFRA', '\x1b[42;2;3;3;4$x', ['abcdef', 'gh**kl', 'mn**qr', 'stuvwx']],
  ['DECFRA of the whole screen', '\x1b[42$x', Array(4).fill('******')],
  ['DECFRA past the edges', '\x1b[42;3;5;99;99$x', ['abcdef', 'ghijkl', 'mnop**', 'stuv**']],
  ['DECFRA with a control', '\x1b[7;1;1;2;2$x\x1b[155;1;1;2;2$x\x1b[173;1;1;2;2$x', FULL],
  ['DECFRA over wide characters', '\x1b[2;2H日本\x1b[42;2;3;2;4$x', ['abcdef', 'g ** l', 'mnopqr', 'stuvwx']],
  ['DECERA', '\x1b[2;2;3;5$z', ['abcdef', 'g    l', 'm    r', 'stuvwx']],
  ['DECERA upside down', '\x1b[3;5;2;2$z', FULL],
  ['DECSERA', '\x1b[2;2H\x1b[1"qHI\x1b["q\x1b[2;1;2;4${', ['abcdef', ' HI kl', 'mnopqr', 'stuvwx']],
  ['DECCRA', '\x1b[1;1;2;3;1;3;4;1$v', ['abcdef', 'ghijkl', 'mnoabc', 'stughi']],
  ['DECCRA onto itself', '\x1b[1;1;3;5;1;2;2;1$v', ['abcdef', 'gabcde', 'mghijk', 'smnopq']],
  ['DECCRA upwards onto itself', '\x1b[2;2;4;6;1;1;1;1$v', ['hijklf', 'nopqrl', 'tuvwxr', 'stuvwx']],
  ['DECCRA past the edges', '\x1b[1;1;4;6;1;4;5;1$v', ['abcdef', 'ghijkl', 'mnopqr', 'stuvab']],
  ['DECCRA of halves of wide characters', '\x1b[1;1H日本\x1b[1;2;1;3;1;3;1;1$v', ['日本ef', 'ghijkl', '  opqr', 'stuvwx']],
  ['origin mode', '\x1b[2;3r\x1b[?6h\x1b[42;1;1;9;2$x', ['abcdef', '**ijkl', '**opqr', 'stuvwx']],
]; // biome-ignore format: a table

const STYLED: readonly (readonly [name: string, text: string, row: string])[] = [
  ['DECCARA in a stream', '\x1b[1;5;2;2;1$r', '\x1b[0;1mgh\x1b[0mijkl'],
  ['DECCARA in a rectangle', '\x1b[2*x\x1b[1;5;2;6;7$r', 'ghij\x1b[0;7mkl\x1b[0m'],
  ['DECCARA of several', '\x1b[2*x\x1b[2;1;2;1;1;4;5$r\x1b[2;1;2;1;22;24$r', '\x1b[0;5mg\x1b[0mhijkl'],
  ['DECRARA', '\x1b[2*x\x1b[2;1;2;2;1;4$t\x1b[2;2;2;3;4$t', '\x1b[0;1;4mg\x1b[0;1mh\x1b[0;4mi\x1b[0mjkl'],
  ['DECRARA of all', '\x1b[2*x\x1b[2;1;2;1$t', '\x1b[0;1;5;7;4mg\x1b[0mhijkl'],
  ['DECCARA keeps colours', '\x1b[2;1H\x1b[31mG\x1b[m\x1b[2*x\x1b[2;1;2;1;1$r', '\x1b[0;1;31mG\x1b[0mhijkl'],
]; // biome-ignore format: a table

function full() {
  const open = openTerminal(6, 4);
  open.write(FULL.join('\r\n'));
  return open;
}

describe('rectangles', () => {
  for (const [name, text, rows] of CASES)
    it(name, () => {
      const { write, screen, errors } = full();
      write(text);
      expect(screen().map((row) => row.trimEnd())).to.deep.equal(rows);
      expect(errors).to.deep.equal([]);
    });

  for (const [name, text, row] of STYLED)
    it(name, () => {
      const { write, grid } = full();
      write(text);
      expect(rowToAnsi(grid(), 1)).to.equal(row);
    });

  it('DECFRA and DECERA leave the style and the background in force', () => {
    const { write, grid } = full();
    write('\x1b[1;44m\x1b[42;1;1;1;2$x\x1b[1;3;1;4$z');
    expect(rowToAnsi(grid(), 0)).to.equal('\x1b[0;1;44m**\x1b[0;44m  \x1b[0mef');
  });

  it('DECRQCRA tells the negative sum of characters and attributes', () => {
    const { write, replies } = openTerminal(6, 4);
    write('AB\x1b[1mC');
    write('\x1b[7;1;1;1;1;2*y\x1b[8;1;1;1;4;6*y\x1b[9;1;2;1;2;1*y');
    const sum = (value: number): string => (-value & 0xffff).toString(16).toUpperCase();
    expect(replies()).to.equal(
      `\x1bP7!~${sum(0x41 + 0x42)}\x1b\\\x1bP8!~${sum(0x41 + 0x42 + 0x43 + 0x80)}\x1b\\\x1bP9!~${sum(0x20)}\x1b\\`,
    );
  });

  const NEGATIVE = (value: number): string => (-value & 0xffff).toString(16).toUpperCase().padStart(4, '0');
  const POSITIVE = (value: number): string => value.toString(16).toUpperCase().padStart(4, '0');
  for (const [name, options, text, area, sum] of [
    ['the blanks at the end of a row', 0, 'A B\r\nC', '1;1;2;6', NEGATIVE(0x41 + 0x20 + 0x42 + 0x43)],
    ['nothing negated', 1, 'AB', '1;1;1;2', POSITIVE(0x83)],
    ['no attributes', 2, '\x1b[1mA', '1;1;1;1', NEGATIVE(0x41)],
    ['all blanks', 5, 'A', '1;1;1;3', POSITIVE(0x41 + 0x40)],
    ['written cells alone', 13, '\x1b[3GA B', '1;1;1;6', POSITIVE(0x41 + 0x20 + 0x42)],
    ['eight bits of a character', 1, '中e\u0301', '1;1;1;3', POSITIVE(0x2d + 0x65)],
    ['whole characters with their marks', 17, '中e\u0301', '1;1;1;3', POSITIVE(0x4e2d + 0x65 + 0x301)],
  ] as const)
    it(`XTCHECKSUM ${options} counts ${name}`, () => {
      const { write, replies } = openTerminal(6, 4);
      write(`${text}\x1b[${options}#y\x1b[3;1;${area}*y`);
      expect(replies()).to.equal(`\x1bP3!~${sum}\x1b\\`);
    });

  it('XTREPORTSGR tells what all cells have in common', () => {
    const { write, replies } = openTerminal(6, 4);
    write('\x1b[1;4;31;42ma\x1b[1;3;4:3;31;43mb\x1b[mc');
    write('\x1b[1;1;1;1#|\x1b[1;1;1;2#|\x1b[1;1;1;3#|\x1b[3;3;2;2#|\x1b[#|');
    expect(replies()).to.equal('\x1b[0;1;4;31;42m\x1b[0;1;31m\x1b[0m\x1b[0m\x1b[0m');
  });

  it('never take long, however many', () => {
    const { write, terminal } = openTerminal(1000, 400);
    const start = cpuTime();
    for (const sequence of [
      '\x1b[$r',
      '\x1b[1$t',
      '\x1b[42$x',
      '\x1b[${',
      '\x1b[$v',
      '\x1b[*y',
      '\x1b[#|',
      '\x1b#8',
      'x\x1b[999999b',
    ])
      write(sequence.repeat(3000));
    expect(cpuTime() - start).to.be.below(5000);
    expect(terminal.cursor.y).to.be.within(0, 399);
  });
});
