import { expect } from 'chai';
import { costOf } from '../../lib/conversation/pricing.ts';

describe('what usage costs', () => {
  const usage = { input: 1_000_000, cached: 400_000, output: 100_000 };

  it('tells fresh and cached input apart', () => {
    expect(costOf(usage, { input: 3, cached: 0.3, output: 15 })).to.be.closeTo(1.8 + 0.12 + 1.5, 1e-9);
  });

  it('takes cached input as any other where no price is named', () => {
    expect(costOf(usage, { input: 3, cached: undefined, output: 15 })).to.be.closeTo(4.5, 1e-9);
    expect(costOf({ input: 0, cached: 0, output: 0 }, { input: 3, cached: 1, output: 15 })).to.equal(0);
  });
});
