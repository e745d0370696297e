import { expect } from 'chai';
import fc from 'fast-check';
import { DraftRows } from '../../lib/session/draft-rows.ts';
import { textWidth } from '../../lib/text/width.ts';
import { ComposerTypist } from '../support/composer-typist.ts';
import { cpuTime } from '../support/cpu-time.ts';

const LABEL = '[api] q> ';

/** All rows of a text, from the first to the last. */
function rowsOf(text: string, columns: number): readonly (readonly [number, number])[] {
  const rows = new DraftRows(text, columns, (cluster) => cluster);
  const found: (readonly [number, number])[] = [];
  for (let row = rows.beside({ start: 0, end: 0 }, 1) && rows.at(0); row; row = rows.beside(row, 1))
    found.push([row.start, row.end]);
  return found.length === 0 ? [[0, text.length]] : found;
}

describe('the layout of the composer', () => {
  it('folds at blanks, behind the label', () => {
    const typist = new ComposerTypist().type('one two three four five');
    expect(typist.seen(20, 10, LABEL)).to.deep.equal(['[api] q> one two ', '         three four ', '         five|']);
    expect(typist.seen(16, 10, LABEL)[0]).to.equal('q> one two ');
    expect(typist.seen(5, 10, LABEL).at(-1)).to.equal('five|');
  });

  it('shows tabs as blanks, wide characters whole, and what is no text as what it is', () => {
    const typist = new ComposerTypist();
    typist.composer.paste('a\tb\u202ec日本語語');
    expect(typist.seen(40)).to.deep.equal(['a   b<202e>c日本語語|']);
    expect(typist.seen(8)).to.deep.equal(['a   b', '<202e>c', '日本語', '語|']);
  });

  it('scrolls so that the cursor is seen, and no further', () => {
    const typist = new ComposerTypist();
    typist.composer.setText(Array.from({ length: 20 }, (_, index) => `row ${index}`).join('\n'));
    expect(typist.seen(40, 3)).to.deep.equal(['row 17', 'row 18', 'row 19|']);
    expect(typist.press('Up Up').seen(40, 3)).to.deep.equal(['row 17|', 'row 18', 'row 19']);
    expect(typist.press('Up').seen(40, 3)).to.deep.equal(['row 16|', 'row 17', 'row 18']);
    expect(typist.press('Down Down Down').seen(40, 3)).to.deep.equal(['row 17', 'row 18', 'row 19|']);
    expect(typist.press('M-<').seen(40, 3, 'q> ')).to.deep.equal(['q> |row 0', '   row 1', '   row 2']);
    expect(typist.seen(40, 30)).to.have.length(20);
    expect(typist.press('M->').seen(40, 1)).to.deep.equal(['row 19|']);
  });

  it('goes up and down by rows, to the column where that began', () => {
    const typist = new ComposerTypist();
    typist.composer.setText('one two three\nx\nfour five');
    typist.seen(9, 10);
    expect(typist.seen(9, 10)).to.deep.equal(['one two ', 'three', 'x', 'four ', 'five|']);
    const places = ['four|', 'x|', 'thre|e', 'one |two '];
    for (const [index, place] of places.entries())
      expect(typist.press('Up').seen(9, 10)[3 - index]?.trimEnd()).to.equal(place.trimEnd());
  });

  it('puts the cursor where one clicks', () => {
    const typist = new ComposerTypist();
    typist.composer.setText('one two three\n日本語');
    typist.seen(20, 10, 'q> ');
    typist.composer.moveTo(4, 0);
    expect(typist.seen(20, 10, 'q> ')[0]).to.equal('q> o|ne two three');
    typist.composer.moveTo(6, 1);
    expect(typist.seen(20, 10, 'q> ')[1]).to.equal('   日|本語');
    typist.composer.moveTo(99, 0);
    expect(typist.seen(20, 10, 'q> ')[0]).to.equal('q> one two three|');
    typist.composer.moveTo(0, 9);
    expect(typist.seen(20, 10, 'q> ')[0]).to.equal('q> one two three|');
  });

  it('fits any width from 1 to 200, with every character in one row', () => {
    const text = fc
      .array(fc.constantFrom('a', 'bc', ' ', '  ', '日', '👍🏽', 'e\u0301', '\n', '\t', 'longword', '\u202e', '🇩🇪'), {
        maxLength: 40,
      })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 8 }), (draft, columns, height) => {
        const typist = new ComposerTypist();
        typist.composer.setText(draft);
        const view = typist.composer.layout(columns, height, LABEL);
        expect(view.rows.length).to.be.within(1, height);
        for (const row of view.rows) expect(textWidth(row.map((span) => span.text).join(''))).to.be.at.most(columns);
        expect(view.cursor.x).to.be.within(0, columns - 1);
        expect(view.cursor.y).to.be.within(0, view.rows.length - 1);
        let end = 0;
        for (const [from, to] of rowsOf(draft, columns)) {
          expect(from).to.equal(draft[end] === '\n' && end > 0 ? end + 1 : from);
          expect(to).to.be.at.least(from);
          expect(draft.slice(end, from)).to.match(/^\n?$/);
          end = to;
        }
        expect(draft.slice(end)).to.match(/^\n?$/);
      }),
      { numRuns: 300 },
    );
  });

  it('finds the way back from a cell to its place', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.integer({ min: 2, max: 20 }), (text, columns) => {
        const typist = new ComposerTypist();
        typist.composer.setText(text.replace(/[\p{Cc}\p{M}]/gu, ''));
        typist.press('M-<');
        for (let count = 0; count < 60; count++) {
          const { cursor } = typist.composer.layout(columns, 50, '');
          const before = typist.seen(columns, 50);
          if (cursor.x < columns - 1) typist.composer.moveTo(cursor.x, cursor.y);
          expect(typist.seen(columns, 50)).to.deep.equal(before);
          typist.press('Right');
        }
      }),
      { numRuns: 60 },
    );
  });

  for (const [name, unit] of [
    ['lines', 'some words in a line\n'],
    ['one line of words', 'some words '],
    ['one line without blanks', 'x'],
    ['wide characters', '日本'],
  ] as const)
    it(`is quick for a megabyte of ${name}`, () => {
      const typist = new ComposerTypist();
      typist.composer.setText(unit.repeat(Math.floor(1_000_000 / unit.length)));
      typist.seen(80, 20);
      const started = cpuTime();
      for (let count = 0; count < 25; count++) {
        typist.press('Up').seen(80, 20);
        typist.type('y').seen(80, 20);
      }
      typist.press('M-<').seen(80, 20);
      for (let count = 0; count < 25; count++) typist.type('y').press('Down').seen(80, 20);
      // About 100 keys: 20 ms each would be felt.
      expect(cpuTime() - started).to.be.below(2000);
    });
});
