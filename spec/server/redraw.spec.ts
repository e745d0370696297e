import { expect } from 'chai';
import { Redraw } from '../../lib/server/redraw.ts';
import { waitUntil } from '../support/wait.ts';

describe('Redraw', () => {
  /** A redraw that notes when it paints. */
  const recorder = (ready = () => true) => {
    const times: number[] = [];
    return { times, redraw: new Redraw(() => times.push(performance.now()), ready) };
  };

  it('paints the first mark after a rest within the turn, and many marks once', async () => {
    const { times, redraw } = recorder();
    for (let i = 0; i < 100; i++) redraw.mark();
    await new Promise((resolve) => setImmediate(resolve));
    expect(times).to.have.length(1);
    redraw.dispose();
  });

  it('leaves at least a frame interval between two frames', async () => {
    const { times, redraw } = recorder();
    redraw.mark();
    await waitUntil(() => times.length === 1, 'a frame');
    redraw.mark();
    await waitUntil(() => times.length === 2, 'another frame');
    // Timers of Node may come a millisecond early.
    expect((times[1] ?? 0) - (times[0] ?? 0)).to.be.at.least(14);
    redraw.dispose();
  });

  it('leaves more time between frames that take long, but not more than 50 ms', async () => {
    for (const [cost, least] of [
      [2.5, 16],
      [4, 27],
      [40, 48],
    ] as const) {
      let now = 0;
      let painted = 0;
      const paint = () => {
        painted += 1;
        now += cost;
      };
      const redraw = new Redraw(
        paint,
        () => true,
        () => now,
      );
      for (let frame = 0; frame < 20; frame++) {
        now += 1000;
        redraw.mark();
        redraw.flush();
      }
      const began = performance.now();
      redraw.mark();
      expect(redraw.isDue).to.equal(true);
      await waitUntil(() => painted === 21, 'the next frame');
      // What the frame before took is part of the interval.
      expect(performance.now() - began + cost).to.be.at.least(least);
      redraw.dispose();
    }
  });

  it('paints what is hastened between two frames, once in an interval', async () => {
    const { times, redraw } = recorder();
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    redraw.mark();
    await turn();
    redraw.mark();
    redraw.hasten();
    expect(times).to.have.length(1);
    redraw.mark();
    await turn();
    expect(times).to.have.length(2);
    redraw.hasten();
    redraw.mark();
    await waitUntil(() => times.length === 3, 'the third frame');
    expect((times[2] ?? 0) - (times[1] ?? 0)).to.be.at.least(14);
    redraw.dispose();
  });

  it('does not let a mark wait for a later frame that was asked for', async () => {
    const { times, redraw } = recorder();
    redraw.after(60_000);
    redraw.mark();
    await waitUntil(() => times.length === 1, 'a frame', 5000);
    redraw.dispose();
  });

  it('paints nothing while the client takes no output, and the newest picture after', async () => {
    let ready = false;
    const { times, redraw } = recorder(() => ready);
    redraw.mark();
    await new Promise((resolve) => setImmediate(resolve));
    expect(times).to.have.length(0);
    ready = true;
    redraw.resume();
    await waitUntil(() => times.length === 1, 'a frame');
    redraw.dispose();
  });

  it('paints at once when told to flush, and not again', async () => {
    const { times, redraw } = recorder();
    redraw.mark();
    redraw.flush();
    expect(times).to.have.length(1);
    await new Promise((resolve) => setImmediate(resolve));
    expect(times).to.have.length(1);
    redraw.dispose();
  });
});
