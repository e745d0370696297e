import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { UserError } from '../../lib/base/user-error.ts';
import type { ChatPerson } from '../support/chat-place.ts';
import { KeptChats } from '../support/kept-chats.ts';
import { waitUntil } from '../support/wait.ts';

describe('a chat that sleeps', () => {
  let kept: KeptChats;
  beforeEach(async () => {
    kept = await KeptChats.open();
  });
  afterEach(async () => {
    expect(await kept.close()).to.deep.equal([]);
  });

  const asleep = async (said = 'hello there'): Promise<ChatPerson> => {
    const person = await kept.hidden(said);
    expect(person.session.hibernate()).to.equal(true);
    return person;
  };
  const rows = async (): Promise<number> => {
    const found = await kept.database.database.rows.selectFrom('messages').select('id').execute();
    return found.length;
  };

  it('holds no messages, and looks as before', async () => {
    const person = await kept.hidden('hello there');
    const { session, screen } = { session: person.session, screen: person.screen };
    const facts = () => [
      session.title,
      session.preview,
      session.context,
      session.fact('session_tokens'),
      session.draft,
    ];
    session.setDraft('an unsent thought');
    const before = [person.screen, ...facts()];
    expect(screen).to.contain('Reply to hello there.');
    await kept.store.recorder.flush();
    expect(session.hibernate()).to.equal(true);
    expect(session.isAwake).to.equal(false);
    expect(session.conversation.messages).to.deep.equal([]);
    expect([person.screen, ...facts()]).to.deep.equal(before);
    await session.wake();
    expect(session.isAwake).to.equal(true);
    expect([person.screen, ...facts()]).to.deep.equal(before);
    expect(person.messages).to.deep.equal(['user: hello there', 'complete: Reply to hello there.']);
  });

  it('is paused where it has nothing to tell, and waits again when it wakes, without calling', async () => {
    const { session } = await asleep();
    expect(session).to.include({ status: 'paused', seen: true, unread: 0 });
    await session.wake();
    expect(session).to.include({ status: 'waiting-for-input', waitingReason: 'turn-ended', seen: true, unread: 0 });
  });

  it('keeps why it waits until somebody has seen it', async () => {
    const person = kept.chat();
    kept.place.server.reply('News.');
    person.type('tell me');
    person.session.setShown(1, true);
    person.press('Enter');
    person.session.setShown(0, false);
    await person.waits('turn-ended');
    await kept.store.recorder.flush();
    const { session } = person;
    expect(session.hibernate()).to.equal(true);
    expect(session).to.include({ status: 'waiting-for-input', waitingReason: 'turn-ended', seen: false, unread: 1 });
    session.setShown(1, true);
    await waitUntil(() => session.isAwake, 'it to wake');
    expect(session).to.include({ status: 'waiting-for-input', waitingReason: 'turn-ended', seen: true, unread: 0 });
  });

  it('wakes when it is shown, and takes the keys typed meanwhile in order', async () => {
    const person = await asleep();
    const { session } = person;
    session.setDraft('so: ');
    kept.place.server.reply('Both came.');
    session.setShown(1, true);
    person.type('one');
    session.send(Buffer.from(' two'));
    session.input({ type: 'paste', bytes: Buffer.from(' three'), first: true, last: true });
    person.press('Enter');
    await person.sees('Both came.');
    expect(person.messages.slice(2)).to.deep.equal(['user: so: one two three', 'complete: Both came.']);
    expect((await kept.place.server.request(2)).body.messages).to.have.lengthOf(4);
  });

  it('wakes for what scripts say, ask and note, and answers them', async () => {
    const person = await asleep();
    const { session } = person;
    kept.place.server.reply('Asked and answered.');
    expect(await session.ask('what now?', new AbortController().signal)).to.deep.equal({
      ok: true,
      text: 'Asked and answered.',
    });
    await kept.store.recorder.flush();
    expect(session.hibernate()).to.equal(true);
    session.note('from outside');
    await waitUntil(() => session.isAwake, 'it to wake');
    expect(person.messages).to.deep.equal([
      'user: hello there',
      'complete: Reply to hello there.',
      'user: what now?',
      'complete: Asked and answered.',
      'info: from outside',
    ]);
  });

  it('is never written as empty, whatever changes of it meanwhile', async () => {
    const person = await asleep();
    const before = await rows();
    person.session.rename('another');
    person.session.setDraft('later');
    person.session.setTrust('shell', true);
    person.session.pause();
    await kept.store.recorder.flush();
    await kept.reopen();
    const [row] = await kept.database.sessions.open();
    expect(row).to.include({ session_name: 'another', trusted_tools: '["shell"]', is_paused: 1, next_message: 3 });
    expect(await rows()).to.equal(before);
    const [back] = await kept.restore();
    await back?.session.wake();
    expect(back?.messages).to.deep.equal(['user: hello there', 'complete: Reply to hello there.']);
    expect(back?.session.draft).to.equal('later');
  });

  it('goes on in the rows that it has', async () => {
    const person = await asleep();
    for (const word of ['second', 'third']) {
      kept.place.server.reply(`Reply to ${word}.`);
      person.session.say(word);
      await person.waits('turn-ended');
      person.session.setShown(1, true);
      person.session.setShown(0, false);
      await kept.store.recorder.flush();
      expect(person.session.hibernate()).to.equal(true);
    }
    expect(await rows()).to.equal(6);
    await kept.reopen();
    const [back] = await kept.restore();
    await back?.session.wake();
    expect(back?.messages).to.have.lengthOf(6);
  });

  it('stays asleep when it is closed, and is kept', async () => {
    const person = await asleep('remember this');
    await kept.store.recorder.closed(person.session);
    expect(await kept.database.search('remember')).to.have.lengthOf.at.least(1);
    expect(await kept.database.sessions.open()).to.deep.equal([]);
  });

  it('is not one that is shown, works, has something queued, or is not all on disk', async () => {
    const person = await kept.hidden('hello there');
    const { session } = person;
    session.setShown(1, true);
    expect(session.hibernate(), 'shown').to.equal(false);
    session.setShown(0, false);
    session.note('not on disk yet');
    expect(session.hibernate(), 'not on disk').to.equal(false);
    await kept.store.recorder.flush();
    session.pause();
    session.enqueue('later');
    await kept.store.recorder.flush();
    expect(session.hibernate(), 'queued').to.equal(false);
    session.stopTurn();
    session.resume();
    await kept.store.recorder.flush();
    expect(session.hibernate(), 'at rest').to.equal(true);
    expect(session.hibernate(), 'asleep').to.equal(false);
  });

  it('never sleeps where nothing is kept', async () => {
    const { session } = await kept.hidden('hello there');
    await kept.store.close();
    expect(session.hibernate()).to.equal(false);
  });

  it('says why it cannot wake, keeps its row, and wakes at the next look', async () => {
    const person = await asleep();
    const { session } = person;
    kept.store.recorder.setStore(undefined);
    session.setShown(1, true);
    await person.sees('cannot be read now');
    person.type('typed meanwhile');
    expect(session.isAwake).to.equal(false);
    await session.wake().then(
      () => expect.fail('it woke'),
      (error: unknown) => expect(error).to.be.instanceOf(UserError),
    );
    kept.store.recorder.setStore(kept.database);
    session.setShown(0, false);
    session.setShown(1, true);
    await waitUntil(() => session.isAwake, 'it to wake');
    expect(person.messages).to.deep.equal(['user: hello there', 'complete: Reply to hello there.']);
    expect(session.draft).to.equal('typed meanwhile');
  });

  it('is told of a conversation that its database lost, and writes nothing over another', async () => {
    const person = await asleep();
    const other = await kept.hidden('another one');
    const [row] = (await kept.database.sessions.open()).filter(
      ({ folder }) => folder === `folder-${person.session.id}`,
    );
    if (row === undefined) throw new Error('it has no row');
    await kept.database.sessions.remove([row.id]);
    person.session.rename('lost');
    await kept.store.recorder.flush();
    await person.session.wake().then(
      () => expect.fail('it woke'),
      (error: unknown) => expect(String(error)).to.contain('the database does not have it any more'),
    );
    expect(other.session.hibernate()).to.equal(true);
    await other.session.wake();
    expect(other.messages[0]).to.equal('user: another one');
  });

  it('keeps what is folded open, and shows the end of a long conversation', async () => {
    const person = kept.chat();
    const { session } = person;
    session.paste(Array.from({ length: 60 }, (_, line) => `pasted line ${line}`).join('\n'));
    kept.place.server.reply(Array.from({ length: 80 }, (_, line) => `- point ${line}`).join('\n'));
    person.press('Enter');
    await person.waits('turn-ended');
    session.setShown(0, false);
    await kept.store.recorder.flush();
    const before = person.screen;
    const { epoch } = session.content;
    expect(session.hibernate()).to.equal(true);
    expect(person.screen).to.equal(before);
    expect(session.content.epoch).to.be.above(epoch);
    await session.wake();
    expect(person.screen).to.equal(before);
    expect(person.all).to.contain('pasted 60 lines').and.contain('point 0');
  });

  it('gives its memory back', async () => {
    const person = await kept.hidden('hello there');
    kept.place.server.reply('fine');
    person.session.say('words that take some room, and then more of them. '.repeat(4000));
    await person.waits('turn-ended');
    await kept.store.recorder.flush();
    const before = person.session.memoryUse;
    expect(before).to.be.above(150_000);
    person.session.hibernate();
    expect(person.session.memoryUse).to.be.below(30_000);
  });

  describe('after a restart', () => {
    const restarted = async (): Promise<readonly ChatPerson[]> => {
      await kept.reopen();
      return await kept.restore();
    };

    it('has its facts, and its conversation as soon as somebody looks', async () => {
      const first = await kept.hidden('hello there');
      first.session.setDraft('an unsent thought');
      const [person] = await restarted();
      if (person === undefined) throw new Error('it did not come back');
      const { session } = person;
      expect(session).to.include({
        isAwake: false,
        title: 'hello there',
        preview: 'Reply to hello there.',
        draft: 'an unsent thought',
        status: 'waiting-for-input',
        waitingReason: 'turn-ended',
        seen: true,
      });
      expect(session.fact('session_tokens')).to.equal(first.session.fact('session_tokens'));
      expect(person.screen).to.contain(`${session.name} …`).and.contain('Reply to hello there.');
      expect(person.screen).to.contain('an unsent thought');
      session.setShown(1, true);
      await person.sees('› hello there');
      expect(person.messages).to.deep.equal(['user: hello there', 'complete: Reply to hello there.']);
      await kept.store.recorder.flush();
      expect(await rows()).to.equal(2);
    });

    it('is paused if it slept before', async () => {
      await asleep();
      const [person] = await restarted();
      expect(person?.session).to.include({ status: 'paused', isAwake: false });
    });

    it('says once that a turn was cut, however often the server ends before it wakes', async () => {
      const row = await kept.hidden('hello there');
      await kept.store.recorder.flush();
      await kept.database.database.rows.updateTable('conversations').set({ turn_rest: 'cut', seen: 0 }).execute();
      row.session.setShown(0, false);
      kept.store.dispose();
      await kept.reopen();
      await kept.restore();
      const [person] = await restarted();
      if (person === undefined) throw new Error('it did not come back');
      expect(person.session).to.include({ status: 'waiting-for-input', waitingReason: 'turn-failed', seen: false });
      await person.session.wake();
      expect(person.messages).to.deep.equal([
        'user: hello there',
        'complete: Reply to hello there.',
        'warning: The server ended during this turn. /retry asks again.',
      ]);
      await kept.store.recorder.flush();
      const [again] = await restarted();
      await again?.session.wake();
      expect(again?.messages).to.have.lengthOf(3);
    });

    it('sanitizes what a hostile file says of it', async () => {
      const person = await kept.hidden('hello there');
      expect(person.session.isAwake).to.equal(true);
      const preview = '\u001b]0;owned\u0007\u202eevil';
      await kept.database.database.rows.updateTable('conversations').set({ preview }).execute();
      kept.store.dispose();
      await kept.reopen();
      const [back] = await kept.restore();
      expect(back?.screen).not.to.match(/[\u001b\u0007\u202e]/);
      expect(back?.session.preview).not.to.match(/[\u001b\u0007\u202e]/);
    });
  });

  it('stays as it is when its database is damaged meanwhile', async () => {
    const person = await asleep();
    await kept.store.close();
    writeFileSync(kept.file, 'this is no database');
    await kept.reopen();
    expect(kept.told.join()).to.contain('damaged');
    expect(person.session.isAwake).to.equal(false);
    await person.session.wake().catch((error: unknown) => expect(error).to.be.instanceOf(UserError));
    expect(person.screen).to.contain('Reply to hello there.');
  });
});
