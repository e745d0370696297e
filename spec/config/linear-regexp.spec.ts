import { expect } from 'chai';
import fc from 'fast-check';
import { linearRegExp } from '../../lib/config/linear-regexp.ts';
import { cpuTime } from '../support/cpu-time.ts';

const find = (source: string, text: string, ignoreCase = false): readonly number[] | undefined =>
  linearRegExp(source, ignoreCase)?.exec(text, 0);

describe('linearRegExp', () => {
  for (const [source, text, expected] of [
    ['b', 'abc', [1, 2]],
    ['b+', 'abbbc', [1, 4]],
    ['a|ab', 'ab', [0, 2]],
    ['(a)(b)?', 'ac', [0, 1, 0, 1]],
    ['(a|b)*c', 'abac', [0, 4, 2, 3]],
    ['^b', 'ab', undefined],
    ['c$', 'abc', [2, 3]],
    ['a{2,3}', 'aaaa', [0, 3]],
    ['a{2}', 'a', undefined],
    ['[[:digit:]x-]+', 'ab1-x2', [2, 6]],
    ['[^a-c]', 'abcd', [3, 4]],
    ['[]x]', 'a]', [1, 2]],
    ['\\d+\\.', 'a12.', [1, 4]],
    ['', 'abc', [0, 0]],
    ['.', '😀', [0, 2]],
    ['(a*)*', 'aa', [0, 2, 0, 2]],
  ] as const) {
    it(`finds ${JSON.stringify(source)} in ${JSON.stringify(text)}`, () => {
      expect(find(source, text)).to.deep.equal(expected);
    });
  }

  for (const source of [
    '(',
    ')',
    '[a',
    'a{3',
    'a{3,2}',
    'a{999}',
    '*',
    '\\',
    '(a)\\1',
    '[[:none:]]',
    '(a{200}){200}',
    'a'.repeat(600),
  ])
    it(`refuses ${source.slice(0, 20)}`, () => {
      expect(linearRegExp(source, false)).to.equal(undefined);
    });

  it('ignores the case when asked to', () => {
    expect(find('ÄB[c-d]', 'äbC', true)).to.deep.equal([0, 3]);
  });

  it('agrees with RegExp on where the first match begins', () => {
    const piece = fc.constantFrom('a', 'b', '.', '[ab]', 'a*', 'b+', '(a|b)', '(ab)?', '(a|bb)*', '^', '$');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), fc.stringMatching(/^[abc]{0,12}$/), (pieces, text) => {
        const source = pieces.join('');
        expect(find(source, text)?.[0] ?? -1).to.equal(text.search(new RegExp(source)));
      }),
      { numRuns: 500 },
    );
  });

  it('throws at no pattern', () => {
    const piece = fc.constantFrom(
      'a',
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
      '*',
      '+',
      '?',
      '|',
      '^',
      '$',
      '\\',
      '-',
      '1',
      ',',
      '[:',
      ':]',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.string(), (pieces, text) => {
        find(pieces.join(''), text, true);
      }),
      { numRuns: 500 },
    );
  });

  it('takes time in proportion to the text', () => {
    const started = cpuTime();
    for (const source of ['(a+)+$', '(a|aa)+$', '(a*)*b', 'a*a*a*a*a*b', '(.*)(.*)(.*)(.*)x'])
      find(source, `${'a'.repeat(1000)}!`);
    expect(cpuTime() - started).to.be.below(1000);
  });
});
