import { expect } from 'chai';
import { EndpointWatch } from '../../lib/server/endpoint-watch.ts';
import { ManualClock } from '../support/manual-clock.ts';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('EndpointWatch', () => {
  const open = (names: readonly string[] = ['work']) => {
    const clock = new ManualClock();
    const place = { reachable: false, watched: true, tries: 0, changes: 0 };
    const watch = new EndpointWatch({
      clock,
      endpoints: () => names.map((name) => ({ name, baseUrl: `http://${name}` })),
      hindrance: () => {
        place.tries += 1;
        return Promise.resolve(place.reachable ? undefined : 'connection refused');
      },
      isWatched: () => place.watched,
      onChange: () => {
        place.changes += 1;
      },
    });
    const left = (): number | undefined =>
      watch.trouble?.nextTry === undefined ? undefined : (watch.trouble.nextTry - clock.now()) / 1000;
    return { clock, place, watch, left };
  };

  it('says nothing and runs no timer where an endpoint answers, and asks once', async () => {
    const { watch, place, clock } = open();
    place.reachable = true;
    watch.look();
    watch.look();
    await settled();
    watch.look();
    expect([watch.trouble, place.tries, clock.armed, place.changes]).to.deep.equal([undefined, 1, 0, 0]);
  });

  it('asks nothing where the guide answers, or nobody looks at a chat', async () => {
    const guide = open([]);
    guide.watch.look();
    const hidden = open();
    hidden.place.watched = false;
    hidden.watch.look();
    await settled();
    expect([guide.place.tries, guide.clock.armed, hidden.place.tries]).to.deep.equal([0, 0, 0]);
  });

  it('tells of the trouble, counts down, tries again, and leaves by itself', async () => {
    const { watch, place, clock, left } = open();
    watch.look();
    await settled();
    expect(watch.trouble?.reason).to.equal('work: connection refused');
    expect(left()).to.equal(5);
    const before = place.changes;
    clock.advance(2000);
    expect([left(), place.changes - before]).to.deep.equal([3, 2]);
    clock.advance(3000);
    expect([place.tries, left()]).to.deep.equal([2, undefined]);
    await settled();
    expect(left()).to.equal(10);
    place.reachable = true;
    clock.advance(10_000);
    await settled();
    expect([watch.trouble, clock.armed]).to.deep.equal([undefined, 0]);
  });

  it('rests while nobody looks, and goes on afterwards', async () => {
    const { watch, place, clock } = open();
    watch.look();
    await settled();
    place.watched = false;
    clock.advance(60_000);
    expect([place.tries, clock.armed]).to.deep.equal([1, 0]);
    place.watched = true;
    watch.look();
    expect(place.tries).to.equal(2);
  });

  it('is quiet for good once the person has read it', async () => {
    const { watch, place, clock } = open();
    watch.look();
    await settled();
    watch.dismiss();
    watch.look();
    clock.advance(100_000);
    expect([watch.trouble, place.tries, clock.armed]).to.deep.equal([undefined, 1, 0]);
  });

  it('is content with one endpoint of several', async () => {
    const { watch, place } = open(['work', 'home']);
    place.reachable = true;
    watch.look();
    await settled();
    expect([watch.trouble, place.tries]).to.deep.equal([undefined, 2]);
  });
});
