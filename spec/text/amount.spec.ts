import { expect } from 'chai';
import { amount, grouped, timeSpan } from '../../lib/text/amount.ts';

describe('amounts for people', () => {
  it('part thousands', () => {
    expect([0, 999, 1000, 12_345_678].map(grouped)).to.deep.equal(['0', '999', '1,000', '12,345,678']);
  });

  it('say one thing or several', () => {
    expect([0, 1, 1200].map((count) => amount(count, 'line'))).to.deep.equal(['0 lines', '1 line', '1,200 lines']);
  });

  it('say time in its largest unit', () => {
    const spans = [-5, 0, 59_900, 61_000, 7_200_000, 200_000_000];
    expect(spans.map(timeSpan)).to.deep.equal(['0s', '0s', '59s', '1m', '2h', '2d']);
  });
});
