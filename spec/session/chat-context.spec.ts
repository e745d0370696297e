import { expect } from 'chai';
import type { ChatSession } from '../../lib/session/chat-session.ts';
import { type ChatPerson, ChatPlace } from '../support/chat-place.ts';
import { Gate } from '../support/gate.ts';
import { FAULTS } from '../support/model-answer.ts';
import type { SeenRequest } from '../support/model-server.ts';
import { waitUntil } from '../support/wait.ts';

const long = (word: string) => `${word} `.repeat(400);
const asksForSummary = ({ body }: SeenRequest) => String(body.messages?.[0]?.content).startsWith('You summarise');

describe('the context of a chat', () => {
  let place: ChatPlace;
  let person: ChatPerson;
  let session: ChatSession;
  beforeEach(async () => {
    place = await ChatPlace.open();
    place.window = 8000;
    person = place.chat();
    session = person.session;
  });
  afterEach(async () => {
    expect(await place.close()).to.deep.equal([]);
  });

  async function talk(rounds: number): Promise<void> {
    for (let round = 0; round < rounds; round++) {
      place.server.reply({ text: long(`answer${round}`), usage: false });
      person.send(`question ${round}`);
      await waitUntil(() => person.messages.at(-1)?.startsWith(`complete: answer${round}`), `answer ${round}`);
    }
  }

  it('is summarised when the person asks, visibly; the history stays', async () => {
    await talk(4);
    const gate = new Gate();
    place.server.responder = (request) =>
      asksForSummary(request) ? { text: ['We ', gate.opened, 'talked.'] } : undefined;
    const compacted = session.compact();
    await person.sees('⟳ summarising');
    expect(session.status).to.equal('processing');
    expect(() => session.retry()).to.throw('the turn still runs');
    person.send('said meanwhile');
    expect(person.screen).to.contain('said meanwhile');
    gate.open();
    await compacted;
    await waitUntil(() => person.messages.at(-1) === 'complete: said meanwhile', 'the turn after it');
    expect(person.messages.some((message) => message.startsWith('summary: We talked.'))).to.equal(true);
    expect(person.messages[0]).to.equal('user: question 0');
    const { body } = place.server.requests.at(-1) ?? expect.fail('no request');
    expect(JSON.stringify(body.messages)).to.contain('We talked.').and.not.contain('answer0');
    expect(person.screen).to.contain('messages summarised');
  });

  it('is not summarised while a turn runs, or when there is too little', async () => {
    const refused = async () =>
      session.compact().then(
        () => 'it was',
        (error: Error) => error.message,
      );
    expect(await refused()).to.contain('too little');
    place.server.reply({ text: ['half', new Gate().opened] });
    person.send('go');
    await person.sees('half');
    expect(await refused()).to.contain('a turn runs');
  });

  it('is summarised before a request that would take more of the window than it is to', async () => {
    place.server.responder = (request) => (asksForSummary(request) ? { text: 'We talked.' } : undefined);
    await talk(20);
    expect(person.messages.filter((message) => message.startsWith('summary: We talked.'))).to.not.be.empty;
    const { used, window } = session.context;
    expect(used).to.be.below(0.9 * window);
    expect(person.messages.filter((message) => message.startsWith('user: '))).to.have.length(20);
  });

  it('is summarised once when the endpoint finds it too long, and the turn goes on', async () => {
    await talk(4);
    place.server.fail(FAULTS.contextLength);
    place.server.reply('We talked.');
    place.server.reply('Here you are.');
    await person.send('go on').waits('turn-ended');
    await waitUntil(() => person.messages.at(-1) === 'complete: Here you are.', 'the reply');
    expect(person.messages.at(-2)).to.match(/^summary: We talked\./);
  });

  it('goes on without a summary that failed, says so, and tries not again with each request', async () => {
    place.retries = 0;
    place.server.responder = (request) => (asksForSummary(request) ? FAULTS.serverError : undefined);
    await talk(20);
    const warnings = person.messages.filter((message) =>
      message.startsWith('warning: Older turns could not be summarised'),
    );
    expect(warnings).to.not.be.empty;
    expect(person.messages.at(-1)).to.match(/^complete: answer19/);
    expect(session.status).to.equal('waiting-for-input');
  });

  it('is not sent whole without a word, where a text is longer than the window', async () => {
    const warnings = () => person.messages.filter((message) => message.includes('middle is left out'));
    place.server.fallback = () => ({ text: 'fine' });
    session.say(`x${' word'.repeat(100_000)}`);
    await waitUntil(() => person.messages.at(-1) === 'complete: fine', 'the reply');
    expect(warnings()).to.have.length(1);
    expect(warnings()[0]).to.match(/^warning: One message is too long for the window of .*big \([\d,]+ tokens\)/);
    await person.send('again').waits('turn-ended');
    expect(warnings()).to.have.length(1);
  });

  it('stops to summarise when it is told to', async () => {
    await talk(4);
    place.server.responder = (request) => (asksForSummary(request) ? { text: ['We', new Gate().opened] } : undefined);
    const compacted = session.compact();
    await person.sees('⟳ summarising');
    person.press('Escape Escape');
    await compacted;
    expect(person.messages.at(-1)).to.match(/^complete: answer3/);
    expect(session.status).to.equal('waiting-for-input');
  });
});
