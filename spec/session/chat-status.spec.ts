import { expect } from 'chai';
import type { ChatSession } from '../../lib/session/chat-session.ts';
import { ChatPlace } from '../support/chat-place.ts';
import { FAULTS } from '../support/model-answer.ts';

/** What a chat says of itself, as it says it: `processing`, `waiting-for-input turn-ended`, `~streaming`, `~reconnecting 1`. */
function told(session: ChatSession): string[] {
  const heard: string[] = [];
  session.events((event) => {
    if (event.type === 'status') heard.push([session.status, session.waitingReason].filter(Boolean).join(' '));
    else if (event.type === 'connection') {
      const { connection } = event;
      heard.push(`~${connection.kind}${connection.kind === 'reconnecting' ? ` ${connection.attempt}` : ''}`);
    } else if (event.type === 'refused') heard.push(`refused ${event.from} ${event.to}`);
  });
  return heard;
}

const TURN = ['processing', '~connecting', '~streaming', 'waiting-for-input turn-ended', '~connected'];

describe('what a chat tells of its status', () => {
  let place: ChatPlace;
  beforeEach(async () => {
    place = await ChatPlace.open();
  });
  afterEach(async () => {
    expect(await place.close()).to.deep.equal([]);
  });

  it('is one event for each change, however many pieces a reply has', async () => {
    const person = place.chat();
    const heard = told(person.session);
    place.server.reply({ text: Array.from({ length: 50 }, (_, piece) => `piece ${piece} `) }, { times: 2 });
    person.send('one');
    await person.waits('turn-ended');
    expect(heard).to.deep.equal(TURN);
    person.send('two');
    await person.waits('turn-ended');
    expect(heard).to.deep.equal([...TURN, ...TURN]);
  });

  it('counts the attempts to reach the endpoint, and says when they have failed', async () => {
    const person = place.chat();
    const heard = told(person.session);
    place.server.fail(FAULTS.serverError, { times: 3 });
    person.send('go');
    await person.waits('turn-failed');
    expect(heard).to.deep.equal([
      'processing',
      '~connecting',
      '~reconnecting 1',
      '~connecting',
      '~reconnecting 2',
      '~connecting',
      'waiting-for-input turn-failed',
      '~error',
    ]);
  });

  it('is paused while it is held, whether or not something waits, and goes on', () => {
    const person = place.chat();
    const heard = told(person.session);
    person.session.pause();
    person.session.pause();
    expect(heard).to.deep.equal(['paused']);
    person.session.resume();
    expect(heard).to.deep.equal(['paused', 'waiting-for-input']);
  });

  it('waits for an approval until it is given, seen or not', async () => {
    const person = place.chat();
    person.session.setShown(0, false);
    const heard = told(person.session);
    place.server.reply({ calls: [{ name: 'shell', arguments: { command: 'true' } }] });
    person.send('go');
    await person.isAsked();
    expect(person.session).to.include({ status: 'waiting-for-input', waitingReason: 'approval', seen: false });
    person.session.setShown(1, true);
    person.session.setShown(0, false);
    expect(person.session).to.include({ waitingReason: 'approval', seen: true, isShown: false });
    person.session.answer(undefined, { kind: 'once' });
    await person.waits('turn-ended');
    expect(person.session.seen).to.equal(false);
    expect(heard.filter((line) => line.endsWith('approval'))).to.have.length(1);
    expect(heard.slice(-2)).to.deep.equal(['waiting-for-input turn-ended', '~connected']);
  });
});
