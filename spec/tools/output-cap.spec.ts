import { expect } from 'chai';
import fc from 'fast-check';
import { capOutput, OutputCap } from '../../lib/tools/output-cap.ts';
import { usedMemory } from '../support/used-memory.ts';

describe('an output cap', () => {
  it('leaves alone what fits, however it comes', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 20 }), { maxLength: 20 }), (pieces) => {
        const cap = new OutputCap(1000);
        for (const piece of pieces) cap.add(piece);
        expect(cap.toString()).to.equal(pieces.join(''));
      }),
    );
  });

  it('keeps head and tail and says what is missing', () => {
    const text = Array.from({ length: 1000 }, (_, line) => `line ${line}\n`).join('');
    const capped = capOutput(text, 300);
    expect(capped).to.match(/^line 0\nline 1\n/);
    expect(capped).to.match(/line 998\nline 999\n$/);
    const kept = capped.split('\n').filter((line) => /^line \d+$/.test(line)).length;
    const missing = Number(/\[… ([\d,]+) lines, [\d,]+ characters left out …\]/.exec(capped)?.[1]);
    expect(capped.length).to.be.at.most(400);
    expect(kept + missing).to.be.within(999, 1001);
  });

  it('counts the same whatever the pieces', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 200, maxLength: 2000 }), fc.integer({ min: 1, max: 300 }), (text, size) => {
        const cap = new OutputCap(90);
        for (let start = 0; start < text.length; start += size) cap.add(text.slice(start, start + size));
        expect(cap.toString()).to.equal(capOutput(text, 90));
      }),
    );
  });

  it('splits no character', () => {
    for (const limit of [99, 100, 101, 102]) expect(capOutput('😀'.repeat(1000), limit)).not.to.match(/\p{Surrogate}/u);
  });

  it('takes 100 MB in bounded memory', () => {
    const cap = new OutputCap(64 * 1024);
    const piece = `${'x'.repeat(99)}\n`.repeat(100);
    const before = usedMemory();
    for (let count = 0; count < 10_000; count += 1) cap.add(piece);
    expect(usedMemory() - before).to.be.below(2_000_000);
    expect(cap.toString()).to.have.length.below(66_000);
    expect(cap.toString()).to.match(/\[… 999,\d\d\d lines/);
  });
});
