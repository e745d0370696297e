import { expect } from 'chai';
import { columns, count, money, share } from '../../lib/command/report.ts';

describe('reports', () => {
  it('set columns under each other, wide characters too', () => {
    expect(
      columns([
        ['a', 'bb', 'c'],
        ['漢字', 'd'],
        ['', ''],
      ]),
    ).to.equal('a     bb  c\n漢字  d\n');
  });

  it('say numbers of tokens as people do', () => {
    expect([0, 980, 1000, 3449, 9990, 15_300, 999_499, 1_000_000, 1_250_000].map(count)).to.deep.equal([
      '0',
      '980',
      '1k',
      '3.4k',
      '10k',
      '15k',
      '999k',
      '1M',
      '1.3M',
    ]);
  });

  it('say shares and amounts', () => {
    expect([share(1, 8), share(3, 0)]).to.deep.equal(['13%', '0%']);
    expect([money(0), money(0.0123), money(12.345)]).to.deep.equal(['0.00', '0.0123', '12.35']);
  });
});
