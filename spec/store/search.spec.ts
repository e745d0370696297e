import { expect } from 'chai';
import fc from 'fast-check';
import { sql } from 'kysely';
import type { OpenStore } from '../../lib/store/open-store.ts';
import { MARK_END, MARK_START, searchQuery } from '../../lib/store/search.ts';
import { cpuTime } from '../support/cpu-time.ts';
import { temporaryFolder } from '../support/folder.ts';
import { KeptConversation, openStore, sessionFacts, storeFile } from '../support/store-place.ts';

describe('search', () => {
  let store: OpenStore;
  beforeEach(async () => {
    ({ store } = await openStore(storeFile(temporaryFolder())));
  });
  afterEach(() => store.dispose());

  it('finds messages of all conversations by their words, the newest first, and leads to the place', async () => {
    const one = await KeptConversation.create(store, sessionFacts('one'));
    const two = await KeptConversation.create(store, sessionFacts('two', { is_open: 0 }));
    await one.said('The Café opens at nine');
    await two.said('nothing');
    await two.said('a cafe that opens\nnever');
    const found = await store.search('cafe open');
    expect(found.map(({ sessionName, message, isOpen }) => [sessionName, message, isOpen])).to.deep.equal([
      ['two', 2, false],
      ['one', 1, true],
    ]);
    expect(found[0]?.excerpt).to.equal(`a ${MARK_START}cafe${MARK_END} that ${MARK_START}opens${MARK_END} never`);
  });

  it('finds what programs showed', async () => {
    const { id } = await KeptConversation.create(store, sessionFacts('shell', { kind: 'program' }));
    const screen = (time: number, text: string, snapshot: string) =>
      store.sessions.setScreen(id, { time, text, snapshot: Buffer.from(snapshot), alternate: undefined });
    await screen(5, '$ make\nerror: no rule', 'one');
    await screen(6, '$ make\nfatal: no target', 'two');
    expect(await store.search('rule')).to.deep.equal([]);
    expect((await store.search('fatal'))[0]).to.include({ kind: 'screen', message: undefined, time: 6 });
    expect(Buffer.from((await store.sessions.screen(id))?.snapshot ?? []).toString()).to.equal('two');
  });

  it('takes any text as words', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), async (text) => {
        expect(await store.search(text)).to.deep.equal([]);
      }),
      { numRuns: 200 },
    );
    expect(searchQuery(' -> "" ')).to.equal(undefined);
    expect(searchQuery('a" OR b')).to.equal('"a""" "OR" "b"*');
  });

  it('forgets closed sessions at rest with all that they said, and no others', async () => {
    for (const [name, is_open, last_active] of [
      ['open', 1, 0],
      ['old', 0, 0],
      ['new', 0, 9e12],
    ] as const) {
      const chat = await KeptConversation.create(store, sessionFacts(name, { is_open, last_active }));
      await chat.said(`${name} words`);
    }
    expect(await store.cleanUp(30, 8e12)).to.deep.equal(['folder-of-old']);
    expect((await store.search('words')).map(({ sessionName }) => sessionName).sort()).to.deep.equal(['new', 'open']);
  });

  it('is fast among 1,000 conversations of 500 messages, and so is opening them', async function () {
    this.timeout(120_000);
    store.dispose();
    const file = storeFile(temporaryFolder());
    ({ store } = await openStore(file));
    await fill(store.database.rows);
    store.dispose();
    const began = cpuTime();
    ({ store } = await openStore(file));
    expect(await store.sessions.open()).to.have.lengthOf(10);
    const opened = cpuTime() - began;
    const slowest: number[] = [];
    for (const words of ['common', 'common rare7', 'wo', 'message 4711', 'nowhere']) {
      const start = cpuTime();
      await store.search(words);
      slowest.push(cpuTime() - start);
    }
    const [row] = await store.sessions.open();
    const start = cpuTime();
    const messages = row === undefined ? [] : (await store.chat(row)).memory.conversation.messages;
    const read = cpuTime() - start;
    expect(messages).to.have.lengthOf(500);
    expect(opened, 'open and list, ms').to.be.below(50);
    expect(Math.max(...slowest), `search, ms: ${slowest.map(Math.round)}`).to.be.below(100);
    expect(read, 'one conversation, ms').to.be.below(100);
  });
});

/** 1,000 conversations of 500 messages, the first ten open; made by the database itself, which is fast. */
async function fill(rows: OpenStore['database']['rows']): Promise<void> {
  const facts = sessionFacts('x');
  const names = Object.keys(facts);
  const values = Object.entries(facts).map(([name, value]) => {
    if (name === 'folder' || name === 'session_name') return sql`'chat-' || value`;
    if (name === 'is_open') return sql`value <= 10`;
    return sql`${value}`;
  });
  await sql`insert into conversations (${sql.raw(names.join(', '))}, next_message, input_tokens, cached_tokens, output_tokens, head)
    select ${sql.join(values)}, 501, 0, 0, 0, value * 500 from (
      with recursive n (value) as (select 1 union all select value + 1 from n where value < 1000) select value from n
    )`.execute(rows);
  await sql`insert into messages (conversation_id, number, parent, kind, time, text)
    select (value - 1) / 500 + 1, (value - 1) % 500 + 1, case when value % 500 = 1 then null else value - 1 end,
      'user', value, 'message ' || value || ' has common words, and some like rare' || (value % 997) || ' or word' || (value % 131)
    from (
      with recursive n (value) as (select 1 union all select value + 1 from n where value < 500000) select value from n
    )`.execute(rows);
}
