import { expect } from 'chai';
import fc from 'fast-check';
import { contextUse, countedAhead } from '../../lib/conversation/context-use.ts';
import { applyEvent, type Conversation, EMPTY_CONVERSATION } from '../../lib/conversation/conversation.ts';
import { requestMessages } from '../../lib/conversation/request.ts';
import { estimateMessage } from '../../lib/conversation/token-estimate.ts';
import { called, conversationEvent, conversationOf, replied, said, turn } from '../support/conversation-events.ts';

const WINDOW = 1000;
const use = (conversation: Conversation, system = '') => contextUse(conversation, system, [], WINDOW);
const text = (tokens: number) => 'word'.repeat(tokens);

describe('the use of the context', () => {
  it('is an estimate until the endpoint has counted', () => {
    expect(use(EMPTY_CONVERSATION)).to.deep.equal({ used: 0, window: WINDOW, share: 0, counted: false });
    expect(use(conversationOf(said(text(96))), text(100))).to.deep.equal({
      used: 200,
      window: WINDOW,
      share: 0.2,
      counted: false,
    });
    expect(use(conversationOf(said(text(96)), turn({ type: 'delta', text: text(50) }))).used).to.equal(150);
    expect(contextUse(EMPTY_CONVERSATION, text(9), [], 0).share).to.equal(0);
  });

  it('is what the endpoint counted, with an estimate of what came since', () => {
    const counted = conversationOf(said('a'), ...replied(text(7), { input: 300, cached: 0, output: 50 }));
    expect(use(counted, text(999))).to.include({ used: 350, counted: true });
    const later = [said(text(96)), turn({ type: 'delta', text: text(50) })].reduce(applyEvent, counted);
    expect(use(later)).to.include({ used: 350 + 100 + 50, counted: true });
  });

  it('takes the answers to calls as what came since', () => {
    const usage = { input: 300, cached: 0, output: 50 };
    const events = called('{}', text(96), usage);
    expect(use(conversationOf(...events)).used).to.equal(450);
    expect(use(conversationOf(...events.slice(0, -1))).used).to.equal(450);
    expect(use(conversationOf(...events.slice(0, -2))).used).to.equal(350);
  });

  it('begins anew with a summary', () => {
    const long = conversationOf(
      said(text(496)),
      ...replied(text(496), { input: 900, cached: 0, output: 0 }),
      said(text(96)),
    );
    const after = applyEvent(long, { type: 'summarised', text: '', keptFrom: 3, time: 0 });
    const own = requestMessages(after).slice(0, 1).map(estimateMessage)[0] ?? 0;
    expect(use(after)).to.include({ used: own + 100, counted: false });
    const counted = replied('b', { input: 200, cached: 0, output: 10 }).reduce(applyEvent, after);
    expect(use(counted)).to.include({ used: 210, counted: true });
    expect(use(applyEvent(counted, { type: 'cleared', time: 0 })).used).to.equal(0);
  });

  it('is the estimate of what is sent, whatever came, when nothing was counted', () => {
    fc.assert(
      fc.property(fc.array(conversationEvent, { maxLength: 60 }), (events) => {
        let conversation = EMPTY_CONVERSATION;
        for (const event of events) {
          conversation = applyEvent(conversation, event);
          use(conversation);
          if (conversation.contextTokens !== undefined || conversation.reply !== undefined) continue;
          const sent = requestMessages(conversation);
          // The call to go on is part of the request only.
          const isCut = conversation.messages.length > 0 && /Go on from/.test(sent.at(-1)?.text ?? '');
          const expected = (isCut ? sent.slice(0, -1) : sent).reduce(
            (sum, message) => sum + estimateMessage(message),
            0,
          );
          expect(use(conversation).used).to.equal(expected);
        }
      }),
    );
  });

  it('looks only at what is new', () => {
    let conversation = conversationOf(...Array.from({ length: 2000 }, (_, index) => said(`message ${index}`)));
    use(conversation);
    let read = 0;
    const watched = (messages: Conversation['messages']) =>
      new Proxy(messages, {
        get(target, name) {
          read += 1;
          return Reflect.get(target, name);
        },
      });
    for (let count = 0; count < 10; count++) {
      conversation = applyEvent(conversation, said('new'));
      use({ ...conversation, messages: watched(conversation.messages) });
    }
    expect(read).to.be.below(200);
  });

  it('is the same when a long history was counted ahead, which takes turns', () => {
    fc.assert(
      fc.property(fc.array(conversationEvent, { maxLength: 40 }), (events) => {
        const [plain, ahead] = [conversationOf(...events), conversationOf(...events)];
        for (const _ of countedAhead(ahead.messages)) expect.fail('so few are counted at once');
        expect(use(ahead)).to.deep.equal(use(plain));
      }),
    );
    const long = conversationOf(...Array.from({ length: 1000 }, (_, index) => said(`message ${index}`)));
    expect([...countedAhead(long.messages)]).to.have.lengthOf(5);
  });
});
