import { expect } from 'chai';
import { ChatPlace } from '../support/chat-place.ts';

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
    expect(person.screen).to.contain('api-1 · development');
    place.server.reply({ text: ['Hello ', 'you'] });
    person.send('hi there');
    await person.waits('turn-ended');
    expect(person.screen).to.contain('hi there').and.contain('Hello you').and.not.contain('Enter sends');
    expect(person.rows.at(-1)).to.equal('[api-1] q>');
    expect(person.rows.at(-2)).to.equal('─'.repeat(80));
    expect(place.server.requests[0]?.text).to.equal('hi there');
  });
});
