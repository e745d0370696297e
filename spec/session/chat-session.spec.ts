import { expect } from 'chai';
import type { SessionEvent } from '../../lib/session/session.ts';
import { ChatPlace } from '../support/chat-place.ts';
import { Gate } from '../support/gate.ts';
import { waitUntil } from '../support/wait.ts';

describe('a chat session', () => {
  let place: ChatPlace;
  beforeEach(async () => {
    place = await ChatPlace.open();
  });
  afterEach(async () => {
    expect(await place.close()).to.deep.equal([]);
  });

  it('greets, takes what is typed, and shows the reply', async () => {
    const person = place.chat();
    expect(person.screen).to.contain('api-1 · development').and.contain('Enter sends');
    place.server.reply({ text: ['Hello ', 'you'] });
    person.send('hi there');
    await person.waits('turn-ended');
    expect(person.screen).to.contain('hi there').and.contain('Hello you').and.not.contain('Enter sends');
    expect(person.rows.at(-1)).to.equal('[api-1] q>');
    expect(person.rows.at(-2)).to.equal('─'.repeat(80));
    expect(place.server.requests[0]?.text).to.equal('hi there');
  });

  it('greets with the model that will answer, and leaves the choice open until the first turn', async () => {
    let name = 'first';
    const models = { ...place.models, find: () => place.models.find(name) };
    const other = place.chat({ models });
    await other.sees(' · work/first');
    expect(other.session.modelName).to.equal(undefined);
    name = 'second';
    other.session.setShown(0, false);
    other.session.setShown(1, true);
    await other.sees(' · work/second');
    name = 'none';
    other.session.setShown(1, true);
    await waitUntil(() => !other.screen.includes(' · work/second'), 'a greeting without a model');
  });

  it('shows the reply while it streams, and says what it does', async () => {
    const gate = new Gate();
    place.server.reply({ text: ['first part', gate.opened, ' and the rest'] });
    const person = place.chat().send('go');
    await person.sees('first part');
    expect(person.screen).to.contain('⟳ streaming 0 s · Esc Esc stops');
    expect(person.session.status).to.equal('processing');
    expect(person.session.connection).to.deep.equal({ kind: 'streaming' });
    place.clock.advance(3000);
    expect(person.screen).to.contain('streaming 3 s');
    gate.open();
    await person.waits('turn-ended');
    expect(person.screen).to.contain('first part and the rest').and.not.contain('streaming');
    expect(person.session.connection).to.deep.equal({ kind: 'connected' });
  });

  it('says so when the model replies nothing, and takes no older reply for it', async () => {
    const person = place.chat();
    place.server.reply('first');
    const signal = new AbortController().signal;
    expect(await person.session.ask('one', signal)).to.deep.equal({ ok: true, text: 'first' });
    place.server.reply('');
    const empty = await person.session.ask('two', signal);
    expect([empty.ok, empty.text]).to.deep.equal([false, 'The model replied nothing. /retry asks again.']);
    expect(person.screen).to.contain('The model replied nothing. /retry asks again.');
    expect(person.session.waitingReason).to.equal('turn-failed');
    place.server.reply({ text: '', finish: 'content_filter' });
    person.session.retry();
    await person.sees('The content filter held the whole reply back.');
    place.server.reply('third');
    expect(await person.session.ask('three', signal)).to.deep.equal({ ok: true, text: 'third' });
  });

  it('tells the model its place, and keeps the conversation', async () => {
    const person = place.chat({ type: 'debug' }).send('one');
    await person.waits('turn-ended');
    person.send('two');
    await place.server.request(2);
    await person.waits('turn-ended');
    const { messages = [], tools = [] } = place.server.requests[1]?.body ?? {};
    expect(messages.map(({ role }) => role)).to.deep.equal(['system', 'user', 'assistant', 'user']);
    expect(messages[0]?.content).to.contain(place.work).and.contain('debug');
    expect(JSON.stringify(tools)).to.contain('"shell"').and.contain('"read"');
  });

  it('takes the prompt of the person, for its type or for all', async () => {
    const prompts = new Map([
      ['default', 'Speak in rhymes.'],
      ['planning', 'Speak of plans.'],
    ]);
    const settings = () => ({ ...place.settings, prompts });
    const system = async (number: number) => {
      const { body } = await place.server.request(number);
      return String(body.messages?.[0]?.content);
    };
    place.chat({ settings }).send('one');
    expect(await system(1)).to.contain('Speak in rhymes.');
    const planner = place.chat({ settings, type: 'planning' }).send('two');
    expect(await system(2)).to.contain('Speak of plans.');
    await planner.waits('turn-ended');
    planner.session.setType('code-review');
    planner.send('three');
    expect(await system(3)).to.contain('Speak in rhymes.');
    expect(planner.session.type).to.equal('code-review');
  });

  it('is at rest at first, works in a turn, and then waits until somebody looks', async () => {
    const person = place.chat();
    const { session } = person;
    expect([session.status, session.waitingReason]).to.deep.equal(['waiting-for-input', undefined]);
    session.setShown(0, false);
    const events: SessionEvent['type'][] = [];
    session.events(({ type }) => events.push(type));
    person.send('hello');
    expect(session.status).to.equal('processing');
    await person.waits('turn-ended');
    expect([session.seen, session.unread]).to.deep.equal([false, 1]);
    expect(events.filter((type) => type === 'status')).to.have.length(2);
    expect(events).to.include.members(['activity', 'title', 'changed']);
    session.setShown(1, true);
    expect([session.seen, session.unread]).to.deep.equal([true, 0]);
  });

  it('is named by the first words, and previews the last', async () => {
    const person = place.chat();
    place.server.reply('Line one\n\nThe \u001b[31mlast line');
    person.send('why does it fail?');
    await person.waits('turn-ended');
    expect(person.session.title).to.equal('why does it fail?');
    expect(person.session.preview).to.equal('The [31mlast line');
  });

  it('tells formats what they ask', async () => {
    const person = place.chat();
    const fact = (name: string) => person.session.fact(name);
    expect([fact('session_model'), fact('session_cost')]).to.deep.equal([undefined, undefined]);
    place.server.reply({ text: 'fine', usage: { input: 9000, cached: 500, output: 1000 } });
    person.send('go');
    await person.waits('turn-ended');
    expect(fact('session_type')).to.equal('development');
    expect(fact('session_model')).to.equal('work/big');
    expect(fact('session_tokens')).to.equal('10000');
    expect(fact('session_context')).to.equal('10');
    expect(fact('session_cost')).to.equal('0.01');
    expect(fact('session_connection')).to.equal('connected');
    expect(fact('pane_current_path')).to.equal(place.work);
    expect(fact('pane_current_command')).to.equal('chat');
    expect(fact('pane_title')).to.equal('go');
    expect(fact('no_such_fact')).to.equal(undefined);
    const { context } = person.session;
    expect(context).to.include({
      model: 'work/big',
      used: 10_000,
      counted: true,
      input: 9000,
      cached: 500,
      output: 1000,
    });
    expect(context.cost).to.be.closeTo(0.011, 1e-9);
  });

  it('switches its model within the conversation, and keeps it where there is none of that name', async () => {
    const person = place.chat().send('one');
    await person.waits('turn-ended');
    await person.session.setModel('work/small');
    person.send('two');
    await person.waits('turn-ended');
    expect(place.server.requests.map(({ body }) => body.model)).to.deep.equal(['big', 'small']);
    const failed = await person.session.setModel('none').catch((error: Error) => error.message);
    expect(failed).to.contain('no model none');
    expect(person.session.modelName).to.equal('work/small');
  });

  it('fails a turn whose model is gone, and says what to do', async () => {
    const person = place.chat({ model: 'none' }).send('hello');
    await person.waits('turn-failed');
    expect(person.screen).to.contain('no model none: try /model').and.contain('/retry asks again');
  });

  it('takes the bytes of scripts as keys', async () => {
    const person = place.chat();
    person.session.send(Buffer.from('two words\r'));
    await person.waits('turn-ended');
    expect(place.server.requests[0]?.text).to.equal('two words');
    person.session.send(Buffer.from('draft\x1b[D\x1b[DX'));
    expect(person.draft).to.equal('draXft');
  });

  it('takes two Escapes of a script for two', async () => {
    place.server.reply({ text: ['half', new Gate().opened] });
    const person = place.chat().send('go');
    await person.sees('half');
    person.session.send(Buffer.from('\x1b\x1b'));
    expect(person.session.status).to.equal('waiting-for-input');
  });

  it('knows the fingers of vi, whose first Escape ends typing', async () => {
    const person = place.chat({ settings: () => ({ ...place.settings, keys: 'vi' }) });
    place.server.reply({ text: ['half', new Gate().opened] });
    person.send('go');
    await person.sees('half');
    person.type('one two').press('Escape').press('d b').press('Escape');
    expect([person.draft, person.session.status]).to.deep.equal(['one o', 'processing']);
    person.press('Escape');
    expect(person.session.status).to.equal('waiting-for-input');
  });

  it('folds long pastes that come in pieces, and sends them whole', async () => {
    const person = place.chat();
    const text = Array.from({ length: 23 }, (_, line) => `grün ${line}`).join('\n');
    const bytes = Buffer.from(text);
    person.type('see ');
    const half = bytes.indexOf('ü') + 1;
    person.session.input({ type: 'paste', bytes: bytes.subarray(0, half), first: true, last: false });
    person.session.input({ type: 'paste', bytes: bytes.subarray(half), first: false, last: true });
    expect(person.rows.at(-1)).to.equal('[api-1] q> see [pasted 23 lines]');
    expect(person.draft).to.equal(`see ${text}`);
    person.press('Enter');
    await person.waits('turn-ended');
    expect(place.server.requests[0]?.text).to.equal(`see ${text}`);
    expect(person.screen).to.contain('pasted 23 lines');
  });

  it('shows every size from one cell on, the row of the cursor before all', async () => {
    const person = place.chat();
    const { session } = person;
    await person.send('say something long enough to wrap').waits('turn-ended');
    person.type('my draft');
    for (const columns of [1, 2, 7, 20, 80, 300]) {
      for (const rows of [1, 2, 3, 5, 24, 100]) {
        session.resize({ columns, rows });
        const { content, cursor } = session;
        expect(content.endRow - content.screenTop).to.equal(rows);
        expect(content.screenTop).to.be.at.least(content.firstRow);
        expect(cursor.x).to.be.within(0, columns - 1);
        expect(cursor.y).to.be.within(0, rows - 1);
        expect(person.rows).to.have.length(rows);
        if (columns >= 20) expect(person.rows[cursor.y]).to.contain('my draft');
      }
    }
  });

  it('is not used when it is only given another size', async () => {
    const person = place.chat();
    await person.send('say something').waits('turn-ended');
    const { lastActivity } = person.session;
    await waitUntil(() => Date.now() > lastActivity, 'the clock to go on');
    person.session.resize({ columns: 33, rows: 12 });
    expect(person.rows).to.have.length(12);
    expect(person.session.lastActivity).to.equal(lastActivity);
  });

  it('keeps the draft to half of the screen', () => {
    const person = place.chat();
    person.session.resize({ columns: 40, rows: 10 });
    for (let line = 0; line < 9; line++) person.type(`line${line}`).press('C-j');
    expect(person.rows.indexOf('─'.repeat(40))).to.equal(4);
    expect(person.session.cursor.y).to.equal(9);
  });

  it('scrolls: rows keep their numbers, and the history is what was said before', async () => {
    const person = place.chat();
    person.session.resize({ columns: 40, rows: 8 });
    place.server.reply(Array.from({ length: 30 }, (_, line) => `item ${line}`).join('\n\n'));
    await person.send('list').waits('turn-ended');
    expect(person.screen).to.contain('item 29').and.not.contain('item 2\n');
    const { content } = person.session;
    expect(person.all).to.contain('› list').and.contain('item 0\n');
    const row = content.screenTop - 10;
    const text = content.rowText(row);
    await person.send('again').waits('turn-ended');
    expect(content.rowText(row)).to.equal(text);
  });

  it('lets what was said scroll away, and still sends it', async () => {
    const person = place.chat();
    await person.send('first').waits('turn-ended');
    person.session.clearHistory();
    expect(person.all).to.not.contain('first');
    await person.send('second').waits('turn-ended');
    expect(person.all).to.contain('second').and.not.contain('first');
    expect(place.server.requests[1]?.body.messages).to.have.length(4);
  });

  it('begins anew when it is cleared, also in a turn', async () => {
    const person = place.chat();
    await person.send('first').waits('turn-ended');
    person.session.clearHistory();
    place.server.reply({ text: ['half', new Promise(() => undefined)] });
    person.send('second');
    await person.sees('half');
    person.session.clear();
    expect(person.session.status).to.equal('waiting-for-input');
    expect(person.all).to.contain('Enter sends').and.not.contain('half');
    await person.send('third').waits('turn-ended');
    expect(person.all).to.contain('third');
    expect(place.server.requests[2]?.body.messages).to.have.length(2);
  });

  it('moves the cursor to a press in the draft', () => {
    const person = place.chat().type('hello');
    const { cursor } = person.session;
    const mouse = { type: 'mouse', action: 'press', button: 'left', modifiers: 0, bytes: new Uint8Array() } as const;
    person.session.input({ ...mouse, x: cursor.x - 3, y: cursor.y });
    expect(person.session.cursor).to.include({ x: cursor.x - 3, y: cursor.y });
  });

  it('is a dead end after it was closed', async () => {
    const person = place.chat();
    place.server.reply({ text: ['half', new Promise(() => undefined)] });
    person.send('go');
    await person.sees('half');
    await person.session.kill();
    person.session.dispose();
    person.session.dispose();
    person.session.say('more');
    expect(await person.session.ask('more', new AbortController().signal)).to.include({ ok: false });
    await waitUntil(() => place.turns.inFlight === 0, 'the turn to leave');
    expect(place.server.requests).to.have.length(1);
    expect(place.clock.armed).to.equal(0);
  });
});
