import { expect } from 'chai';
import fc from 'fast-check';
import { conversationPreview, lastReply } from '../../lib/conversation/chat-text.ts';
import {
  called,
  conversationEvent,
  conversationOf,
  failure,
  replied,
  said,
  turn,
} from '../support/conversation-events.ts';

const note = (level: 'info' | 'error', text: string) => ({ type: 'note', level, text, time: 0 }) as const;

describe('the last reply', () => {
  it('is what the model wrote last', () => {
    expect(lastReply(conversationOf())).to.equal('');
    expect(lastReply(conversationOf(said('a'), ...replied('one'), note('info', 'n'), said('b')))).to.equal('one');
    expect(lastReply(conversationOf(...replied('one'), turn({ type: 'delta', text: 'two' })))).to.equal('two');
  });

  it('is that of the whole turn, and of no turn before', () => {
    const first = [said('a'), turn({ type: 'delta', text: 'I look' }), ...called('{}', 'x')];
    expect(lastReply(conversationOf(...first))).to.equal('I look');
    expect(lastReply(conversationOf(...first, ...called('{}', 'y')))).to.equal('I look');
    expect(lastReply(conversationOf(...first, said('b'), ...called('{}', 'y')))).to.equal('');
  });

  it('is no attempt that was replaced', () => {
    const retrying = turn({ type: 'retrying', attempt: 1, at: 0, failure: failure() });
    expect(lastReply(conversationOf(said('a'), turn({ type: 'delta', text: 'half' }), retrying))).to.equal('');
  });
});

describe('the preview of a conversation', () => {
  it('is the last line with text on it', () => {
    expect(conversationPreview(conversationOf())).to.equal('');
    expect(conversationPreview(conversationOf(said('hello\nthere\n\n')))).to.equal('there');
    expect(conversationPreview(conversationOf(said('a'), ...replied('# Title\n\nlast  line \n \n')))).to.equal(
      'last line',
    );
    expect(conversationPreview(conversationOf(said('a'), turn({ type: 'started', model: 'm' })))).to.equal('a');
    expect(conversationPreview(conversationOf(said('a'), turn({ type: 'delta', text: 'stre' })))).to.equal('stre');
  });

  it('tells a call and a failure, and no chatter of qmux', () => {
    const change = { type: 'call', id: 'a', change: { title: 'a.txt' }, time: 0 } as const;
    const [call, ...rest] = called('{}', 'x');
    if (call === undefined) throw new Error('there is no call');
    expect(conversationPreview(conversationOf(call, change, ...rest))).to.equal('read a.txt');
    expect(conversationPreview(conversationOf(said('a'), note('error', 'refused'), note('info', 'n')))).to.equal(
      'refused',
    );
  });

  it('is one short plain line, whatever came', () => {
    fc.assert(
      fc.property(fc.array(conversationEvent, { maxLength: 20 }), fc.string({ unit: 'binary' }), (events, text) => {
        const preview = conversationPreview(conversationOf(...events, said(text.repeat(50))));
        expect(preview.length).to.be.at.most(200);
        expect(preview).not.to.match(/[\p{Cc}\p{Surrogate}\u2028\u2029\u202a-\u202e]/u);
      }),
    );
  });
});
