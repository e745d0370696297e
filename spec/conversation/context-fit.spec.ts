import { expect } from 'chai';
import fc from 'fast-check';
import { cutMiddle, fitMessages, turnRequest } from '../../lib/conversation/context-fit.ts';
import type { ModelMessage } from '../../lib/conversation/model.ts';
import { estimateMessage, estimateTokens } from '../../lib/conversation/token-estimate.ts';
import { called, conversationOf, said } from '../support/conversation-events.ts';

const text = (tokens: number) => 'word'.repeat(tokens);
const user = (words: string): ModelMessage => ({ role: 'user', text: words });
const size = (messages: readonly ModelMessage[]) =>
  messages.reduce((sum, message) => sum + estimateMessage(message), 0);

describe('a request that fits', () => {
  it('is the same when it fits already', () => {
    const messages = [user(text(100)), user(text(100))];
    expect(fitMessages(messages, 208)).to.equal(messages);
  });

  it('has its longest texts cut in the middle, with a mark', () => {
    const short = user('short');
    const messages = fitMessages([short, user(`begin ${text(50_000)} end`), user(text(2000))], 10_000);
    expect(messages[0]).to.equal(short);
    expect(messages[1]?.text).to.match(/^begin word.*\n\[\.\.\. \d+ characters left out here: .*\]\n.*word end$/s);
    expect(messages[2]?.text).to.equal(text(2000));
    expect(size(messages)).to.be.within(9500, 10_100);
  });

  it('has arguments that are JSON still', () => {
    const conversation = conversationOf(...called(JSON.stringify({ content: text(5000) }), text(5000)), said('a'));
    const cuts: number[] = [];
    const onCut = (count: number) => cuts.push(count);
    const { messages } = turnRequest(conversation, { system: text(100), tools: [], window: 2000, onCut });
    turnRequest(conversation, { system: '', tools: [], window: 20_000, onCut });
    expect(cuts).to.deep.equal([2]);
    const [reply] = messages;
    expect(reply?.role === 'assistant' && JSON.parse(reply.calls[0]?.arguments ?? '')).to.have.property('left_out');
    expect(size(messages)).to.be.below(1750);
    expect(conversation.messages).to.have.length(2);
  });

  it('keeps the head and the tail of a text, and whole characters', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 2000 }),
        fc.integer({ min: -5, max: 600 }),
        (long, tokens) => {
          const cut = cutMiddle(long, tokens);
          expect(cut.length).to.be.at.most(long.length);
          if (estimateTokens(long) <= tokens) expect(cut).to.equal(long);
          if (!/\p{Surrogate}/u.test(long)) expect(cut).not.to.match(/\p{Surrogate}/u);
          const [head = '', tail = ''] = cut.split(/\n\[\.\.\. \d+ characters left out here: [^\]]*\]\n/);
          expect(long.startsWith(head) && long.endsWith(tail)).to.equal(true);
        },
      ),
    );
  });

  it('comes down to any room that its messages leave', () => {
    const sizes = fc.array(fc.nat(5000), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 5000, max: 20_000 }), (lengths, room) => {
        const messages = fitMessages(
          lengths.map((length) => user(text(length))),
          room,
        );
        expect(messages).to.have.length(lengths.length);
        // The mark itself costs about 25 tokens a text.
        expect(size(messages)).to.be.at.most(room + 30 * lengths.length);
      }),
    );
  });
});
