import { expect } from 'chai';
import { ChatView } from '../../lib/session/chat-view.ts';
import { Grid } from '../../lib/text/grid.ts';
import { type ChatPerson, ChatPlace } from '../support/chat-place.ts';
import { Gate } from '../support/gate.ts';
import { waitUntil } from '../support/wait.ts';

describe('the cost of a chat', () => {
  let place: ChatPlace;
  beforeEach(async () => {
    place = await ChatPlace.open();
  });
  afterEach(async () => {
    expect(await place.close()).to.deep.equal([]);
  });

  const viewOf = ({ session }: ChatPerson): ChatView =>
    session.content instanceof ChatView ? session.content : expect.fail('no view');

  /** A chat of so many messages, one of them being streamed in so many deltas; they begin when the gate opens. */
  async function streaming(messages: number, deltas: number): Promise<{ person: ChatPerson; gate: Gate }> {
    const person = place.chat();
    for (let number = 1; number < messages; number++) person.session.note(`message ${number}`);
    const gate = new Gate();
    const words = Array.from({ length: deltas }, (_, index) => `word${index}${index % 20 === 19 ? '\n\n' : ' '}`);
    place.server.reply({ text: ['begin ', gate.opened, ...words] });
    person.send('go');
    await person.sees('begin');
    return { person, gate };
  }

  it('is no layout while nobody looks, and one when somebody does', async () => {
    const { person, gate } = await streaming(2000, 1000);
    const { session } = person;
    const view = viewOf(person);
    session.setShown(0, false);
    const before = view.work;
    let changes = 0;
    session.events(({ type }) => {
      if (type === 'changed') changes += 1;
    });
    gate.open();
    await waitUntil(() => session.status === 'waiting-for-input', 'the end');
    expect(changes).to.be.at.least(100);
    expect(session.preview).to.contain('word999');
    expect(view.work).to.deep.equal(before);
    session.setShown(1, true);
    expect(person.screen).to.contain('word999');
    expect(view.work.screens).to.equal(before.screens + 1);
    expect(view.work.parts).to.be.below(before.parts + 200);
  });

  it('does not grow with the conversation while somebody looks', async () => {
    const partsFor = async (messages: number): Promise<number> => {
      const { person, gate } = await streaming(messages, 300);
      const view = viewOf(person);
      const grid = new Grid({ columns: 80, rows: 24 });
      const paint = () => {
        for (let y = 0; y < 24; y++) view.readRow(view.screenTop + y, grid, 0, y, 80);
      };
      paint();
      const before = view.work;
      let frames = 0;
      person.session.events(({ type }) => {
        if (type !== 'changed') return;
        frames += 1;
        paint();
      });
      gate.open();
      await person.waits('turn-ended');
      expect(view.work.screens - before.screens).to.be.at.most(frames + 1);
      return (view.work.parts - before.parts) / frames;
    };
    const few = await partsFor(20);
    const many = await partsFor(2000);
    expect(few).to.be.below(4);
    expect(many).to.be.below(4);
  });

  it('is no clock while nothing that tells seconds is seen', async () => {
    const { person, gate } = await streaming(2, 10);
    expect(place.clock.armed).to.equal(2);
    place.clock.advance(100);
    expect(place.clock.armed).to.equal(1);
    person.session.setShown(0, false);
    expect(place.clock.armed).to.equal(0);
    person.session.setShown(1, true);
    gate.open();
    await person.waits('turn-ended');
    place.clock.advance(100);
    expect(place.clock.armed).to.equal(0);
  });
});
