import { expect } from 'chai';
import fc from 'fast-check';
import { fuzzyScore } from '../../lib/text/fuzzy.ts';

const best = (pattern: string, ...texts: readonly string[]): string | undefined =>
  texts
    .map((text) => ({ text, score: fuzzyScore(pattern, text) ?? Number.NEGATIVE_INFINITY }))
    .filter(({ score }) => score > Number.NEGATIVE_INFINITY)
    .sort((a, b) => b.score - a.score)[0]?.text;

describe('the fuzzy score', () => {
  it('wants all letters in order', () => {
    expect(fuzzyScore('abc', 'a-b-c')).to.be.a('number');
    expect(fuzzyScore('abc', 'acb')).to.equal(undefined);
    expect(fuzzyScore('', 'anything')).to.equal(0);
  });

  it('prefers beginnings, runs and short ways', () => {
    expect(best('api', 'rapid', 'api-refactor', 'a-p-i')).to.equal('api-refactor');
    expect(best('sd', 'lambda-sold', 's3-debug', 'sxxxxxd')).to.equal('s3-debug');
    expect(best('zsh', 'zoo-s-h', 'my-zsh')).to.equal('my-zsh');
    expect(best('lamdep', 'lambda-deploy', 'lamp-redeploy-x')).to.equal('lambda-deploy');
  });

  it('wants each word, in any order', () => {
    expect(fuzzyScore('deploy lam', 'lambda-deploy')).to.be.a('number');
    expect(fuzzyScore('deploy zsh', 'lambda-deploy')).to.equal(undefined);
  });

  it('minds capitals that are typed', () => {
    expect(fuzzyScore('Api', 'api')).to.equal(undefined);
    expect(fuzzyScore('api', 'API')).to.be.a('number');
  });

  it('finds every text within itself, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.string({ unit: 'grapheme' }), (text, other) => {
        fuzzyScore(other, text);
        return fuzzyScore(text.toLowerCase(), text.toLowerCase()) !== undefined;
      }),
    );
  });
});
