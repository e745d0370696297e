import { expect } from 'chai';
import fc from 'fast-check';
import type { Line } from '../../lib/text/line.ts';
import { BOLD, PLAIN } from '../../lib/text/style.ts';
import { textWidth } from '../../lib/text/width.ts';
import { shortenLine, wrapLine, wrapText } from '../../lib/text/wrap.ts';

const pairs: readonly (readonly [text: string, columns: number, rows: readonly string[]])[] = [
  ['', 5, ['']],
  ['hello', 5, ['hello']],
  ['hello world', 5, ['hello', 'world']],
  ['hello world', 8, ['hello', 'world']],
  ['hello   world', 8, ['hello', 'world']],
  ['a bc defghijk', 4, ['a bc', 'defg', 'hijk']],
  ['abcdefghij', 4, ['abcd', 'efgh', 'ij']],
  ['one\ntwo\n', 9, ['one', 'two', '']],
  ['  indented', 10, ['  indented']],
  ['hello     ', 5, ['hello']],
  ['日本語', 4, ['日本', '語']],
  ['日本語', 3, ['日', '本', '語']],
  ['日本', 1, ['日', '本']],
  ['👩\u200d👩\u200d👧👍🏽', 2, ['👩\u200d👩\u200d👧', '👍🏽']],
];

describe('wrapping', () => {
  for (const [text, columns, rows] of pairs) {
    it(`folds ${JSON.stringify(text)} at ${columns}`, () => expect(wrapText(text, columns)).to.deep.equal(rows));
  }

  it('never makes a row too wide, and loses nothing but blanks and line feeds', () => {
    const text = fc.array(fc.constantFrom('a', 'bc', ' ', '  ', '日', '👍🏽', 'e\u0301', '\n', 'longword'));
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 12 }), (pieces, columns) => {
        const rows = wrapText(pieces.join(''), columns);
        for (const row of rows) expect(textWidth(row.trimEnd())).to.be.at.most(columns);
        expect(rows.join('').replaceAll(' ', '')).to.equal(pieces.join('').replace(/[ \n]/g, ''));
      }),
    );
  });

  it('folds a styled line where it folds its text', () => {
    const bold = { ...PLAIN, attributes: BOLD };
    const line: Line = [
      { text: 'one tw', style: PLAIN },
      { text: 'o three', style: bold },
    ];
    expect(wrapLine(line, 7)).to.deep.equal([
      [
        { text: 'one tw', style: PLAIN },
        { text: 'o', style: bold },
      ],
      [{ text: 'three', style: bold }],
    ]);
    expect(wrapLine([], 7)).to.deep.equal([[]]);
  });

  it('folds styled lines as texts, wherever styles change', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'bc ', ' ', '日', 'x\n', 'longword')),
        fc.integer({ min: 1, max: 9 }),
        (texts, columns) => {
          const line = texts.map((text, index) => ({
            text,
            style: index % 2 === 0 ? PLAIN : { ...PLAIN, attributes: BOLD },
          }));
          const rows = wrapLine(line, columns).map((row) => row.map(({ text }) => text).join(''));
          expect(rows).to.deep.equal(wrapText(texts.join(''), columns));
        },
      ),
    );
  });

  it('takes a long text in linear time', () => {
    expect(wrapText('word '.repeat(100_000), 80).length).to.equal(6250);
    expect(wrapText('x'.repeat(500_000), 80).length).to.equal(6250);
  });

  it('shortens a line with an ellipsis, which has the style of what it follows', () => {
    const bold = { ...PLAIN, attributes: BOLD };
    const line: Line = [
      { text: 'ab', style: bold },
      { text: '日本語', style: PLAIN },
    ];
    const shortened = (columns: number) =>
      shortenLine(line, columns)
        .map(({ text }) => text)
        .join('');
    expect([8, 7, 6, 3, 2, 1, 0].map(shortened)).to.deep.equal(['ab日本語', 'ab日本…', 'ab日…', 'ab…', 'a…', '…', '']);
    expect(shortenLine(line, 2)[1]?.style).to.equal(bold);
  });
});
