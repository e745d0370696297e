import { expect } from 'chai';
import { UserError } from '../../lib/base/user-error.ts';
import { Options } from '../../lib/config/options.ts';
import { Hibernation } from '../../lib/server/hibernation.ts';
import type { Session } from '../../lib/session/session.ts';
import type { ChatPerson } from '../support/chat-place.ts';
import { KeptChats } from '../support/kept-chats.ts';
import { plainSession } from '../support/plain-session.ts';
import { waitUntil } from '../support/wait.ts';

const MINUTE = 60_000;

describe('hibernation', () => {
  let kept: KeptChats;
  let options: Options;
  let people: ChatPerson[];
  let read: Session | undefined;
  let told: string[];
  let freed: number;
  let hibernation: Hibernation;
  beforeEach(async () => {
    kept = await KeptChats.open();
    options = new Options();
    people = [];
    told = [];
    freed = 0;
    read = undefined;
    hibernation = new Hibernation({
      options,
      clock: kept.place.clock,
      sessions: () => [plainSession(90, 'prog'), ...people.map(({ session }) => session)],
      isRead: (session) => session === read,
      save: () => kept.store.recorder.flush(),
      tell: (text) => void told.push(text),
      log: () => {},
      freed: (bytes) => {
        freed += bytes;
      },
    });
  });
  afterEach(async () => {
    hibernation.dispose();
    expect(await kept.close()).to.deep.equal([]);
  });

  /** Hidden chats, used a minute apart. */
  const chats = async (count: number): Promise<void> => {
    for (let index = 0; index < count; index++) {
      kept.place.clock.advance(MINUTE);
      const person = await kept.hidden(`hello ${index}`);
      person.session.events(() => hibernation.heard(person.session));
      people.push(person);
    }
    hibernation.update();
    kept.place.clock.advance(0);
  };
  const awake = () => people.map(({ session }) => session.isAwake);

  it('takes each chat that nobody used for the time of the option, and wakes nobody in between', async () => {
    options.set('hibernate-after-minutes', '10');
    await chats(3);
    // What the chats themselves wait for comes to its end.
    kept.place.clock.advance(1000);
    expect(kept.place.clock.armed).to.equal(1);
    kept.place.clock.advance(8 * MINUTE - 1001);
    expect(awake()).to.deep.equal([true, true, true]);
    kept.place.clock.advance(1);
    expect(awake()).to.deep.equal([false, true, true]);
    kept.place.clock.advance(MINUTE);
    expect(awake()).to.deep.equal([false, false, true]);
    kept.place.clock.advance(MINUTE);
    expect(awake()).to.deep.equal([false, false, false]);
    expect(kept.place.clock.armed).to.equal(0);
    expect(told).to.deep.equal([]);
    expect(freed).to.be.above(0);
  });

  it('counts from the last look as well', async () => {
    options.set('hibernate-after-minutes', '10');
    await chats(1);
    const [person] = people;
    person?.session.setShown(1, true);
    hibernation.update();
    kept.place.clock.advance(60 * MINUTE);
    expect(awake()).to.deep.equal([true]);
    person?.session.setShown(0, false);
    hibernation.update();
    kept.place.clock.advance(10 * MINUTE - 1);
    expect(awake()).to.deep.equal([true]);
    kept.place.clock.advance(1);
    expect(awake()).to.deep.equal([false]);
  });

  it('is off at 0, and follows the option at once', async () => {
    options.set('hibernate-after-minutes', '0');
    await chats(1);
    kept.place.clock.advance(1000 * MINUTE);
    expect(awake()).to.deep.equal([true]);
    options.set('hibernate-after-minutes', '30');
    hibernation.update();
    kept.place.clock.advance(1);
    expect(awake()).to.deep.equal([false]);
  });

  it('leaves what is read in copy mode alone, and takes it later', async () => {
    await chats(1);
    read = people[0]?.session;
    kept.place.clock.advance(40 * MINUTE);
    expect(awake()).to.deep.equal([true]);
    read = undefined;
    kept.place.clock.advance(2 * MINUTE);
    expect(awake()).to.deep.equal([false]);
  });

  it('makes room for one chat more by the one that is idle longest, and says so', async () => {
    options.set('max-active', '3');
    await chats(3);
    people[0]?.session.setShown(1, true);
    hibernation.makeRoom();
    expect(awake()).to.deep.equal([true, false, true]);
    expect(told).to.deep.equal(['api-2 hibernates: at most 3 chats may be awake (max-active)']);
    hibernation.makeRoom();
    expect(awake()).to.deep.equal([true, false, true]);
  });

  it('refuses one chat more where none can sleep, and names the option', async () => {
    options.set('max-active', '1');
    await chats(1);
    people[0]?.session.setShown(1, true);
    expect(() => hibernation.makeRoom()).to.throw(UserError, 'close one, or raise max-active');
    expect(awake()).to.deep.equal([true]);
  });

  it('saves what is not on disk yet before a new chat is made', async () => {
    options.set('max-active', '1');
    await chats(1);
    people[0]?.session.note('not on disk yet');
    expect(() => hibernation.makeRoom()).to.throw(UserError);
    await hibernation.prepareRoom();
    hibernation.makeRoom();
    expect(awake()).to.deep.equal([false]);
  });

  it('lets another sleep for one that is looked at, and goes over the limit where none can', async () => {
    options.set('max-active', '1');
    await chats(1);
    hibernation.makeRoom();
    await chats(1);
    people[0]?.session.setShown(1, true);
    await waitUntil(() => awake().join() === 'true,false', 'the other to sleep');
    people[1]?.session.setShown(1, true);
    await waitUntil(() => awake().join() === 'true,true', 'both awake');
  });

  it('follows a limit that was lowered', async () => {
    await chats(3);
    options.set('max-active', '1');
    hibernation.update();
    kept.place.clock.advance(0);
    expect(awake()).to.deep.equal([false, false, true]);
  });
});
