import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { GuideModel } from '../../lib/conversation/guide-model.ts';
import { createGuideHelp } from '../../lib/server/guide-help.ts';
import { ChatPlace } from '../support/chat-place.ts';
import { QuickClock } from '../support/quick-clock.ts';
import { shippedKeys } from '../support/shipped-keys.ts';

describe('the guide in a chat', () => {
  const guide = new GuideModel({ help: createGuideHelp(shippedKeys()), clock: new QuickClock() });
  const models = { list: () => Promise.resolve([]), find: () => Promise.resolve(guide) };
  let place: ChatPlace;
  beforeEach(async () => {
    place = await ChatPlace.open();
  });
  afterEach(async () => {
    expect(await place.close()).to.deep.equal([]);
  });

  it('gives its tour, with a command that a person allows', async () => {
    const person = place.chat({ models }).send('tour');
    await person.isAsked();
    expect(person.all).to.contain('no language model').and.to.contain('export OPENAI_API_KEY');
    person.press('y');
    await person.waits('turn-ended');
    expect(person.all).to.contain('hello from qmux').and.to.contain('Where to go next');
  });

  it('is told of a refusal and its reason', async () => {
    const person = place.chat({ models }).send('show approval');
    await person.isAsked();
    person.press('n').send('not today');
    await person.waits('turn-ended');
    expect(person.all).to.contain('did not run').and.to.contain('not today');
  });

  it('asks for five commands, which are allowed together', async () => {
    const person = place.chat({ models }).send('show many');
    await person.isAsked('1 of 5');
    person.press('Y');
    await person.waits('turn-ended');
    expect(person.messages.at(-1)).to.match(/(\*\*shell\*\* gave back[\s\S]*){5}/);
  });

  it('writes and changes a file of the conversation without asking', async () => {
    const person = place.chat({ models }).send('show edit');
    await person.waits('turn-ended');
    expect(existsSync(path.join(place.folder, 'session-1', 'qmux-tour.txt'))).to.equal(true);
    expect(person.messages.join('\n')).to.match(/write done[\s\S]*edit done/);
  });

  it('fails, and goes on with a retry', async () => {
    const person = place.chat({ models }).send('show failure');
    await person.waits('turn-failed');
    person.session.retry();
    await person.waits('turn-ended');
    expect(person.messages.at(-1)).to.contain('complete: And this is the second attempt');
  });

  it('is connected anew after two cuts', async () => {
    const person = place.chat({ models }).send('show reconnect');
    await person.waits('turn-ended');
    expect(person.messages.filter((message) => message.startsWith('superseded: '))).to.have.length(2);
    expect(person.messages.at(-1)).to.contain('Attempt 3 came through');
  });

  it('has a gauge that moves', async () => {
    const person = place.chat({ models }).send('help');
    await person.waits('turn-ended');
    const { used, window, counted } = person.session.context;
    expect(counted).to.equal(true);
    expect(used).to.be.within(500, window / 2);
  });
});
