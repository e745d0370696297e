import { expect } from 'chai';
import fc from 'fast-check';
import { sessionId } from '../../lib/base/id.ts';
import { eventJson, eventText } from '../../lib/command/event-line.ts';
import type { FeedEntry } from '../../lib/session/feed-entry.ts';
import { CommandPlace } from '../support/command-place.ts';
import { waitUntil } from '../support/wait.ts';

const HEAD = { seq: 3, time: 1_700_000_000_000, sessionId: sessionId(4), session: 'api', kind: 'chat' } as const;

describe('the command events', () => {
  let place: CommandPlace;
  beforeEach(async () => {
    place = new CommandPlace('/', 'process');
    await place.run('new -d -s api ; new -d -s web');
  });

  const session = (index: number) => {
    const found = place.sessions[index];
    if (found === undefined) throw new Error('no session');
    return found;
  };
  const lines = (): string[] => place.printed.flatMap((text) => text.split('\n').filter((line) => line !== ''));
  const seqs = () => lines().map((line) => (JSON.parse(line) as { seq?: number }).seq);

  it('prints what has happened with -p, all or since a number, of all or one', async () => {
    for (const index of [0, 1, 0]) place.feed.created(session(index));
    await place.run('events -p --json');
    expect(seqs()).to.deep.equal([1, 2, 3]);
    await place.run('events -p --json --since 1');
    expect(seqs()).to.deep.equal([2, 3]);
    await place.run('events -p --json -t api');
    expect(seqs()).to.deep.equal([1, 3]);
    await place.run('events -p');
    expect(lines()).to.have.length(3);
    expect(lines()[1]).to.match(/^\d\d:\d\d:\d\d {2}web {19}created$/);
    expect(await place.run('events -p --since 99')).to.equal('');
    expect(await place.refusal('events --since x')).to.equal('--since needs the number of an event, not x');
  });

  it('follows from now on, until the caller goes', async () => {
    place.feed.created(session(0));
    const running = place.run('events --json');
    place.feed.created(session(1));
    place.feed.closed(session(1));
    await waitUntil(() => lines().length === 2, 'both events');
    expect(seqs()).to.deep.equal([2, 3]);
    place.abort();
    await running;
  });

  it('ends with the session that it follows, and with the server', async () => {
    const one = place.run('events -t api');
    place.feed.created(session(1));
    place.feed.closed(session(0));
    await one;
    expect(lines()).to.have.length(1);
    const all = place.run('events');
    place.feed.end();
    await all;
  });

  it('keeps nothing for who does not read, and says what was lost', async () => {
    let release = (): void => undefined;
    place.context.taken = () =>
      new Promise((resolve) => {
        release = resolve;
      });
    const running = place.run('events --json');
    place.feed.created(session(0));
    await waitUntil(() => lines().length === 1, 'the first event');
    for (let times = 0; times < 5000; times += 1) place.feed.created(session(1));
    place.context.taken = () => Promise.resolve();
    release();
    await waitUntil(() => lines().length === 2002, 'the rest');
    expect(JSON.parse(lines()[1] ?? '')).to.deep.equal({ type: 'lagged', lost: 3000 });
    expect(seqs().slice(2)).to.deep.equal(Array.from({ length: 2000 }, (_, index) => index + 3002));
    place.abort();
    await running;
  });

  it('prints and goes on where no process asks', async () => {
    const inside = new CommandPlace();
    await inside.run('new -d -s api');
    const [own] = inside.sessions;
    if (own !== undefined) inside.feed.created(own);
    expect(await inside.run('events')).to.match(/created\n$/);
  });
});

describe('an event for scripts', () => {
  it('is flat, with null for what it does not have', () => {
    const entry: FeedEntry = { ...HEAD, type: 'exited', exitCode: 0, signal: undefined };
    expect(eventJson(entry)).to.deep.equal({ ...HEAD, type: 'exited', exitCode: 0, signal: null });
    const moved: FeedEntry = {
      ...HEAD,
      type: 'status',
      previous: 'processing',
      status: 'paused',
      reason: undefined,
      seen: true,
      unread: 0,
      times: 7,
    };
    expect(eventJson(moved)).to.include({ type: 'status', reason: null, seen: true, times: 7 });
  });

  it('has its connection as a word, with what belongs to it', () => {
    const connection = (value: Extract<FeedEntry, { type: 'connection' }>['connection']) =>
      eventJson({ ...HEAD, type: 'connection', connection: value });
    expect(connection({ kind: 'connected' })).to.deep.equal({ ...HEAD, type: 'connection', connection: 'connected' });
    expect(connection({ kind: 'reconnecting', attempt: 2 })).to.include({ connection: 'reconnecting', attempt: 2 });
    expect(connection({ kind: 'error', text: 'no' })).to.include({ connection: 'error', text: 'no' });
  });
});

describe('an event for people', () => {
  it('says what happened', () => {
    const told = (entry: Partial<FeedEntry> & Pick<FeedEntry, 'type'>) =>
      eventText({ ...HEAD, ...entry } as FeedEntry).slice(46);
    expect(told({ type: 'renamed', previous: 'old' })).to.equal('from old');
    expect(told({ type: 'status', status: 'waiting-for-input', reason: 'approval' })).to.equal(
      'waiting-for-input, approval',
    );
    expect(told({ type: 'unread', unread: 3 })).to.equal('3');
    expect(told({ type: 'seen', shown: false })).to.equal('left');
    expect(told({ type: 'connection', connection: { kind: 'reconnecting', attempt: 2 } })).to.equal('reconnecting (2)');
    expect(told({ type: 'connection', connection: { kind: 'error', text: 'no route' } })).to.equal('error: no route');
    expect(told({ type: 'notification', title: 'a', body: 'b' })).to.equal('a: b');
    expect(told({ type: 'exited', exitCode: 3, signal: undefined })).to.equal('code 3');
    expect(told({ type: 'exited', exitCode: 0, signal: 9 })).to.equal('signal 9');
    expect(told({ type: 'refused', from: 'completed', to: 'paused' })).to.equal('completed to paused');
    expect(told({ type: 'bell', times: 12 })).to.equal('(12 times)');
  });

  it('is one line without controls, whatever a program calls itself', () => {
    const hostile = fc.oneof(fc.string({ unit: 'binary' }), fc.constant('\u001b]0;x\u0007\r\n\u202e\u2028\u009b31m'));
    fc.assert(
      fc.property(hostile, (title) => {
        const entry: FeedEntry = { ...HEAD, type: 'title', title };
        expect(eventText(entry)).to.match(/^[^\p{Cc}\u2028\u2029\u202a-\u202e]*$/u);
        expect(JSON.stringify(eventJson(entry))).to.not.include('\n');
      }),
    );
  });
});
