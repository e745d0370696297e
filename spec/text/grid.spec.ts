import { expect } from 'chai';
import fc from 'fast-check';
import { Grid, glyphOf, glyphText, TAIL, WIDE } from '../../lib/text/grid.ts';
import { InternTable } from '../../lib/text/intern-table.ts';
import { BOLD, PLAIN, palette } from '../../lib/text/style.ts';

describe('glyphs', () => {
  it('give back the text they were made of', () => {
    for (const text of ['a', '日', '🚀', 'e\u0301', '👨\u200d👩\u200d👧', '\ud800', '\u{10ffff}'])
      for (const width of [1, 2]) expect(glyphText(glyphOf(text, width))).to.equal(text);
    expect(glyphText(0)).to.equal(' ');
    expect(glyphText(TAIL)).to.equal('');
  });

  it('are the same number for the same text and width', () => {
    expect(glyphOf('e\u0301', 1)).to.equal(glyphOf('e\u0301', 1));
    expect(glyphOf('👍🏽', 2) & WIDE).to.equal(WIDE);
    expect(glyphOf('a', 1)).to.equal(0x61);
  });

  it('keep a bounded part of a cluster', () => {
    expect(glyphText(glyphOf(`e${'\u0301'.repeat(10_000)}`, 1)).length).to.equal(32);
  });
});

describe('a grid', () => {
  it('sets and erases cells, and reads text', () => {
    const grid = new Grid({ columns: 4, rows: 2 });
    grid.set(4, glyphOf('日', 2), { ...PLAIN, attributes: BOLD });
    grid.set(5, TAIL, { ...PLAIN, attributes: BOLD });
    grid.set(6, glyphOf('x', 1), PLAIN);
    expect([grid.rowText(0), grid.rowText(1), grid.rowText(1, 2, 3)]).to.deep.equal(['    ', '日x ', 'x']);
    grid.erase(4, 7, palette(1));
    expect(grid.rowText(1)).to.equal('    ');
    expect([...grid.backgrounds.subarray(4)]).to.deep.equal([palette(1), palette(1), palette(1), 0]);
    expect(grid.attributes[4]).to.equal(0);
  });
});

describe('an intern table', () => {
  it('names equal strings by equal ids, and none by 0', () => {
    const table = new InternTable(100, 1000);
    expect(table.intern('')).to.equal(0);
    expect(table.intern('a')).to.equal(table.intern('a'));
    expect(table.text(table.intern('b'))).to.equal('b');
    expect(table.text(99)).to.equal('');
  });

  it('forgets all when it is full, and says so', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1, maxLength: 6 }), { maxLength: 60 }), (texts) => {
        const table = new InternTable(8, 24);
        for (const text of texts) {
          const { generation } = table;
          const id = table.intern(text);
          expect(table.text(id)).to.equal(text);
          expect(id).to.be.at.most(9);
          if (table.generation !== generation) expect(id).to.equal(1);
        }
      }),
    );
  });
});
