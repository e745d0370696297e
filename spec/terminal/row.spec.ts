import { expect } from 'chai';
import fc from 'fast-check';
import { Row } from '../../lib/terminal/row.ts';
import { TAIL, WIDE } from '../../lib/text/grid.ts';

const COLUMNS = 12;
const CJK = (0x4e2d | WIDE) >>> 0;

/** A cell's code and style. */
type Cell = readonly [code: number, style: number];
const EMPTY: Cell = [0, 0];

/** The same as a row, in the plainest way. */
class PlainRow {
  cells: Cell[] = Array.from({ length: COLUMNS }, () => EMPTY);

  /** Empties the halves of wide characters that lost their other half. */
  repair(style: number): void {
    this.cells = this.cells.map((cell, x) => {
      const isHead = (cell[0] & WIDE) !== 0 && cell[0] !== TAIL;
      const torn =
        (isHead && this.cells[x + 1]?.[0] !== TAIL) ||
        (cell[0] === TAIL && ((this.cells[x - 1]?.[0] ?? 0) & WIDE) === 0);
      return torn ? [0, style] : cell;
    });
  }

  put(x: number, cells: readonly Cell[], style: number): void {
    cells.forEach((cell, index) => {
      this.cells[x + index] = cell;
    });
    this.repair(style);
  }
}

const cells = (row: Row): Cell[] => Array.from({ length: COLUMNS }, (_, x) => [row.code(x), row.style(x)]);

const change = fc.record({
  kind: fc.constantFrom('ascii', 'wide', 'narrow', 'erase', 'delete', 'clear'),
  x: fc.nat(COLUMNS - 1),
  count: fc.integer({ min: 1, max: COLUMNS + 2 }),
  style: fc.nat(2),
});

describe('a row of cells', () => {
  it('holds what was written, whatever is overwritten, erased and deleted', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 20 }), (changes) => {
        const row = new Row(COLUMNS);
        const plain = new PlainRow();
        for (const { kind, x, count, style } of changes) {
          const last = Math.min(x + count, COLUMNS);
          if (kind === 'ascii') {
            row.writeAscii(x, Buffer.from('abcdefghijklmnop'), 1, 1 + last - x, style);
            plain.put(
              x,
              Array.from({ length: last - x }, (_, index): Cell => [0x62 + index, style]),
              style,
            );
          } else if (kind === 'wide' && x + 1 < COLUMNS) {
            row.write(x, CJK, style);
            plain.put(x, [[CJK, style], [TAIL, style]], style); // biome-ignore format: a pair
          } else if (kind === 'narrow') {
            row.write(x, 0xe9, style);
            plain.put(x, [[0xe9, style]], style);
          } else if (kind === 'erase') {
            row.erase(x, x + count, style);
            plain.put(
              x,
              Array.from({ length: last - x }, (): Cell => [0, style]),
              style,
            );
          } else if (kind === 'delete') {
            row.delete(x, count, style);
            plain.put(
              x,
              Array.from({ length: last - x }, (): Cell => [0, style]),
              style,
            );
            plain.cells.splice(x, last - x);
            while (plain.cells.length < COLUMNS) plain.cells.push([0, style]);
          } else if (kind === 'clear') {
            row.clear(style);
            plain.cells = Array.from({ length: COLUMNS }, () => [0, style]);
          }
          expect(cells(row)).to.deep.equal(plain.cells);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('moves cells right for new ones, and loses what leaves it', () => {
    const row = new Row(6);
    row.writeAscii(0, Buffer.from('abcd'), 0, 4, 0);
    row.insert(1, 3, 2);
    expect(Array.from({ length: 6 }, (_, x) => [row.code(x), row.style(x)])).to.deep.equal([
      [0x61, 0],
      [0, 2],
      [0, 2],
      [0, 2],
      [0x62, 0],
      [0x63, 0],
    ]);
    row.insert(5, 1000, 0);
    expect([row.code(4), row.code(5)]).to.deep.equal([0x62, 0]);
  });

  it('keeps a byte for each cell until it needs more', () => {
    const row = new Row(6);
    row.writeAscii(0, Buffer.from('abc'), 0, 3, 0);
    expect([row.isWide, row.isStyled, row.points.length, row.runs]).to.deep.equal([false, false, 0, undefined]);
    row.write(4, 0xe9, 1);
    expect([row.isWide, row.isStyled]).to.deep.equal([true, true]);
    expect(Array.from({ length: 6 }, (_, x) => row.code(x))).to.deep.equal([0x61, 0x62, 0x63, 0, 0xe9, 0]);
    row.clear(0);
    expect([row.isWide, row.isStyled, row.textEnd]).to.deep.equal([false, false, 0]);
  });
});
