import { expect } from 'chai';
import type { ChatSession } from '../../lib/session/chat-session.ts';
import { type ChatPerson, ChatPlace } from '../support/chat-place.ts';
import { Gate } from '../support/gate.ts';
import { FAULTS } from '../support/model-answer.ts';
import { waitUntil } from '../support/wait.ts';

const never = () => new AbortController().signal;

describe('a chat that is written to while it works', () => {
  let place: ChatPlace;
  let person: ChatPerson;
  let session: ChatSession;
  beforeEach(async () => {
    place = await ChatPlace.open();
    person = place.chat();
    session = person.session;
  });
  afterEach(async () => {
    expect(await place.close()).to.deep.equal([]);
  });

  const said = (number: number): readonly string[] =>
    (place.server.requests[number - 1]?.body.messages ?? [])
      .filter(({ role }) => role === 'user')
      .map(({ content }) => String(content));

  /** Begins a turn that stands amid its reply until the gate opens. */
  async function begin(rest = ' second half'): Promise<Gate> {
    const gate = new Gate();
    place.server.reply({ text: ['first half', gate.opened, rest] });
    person.send('go');
    await person.sees('first half');
    return gate;
  }

  it('delivers what steers after the running tool, with the next request', async () => {
    place.server.reply({ calls: [{ name: 'shell', arguments: { command: 'true' } }] });
    person.send('go');
    await person.isAsked();
    person.type('also this').press('Enter');
    person.send('and that');
    expect(person.screen).to.contain('⏎ next: also this').and.contain('⏎ next: and that');
    expect(person.draft).to.equal('');
    place.clock.advance(500);
    person.press('y');
    await person.waits('turn-ended');
    expect(said(2)).to.deep.equal(['go', 'also this', 'and that']);
    expect(place.server.requests[1]?.body.messages?.map(({ role }) => role)).to.deep.equal([
      'system',
      'user',
      'assistant',
      'tool',
      'user',
      'user',
    ]);
    expect(person.screen).to.not.contain('⏎ next');
  });

  it('begins the next turn with what steers, when no request follows', async () => {
    const gate = await begin();
    person.send('more').send('still more');
    gate.open();
    await waitUntil(() => place.server.requests.length === 2, 'the next turn');
    await person.waits('turn-ended');
    expect(said(2)).to.deep.equal(['go', 'more', 'still more']);
    expect(place.server.requests).to.have.length(2);
  });

  it('queues for after the turn, one turn for each message, and waits only at the end', async () => {
    const gate = await begin();
    const statuses: string[] = [];
    session.events(({ type }) => type === 'status' && statuses.push(session.status));
    person.type('second').press('M-Enter').type('third').press('M-Enter');
    expect(session.queued).to.deep.equal(['second', 'third']);
    expect(person.screen).to.contain('⏎ queued: second').and.contain('⏎ queued: third');
    gate.open();
    await person.waits('turn-ended');
    expect([said(2), said(3)]).to.deep.equal([
      ['go', 'second'],
      ['go', 'second', 'third'],
    ]);
    expect(statuses).to.deep.equal(['waiting-for-input']);
  });

  it('takes the last message back into the draft, pastes folded as they were', async () => {
    const gate = await begin();
    person.type('second').press('M-Enter').send('steering').type('third ');
    session.paste('x\n'.repeat(20));
    person.press('M-Enter').press('M-Up');
    expect(session.queued).to.deep.equal(['second']);
    expect(person.rows.at(-1)).to.equal('[api-1] q> third [pasted 20 lines]');
    person.press('C-c').press('M-Up').press('C-u').press('M-Up');
    expect(person.draft).to.equal('steering');
    expect(session.queued).to.deep.equal([]);
    gate.open();
    await person.waits('turn-ended');
    expect(place.server.requests).to.have.length(1);
  });

  it('stops at the second Escape, keeps what came, and gives back what waits', async () => {
    await begin();
    person.send('steering').type('queued').press('M-Enter').type('draft').press('Escape');
    expect(session.status).to.equal('processing');
    place.clock.advance(1100);
    person.press('Escape');
    expect(session.status).to.equal('processing');
    person.press('Escape');
    expect([session.status, session.waitingReason]).to.deep.equal(['waiting-for-input', undefined]);
    expect(person.messages.at(-1)).to.equal('interrupted: first half');
    expect(person.draft).to.equal('steering\nqueued\ndraft');
    expect(person.screen).to.contain('[cut short]');
    await waitUntil(() => place.turns.inFlight === 0, 'the place to be free');
    await person.press('Enter').waits('turn-ended');
    expect(said(2)).to.deep.equal(['go', 'steering\nqueued\ndraft']);
  });

  it('stops at C-c on an empty draft, and clears a full one', async () => {
    await begin();
    person.type('text').press('C-c');
    expect([person.draft, session.status]).to.deep.equal(['', 'processing']);
    person.press('C-c');
    expect(session.status).to.equal('waiting-for-input');
  });

  it('does not take one Escape, a key, and another for two', async () => {
    await begin();
    person.press('Escape').type('x').press('Escape');
    expect(session.status).to.equal('processing');
  });

  it('stops while it waits for its place, at once', async () => {
    place.limit = 1;
    const gate = await begin();
    const other = place.chat().send('me too');
    await other.sees('queued: next in line');
    other.press('Escape Escape');
    expect(other.session.status).to.equal('waiting-for-input');
    expect(other.screen).to.contain('Stopped before a reply came. /retry asks again.');
    gate.open();
    await person.waits('turn-ended');
    expect(place.server.requests).to.have.length(1);
  });

  it('tries again by itself what was cut, and shows that it does', async () => {
    place.retries = 5;
    place.server.fail(FAULTS.cut, { times: 2 });
    const gate = new Gate();
    place.server.reply({ text: ['whole', gate.opened, ' reply'] });
    const seen = new Set<string>();
    session.events(() => {
      if (session.connection.kind === 'reconnecting') seen.add(person.flat);
    });
    person.send('go');
    await person.sees('whole');
    gate.open();
    await person.waits('turn-ended');
    expect([...seen].join())
      .to.contain('The reply of work was cut off')
      .and.not.contain('/retry');
    expect([...seen].join()).to.match(/◐ reconnecting \(1\)( in \d+ s)?: .*◐ reconnecting \(2\)/s);
    expect(person.messages).to.deep.equal([
      'user: go',
      'superseded: Half of the reply',
      'superseded: Half of the reply',
      'complete: whole reply',
    ]);
  });

  it('says why a turn failed, keeps what came, and goes on by retry with the same request', async () => {
    place.server.fail(FAULTS.cut, { times: 3 });
    person.send('go');
    await person.waits('turn-failed');
    expect(session.connection.kind).to.equal('error');
    expect(person.messages.slice(-2)[0]).to.equal('interrupted: Half of the reply');
    expect(person.messages.at(-1)).to.match(/^error: [^/]* \/retry asks again\.$/);
    expect(person.screen).to.contain('Half of the reply').and.contain('/retry');
    place.server.reply('the whole');
    session.retry();
    await person.waits('turn-ended');
    expect(said(4).filter((text) => text === 'go')).to.have.length(1);
    expect(person.messages.at(-1)).to.equal('complete: the whole');
    expect(() => session.retry()).to.throw('nothing to try again');
  });

  it('has nothing to try again while a turn runs, and before the first', async () => {
    expect(() => session.retry()).to.throw('nothing to try again');
    await begin();
    expect(() => session.retry()).to.throw('the turn still runs');
  });

  it('keeps what waits when a turn fails, says so, and sends it after the next turn that does not', async () => {
    const gate = new Gate();
    place.retries = 0;
    place.server.reply({ text: ['half', gate.opened], end: 'cut' });
    person.send('go');
    await person.sees('half');
    person.send('steering').type('queued').press('M-Enter');
    gate.open();
    await person.waits('turn-failed');
    expect(session.queued).to.deep.equal(['steering', 'queued']);
    expect(person.flat).to.contain('2 messages wait until then').and.contain('⏎ queued: steering');
    person.send('new words');
    await waitUntil(() => place.server.requests.length === 4, 'the other turns');
    await person.waits('turn-ended');
    expect(said(4).filter((text) => !text.startsWith('Your reply'))).to.deep.equal([
      'go',
      'new words',
      'steering',
      'queued',
    ]);
  });

  it('gives back what waits after a failure when it is stopped', async () => {
    const gate = new Gate();
    place.retries = 0;
    place.server.reply({ text: ['half', gate.opened], end: 'cut' });
    person.send('go');
    await person.sees('half');
    person.send('steering');
    gate.open();
    await person.waits('turn-failed');
    person.press('Escape Escape');
    expect(person.draft).to.equal('steering');
    expect(session.queued).to.deep.equal([]);
  });

  for (const [name, fault] of Object.entries({
    unauthorized: FAULTS.unauthorized,
    'a page': FAULTS.unavailablePage,
    garbage: FAULTS.garbage,
    quota: FAULTS.quota,
    'no finish': FAULTS.noFinish,
  }))
    it(`ends with a clear line and takes the next prompt after ${name}`, async () => {
      place.retries = 0;
      place.server.fail(fault);
      person.send('go');
      await person.waits('turn-failed');
      expect(person.screen).to.contain('/retry').and.not.contain('<html').and.not.contain('sk-');
      await person.send('once more').waits('turn-ended');
      expect(person.messages.at(-1)).to.equal('complete: once more');
    });

  it('holds turns while it is paused: what is said waits', async () => {
    session.pause();
    session.pause();
    expect(session.status).to.equal('paused');
    person.send('later');
    session.say('and this');
    expect(session.queued).to.deep.equal(['later', 'and this']);
    expect(person.screen).to.contain('‖ paused');
    expect(place.server.requests).to.have.length(0);
    session.resume();
    await waitUntil(() => place.server.requests.length === 2, 'both turns');
    await person.waits('turn-ended');
    expect(session.isPaused).to.equal(false);
  });

  it('holds a running turn before its next request', async () => {
    place.server.reply({ calls: [{ name: 'shell', arguments: { command: 'true' } }] });
    person.send('go');
    await person.isAsked();
    session.pause();
    person.press('y');
    await waitUntil(() => session.status === 'paused', 'the pause');
    expect(place.server.requests).to.have.length(1);
    person.send('steering');
    session.resume();
    await person.waits('turn-ended');
    expect(said(2)).to.deep.equal(['go', 'steering']);
  });

  it('can be stopped while it is held', async () => {
    session.pause();
    await person.send('go').sees('queued: go');
    person.press('Escape Escape');
    expect([person.draft, session.status]).to.deep.equal(['go', 'paused']);
  });

  it('answers scripts with the end of the turn that answers them', async () => {
    const gate = await begin();
    const first = session.ask('one', never());
    const second = session.ask('two', never());
    expect(session.queued).to.deep.equal(['one', 'two']);
    place.server.reply('reply one');
    place.server.fail(FAULTS.unauthorized);
    gate.open();
    expect(await first).to.deep.equal({ ok: true, text: 'reply one' });
    const failed = await second;
    expect(failed.ok).to.equal(false);
    expect(failed.text).to.match(/WORK_KEY/);
    expect(() => session.say('  ')).to.throw('there is nothing to say');
  });

  it('tells scripts that a turn was stopped, and leaves the turn alone when they leave', async () => {
    place.server.reply({ text: ['half', new Gate().opened] });
    const asked = session.ask('one', never());
    const waiting = session.ask('two', never());
    await person.sees('half');
    const controller = new AbortController();
    const left = session.ask('three', controller.signal);
    controller.abort();
    expect(await left).to.include({ ok: false });
    expect(session.status).to.equal('processing');
    session.stopTurn();
    expect(await asked).to.deep.equal({ ok: false, text: 'The turn was stopped.' });
    expect((await waiting).ok).to.equal(false);
    expect(person.draft).to.equal('');
  });

  it('runs no more turns at once than may, over all chats, and mixes none up', async () => {
    place.limit = 3;
    place.server.fallback = ({ text }) => ({ text: [text, ' ', text], delay: 5 });
    const chats = Array.from({ length: 10 }, () => place.chat());
    const results = await Promise.all(chats.map(({ session: one }, index) => one.ask(`mark-${index}`, never())));
    results.forEach((result, index) => {
      expect(result).to.deep.equal({ ok: true, text: `mark-${index} mark-${index}` });
    });
    expect(place.server.maximumInFlight).to.be.at.most(3);
  });
});
