import { expect } from 'chai';
import fc from 'fast-check';
import { OutputQueue, SLICE } from '../../lib/session/output-queue.ts';

describe('the output queue', () => {
  it('gives back what it got, in order and in slices', () => {
    const step = fc.oneof(fc.constant('take' as const), fc.nat(3 * SLICE));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const queue = new OutputQueue();
        let pushed = 0;
        let taken = 0;
        const take = () => {
          const bytes = queue.take();
          expect(bytes.length).to.be.at.most(SLICE);
          for (let index = 0; index < bytes.length; index += 97)
            if (bytes[index] !== (taken + index) % 251) throw new Error(`byte ${taken + index} is another`);
          taken += bytes.length;
        };
        for (const length of steps) {
          if (length === 'take') take();
          else {
            queue.push(Uint8Array.from({ length }, (_, index) => (pushed + index) % 251));
            pushed += length;
          }
          expect(queue.length).to.equal(pushed - taken);
        }
        while (queue.length > 0) take();
        expect(taken).to.equal(pushed);
        expect(queue.take()).to.have.length(0);
      }),
      { numRuns: 40 },
    );
  });

  it('gathers small output into one slice', () => {
    const queue = new OutputQueue();
    for (let times = 0; times < 100; times++) queue.push(Uint8Array.of(times));
    expect(queue.take()).to.have.length(100);
    queue.push(Uint8Array.of(1));
    queue.clear();
    expect(queue.length).to.equal(0);
  });
});
