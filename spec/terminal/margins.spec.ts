import { expect } from 'chai';
import fc from 'fast-check';
import { TAIL, WIDE } from '../../lib/text/grid.ts';
import { openTerminal } from '../support/open-terminal.ts';

/** Margins at columns 3 to 6 of 8, rows 2 to 4 of 5. */
const BOX = '\x1b[?69h\x1b[3;6s\x1b[2;4r';
const FULL = 'abcdefgh'
  .repeat(5)
  .replaceAll(/.{8}/g, (row) => `${row}\r\n`)
  .trimEnd();
const CASES: readonly (readonly [name: string, text: string, rows: readonly string[], cursor: string])[] = [
  ['DECSLRM puts the cursor at home', '\x1b[3;3H\x1b[?69h\x1b[3;6s', ['', '', '', '', ''], '1;1'],
  ['CSI s without DECLRMM saves the cursor', '\x1b[3;4H\x1b[3;6s\x1b[H\x1b[u', ['', '', '', '', ''], '3;4'],
  ['text wraps between them', `${BOX}\x1b[2;3Habcdefghi`, ['', '  abcd', '  efgh', '  i', ''], '4;4'],
  ['text scrolls between them', `${FULL}${BOX}\x1b[4;5Hxyz`, ['abcdefgh', 'abcdefgh', 'abcdxygh', 'abz   gh', 'abcdefgh'], '4;4'],
  ['text right of them goes to the edge', `${BOX}\x1b[2;7Hxyz`, ['', '      xy', '  z', '', ''], '3;4'],
  ['without autowrap the last column is written over', `${BOX}\x1b[?7l\x1b[2;3Habcdefg`, ['', '  abcg', '', '', ''], '2;6'],
  ['a wide character that does not fit wraps', `${BOX}\x1b[2;3Habc日`, ['', '  abc', '  日', '', ''], '3;5'],
  ['CR goes to the left one', `${BOX}\x1b[2;5H\rx`, ['', '  x', '', '', ''], '2;4'],
  ['CR left of them goes to the edge', `${BOX}\x1b[2;2H\rx`, ['', 'x', '', '', ''], '2;2'],
  ['BS with reverse wrap goes up between them to a full row', `${BOX}\x1b[?45h\x1b[2;3Habcde\b\b\bx`, ['', '  abxd', '  e', '', ''], '2;6'],
  ['BS with reverse wrap stays below one that is not full', `${BOX}\x1b[?45h\x1b[2;3Hab\x1b[3;4H\b\b\bx`, ['', '  ab', '  x', '', ''], '3;4'],
  ['BS with XTREVWRAP2 goes up in any case, and around', `${BOX}\x1b[?1045h\x1b[3;3H\bx\x1b[2;3H\by`, ['', '     x', '', '     y', ''], '4;6'],
  ['BS with XTREVWRAP2 left of them goes to the right one', `${BOX}\x1b[?1045h\x1b[2;1H\bx`, ['', '', '', '     x', ''], '4;6'],
  ['BS and CUB stop at the left one', `${BOX}\x1b[2;4H\b\b\bx\x1b[9Dy`, ['', '  y', '', '', ''], '2;4'],
  ['CUF stops at the right one', `${BOX}\x1b[2;4H\x1b[9Cx`, ['', '     x', '', '', ''], '2;6'],
  ['CUF right of them goes to the edge', `${BOX}\x1b[2;7H\x1b[9Cx`, ['', '       x', '', '', ''], '2;8'],
  ['tabs stop at the right one', `${BOX}\x1b[2;3H\tx`, ['', '     x', '', '', ''], '2;6'],
  ['origin mode counts from them', `${BOX}\x1b[?6h\x1b[2;2Hx\x1b[99;99Hy\x1b[2Gz\x1b[1\`w`, ['', '', '   x', '  wz y', ''], '4;4'],
  ['CNL and CPL go to the left one', `${BOX}\x1b[2;5H\x1b[Ex\x1b[Fy`, ['', '  y', '  x', '', ''], '2;4'],
  ['ICH', `${FULL}${BOX}\x1b[2;4H\x1b[2@`, ['abcdefgh', 'abc  dgh', 'abcdefgh', 'abcdefgh', 'abcdefgh'], '2;4'],
  ['DCH', `${FULL}${BOX}\x1b[2;4H\x1b[2P`, ['abcdefgh', 'abcf  gh', 'abcdefgh', 'abcdefgh', 'abcdefgh'], '2;4'],
  ['ICH and DCH outside of them do nothing', `${FULL}${BOX}\x1b[2;1H\x1b[2P\x1b[2;7H\x1b[@`, FULL.split('\r\n'), '2;7'],
  ['ECH and EL do not heed them', `${FULL}${BOX}\x1b[2;4H\x1b[9X\x1b[3;4H\x1b[1K`, ['abcdefgh', 'abc', '    efgh', 'abcdefgh', 'abcdefgh'], '3;4'],
  ['IL', `${FULL}${BOX}\x1b[3;4H\x1b[L`, ['abcdefgh', 'abcdefgh', 'ab    gh', 'abcdefgh', 'abcdefgh'], '3;3'],
  ['DL', `${FULL}${BOX}\x1b[3;4H\x1b[M`, ['abcdefgh', 'abcdefgh', 'abcdefgh', 'ab    gh', 'abcdefgh'], '3;3'],
  ['IL outside of them does nothing', `${FULL}${BOX}\x1b[3;1H\x1b[L`, FULL.split('\r\n'), '3;1'],
  ['SU', `${FULL}${BOX}\x1b[2S`, ['abcdefgh', 'abcdefgh', 'ab    gh', 'ab    gh', 'abcdefgh'], '1;1'],
  ['SD', `${FULL}${BOX}\x1b[2T`, ['abcdefgh', 'ab    gh', 'ab    gh', 'abcdefgh', 'abcdefgh'], '1;1'],
  ['SL and SR', `${FULL}${BOX}\x1b[2;3H\x1b[2 @\x1b[ A`, ['abcdefgh', ...Array(3).fill('ab ef gh'), 'abcdefgh'], '2;3'],
  ['DECIC', `${FULL}${BOX}\x1b[2;4H\x1b['}`, ['abcdefgh', ...Array(3).fill('abc degh'), 'abcdefgh'], '2;4'],
  ['DECDC', `${FULL}${BOX}\x1b[2;4H\x1b['~`, ['abcdefgh', ...Array(3).fill('abcef gh'), 'abcdefgh'], '2;4'],
  ['DECBI at the left one', `${FULL}${BOX}\x1b[2;3H\x1b6`, ['abcdefgh', ...Array(3).fill('ab cdegh'), 'abcdefgh'], '2;3'],
  ['DECFI at the right one', `${FULL}${BOX}\x1b[2;6H\x1b9`, ['abcdefgh', ...Array(3).fill('abdef gh'), 'abcdefgh'], '2;6'],
  ['IND and RI beside them do not scroll', `${FULL}${BOX}\x1b[4;1H\x1bD\x1b[2;8H\x1bM`, FULL.split('\r\n'), '2;8'],
  ['RI scrolls between them', `${FULL}${BOX}\x1b[2;3H\x1bM`, ['abcdefgh', 'ab    gh', 'abcdefgh', 'abcdefgh', 'abcdefgh'], '2;3'],
  ['insert mode shifts up to the right one', `${FULL}${BOX}\x1b[4h\x1b[2;4Hx`, ['abcdefgh', 'abcxdegh', 'abcdefgh', 'abcdefgh', 'abcdefgh'], '2;5'],
  ['they cut wide characters', `${BOX}\x1b[2;2H日本語\x1b[3;2Hx\x1b[3;4H日\x1b[2;3H\x1b[S`, ['', '   日', ' x', '', ''], '2;3'],
  ['DECLRMM off opens them', `${BOX}\x1b[?69l\x1b[2;3Habcdefg`, ['', '  abcdef', 'g', '', ''], '3;2'],
  ['DECSTR opens them', `${BOX}\x1b[!p\x1b[2;3Habcdefg`, ['', '  abcdef', 'g', '', ''], '3;2'],
]; // biome-ignore format: a table

const PIECES = [
  ...['a', 'b', 'word ', 'xxxxxxx', '日', '中文', 'e\u0301', '🚀', '\r', '\n', '\r\n', '\b', '\x1bD', '\x1bM', '\x1bE', '\x1b7', '\x1b8', '\x1b6', '\x1b9'],
  ...['\x1b[44m', '\x1b[m', '\x1b[?7l', '\x1b[?7h', '\x1b[4h', '\x1b[4l', '\x1b[L', '\x1b[2M', '\x1b[@', '\x1b[3P', '\x1b[S', '\x1b[2T', '\x1b[ @', '\x1b[2 A'],
  ...["\x1b['}", "\x1b[2'~", '\x1b[2C', '\x1b[3D', '\x1b[A', '\x1b[2B', '\x1b[E', '\x1b[F', '\x1b[3b'],
]; // biome-ignore format: a list

describe('margins at the sides', () => {
  for (const [name, text, rows, cursor] of CASES)
    it(name, () => {
      const { write, screen, terminal, errors } = openTerminal(8, 5);
      write(text);
      expect(screen().map((row) => row.trimEnd())).to.deep.equal(rows);
      const { x, y } = terminal.cursor;
      expect(`${y + 1};${x + 1}`).to.equal(cursor);
      expect(errors).to.deep.equal([]);
    });

  it('hold a terminal of their own size', () => {
    const position = fc.record({ x: fc.integer({ min: 1, max: 7 }), y: fc.integer({ min: 1, max: 5 }) });
    const piece = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...PIECES) },
      position.map(({ x, y }) => `\x1b[${y};${x}H`),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 40 }),
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: 0, max: 3 }),
        (pieces, left, top) => {
          const small = openTerminal(7, 5);
          const large = openTerminal(left + 7 + 3, top + 5 + 2);
          large.write(`\x1b[?69h\x1b[${left + 1};${left + 7}s\x1b[${top + 1};${top + 5}r\x1b[?6h\x1b[H`);
          // Tabs are not the same, and DECRC of a cursor that was never saved is not either.
          small.write(`\x1b7${pieces.join('')}\x1b[6n`);
          large.write(`\x1b7${pieces.join('')}\x1b[6n`);
          const cells = small.grid();
          const whole = large.grid();
          for (let y = 0; y < whole.rows; y++)
            for (let x = 0; x < whole.columns; x++) {
              const index = y * whole.columns + x;
              const inside = x >= left && x < left + 7 && y >= top && y < top + 5;
              const own = (y - top) * 7 + x - left;
              for (const plane of ['glyphs', 'backgrounds'] as const) {
                const wanted = inside ? cells[plane][own] : 0;
                if (whole[plane][index] !== wanted)
                  expect.fail(`${x},${y} ${plane}: ${whole[plane][index]} instead of ${wanted}`);
              }
              if (((whole.glyphs[index] ?? 0) & WIDE) !== 0) expect(whole.glyphs[index + 1]).to.equal(TAIL);
            }
          expect(large.replies()).to.equal(small.replies());
          expect(large.errors).to.deep.equal([]);
          small.terminal.dispose();
          large.terminal.dispose();
        },
      ),
      { numRuns: 400 },
    );
  });

  it('send nothing to the history', () => {
    const { write, terminal } = openTerminal(8, 3);
    write(`\x1b[?69h\x1b[2;6s${'line\r\n'.repeat(20)}`);
    expect(terminal.screenTop).to.equal(terminal.firstRow);
  });
});
