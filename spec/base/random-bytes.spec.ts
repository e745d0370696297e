import { expect } from 'chai';
import { randomBytes } from '../../lib/base/random-bytes.ts';

describe('randomBytes', () => {
  it('gives as many bytes as asked for, others each time', () => {
    const all = Array.from({ length: 100 }, () => randomBytes(16));
    expect(all.every(({ length }) => length === 16)).to.equal(true);
    expect(new Set(all.map((bytes) => bytes.toString('hex'))).size).to.equal(100);
    expect(randomBytes(0)).to.have.length(0);
  });
});
