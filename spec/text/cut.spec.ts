import { expect } from 'chai';
import { cutUnits, shorten } from '../../lib/text/cut.ts';

describe('cutting a text', () => {
  it('keeps what fits', () => {
    expect([cutUnits('abc', 3), shorten('abc', 3)]).to.deep.equal(['abc', 'abc']);
  });

  it('marks what was left out within the length', () => {
    expect(shorten('abcd', 3)).to.equal('ab…');
  });

  it('never leaves half a character', () => {
    expect([cutUnits('a😀b', 2), cutUnits('a😀b', 3), shorten('a😀bc', 3)]).to.deep.equal(['a', 'a😀', 'a…']);
  });
});
