import { expect } from 'chai';
import fc from 'fast-check';
import { applyEvent, type Conversation, type ConversationEvent } from '../../lib/conversation/conversation.ts';
import type { Message } from '../../lib/conversation/message.ts';
import type { TurnEvent } from '../../lib/conversation/turn-event.ts';
import type { OpenStore } from '../../lib/store/open-store.ts';
import { conversationEvent } from '../support/conversation-events.ts';
import { temporaryFolder } from '../support/folder.ts';
import { KeptConversation, openStore, sessionFacts, storeFile } from '../support/store-place.ts';

const turn = (event: TurnEvent): ConversationEvent => ({ type: 'turn', event, time: 7 });
const delta = (text: string): ConversationEvent => turn({ type: 'delta', text });
const call = (id: string): ConversationEvent => turn({ type: 'call', id, name: 'shell', arguments: '{}' });
const done: ConversationEvent = turn({ type: 'done', finish: 'stop' });

describe('the conversation store', () => {
  let store: OpenStore;
  let number = 0;
  before(async () => {
    ({ store } = await openStore(storeFile(temporaryFolder())));
  });
  after(() => store.dispose());

  const conversation = () => KeptConversation.create(store, sessionFacts(`chat-${number++}`));
  const read = async (id: number): Promise<Conversation> => (await store.conversations.read(id)).conversation;

  it('gives back what was said, with its folded parts, replies, usage, notes and summaries', async () => {
    const chat = await conversation();
    const parts = [
      { text: 'look at ', label: undefined },
      { text: 'a\nb\nc', label: 'pasted 3 lines' },
    ];
    await chat.tell(
      { type: 'said', parts, time: 5 },
      turn({ type: 'started', model: 'work/big' }),
      turn({ type: 'reasoning', text: 'hm' }),
      delta('Hel'),
      delta('lo'),
      turn({ type: 'usage', usage: { input: 10, cached: 4, output: 2 } }),
      done,
      { type: 'note', level: 'warning', text: 'careful', time: 8 },
      { type: 'summarised', text: 'in short', keptFrom: 2, time: 9 },
    );
    expect(plain(await read(chat.id))).to.deep.equal(plain(chat.value));
    expect((await read(chat.id)).messages[0]).to.deep.include({ kind: 'user', parts });
  });

  it('gives back any conversation as if it had ended when it was written last', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(conversationEvent, fc.boolean()), { maxLength: 25 }), async (events) => {
        const chat = await conversation();
        for (const [event, isWritten] of events) {
          chat.fold(event);
          if (isWritten) await chat.write();
        }
        await chat.write();
        const first = await read(chat.id);
        expect(ended(first)).to.deep.equal(ended(applyEvent(chat.value, { type: 'settled', reason: '', time: 0 })));
        expect(first.nextId).to.equal(chat.value.nextId);
        expect(plain(await read(chat.id)), 'read once more').to.deep.equal(plain(first));
      }),
      { numRuns: 150 },
    );
  });

  it('marks a reply that was cut, and goes on after it', async () => {
    const chat = await conversation();
    await chat.said('go');
    await chat.tell(delta('half a re'), delta('ply'));
    const written = await store.conversations.read(chat.id);
    const [, reply] = written.conversation.messages;
    expect(reply).to.include({ kind: 'assistant', state: 'interrupted' });
    expect(reply?.kind === 'assistant' && `${reply.text}`).to.equal('half a reply');
    const next = new KeptConversation(store, chat.id, written);
    await next.said('go on');
    await next.tell(delta('whole'), done);
    expect(texts(await read(chat.id))).to.deep.equal(['go', 'half a reply', 'go on', 'whole']);
  });

  it('cancels calls that had no end, so that none runs twice', async () => {
    const chat = await conversation();
    await chat.said('go');
    await chat.tell(
      call('a'),
      call('b'),
      call('c'),
      turn({ type: 'done', finish: 'tool-calls' }),
      { type: 'call', id: 'a', change: { state: { kind: 'done', result: 'fine' } }, time: 8 },
      { type: 'call', id: 'b', change: { state: { kind: 'running', since: 8, output: 'x' } }, time: 8 },
    );
    const reply = (await read(chat.id)).messages.at(-1);
    expect(reply?.kind === 'assistant' && reply.calls.map(({ state }) => state)).to.deep.equal([
      { kind: 'done', result: 'fine' },
      {
        kind: 'cancelled',
        result: 'qmux ended while this call ran: it may have done a part of its work, and was not run again.',
      },
      { kind: 'cancelled', result: 'qmux ended before this call was run.' },
    ]);
  });

  it('begins anew after a clear, and keeps what was said before for search', async () => {
    const chat = await conversation();
    await chat.said('before the clearing');
    await chat.tell({ type: 'cleared', time: 6 });
    await chat.said('after it');
    expect(texts(await read(chat.id))).to.deep.equal(['after it']);
    expect(await store.search('clearing')).to.have.lengthOf(1);
  });

  it('goes on from where it was rewound to, as another branch, and keeps what was left for search', async () => {
    const chat = await conversation();
    await chat.said('first words');
    await chat.tell(delta('a reply'), done);
    await chat.said('abandoned words');
    await chat.tell(delta('an abandoned reply'), done);
    chat.fold({ type: 'rewound', to: 3, time: 6 });
    await chat.said('other words');
    expect(texts(await read(chat.id))).to.deep.equal(['first words', 'a reply', 'other words']);
    expect(await store.search('first words')).to.have.lengthOf(1);
    expect(await store.search('abandoned words')).to.have.lengthOf(1);
    await chat.tell({ type: 'rewound', to: 1, time: 7 });
    expect(texts(await read(chat.id))).to.deep.equal([]);
  });

  it('writes a long reply at a cost of its length, whole characters at a time', async function () {
    this.timeout(20_000);
    const chat = await conversation();
    const text = '😀'.repeat(200);
    await chat.tell(delta(text.slice(0, 7)), delta(text.slice(7)));
    for (let round = 0; round < 1000; round++) {
      chat.fold(delta('x'.repeat(4000)));
      await chat.write();
    }
    const { pieces } = await store.database.rows
      .selectFrom('reply_pieces')
      .select(({ fn }) => fn.sum<number>(fn('length', ['text'])).as('pieces'))
      .executeTakeFirstOrThrow();
    expect(pieces).to.be.within(4_000_000, 4_010_000);
    expect(texts(await read(chat.id))).to.deep.equal([text + 'x'.repeat(4_000_000)]);
  });
});

const texts = ({ messages }: Conversation): readonly string[] =>
  messages.map((message) =>
    message.kind === 'user' ? message.parts.map(({ text }) => text).join('') : `${message.text}`,
  );

/** A conversation without classes, to be compared. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null, (_key, item) => asText(item)));

function asText(item: unknown): unknown {
  if (typeof item === 'string') return wellFormed(item);
  return typeof item === 'object' && item !== null && 'since' in item && 'append' in item
    ? wellFormed(`${item}`)
    : item;
}

/** The same without the words for calls that had no end, and the halves of characters at the end of a cut text. */
const ended = ({ messages }: Conversation): unknown =>
  messages
    .map(endedMessage)
    .filter((message) => !JSON.stringify(message).includes('"text":"","reasoning":"","calls":[]'));

function endedMessage(message: Message): unknown {
  if (message.kind !== 'assistant')
    return Object.fromEntries(
      Object.entries(message)
        .map(([key, item]) => [key, plain(item)])
        .sort(),
    );
  const { text, reasoning, calls, state, id, model, usage } = message;
  const whole = (value: unknown) => wellFormed(`${value}`.replace(/[\ud800-\udbff\ufffd]+$/, ''));
  return {
    id,
    model,
    usage,
    state,
    text: state === 'interrupted' ? whole(text) : wellFormed(`${text}`),
    reasoning: state === 'interrupted' ? whole(reasoning) : wellFormed(`${reasoning}`),
    calls: calls.map((one) => [
      asText(one.id),
      asText(one.name),
      asText(one.arguments),
      asText(one.title),
      asText(one.diff),
      one.state.kind,
      'result' in one.state && one.state.kind !== 'cancelled' ? asText(one.state.result) : '',
    ]),
  };
}

/** A text as UTF-8 can hold it. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}
