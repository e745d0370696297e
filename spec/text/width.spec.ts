import { expect } from 'chai';
import fc from 'fast-check';
import { clustersOf, clusterWidth, codePointWidth, fit, textWidth, truncate } from '../../lib/text/width.ts';

const CLUSTERS: readonly (readonly [name: string, text: string, width: number])[] = [
  ['a letter', 'a', 1],
  ['a letter with a combining mark', 'e\u0301', 1],
  ['an ideograph', '中', 2],
  ['a full-width letter', 'Ａ', 2],
  ['a Hangul syllable', '한', 2],
  ['conjoining jamo', '\u1112\u1161\u11ab', 2],
  ['an emoji', '🚀', 2],
  ['an emoji of Unicode 16', '\u{1fae9}', 2],
  ['a text symbol', '❤', 1],
  ['a text symbol shown as emoji', '❤\ufe0f', 2],
  ['a keycap', '1\ufe0f\u20e3', 2],
  ['a letter before a variation selector', 'a\ufe0f', 1],
  ['a skin tone', '👍🏽', 2],
  ['a family', '👨\u200d👩\u200d👧', 2],
  ['a flag', '🇩🇪', 2],
  ['half a flag', '🇩', 1],
  ['a flag of tags', '🏴\u{e0067}\u{e0062}\u{e007f}', 2],
  ['an Indic conjunct', 'क्ष', 2],
  ['an Indic syllable', 'कि', 1],
  ['a Thai syllable', 'กำ', 2],
  ['a box line', '─', 1],
  ['an ambiguous letter', 'α', 1],
  ['private use', '\ue0b0', 1],
  ['a control', '\u0007', 0],
  ['a zero width space', '\u200b', 0],
  ['a bidi control', '\u202e', 0],
  ['a lone mark', '\u0301', 0],
  ['a lone surrogate', '\ud800', 1],
  ['a line break', '\r\n', 0],
];

/** What the rules for clusters tell apart. */
const PIECES = [
  ...'a\u0301\u200d👩🚀🇩🇪कष\u094d\u093f\u1112\u1161\u11ab가각\r\n\u0600\u200c🏽\ufe0f\u0e33©\u{e0061}\u0903\ud800中',
];

describe('text width', () => {
  for (const [name, text, width] of CLUSTERS) {
    it(`gives ${name} ${width} columns, as one cluster`, () => {
      expect(clusterWidth(text)).to.equal(width);
      expect([...clustersOf(text)]).to.deep.equal([{ text, width }]);
    });
  }

  it('breaks clusters as Unicode does', () => {
    const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }), (pieces) => {
        const text = pieces.join('');
        const expected = [...segmenter.segment(text)].map(({ segment }) => segment);
        expect([...clustersOf(text)].map((cluster) => cluster.text)).to.deep.equal(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('sums the clusters of a text', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES)), (pieces) => {
        const text = pieces.join('');
        expect(textWidth(text)).to.equal([...clustersOf(text)].reduce((sum, { width }) => sum + width, 0));
      }),
    );
  });

  it('knows marks, ideographs and letters of every plane', () => {
    for (let point = 0; point <= 0x10ffff; point += 7) {
      const character = String.fromCodePoint(point);
      if (/^[\p{Mn}\p{Me}]$/u.test(character)) expect(codePointWidth(point), character).to.equal(0);
      if (/^[\p{Unified_Ideograph}]$/u.test(character) && point >= 0x4e00 && point < 0xa000)
        expect(codePointWidth(point), character).to.equal(2);
      if (/^[\p{Lu}\p{Ll}]$/u.test(character) && (point < 0xff00 || point > 0xffff))
        expect(codePointWidth(point), character).to.equal(1);
    }
  });

  it('cuts a text at columns, never a cluster', () => {
    expect(truncate('日本語', 6)).to.equal('日本語');
    expect(truncate('日本語', 5)).to.equal('日本');
    expect(truncate('日本語', 4, '…')).to.equal('日…');
    expect(truncate('abc', 3, '…')).to.equal('abc');
    expect(truncate('abcd', 3, '…')).to.equal('ab…');
    expect(truncate('abcd', 0, '…')).to.equal('');
    expect(truncate('e\u0301e\u0301e\u0301', 2)).to.equal('e\u0301e\u0301');
  });

  it('fills a text to columns', () => {
    expect(fit('日本', 3)).to.equal('日 ');
    expect(fit('ab', 4)).to.equal('ab  ');
    expect(fit('abcde', 4)).to.equal('abcd');
  });

  it('takes a long text in linear time', () => {
    expect(textWidth('👩\u200d'.repeat(200_000))).to.equal(2);
    expect(textWidth('\u0301'.repeat(1_000_000))).to.equal(0);
  });
});
