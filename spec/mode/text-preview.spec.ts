import { expect } from 'chai';
import fc from 'fast-check';
import { placesOf, TextPreview } from '../../lib/mode/text-preview.ts';
import { Grid } from '../../lib/text/grid.ts';
import { BOLD, PLAIN } from '../../lib/text/style.ts';

describe('TextPreview', () => {
  it('folds a text to its width, with nothing in it that a terminal obeys', () => {
    const preview = new TextPreview('one two\n\u001b[31mthree', 4, [], PLAIN);
    const rows = Array.from({ length: preview.endRow }, (_, row) => preview.rowText(row));
    expect(rows).to.deep.equal(['one', 'two', '^[[3', '1mth', 'ree']);
    const grid = new Grid({ columns: 6, rows: 1 });
    preview.readRow(1, grid, 0, 0, 6);
    expect(grid.rowText(0).trimEnd()).to.equal('two');
  });

  it('finds words in any case, none over another', () => {
    expect(placesOf('A blue Blueberry', ['blue', 'ueb'])).to.deep.equal([2, 6, 7, 11]);
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string({ maxLength: 3 })), (text, words) => {
        const places = placesOf(text, words);
        expect([...places].sort((a, b) => a - b)).to.deep.equal(places);
        expect(places.length % 2).to.equal(0);
      }),
    );
    expect(new TextPreview('a blue door', 40, ['blue'], { ...PLAIN, attributes: BOLD }).rowText(0)).to.equal(
      'a blue door',
    );
  });
});
