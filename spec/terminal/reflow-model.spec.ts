import { expect } from 'chai';
import { tryReflow } from '../support/reflow-fuzz.ts';

const SEEDS = 4000;

describe('a terminal resized many times', () => {
  it('shows the lines as they were written, folded at its width, with wide characters, erased and moved rows', function () {
    this.timeout(60_000);
    const first = Number(process.env['QMUX_FUZZ_SEED'] ?? Date.now() % 1_000_000_000);
    for (let seed = first; seed < first + SEEDS; seed++) {
      const found = tryReflow(seed);
      if (found !== undefined) expect.fail(`seed ${seed}: ${found}`);
    }
    console.log(`      seeds ${first} to ${first + SEEDS - 1}`);
  });
});
