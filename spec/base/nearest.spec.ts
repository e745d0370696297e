import { expect } from 'chai';
import fc from 'fast-check';
import { nearest } from '../../lib/base/nearest.ts';

const NAMES = ['status', 'status-style', 'prefix', 'mouse', 'kill-session', 'list-sessions'];

describe('nearest', () => {
  for (const [word, expected] of [
    ['stauts', 'status'],
    ['Status', 'status'],
    ['prefx', 'prefix'],
    ['moues', 'mouse'],
    ['kill-sesion', 'kill-session'],
    ['list-s', 'list-sessions'],
    ['statu', 'status'],
    ['banana', undefined],
    ['x', undefined],
    ['', undefined],
  ] as const) {
    it(`finds ${expected ?? 'nothing'} for ${JSON.stringify(word)}`, () => {
      expect(nearest(word, NAMES)).to.equal(expected);
    });
  }

  it('finds the word itself, and never throws', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (word, others) => {
        const found = nearest(word, [...others, word]);
        if (word.length > 0 && word.length <= 64)
          expect(found?.toLowerCase().startsWith(word.toLowerCase())).to.equal(true);
      }),
    );
  });

  it('refuses to compare words of any length', () => {
    expect(nearest('a'.repeat(1_000_000), ['a'.repeat(1_000_000)])).to.equal(undefined);
  });
});
