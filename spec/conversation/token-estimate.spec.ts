import { expect } from 'chai';
import fc from 'fast-check';
import {
  estimateGrowing,
  estimateMessage,
  estimateTokens,
  estimateTools,
} from '../../lib/conversation/token-estimate.ts';
import { GrowingText } from '../../lib/text/growing-text.ts';

describe('the estimate of tokens', () => {
  for (const [text, tokens] of [
    ['', 0],
    ['a', 1],
    ['The quick brown fox jumps over the lazy dog.', 11],
    ['Größe', 2],
    ['Привет', 3],
    ['नमस्ते', 5],
    ['漢字かな', 4],
    ['안녕', 2],
    ['👍', 2],
  ] as const) {
    it(`takes ${JSON.stringify(text)} as ${tokens}`, () => {
      expect(estimateTokens(text)).to.equal(tokens);
    });
  }

  it('judges long texts by samples, near to what all of it gives', () => {
    const text = 'The quick brown fox jumps over the lazy dog. 漢字かな\n'.repeat(20_000);
    const whole = estimateTokens(text.slice(0, 50_000)) * (text.length / 50_000);
    expect(estimateTokens(text)).to.be.closeTo(whole, whole / 20);
  });

  it('does not look between the samples', () => {
    const text = 'x'.repeat(1_000_000);
    expect(estimateTokens(text)).to.equal(250_000);
    expect(estimateTokens(`${text.slice(0, 5000)}漢字${text.slice(5002)}`)).to.equal(250_000);
  });

  it('judges a growing text by its end', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 50 }), (pieces) => {
        const text = pieces.reduce((grown, piece) => grown.append(piece), GrowingText.EMPTY);
        expect(estimateGrowing(text)).to.equal(estimateTokens(text.toString()));
      }),
    );
    expect(estimateGrowing(GrowingText.of('word '.repeat(10_000)))).to.be.closeTo(12_500, 10);
  });

  it('counts names, arguments and what is around them', () => {
    const call = { id: 'a', name: 'read', arguments: '{"path":"x"}' };
    const message = { role: 'assistant', text: 'abcd', calls: [call] } as const;
    expect(estimateMessage(message)).to.equal(4 + 1 + 8 + 1 + 3);
    expect(estimateMessage(message)).to.equal(17);
    expect(estimateTools([])).to.equal(0);
    expect(estimateTools([{ name: 'read', description: 'reads', parameters: {} }])).to.be.within(10, 20);
  });
});
