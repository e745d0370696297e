import { expect } from 'chai';
import { MemoryReturn } from '../../lib/server/memory-return.ts';
import { ManualClock } from '../support/manual-clock.ts';

describe('the return of memory', () => {
  let clock: ManualClock;
  let lastUse: number;
  let collected: number;
  let memory: MemoryReturn;
  beforeEach(() => {
    clock = new ManualClock();
    lastUse = 0;
    collected = 0;
    memory = new MemoryReturn(
      clock,
      () => lastUse,
      () => {
        collected += 1;
      },
    );
  });

  it('comes once for much that was given up, when nobody types', () => {
    for (let chat = 0; chat < 10; chat++) memory.freed(1_000_000);
    clock.advance(4999);
    expect(collected).to.equal(0);
    lastUse = clock.now();
    clock.advance(4999);
    expect(collected).to.equal(0);
    clock.advance(1);
    expect([collected, clock.armed]).to.deep.equal([1, 0]);
  });

  it('does not come for little, nor after the end', () => {
    memory.freed(1_000_000);
    expect(clock.armed).to.equal(0);
    memory.freed(1_000_000);
    memory.dispose();
    clock.advance(100_000);
    expect(collected).to.equal(0);
  });

  it('gives back what nothing holds', () => {
    const own = new MemoryReturn(clock, () => 0);
    let lists: number[][] | undefined = Array.from({ length: 300 }, (_, index) => new Array(10_000).fill(index));
    const held = process.memoryUsage().heapUsed;
    expect(lists).to.have.lengthOf(300);
    lists = undefined;
    own.freed(16_000_000);
    clock.advance(5000);
    expect(process.memoryUsage().heapUsed).to.be.below(held - 10_000_000);
  });
});
