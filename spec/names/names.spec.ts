import { expect } from 'chai';
import { judgeOpenings, share } from './openings.ts';

describe('the names and types of conversations', () => {
  it('are told by their first messages', () => {
    const judged = judgeOpenings('judge');
    expect(judged.length + judgeOpenings('build').length).to.be.at.least(150);
    expect(share(judged, ({ isDescriptive }) => isDescriptive)).to.be.at.least(0.93);
    expect(share(judged, ({ foundType, type }) => foundType === type)).to.be.at.least(0.98);
  });
});
