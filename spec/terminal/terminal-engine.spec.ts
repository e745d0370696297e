import { expect } from 'chai';
import { rowToAnsi } from '../../lib/text/ansi.ts';
import { Grid, glyphText, TAIL, WIDE } from '../../lib/text/grid.ts';
import { links } from '../../lib/text/intern-table.ts';
import { cpuTime } from '../support/cpu-time.ts';
import { openTerminal } from '../support/open-terminal.ts';

const screens: readonly (readonly [name: string, text: string, rows: readonly string[]])[] = [
  ['plain text', 'ab\r\ncd', ['ab', 'cd']],
  ['wrapping', 'abcdefghijkl', ['abcdefghij', 'kl']],
  ['no wrapping', '\x1b[?7labcdefghijkl', ['abcdefghil', '']],
  ['overwriting', 'abc\rx', ['xbc', '']],
  ['insert mode', 'abc\r\x1b[4hxy', ['xyabc', '']],
  ['wide characters', '日本語', ['日本語', '']],
  ['a wide character that does not fit', 'abcdefghi日', ['abcdefghi', '日']],
  ['the first half of a wide character overwritten', '日本\rx', ['x 本', '']],
  ['the second half of a wide character overwritten', '日本\x1b[2Gx', [' x本', '']],
  ['a combining mark', 'e\u0301x', ['e\u0301x', '']],
  ['a combining mark after a colour', 'e\x1b[1m\u0301x', ['e\u0301x', '']],
  ['a combining mark at the start', '\u0301x', ['x', '']],
  ['a combining mark on the last column', 'abcdefghie\u0301f', ['abcdefghie\u0301', 'f']],
  ['an emoji with a skin tone', '👍🏽x', ['👍🏽x', '']],
  ['a family', '👨\u200d👩\u200d👧x', ['👨\u200d👩\u200d👧x', '']],
  ['two flags', '🇩🇪🇫🇷', ['🇩🇪🇫🇷', '']],
  ['a symbol shown as emoji at the margin', 'abcdefghi❤\ufe0fx', ['abcdefghi', '❤\ufe0fx']],
  ['invisible characters', 'a\u200bb\u202ec\ufeff', ['abc', '']],
  ['Hangul jamo', '\u1112\u1161\u11abx', ['\u1112\u1161\u11abx', '']],
  ['line drawing', '\x1b(0qx\x1b(Bq', ['─│q', '']],
  ['line drawing kept with the cursor', '\x1b(0\x1b7\x1b(B\x1b8qx', ['─│', '']],
  ['ASCII of a cursor that was never kept', '\x1b(0\x1b8qx', ['qx', '']],
  ['a single shift', '\x1b*0\x1b+A\x1bNqq\x1bO##', ['─q£#', '']],
  ["Latin-1's right half", '\x1b.A\x1bNDA\x1b-A\x0eDv\x0fD', ['ÄAÄöD', '']],
  ['a single shift back to ASCII', '\x1b(0q\x1bNqq', ['─q─', '']],
  ['tab stops set anew', '\x1b[3g\x1b[3G\x1bH\r\tx\x1b[?5W\r\ty', ['  x     y', '']],
  ['repetition', 'a\x1b[3b', ['aaaa', '']],
  ['repetition of a cluster', '👍🏽\x1b[2b', ['👍🏽👍🏽👍🏽', '']],
  ['repetition of nothing', 'a\r\x1b[3b', ['a', '']],
  ['repetition without end', 'a\x1b[2147483647b', ['aaaaaaaaaa', 'a']],
  ['erasing above at the last cell', 'abcdefghij0123456789\x1b[2;10H\x1b[1J', ['', '']],
  ['insertion without end', 'ab\x1b[2147483647L', ['', 'ab'].map(() => '')],
  ['DEL and NUL', 'a\x7f\x00b', ['ab', '']],
  ['strings that are not read', '\x1b_Gä\x1b\\a\x1bktitle\x1b\\b\x1b^ü\x1b\\c\x1bXö\x1b\\d', ['abcd', '']],
  ['an unknown DCS', '\x1bPtmux;ü\x1b\\a', ['a', '']],
  ['C1 as UTF-8', 'a\u0085b', ['a', 'b']],
  ['broken UTF-8', 'a\ufffdb', ['a\ufffdb', '']],
  ['tabs', 'a\tb', ['a       b', '']],
  ['the alternate screen', 'main\x1b[?1049h\x1b[Halt', ['alt', '']],
  ['the main screen again', 'main\x1b[?1049halt\x1b[?1049l!', ['main!', '']],
  ['a reset', 'ab\x1b[1;31m\x1bcx', ['x', '']],
];

const pushed: readonly (readonly [text: string, written: string])[] = [
  ['\x1b[1;31m\x1b[#{\x1b[0;4m\x1b[#}', '0;1;31'],
  ['\x1b[1;31m\x1b[1;30#{\x1b[0;4m\x1b[#}', '0;1;4;31'],
  ['\x1b[1;3;44m\x1b[3;31#p\x1b[0;9m\x1b[#q', '0;3;9;44'],
  ['\x1b[1m\x1b[#}', '0;1'],
  [`${'\x1b[1m\x1b[#{'.repeat(50)}\x1b[0m${'\x1b[#}'.repeat(50)}`, '0;1'],
];

const styles: readonly (readonly [sgr: string, written: string])[] = [
  ['1;2;3;4;5', '0;1;2;3;5;4'],
  ['7;8;9;53', '0;7;8;9;53'],
  ['6', '0;5'],
  ['21', '0;4:2'],
  ['4:3', '0;4:3'],
  ['4:4', '0;4:4'],
  ['4:5', '0;4:5'],
  ['4:0', ''],
  ['4:3;4', '0;4'],
  ['4:3;24', ''],
  ['4;58;5;9', '0;4;58:5:9'],
  ['4:3;58:2::1:2:3', '0;4:3;58:2::1:2:3'],
  ['4;58:2:1:2:3', '0;4;58:2::1:2:3'],
  ['4;58;2;255;255;255;59', '0;4'],
  ['31;42', '0;31;42'],
  ['91;102', '0;91;102'],
  ['38;5;8', '0;90'],
  ['38;5;123;48;5;16', '0;38;5;123;48;5;16'],
  ['38:5:123', '0;38;5;123'],
  ['38;2;1;2;3', '0;38;2;1;2;3'],
  ['38:2:1:2:3', '0;38;2;1;2;3'],
  ['38:2::1:2:3', '0;38;2;1;2;3'],
  ['38;2;250;251;252;38;5;17', '0;38;5;17'],
  ['38;2;250;251;252;31', '0;31'],
  ['38;2;0;0;0', '0;38;2;0;0;0'],
  ['38;2;999;0;0', ''],
  ['38;5;999', ''],
  ['31;38;5', '0;31'],
  ['1;22', ''],
  ['1;31;0', ''],
  ['1;31;', ''],
  ['31;39;42;49', ''],
  ['53;55;9;29;7;27;8;28;5;25;3;23', ''],
  ['58;5;3;1', '0;1;58:5:3'],
];

describe('cells of a terminal', () => {
  for (const [name, text, rows] of screens) {
    it(`show ${name}`, () => {
      const { errors, screen, write } = openTerminal(10, 2);
      write(text);
      expect(screen()).to.deep.equal(rows);
      expect(errors).to.deep.equal([]);
    });
  }

  for (const [sgr, written] of styles) {
    it(`have the style of SGR ${sgr}`, () => {
      const { grid, write } = openTerminal();
      write(`\x1b[${sgr}mx`);
      expect(rowToAnsi(grid(), 0)).to.equal(written === '' ? 'x' : `\x1b[${written}mx\x1b[0m`);
    });
  }

  for (const [text, written] of pushed) {
    it(`have the style after ${JSON.stringify(text.slice(0, 40))}`, () => {
      const { grid, write } = openTerminal();
      write(`${text}x`);
      expect(rowToAnsi(grid(), 0)).to.equal(`\x1b[${written}mx\x1b[0m`);
    });
  }

  it('have wide characters with their second halves', () => {
    const { grid, write } = openTerminal(6, 1);
    write('a日b');
    const { glyphs } = grid();
    expect([...glyphs.subarray(0, 4)]).to.deep.equal([0x61, (0x65e5 | WIDE) >>> 0, TAIL, 0x62]);
  });

  it('are blanks where a wide character is cut by the width asked for', () => {
    const { terminal, write } = openTerminal(6, 1);
    write('a日b');
    const grid = new Grid({ columns: 5, rows: 2 });
    grid.glyphs.fill(0x7a);
    terminal.readRow(0, grid, 1, 1, 2);
    expect(Array.from(grid.glyphs, glyphText).join('')).to.equal('zzzzzza zz');
  });

  it('are blanks where there is no row, and past the end of one', () => {
    const { terminal, write } = openTerminal(3, 1);
    write('abc');
    const grid = new Grid({ columns: 5, rows: 1 });
    for (const row of [-1, 1, 99, Number.NaN, 0.5]) {
      grid.glyphs.fill(0x7a);
      terminal.readRow(row, grid, 0, 0, 5);
      expect(grid.rowText(0)).to.equal('     ');
      expect(terminal.rowText(row)).to.equal('');
      expect(terminal.isWrapped(row)).to.equal(false);
    }
    terminal.readRow(0, grid, 0, 0, 5);
    expect(grid.rowText(0)).to.equal('abc  ');
  });

  it('erase with the background in force', () => {
    const { grid, write } = openTerminal(4, 1);
    write('a\x1b[44m\x1b[K');
    expect(rowToAnsi(grid(), 0)).to.equal('a\x1b[0;44m   \x1b[0m');
  });

  it('keep links, with and without a style', () => {
    const { grid, write } = openTerminal();
    write('\x1b]8;id=1;http://a\x1b\\x\x1b[4:3my\x1b[0mz\x1b]8;;\x1b\\.');
    const cells = grid();
    expect([...cells.links.subarray(0, 4)].map((id) => links.text(id))).to.deep.equal([
      '1;http://a',
      '1;http://a',
      '1;http://a',
      '',
    ]);
    expect(rowToAnsi(cells, 0)).to.equal('x\x1b[0;4:3my\x1b[0mz.');
  });

  it('drop links that are too long or hide controls', () => {
    const { grid, write } = openTerminal();
    write(`\x1b]8;;http://${'x'.repeat(5000)}\x1b\\a\x1b]8;;http://\u202e\x1b\\b`);
    expect([...grid().links.subarray(0, 2)]).to.deep.equal([0, 0]);
  });

  it('save and restore the cursor with its style, on the row of the screen', () => {
    const { grid, terminal, write } = openTerminal(6, 3);
    write('\x1b[4:3;31m\x1b[2;3H\x1b7\x1b[0m\x1b[3;1H\n\n\x1b8x');
    expect(terminal.cursor).to.include({ x: 3, y: 1 });
    expect(rowToAnsi(grid(), 1)).to.equal('  \x1b[0;4:3;31mx\x1b[0m');
  });

  it('are read of a screen of 200×50 within a few milliseconds', () => {
    const { terminal, write } = openTerminal(200, 50);
    for (let cell = 0; cell < 10_000; cell++) write(`\x1b[38;2;${cell & 255};9;9m${cell % 7 === 0 ? '日' : 'ab'}`);
    const grid = new Grid(terminal.size);
    const read = () => {
      for (let y = 0; y < 50; y++) terminal.readRow(terminal.screenTop + y, grid, 0, y, 200);
    };
    for (let warm = 0; warm < 20; warm++) read();
    const start = cpuTime();
    for (let frame = 0; frame < 20; frame++) read();
    expect((cpuTime() - start) / 20).to.be.below(10);
  });
});
