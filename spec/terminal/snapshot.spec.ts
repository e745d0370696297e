import { expect } from 'chai';
import fc from 'fast-check';
import { SnapshotWriter } from '../../lib/terminal/snapshot.ts';
import type { VirtualTerminal } from '../../lib/terminal/virtual-terminal.ts';
import { Grid, glyphText } from '../../lib/text/grid.ts';
import { links } from '../../lib/text/intern-table.ts';
import { openTerminal } from '../support/open-terminal.ts';

/** Every cell with its style, and every row with whether it continues another; empty cells are blanks. */
function cells(terminal: VirtualTerminal): string[] {
  const rows: string[] = [];
  const { columns } = terminal.size;
  const grid = new Grid({ columns, rows: 1 });
  for (let row = terminal.firstRow; row < terminal.endRow; row++) {
    terminal.readRow(row, grid, 0, 0, columns);
    const list = Array.from({ length: columns }, (_, x) => {
      const target = links.text(grid.links[x] ?? 0).replace(/^[^;]*;/, '');
      const style = [grid.foregrounds[x], grid.backgrounds[x], grid.attributes[x], grid.underlineColors[x]].join(',');
      return `${glyphText(grid.glyphs[x] ?? 0)}/${style}/${target}`;
    });
    rows.push(`${terminal.isWrapped(row) && row > terminal.firstRow ? '+' : ' '}${list.join('|')}`);
  }
  return rows;
}

function snapshot(terminal: VirtualTerminal): string {
  const writer = new SnapshotWriter(terminal);
  for (let row = terminal.firstRow; row < terminal.endRow; row++) writer.row(row, row === terminal.firstRow);
  writer.cursor(terminal.cursor);
  expect(writer.length).to.be.greaterThan(0);
  return writer.take();
}

/** What a snapshot of a terminal makes of a new one. */
function rebuilt(terminal: VirtualTerminal): VirtualTerminal {
  const again = openTerminal(terminal.size.columns, terminal.size.rows);
  again.write(snapshot(terminal));
  expect(again.errors).to.deep.equal([]);
  return again.terminal;
}

describe('a snapshot of a terminal', () => {
  it('rebuilds text, styles, links and the cursor', () => {
    const { write, terminal } = openTerminal(30, 4);
    write('plain \x1b[1;31mred\x1b[0m \x1b[4:3;58:2::1:2:3mcurly\x1b[0m\r\n\x1b[48;5;200m\x1b[K\x1b[m');
    write('\x1b]8;id=a;https://example.com/\x1b\\link\x1b]8;;\x1b\\ 漢字 👩‍👩‍👧\r\n\x1b[20Gfar\x1b[2;3H');
    const again = rebuilt(terminal);
    expect(cells(again)).to.deep.equal(cells(terminal));
    expect(again.cursor).to.include({ x: 2, y: 1 });
  });

  it('rebuilds the history, and which rows continue others at any width', () => {
    const { write, terminal } = openTerminal(10, 3);
    write('one two three four\r\nabcdefghi漢字\r\n');
    for (let line = 0; line < 9; line++) write(`line ${line}\r\n`);
    const again = rebuilt(terminal);
    expect(cells(again)).to.deep.equal(cells(terminal));
    for (const each of [terminal, again]) each.resize({ columns: 25, rows: 3 });
    expect(again.rowText(again.firstRow)).to.equal('one two three four');
    expect(again.rowText(again.firstRow + 1)).to.equal('abcdefghi漢字');
  });

  it('keeps cells apart whose texts would join', () => {
    const { write, terminal } = openTerminal(12, 2);
    write('🇩x\x1b[1;3H🇪\r\nA\x1b[2;2H\u1100\x1b[2;4H\u1161');
    expect(cells(rebuilt(terminal))).to.deep.equal(cells(terminal));
  });

  for (const [title, ...pieces] of [
    ['a gap before a wide character of another background', `${' '.repeat(14)}\x1b[L\x1b[48;5;40m\x1b[1S⺀`],
    ['a background that ends in a row below', '\x1b[48;5;40m\x1b[1;9Hwrapped'],
    ['a wide character that has the last column alone', '\x1b[?7l\x1b[1;13H', '🇩🇪', '\x1b[?7h\r\nbelow'],
  ] as const)
    it(`rebuilds ${title}`, () => {
      const { write, terminal } = openTerminal(13, 5);
      for (const piece of pieces) write(piece);
      expect(cells(rebuilt(terminal))).to.deep.equal(cells(terminal));
    });

  it('rebuilds whatever a program drew', () => {
    const piece = fc.oneof(
      fc.string({ maxLength: 30 }),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.constantFrom(
        '\r\n',
        '\n',
        '\x1b[K',
        '\x1b[1K',
        '\x1b[2J',
        '\x1b[L',
        '\x1b[M',
        '\x1bM',
        '\x1b[?7l',
        '\x1b[?7h',
        '\t',
      ),
      fc.constantFrom(
        '漢字',
        '👍🏽',
        'e\u0301',
        '🇩🇪',
        '\x1b]8;;http://a.b/c\x07',
        '\x1b]8;;\x07',
        '\x1b[m',
        '\x1b[?1049h',
      ),
      fc.array(fc.integer({ min: 0, max: 110 }), { maxLength: 4 }).map((list) => `\x1b[${list.join(';')}m`),
      fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 14 })).map(([y, x]) => `\x1b[${y};${x}H`),
      fc
        .tuple(fc.constantFrom('@', 'P', 'X', 'b', 'S', 'T'), fc.integer({ min: 1, max: 5 }))
        .map(([c, n]) => `\x1b[${n}${c}`),
      fc.integer({ min: 1, max: 5 }).map((n) => `\x1b[38;2;${n};0;9;48;5;${n * 40}m`),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const { write, terminal } = openTerminal(13, 5);
        for (const text of pieces) write(text);
        expect(cells(rebuilt(terminal))).to.deep.equal(cells(terminal));
      }),
      { numRuns: 400 },
    );
  });
});
