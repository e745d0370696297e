import { expect } from 'chai';
import { IdleTimer } from '../../lib/conversation/idle-timer.ts';
import { ManualClock } from '../support/manual-clock.ts';

describe('IdleTimer', () => {
  const make = () => {
    const clock = new ManualClock();
    const state = { fired: 0 };
    const timer = new IdleTimer(clock, 1000, () => {
      state.fired += 1;
    });
    return { clock, timer, state };
  };

  it('fires after silence, once', () => {
    const { clock, timer, state } = make();
    clock.advance(999);
    expect(state.fired).to.equal(0);
    clock.advance(1);
    expect([state.fired, timer.hasFired]).to.deep.equal([1, true]);
    clock.advance(10_000);
    expect([state.fired, clock.armed]).to.deep.equal([1, 0]);
  });

  it('counts from the last sign', () => {
    const { clock, timer, state } = make();
    clock.advance(900);
    timer.hear();
    clock.advance(999);
    expect(state.fired).to.equal(0);
    clock.advance(1);
    expect(state.fired).to.equal(1);
  });

  it('does not count while nobody waits for the endpoint', () => {
    const { clock, timer, state } = make();
    timer.pause();
    clock.advance(60_000);
    timer.resume();
    clock.advance(999);
    expect(state.fired).to.equal(0);
    clock.advance(1000);
    expect(state.fired).to.equal(1);
  });

  it('loses patience with signs that bring the reply no further', () => {
    const { clock, timer, state } = make();
    for (let second = 0; second < 19; second++) {
      timer.hear();
      clock.advance(500);
    }
    expect(state.fired).to.equal(0);
    timer.hear();
    clock.advance(500);
    expect(state.fired).to.equal(1);
  });

  it('waits shorter from when it is told to', () => {
    const { clock, timer, state } = make();
    timer.resume();
    timer.shorten(100);
    clock.advance(100);
    expect(state.fired).to.equal(1);
  });

  it('is quiet when it is disposed', () => {
    const { clock, timer, state } = make();
    timer.dispose();
    clock.advance(10_000);
    expect([state.fired, clock.armed]).to.deep.equal([0, 0]);
  });
});
