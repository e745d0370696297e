import { expect } from 'chai';
import fc from 'fast-check';
import type { Claim } from '../../lib/attention/evidence.ts';
import { SHORTEST, type SteadyClaim, steadyClaim } from '../../lib/attention/steady.ts';

const BUSY: Claim = { kind: 'busy' };
const IDLE: Claim = { kind: 'idle' };
const APPROVAL: Claim = { kind: 'waiting', reason: 'approval' };

describe('a steady claim', () => {
  it('shows the first one at once', () => {
    expect(steadyClaim(undefined, BUSY, 5)).to.deep.equal({
      state: { claim: BUSY, since: 5, next: undefined },
      askAt: undefined,
    });
  });

  it('shows each for a while, and then what is true by then', () => {
    const first = steadyClaim({ claim: BUSY, since: 1000, next: undefined }, IDLE, 1100);
    expect(first).to.deep.include({ askAt: 1000 + SHORTEST });
    expect(first.state.claim).to.deep.equal(BUSY);
    expect(steadyClaim(first.state, BUSY, 1200)).to.deep.include({ askAt: undefined });
    expect(steadyClaim(first.state, IDLE, 1300).state).to.deep.equal({ claim: IDLE, since: 1300, next: undefined });
  });

  it('waits until what settles late has lasted, and begins anew when it was interrupted', () => {
    const settle = { idle: 1500 };
    const busy: SteadyClaim = { claim: BUSY, since: 0, next: undefined };
    const stopped = steadyClaim(busy, IDLE, 5000, settle);
    expect(stopped.askAt).to.equal(6500);
    const again = steadyClaim(steadyClaim(stopped.state, BUSY, 6000, settle).state, IDLE, 6100, settle);
    expect(again.askAt).to.equal(7600);
    expect(steadyClaim(again.state, IDLE, 7600, settle).state.claim).to.deep.equal(IDLE);
    expect(steadyClaim(again.state, APPROVAL, 6200, settle).state.claim).to.deep.equal(APPROVAL);
  });

  it('counts what has lasted already', () => {
    const busy: SteadyClaim = { claim: BUSY, since: 0, next: undefined };
    expect(steadyClaim(busy, IDLE, 5000, { idle: 1500 }, 600).askAt).to.equal(5900);
    expect(steadyClaim(busy, IDLE, 5000, { idle: 300 }, 600).state.claim).to.deep.equal(IDLE);
  });

  it('never shows one for less than the shortest time, and ends with the last', () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 500 }), fc.constantFrom<Claim>(BUSY, IDLE, APPROVAL)), {
      minLength: 1,
    });
    fc.assert(
      fc.property(steps, (changes) => {
        let state: SteadyClaim | undefined;
        let askAt: number | undefined;
        let now = 0;
        let claim: Claim = IDLE;
        const shown: number[] = [];
        const step = (next: Claim, time: number): void => {
          const before = state?.since;
          ({ state, askAt } = steadyClaim(state, next, time));
          if (state.since !== before) shown.push(state.since);
        };
        for (const [wait, next] of changes) {
          while (askAt !== undefined && askAt <= now + wait) step(claim, askAt);
          now += wait;
          claim = next;
          step(claim, now);
        }
        while (askAt !== undefined) step(claim, askAt);
        expect(state?.claim).to.deep.equal(claim);
        expect(shown.every((time, index) => index === 0 || time - (shown[index - 1] ?? 0) >= SHORTEST)).to.equal(true);
      }),
    );
  });
});
