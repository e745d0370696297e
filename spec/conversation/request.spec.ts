import { expect } from 'chai';
import fc from 'fast-check';
import type { ConversationEvent } from '../../lib/conversation/conversation.ts';
import type { ModelMessage } from '../../lib/conversation/model.ts';
import { requestMessages } from '../../lib/conversation/request.ts';
import type { TurnEvent } from '../../lib/conversation/turn-event.ts';
import {
  conversationEvent,
  conversationOf,
  failure,
  replied as reply,
  said,
  turn,
} from '../support/conversation-events.ts';

const sent = (...events: ConversationEvent[]): readonly ModelMessage[] => requestMessages(conversationOf(...events));
const call = (id: string, name: string, args: string): ConversationEvent =>
  turn({ type: 'call', id, name, arguments: args });
const answer = (id: string, result: string): ConversationEvent => ({
  type: 'call',
  id,
  change: { state: { kind: 'done', result } },
  time: 0,
});
const settled: ConversationEvent = { type: 'settled', reason: 'stopped by the person', time: 0 };
const user = (text: string): ModelMessage => ({ role: 'user', text });

describe('what a model is sent', () => {
  it('is what was said and answered, without notes and thoughts', () => {
    expect(
      sent(
        said('one'),
        { type: 'note', level: 'error', text: 'no', time: 0 },
        said('two'),
        turn({ type: 'reasoning', text: 'hm' }),
        ...reply('three'),
        said(' '),
        said('four'),
      ),
    ).to.deep.equal([user('one'), user('two'), { role: 'assistant', text: 'three', calls: [] }, user('four')]);
  });

  it('joins the parts of a message', () => {
    const parts = [
      { text: 'see ', label: undefined },
      { text: 'pasted\ntext', label: 'pasted 2 lines' },
    ];
    expect(sent({ type: 'said', parts, time: 0 })).to.deep.equal([user('see pasted\ntext')]);
  });

  it('has the answers to calls after them, in order', () => {
    expect(
      sent(
        said('go'),
        call('a', 'read', '{"path":"x"}'),
        call('b', 'shell', '{"command'),
        turn({ type: 'done', finish: 'tool-calls' }),
        answer('b', ''),
        settled,
      ),
    ).to.deep.equal([
      user('go'),
      {
        role: 'assistant',
        text: '',
        calls: [
          { id: 'a', name: 'read', arguments: '{"path":"x"}' },
          { id: 'b', name: 'shell', arguments: '{}' },
        ],
      },
      { role: 'tool', callId: 'a', text: 'stopped by the person' },
      { role: 'tool', callId: 'b', text: '(no output)' },
    ]);
  });

  it('has ids and names that every endpoint takes', () => {
    const [message] = sent(
      call('x'.repeat(60), 'no such tool!', '{}'),
      call('call_1', '', '{}'),
      turn({ type: 'done', finish: 'tool-calls' }),
      settled,
    );
    expect(message).to.deep.include({
      calls: [
        { id: 'call_1_2', name: 'no_such_tool_', arguments: '{}' },
        { id: 'call_1', name: 'unknown', arguments: '{}' },
      ],
    });
  });

  it('marks a reply that was cut, and asks to go on when it is the last', () => {
    const messages = sent(said('go'), turn({ type: 'delta', text: 'half' }), turn({ type: 'aborted' }));
    expect(messages.map(({ role }) => role)).to.deep.equal(['user', 'assistant', 'user']);
    expect(messages[1]?.text).to.match(/^half\n\n\[.*cut short.*\]$/);
    expect(messages[2]?.text).to.match(/Go on/);
  });

  it('has no attempt that another one replaced', () => {
    const retrying: TurnEvent = { type: 'retrying', attempt: 1, at: 0, failure: failure() };
    expect(
      sent(said('go'), turn({ type: 'delta', text: 'half' }), turn(retrying), ...reply('all'), said('on')),
    ).to.have.length(3);
  });

  it('begins with the last summary and what was kept', () => {
    const summarised = (text: string, keptFrom: number): ConversationEvent => ({
      type: 'summarised',
      text,
      keptFrom,
      time: 0,
    });
    const messages = sent(
      said('1'),
      said('2'),
      summarised('first', 2),
      said('4'),
      said('5'),
      summarised('last', 4),
      said('7'),
    );
    expect(messages[0]?.text).to.match(/^Summary.*\n\nlast$/s);
    expect(messages.slice(1)).to.deep.equal([user('4'), user('5'), user('7')]);
    expect(sent(said('1'), summarised('all', 99), said('3')).slice(1)).to.deep.equal([user('3')]);
  });

  it('has no half characters', () => {
    expect(sent(said('a\ud83d b\0'), call('a', 'read', '{"path":"\udc00"}'), settled, said('c'))).to.deep.equal([
      user('a\ufffd b\ufffd'),
      { role: 'assistant', text: '', calls: [{ id: 'a', name: 'read', arguments: '{"path":"\ufffd"}' }] },
      { role: 'tool', callId: 'a', text: 'stopped by the person' },
      user('c'),
    ]);
  });

  it('has nothing from before a new start', () => {
    expect(sent(said('1'), { type: 'cleared', time: 0 }, said('2'))).to.deep.equal([user('2')]);
  });

  it('is well formed after any events', () => {
    fc.assert(
      fc.property(fc.array(conversationEvent, { maxLength: 60 }), (events) => {
        const messages = sent(...events);
        expect(messages.at(-1)?.role).not.to.equal('assistant');
        for (let index = 0; index < messages.length; ) {
          const message = messages[index++];
          expect(message?.role).to.be.oneOf(['user', 'assistant']);
          if (message?.role !== 'assistant') continue;
          expect(message.text !== '' || message.calls.length > 0).to.equal(true);
          const ids = message.calls.map(({ id }) => id);
          expect(new Set(ids).size).to.equal(ids.length);
          for (const { id, name, arguments: args } of message.calls) {
            expect(id).to.match(/^[\w-]{1,40}$/);
            expect(name).to.match(/^[\w-]{1,64}$/);
            expect(JSON.parse(args)).to.be.an('object');
            const result = messages[index++];
            expect(result?.role === 'tool' && result.callId).to.equal(id);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
