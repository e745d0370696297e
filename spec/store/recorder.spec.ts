import { expect } from 'chai';
import { type Clock, systemClock } from '../../lib/base/clock.ts';
import type { ChatSession } from '../../lib/session/chat-session.ts';
import { sql } from '../../lib/store/kysely.ts';
import type { OpenStore } from '../../lib/store/open-store.ts';
import { Store } from '../../lib/store/store.ts';
import { ChatPlace } from '../support/chat-place.ts';
import { temporaryFolder } from '../support/folder.ts';
import { Gate } from '../support/gate.ts';
import { openStore, storeFile } from '../support/store-place.ts';
import { waitUntil } from '../support/wait.ts';

describe('the recorder', () => {
  let place: ChatPlace;
  let file: string;
  let told: string[];
  let store: Store;
  const errors: unknown[] = [];
  const createStore = (clock: Clock = systemClock) =>
    new Store({
      file,
      clock,
      tell: (text) => void told.push(text),
      onError: (error) => void errors.push(error),
      onOpen: () => {},
    });
  beforeEach(async () => {
    place = await ChatPlace.open();
    file = storeFile(temporaryFolder());
    told = [];
    store = createStore();
    await store.open();
  });
  afterEach(async () => {
    await store.close();
    expect(await place.close()).to.deep.equal([]);
    expect(errors.splice(0)).to.deep.equal([]);
  });

  /** A chat that is kept. */
  const chat = () => {
    let session: ChatSession | undefined;
    const person = place.chat({ saved: async () => session && store.saved(session) });
    session = person.session;
    store.recorder.watch(session, `folder-${session.id}`);
    return person;
  };
  const opened = (): OpenStore => {
    if (store.database === undefined) throw new Error('it is not open');
    return store.database;
  };
  const kept = async (open = opened()) => {
    const [row] = await open.sessions.open();
    if (row === undefined) throw new Error('nothing is kept');
    return open.chat(row);
  };
  const texts = async () => {
    const rows = await opened().database.rows.selectFrom('messages').select('text').orderBy('id').execute();
    return rows.map(({ text }) => text);
  };

  it('has a message on disk before its request is sent', async () => {
    let atRequest: Promise<readonly string[]> | undefined;
    place.server.reply({ text: ['fine'] });
    const person = chat();
    const request = place.server.request(1).then(() => {
      atRequest = texts();
    });
    person.send('remember this');
    await request;
    expect((await atRequest)?.[0]).to.equal('remember this');
    await person.waits('turn-ended');
  });

  it('has a reply on disk at most 250 ms behind, and its end at once with the others', async () => {
    const gate = new Gate();
    place.server.reply({ text: ['a first half', gate.opened, ' and the rest'] });
    const person = chat().send('go');
    await person.sees('a first half');
    const began = performance.now();
    const piece = () => opened().database.rows.selectFrom('reply_pieces').select('text').executeTakeFirst();
    await waitUntil(async () => (await piece())?.text === 'a first half', 'the first half on disk');
    expect(performance.now() - began).to.be.below(250);
    gate.open();
    await person.waits('turn-ended');
    await waitUntil(async () => (await texts()).includes('a first half and the rest'), 'the whole reply on disk');
    expect(await piece()).to.equal(undefined);
  });

  it('brings a chat back whose server died during a reply, with draft, trust and what waited', async () => {
    const gate = new Gate();
    place.server.reply({ text: ['half', gate.opened] });
    const person = chat().send('go');
    await person.sees('half');
    person.session.enqueue('and then this');
    person.session.setTrust('shell', true);
    person.session.setDraft('an unsent thought');
    person.session.rename('renamed');
    await store.close();
    await person.session.kill();
    gate.open();
    store = createStore();
    await store.open();
    const { row, memory } = await kept();
    expect(row).to.include({ session_name: 'renamed', session_type: 'development', model: 'work/big' });
    expect(memory).to.include({ rest: 'cut', seen: false });
    const back = place.chat({ name: row.session_name, memory });
    back.session.setShown(0, false);
    expect(back.messages).to.deep.equal([
      'user: go',
      'interrupted: half',
      'warning: The server ended during this turn. /retry asks again.',
    ]);
    expect(back.session).to.include({
      draft: 'an unsent thought',
      status: 'waiting-for-input',
      waitingReason: 'turn-failed',
    });
    expect(back.session.queued).to.deep.equal(['and then this']);
    expect(back.session.trustedTools).to.deep.equal(['shell']);
    place.server.reply({ text: ['whole now'] });
    place.server.reply({ text: ['and that'] });
    back.session.retry();
    await back.sees('and that');
    await back.waits('turn-ended');
    expect(back.messages.slice(3)).to.deep.equal(['complete: whole now', 'user: and then this', 'complete: and that']);
  });

  it('does not bring back what a person closed, but keeps it', async () => {
    const person = chat().send('a last word');
    await person.waits('turn-ended');
    await store.recorder.closed(person.session);
    expect(await opened().sessions.open()).to.deep.equal([]);
    expect((await opened().sessions.all(10)).map((row) => row.is_open)).to.deep.equal([0]);
    expect(await opened().search('last word')).not.to.deep.equal([]);
  });

  it('goes on while another server has the database, and writes all when that ends', async () => {
    await store.close();
    const other = await openStore(file);
    store = createStore();
    await store.open();
    const person = chat().send('not kept yet');
    await person.waits('turn-ended');
    expect(told).to.have.lengthOf(1);
    expect(told[0]).to.contain('in use by another process');
    other.store.dispose();
    await waitUntil(() => store.database !== undefined, 'the database', 15_000);
    await store.recorder.flush();
    expect(await texts()).to.include('not kept yet');
    expect(told.at(-1)).to.equal('Conversations are kept again.');
  });

  it('keeps the others where one chat cannot be written, and says of which', async () => {
    await sql
      .raw(
        "create trigger no_bad before insert on messages when new.text = 'bad' begin select raise(abort, 'not this one'); end",
      )
      .execute(opened().database.rows);
    const persons = [chat(), chat(), chat()];
    for (const [index, text] of ['good one', 'bad', 'good two'].entries()) persons[index]?.send(text);
    for (const person of persons) await person.waits('turn-ended');
    await store.recorder.flush();
    expect([...new Set(await texts())]).to.have.members(['good one', 'good two']);
    expect(told).to.deep.equal([`What is new in ${persons[1]?.session.name} cannot be kept (not this one).`]);
    expect(errors.splice(0)).not.to.deep.equal([]);
    await sql.raw('drop trigger no_bad').execute(opened().database.rows);
    await store.recorder.flush();
    expect(await texts()).to.include('bad');
  });

  it('keeps the order of messages where the clock is set back, and is behind by no negative time', async () => {
    await store.close();
    let time = 3_600_000_000;
    // Each look at it is an hour earlier.
    const now = () => {
      time -= 3_600_000;
      return time;
    };
    const clock = { now, after: systemClock.after };
    store = createStore(clock);
    await store.open();
    const person = chat().send('first');
    await person.waits('turn-ended');
    person.send('second');
    expect(store.recorder.figures.lag).to.be.at.least(0);
    await waitUntil(() => person.messages.length === 4, 'the second reply');
    await store.recorder.flush();
    const { memory } = await kept();
    expect(memory.conversation.messages.map(({ kind }) => kind)).to.deep.equal([
      'user',
      'assistant',
      'user',
      'assistant',
    ]);
    expect([...new Set(await texts())]).to.deep.equal(['first', 'second']);
  });

  it('does not hold up the event loop while much is written', async () => {
    const text = Array.from({ length: 400 }, (_, index) => `word${index} `.repeat(20));
    place.server.reply({ text });
    const person = chat();
    let longest = 0;
    let last = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
    }, 1);
    person.send('much');
    await person.waits('turn-ended');
    await store.recorder.flush();
    clearInterval(timer);
    expect(longest).to.be.below(250);
  });
});
