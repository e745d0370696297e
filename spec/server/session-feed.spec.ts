import { expect } from 'chai';
import { SessionFeed } from '../../lib/server/session-feed.ts';
import type { FeedEntry } from '../../lib/session/feed-entry.ts';
import type { Session, SessionEvent } from '../../lib/session/session.ts';
import { CommandPlace } from '../support/command-place.ts';
import { ManualClock } from '../support/manual-clock.ts';

function place() {
  const clock = new ManualClock();
  const errors: unknown[] = [];
  const feed = new SessionFeed({ clock, onError: (error) => errors.push(error) });
  const sessions = new CommandPlace();
  const make = (name: string): Session =>
    sessions.server.createSession({
      kind: 'program',
      name,
      command: [],
      workingDirectory: '/',
      environment: {},
      size: undefined,
    });
  const heard = (session: Session, ...events: readonly SessionEvent[]) => {
    for (const event of events) feed.heard(session, event);
  };
  return { clock, errors, feed, make, heard, types: () => feed.entries.map(({ type }) => type) };
}

const status: SessionEvent = { type: 'status', previous: 'processing' };

describe('the feed of sessions', () => {
  it('tells in order what happened, to whom and when', () => {
    const { clock, feed, make, heard } = place();
    const session = make('api');
    feed.created(session);
    clock.advance(5);
    session.rename('web');
    heard(session, { type: 'renamed', previous: 'api' });
    feed.closed(session);
    const { id: sessionId } = session;
    expect(feed.entries).to.deep.equal([
      { seq: 1, time: 1_000_000, sessionId, session: 'api', kind: 'program', type: 'created' },
      { seq: 2, time: 1_000_005, sessionId, session: 'web', kind: 'program', type: 'renamed', previous: 'api' },
      { seq: 3, time: 1_000_005, sessionId, session: 'web', kind: 'program', type: 'closed' },
    ]);
    expect(feed.lastSeq).to.equal(3);
  });

  it('tells followers at once, whatever another one throws', () => {
    const { errors, feed, make } = place();
    const followed: FeedEntry[] = [];
    feed.events(() => {
      throw new Error('no');
    });
    const following = feed.events((entry) => followed.push(entry));
    feed.created(make('a'));
    following.dispose();
    feed.created(make('b'));
    expect(followed.map(({ session }) => session)).to.deep.equal(['a']);
    expect(errors).to.have.length(2);
  });

  it('is deaf to output: it makes neither an entry nor a timer', () => {
    const { clock, heard, make, types } = place();
    const session = make('flood');
    for (let times = 0; times < 10_000; times += 1) heard(session, { type: 'changed' });
    heard(session, { type: 'clipboard', text: 'secret' });
    expect(types()).to.deep.equal([]);
    expect(clock.armed).to.equal(0);
  });

  it('makes one entry a second of bells and titles without end', () => {
    const { clock, feed, heard, make, types } = place();
    const session = make('noisy');
    for (let times = 0; times < 1000; times += 1) heard(session, { type: 'bell' }, { type: 'title' });
    expect(types()).to.deep.equal(['bell', 'title']);
    clock.advance(1000);
    expect(feed.entries.slice(2)).to.have.length(2);
    expect(feed.entries.slice(2).every((entry) => entry.times === 999)).to.equal(true);
    expect(clock.armed).to.equal(0);
    heard(session, { type: 'bell' });
    expect(types()).to.have.length(5);
  });

  it('joins changes of status that come without end, from the first to the last', () => {
    const { clock, feed, heard, make } = place();
    const session = make('restless');
    for (let times = 0; times < 500; times += 1)
      heard(session, times === 20 ? { type: 'status', previous: 'paused' } : status);
    expect(feed.entries).to.have.length(20);
    clock.advance(1000);
    expect(feed.entries.at(-1)).to.include({ type: 'status', previous: 'paused', times: 480, seq: 21 });
  });

  it('tells what it held back of a session before its end', () => {
    const { clock, feed, heard, make, types } = place();
    const session = make('short');
    heard(session, { type: 'bell' }, { type: 'bell' });
    feed.closed(session);
    expect(types()).to.deep.equal(['bell', 'bell', 'closed']);
    expect(clock.armed).to.equal(0);
  });

  it('keeps the newest 2,000 entries, and 1 MB', () => {
    const { clock, feed, heard, make } = place();
    const session = make('long');
    for (let times = 0; times < 5000; times += 1) feed.created(session);
    expect(feed.entries).to.have.length(2000);
    expect(feed.entries[0]?.seq).to.equal(3001);
    expect(feed.entries.at(-1)?.seq).to.equal(5000);
    const long = 'x'.repeat(100_000);
    for (let times = 0; times < 5000; times += 1) {
      heard(session, { type: 'notification', title: long, body: long });
      clock.advance(500);
    }
    const size = JSON.stringify(feed.entries).length;
    expect(size).to.be.below(1024 * 1024);
    expect(feed.entries.length).to.be.within(900, 2000);
  });

  it('lets no control and no change of direction through', () => {
    const { feed, heard, make } = place();
    heard(
      make('bad'),
      { type: 'notification', title: '\u001b]0;x\u0007a\nb', body: '\u202eevil' },
      { type: 'connection', connection: { kind: 'error', text: '\u001b[31mred\n' } },
    );
    expect(feed.entries[0]).to.include({ title: ']0;xab', body: 'evil' });
    expect(feed.entries[1]).to.deep.include({ connection: { kind: 'error', text: '[31mred' } });
  });
});
