import { expect } from 'chai';
import { Emitter } from '../../lib/base/emitter.ts';
import { SessionWatch } from '../../lib/server/session-watch.ts';
import type { Session, SessionEvent } from '../../lib/session/session.ts';
import { CommandPlace } from '../support/command-place.ts';
import { waitUntil } from '../support/wait.ts';

describe('watching the sessions of a list', () => {
  const watched = async (): Promise<{ readonly session: Session; readonly events: Emitter<SessionEvent> }> => {
    const place = new CommandPlace();
    await place.run('new-session -d cat');
    const events = new Emitter<SessionEvent>();
    const [first] = place.sessions;
    if (first === undefined) throw new Error('no session');
    return { session: { ...first, events: events.event }, events };
  };

  it('draws the selected one at once, and others a little later, all together', async () => {
    let drawn = 0;
    const watch = new SessionWatch(() => drawn++);
    const [a, b] = [await watched(), await watched()];
    watch.look([a.session, b.session]);
    watch.select(a.session);
    a.events.fire({ type: 'changed' });
    expect(drawn).to.equal(1);
    for (let time = 0; time < 1000; time++) b.events.fire({ type: 'changed' });
    expect(drawn).to.equal(1);
    await waitUntil(() => drawn === 2, 'the others');
    watch.dispose();
  });

  it('hears each once, those that left the list no more, and nothing when it is given up', async () => {
    let drawn = 0;
    const watch = new SessionWatch(() => drawn++);
    const [a, b] = [await watched(), await watched()];
    for (let frame = 0; frame < 10; frame++) watch.look([a.session, b.session]);
    expect([a.events.listenerCount, b.events.listenerCount]).to.deep.equal([1, 1]);
    watch.look([a.session]);
    expect([a.events.listenerCount, b.events.listenerCount]).to.deep.equal([1, 0]);
    watch.dispose();
    expect(a.events.listenerCount).to.equal(0);
    expect(drawn).to.equal(0);
  });
});
