import { expect } from 'chai';
import { applyEvent, EMPTY_CONVERSATION } from '../../lib/conversation/conversation.ts';
import type { Message } from '../../lib/conversation/message.ts';
import type { OpenStore } from '../../lib/store/open-store.ts';
import { temporaryFolder } from '../support/folder.ts';
import { KeptConversation, openStore, sessionFacts, storeFile } from '../support/store-place.ts';

const textsOf = (messages: readonly Message[]): readonly string[] =>
  messages.map((message) => (message.kind === 'user' ? message.parts.map(({ text }) => text).join('') : message.kind));

const wanted = (name: string) => ({
  session_name: name,
  session_type: 'debug',
  folder: `folder-of-${name}`,
  working_directory: '/work',
  model: null,
  created_at: 5000,
  last_active: 5000,
});

describe('ArchiveStore', () => {
  let store: OpenStore;
  beforeEach(async () => {
    ({ store } = await openStore(storeFile(temporaryFolder())));
  });
  afterEach(() => store.dispose());

  const kept = async (name: string, ...texts: readonly string[]) => {
    const made = await KeptConversation.create(store, sessionFacts(name, { is_open: 0 }));
    for (const text of texts) await made.said(text);
    return made;
  };
  const rowOf = async (id: number) => {
    const row = await store.sessions.byId(id);
    if (row === undefined) throw new Error(`no row ${id}`);
    return row;
  };
  const read = async (id: number) => textsOf((await store.archive.conversation(await rowOf(id))).messages);
  const forked = async (id: number, message: number | undefined, name: string) => {
    const fork = await store.archive.fork(await rowOf(id), message, wanted(name));
    if (fork === undefined) throw new Error('it was not forked');
    return fork;
  };

  it('tells what was closed, the one used last first, with how much was said in each', async () => {
    const old = await KeptConversation.create(store, sessionFacts('old', { is_open: 0, last_active: 1000 }));
    await old.said('one');
    await old.said('two');
    await KeptConversation.create(store, sessionFacts('open', { last_active: 3000 }));
    await KeptConversation.create(store, sessionFacts('new', { is_open: 0, last_active: 2000 }));
    const found = await store.archive.closed(10);
    expect(found.map(({ session_name, messages }) => [session_name, messages])).to.deep.equal([
      ['new', 0],
      ['old', 2],
    ]);
    expect(await store.archive.closed(1)).to.have.lengthOf(1);
    expect(await store.archive.closed(10, 'old')).to.have.lengthOf(1);
    expect(await store.archive.closed(10, 'open')).to.deep.equal([]);
  });

  it('forks at a message without a copy of what is shared, and both branches grow apart', async () => {
    const trunk = await kept('trunk', 'a', 'b', 'c');
    const count = async () => (await store.database.rows.selectFrom('messages').select('id').execute()).length;
    const id = await forked(trunk.id, 2, 'branch');
    expect(await count()).to.equal(3);
    expect(await read(id)).to.deep.equal(['a', 'b']);
    const branch = new KeptConversation(store, id, await store.conversations.read(id));
    await branch.said('d');
    await trunk.said('e');
    expect(await read(id)).to.deep.equal(['a', 'b', 'd']);
    expect(await read(trunk.id)).to.deep.equal(['a', 'b', 'c', 'e']);
    expect(await store.archive.fork(await rowOf(trunk.id), 77, wanted('none'))).to.equal(undefined);
    expect((await rowOf(id)).preview).to.equal('b');
  });

  it('leaves forks whole when that is forgotten which they were forked from', async () => {
    const trunk = await kept('trunk', 'a', 'b', 'c', 'secret');
    const one = await forked(trunk.id, 3, 'one');
    const two = await forked(trunk.id, 1, 'two');
    const grown = new KeptConversation(store, two, await store.conversations.read(two));
    await grown.said('own');
    const third = await forked(two, undefined, 'third');
    expect(await store.archive.forget(trunk.id)).to.equal(true);
    expect(await read(one)).to.deep.equal(['a', 'b', 'c']);
    expect(await read(two)).to.deep.equal(['a', 'own']);
    expect(await store.search('secret')).to.deep.equal([]);
    await store.archive.forget(two);
    await store.archive.forget(one);
    expect(await read(third)).to.deep.equal(['a', 'own']);
    expect(await store.archive.forget(third)).to.equal(true);
    for (const table of ['messages', 'conversations'] as const)
      expect(await store.database.rows.selectFrom(table).selectAll().execute(), table).to.deep.equal([]);
    expect(await store.archive.forget(third)).to.equal(false);
  });

  it('forgets nothing that is open', async () => {
    const { id } = await KeptConversation.create(store, sessionFacts('open'));
    expect(await store.archive.forget(id)).to.equal(false);
    expect((await rowOf(id)).session_name).to.equal('open');
  });

  it('takes in a conversation from elsewhere, in parts, and finds its words', async () => {
    let conversation = EMPTY_CONVERSATION;
    for (let number = 1; number <= 1001; number++)
      conversation = applyEvent(conversation, {
        type: 'said',
        parts: [{ text: `said ${number}`, label: undefined }],
        time: number,
      });
    const id = await store.archive.add(conversation, wanted('taken'));
    const row = await rowOf(id);
    expect(await store.archive.conversation(row)).to.deep.equal(conversation);
    expect(row).to.include({ is_open: 0, preview: 'said 1001', trusted_tools: '[]', next_message: 1002 });
    expect((await store.search('said 777'))[0]).to.include({ message: 777, sessionName: 'taken' });
    expect(await read(await store.archive.add(EMPTY_CONVERSATION, wanted('empty')))).to.deep.equal([]);
  });
});
