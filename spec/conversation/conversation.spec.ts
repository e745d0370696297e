import { expect } from 'chai';
import fc from 'fast-check';
import {
  applyEvent,
  type Conversation,
  type ConversationEvent,
  EMPTY_CONVERSATION,
} from '../../lib/conversation/conversation.ts';
import { isAnswered } from '../../lib/conversation/message.ts';
import type { TurnEvent } from '../../lib/conversation/turn-event.ts';
import { conversationEvent, failure, said, turn } from '../support/conversation-events.ts';

const fold = (events: readonly ConversationEvent[], from: Conversation = EMPTY_CONVERSATION): Conversation =>
  events.reduce(applyEvent, from);
const turns = (...events: TurnEvent[]): ConversationEvent[] => events.map(turn);

const STARTED: TurnEvent = { type: 'started', model: 'work/big' };
const DONE: TurnEvent = { type: 'done', finish: 'stop' };
const delta = (text: string): TurnEvent => ({ type: 'delta', text });
const call = (id: string): TurnEvent => ({ type: 'call', id, name: 'read', arguments: '{}' });
const retrying: TurnEvent = { type: 'retrying', attempt: 1, at: 0, failure: failure() };

/** Kind, state and text of all messages, with the states of calls. */
const shape = ({ messages }: Conversation): readonly string[] =>
  messages.map((message) => {
    if (message.kind === 'user') return `user ${message.parts.map(({ text }) => text).join('')}`;
    if (message.kind !== 'assistant') return `${message.kind} ${message.text}`;
    const calls = message.calls.map(({ id, state }) => ` ${id}:${state.kind}`).join('');
    return `${message.state} ${message.text}${calls}`;
  });

describe('a conversation', () => {
  it('keeps what was said and answered', () => {
    const after = fold([said('hello'), ...turns(STARTED, delta('Hi'), delta(' you'), DONE)]);
    expect(shape(after)).to.deep.equal(['user hello', 'complete Hi you']);
    expect(after.reply).to.equal(undefined);
    expect(after.messages[1]).to.include({ model: 'work/big', finish: 'stop', id: 2 });
  });

  it('begins a reply with its first piece when the endpoint did not', () => {
    expect(fold(turns(delta('a'))).reply?.text.toString()).to.equal('a');
    expect(fold(turns({ type: 'reasoning', text: 'r' })).reply?.reasoning.toString()).to.equal('r');
    expect(fold(turns(call('a'))).reply?.calls).to.have.length(1);
    expect(fold(turns(delta('a'), STARTED, delta('b'))).reply).to.include({ model: 'work/big' });
  });

  it('keeps a reply with calls until it is settled', () => {
    const asked = fold(turns(STARTED, delta('look'), call('a'), call('b'), { type: 'done', finish: 'tool-calls' }));
    expect(asked.messages).to.deep.equal([]);
    expect(asked.reply).to.include({ state: 'complete', finish: 'tool-calls' });
    const answered = fold(
      [
        { type: 'call', id: 'a', change: { title: 'x.txt', state: { kind: 'done', result: 'text' } }, time: 0 },
        { type: 'settled', reason: 'stopped', time: 0 },
      ],
      asked,
    );
    expect(shape(answered)).to.deep.equal(['complete look a:done b:cancelled']);
    const [reply] = answered.messages;
    expect(reply?.kind === 'assistant' && reply.calls.map(({ title, state }) => [title, state])).to.deep.equal([
      ['x.txt', { kind: 'done', result: 'text' }],
      ['', { kind: 'cancelled', result: 'stopped' }],
    ]);
  });

  it('makes the ids of calls unique within a message', () => {
    const reply = fold(turns(call('a'), call('a'), call('a-2'), call(''), call(''))).reply;
    expect(reply?.calls.map(({ id }) => id)).to.deep.equal(['a', 'a-2', 'a-2-2', 'call-4', 'call-5']);
  });

  it('does not change what a call came to', () => {
    const change = (kind: 'done' | 'failed'): ConversationEvent => ({
      type: 'call',
      id: 'a',
      change: { state: { kind, result: kind } },
      time: 0,
    });
    const after = fold([...turns(call('a')), change('done'), change('failed')]);
    expect(after.reply?.calls[0]?.state).to.deep.equal({ kind: 'done', result: 'done' });
    expect(applyEvent(after, { ...change('done'), id: 'stranger' } as ConversationEvent)).to.equal(after);
  });

  it('keeps a cut attempt for the person and drops an empty one', () => {
    const after = fold(
      turns(STARTED, retrying, STARTED, delta('half'), call('a'), retrying, STARTED, delta('all'), DONE),
    );
    expect(shape(after)).to.deep.equal(['superseded half a:cancelled', 'complete all']);
  });

  for (const last of [{ type: 'failed', failure: failure() }, { type: 'aborted' }] as const) {
    it(`keeps what came before a turn ${last.type}`, () => {
      expect(shape(fold(turns(STARTED, delta('half'), call('a'), last)))).to.deep.equal([
        'interrupted half a:cancelled',
      ]);
      const empty = fold(turns(STARTED, last));
      expect([empty.messages, empty.reply]).to.deep.equal([[], undefined]);
    });
  }

  it('leaves a whole reply whole when its calls are given up', () => {
    const after = fold(turns(call('a'), { type: 'done', finish: 'tool-calls' }, { type: 'aborted' }));
    expect(shape(after)).to.deep.equal(['complete  a:cancelled']);
  });

  it('settles a reply that the next turn finds open', () => {
    const after = fold(turns(call('a'), { type: 'done', finish: 'tool-calls' }, STARTED, delta('b'), DONE));
    expect(shape(after)).to.deep.equal(['complete  a:cancelled', 'complete b']);
  });

  it('keeps no reply of nothing, but what it took', () => {
    const usage: TurnEvent = { type: 'usage', usage: { input: 7, cached: 0, output: 0 } };
    const after = fold(turns(STARTED, usage, DONE));
    expect([after.messages, after.reply, after.total.input]).to.deep.equal([[], undefined, 7]);
  });

  it('counts each reply once, however often the endpoint counts it', () => {
    const usage = (input: number, output: number): TurnEvent => ({
      type: 'usage',
      usage: { input, cached: 2, output },
    });
    const after = fold(
      turns(STARTED, delta('a'), usage(10, 1), usage(10, 5), DONE, STARTED, delta('b'), usage(20, 3), DONE),
    );
    expect(after.total).to.deep.equal({ input: 30, cached: 4, output: 8 });
    expect(after.contextTokens).to.equal(23);
    expect(after.messages.map((message) => message.kind === 'assistant' && message.usage?.output)).to.deep.equal([
      5, 3,
    ]);
  });

  it('counts a turn that is none of its replies', () => {
    const after = fold(turns({ type: 'usage', usage: { input: 7, cached: 0, output: 1 } }));
    expect([after.total, after.contextTokens]).to.deep.equal([{ input: 7, cached: 0, output: 1 }, undefined]);
  });

  it('forgets the count with a summary, and all but its ids and total with a new start', () => {
    const before = fold([
      said('a'),
      ...turns(delta('b'), { type: 'usage', usage: { input: 1, cached: 0, output: 1 } }, DONE),
    ]);
    const summarised = applyEvent(before, { type: 'summarised', text: 's', keptFrom: 2, time: 0 });
    expect(shape(summarised)).to.deep.equal(['user a', 'complete b', 'summary s']);
    expect(summarised.contextTokens).to.equal(undefined);
    const cleared = applyEvent(summarised, { type: 'cleared', time: 0 });
    expect(cleared).to.deep.equal({ ...before, messages: [], nextId: 4, contextTokens: undefined });
  });

  it('goes back to before a message, and counts on', () => {
    const before = fold([said('a'), ...turns(delta('b'), DONE), said('c'), ...turns(delta('d'), DONE)]);
    const back = applyEvent(before, { type: 'rewound', to: 3, time: 0 });
    expect(shape(back)).to.deep.equal(['user a', 'complete b']);
    expect(back.nextId).to.equal(before.nextId);
    expect(back.contextTokens).to.equal(undefined);
    expect(applyEvent(before, { type: 'rewound', to: 99, time: 0 })).to.equal(before);
  });

  it('does nothing per piece but to the reply', () => {
    const before = fold([said('a'), ...turns(STARTED, delta('b'))]);
    const after = applyEvent(before, turn(delta('c')));
    expect(after.messages).to.equal(before.messages);
    expect(before.reply?.text.toString()).to.equal('b');
    for (const event of turns(
      { type: 'queued', ahead: 1 },
      { type: 'calling', index: 0, name: 'a', length: 1 },
      delta(''),
    ))
      expect(applyEvent(after, event)).to.equal(after);
  });

  it('is sound after any events', () => {
    fc.assert(
      fc.property(fc.array(conversationEvent, { maxLength: 60 }), (events) => {
        let before = EMPTY_CONVERSATION;
        for (const event of events) {
          const after = applyEvent(before, event);
          if (event.type !== 'cleared' && event.type !== 'rewound')
            expect(before.messages.every((message, index) => message === after.messages[index])).to.equal(true);
          const ids = [...after.messages, ...(after.reply ? [after.reply] : [])].map(({ id }) => id);
          expect(new Set(ids).size).to.equal(ids.length);
          expect(Math.max(0, ...ids)).to.be.below(after.nextId);
          for (const message of after.messages) {
            if (message.kind !== 'assistant') continue;
            expect(message.calls.every(isAnswered)).to.equal(true);
            expect(message.state).not.to.equal('streaming');
          }
          for (const count of [...Object.values(after.total), after.contextTokens ?? 0])
            expect(Number.isInteger(count) && count >= 0).to.equal(true);
          before = after;
        }
      }),
      { numRuns: 300 },
    );
  });
});
