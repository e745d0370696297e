import { expect } from 'chai';
import fc from 'fast-check';
import { compactionRequest, planCompaction, summaryText } from '../../lib/conversation/compaction.ts';
import { contextUse } from '../../lib/conversation/context-use.ts';
import { applyEvent, type Conversation } from '../../lib/conversation/conversation.ts';
import { requestMessages } from '../../lib/conversation/request.ts';
import { estimateMessage } from '../../lib/conversation/token-estimate.ts';
import { called, conversationEvent, conversationOf, replied, said } from '../support/conversation-events.ts';

const text = (tokens: number) => 'word'.repeat(tokens);
const WINDOW = 1000;

/** So many questions with answers, 50 tokens a message. */
const talk = (count: number): Conversation =>
  conversationOf(...Array.from({ length: count }, () => [said(text(46)), ...replied(text(46))]).flat());

function compacted(conversation: Conversation, window = WINDOW): Conversation {
  const plan = planCompaction(conversation, { window });
  if (plan === undefined) throw new Error('there is no plan');
  const summary = summaryText(plan, 'the summary') ?? '';
  return applyEvent(conversation, { type: 'summarised', text: summary, keptFrom: plan.keptFrom, time: 0 });
}

describe('compaction', () => {
  it('keeps a fifth of the window and summarises the rest', () => {
    const conversation = talk(10);
    const plan = planCompaction(conversation, { window: WINDOW });
    expect(plan?.messages).to.deep.equal(conversation.messages.slice(0, 16));
    expect(plan?.keptFrom).to.equal(conversation.messages[16]?.id);
    expect(plan?.request).to.equal(undefined);
    const less = planCompaction(conversation, { window: WINDOW, keep: 50 });
    expect(less?.keptFrom).to.equal(conversation.messages[18]?.id);
  });

  it('keeps a fifth of what is far from filling the window', () => {
    const conversation = talk(10);
    expect(planCompaction(conversation, { window: 100_000 })?.keptFrom).to.equal(conversation.messages[16]?.id);
  });

  it('does nothing where there is too little', () => {
    expect(planCompaction(conversationOf(), { window: WINDOW })).to.equal(undefined);
    expect(planCompaction(talk(1), { window: WINDOW })).to.equal(undefined);
    expect(planCompaction(conversationOf(said(text(5000))), { window: WINDOW })).to.equal(undefined);
    expect(planCompaction(compacted(talk(3)), { window: WINDOW })).to.equal(undefined);
  });

  it('keeps all since the last question when that is no more than half of the window', () => {
    const rounds = Array.from({ length: 3 }, () => called('{}', text(100))).flat();
    const conversation = [said('the question'), ...rounds].reduce(applyEvent, talk(5));
    expect(planCompaction(conversation, { window: WINDOW })?.keptFrom).to.equal(conversation.messages[10]?.id);
  });

  it('carries the last question into the summary when the work on it is what is long', () => {
    const rounds = Array.from({ length: 12 }, () => called('{}', text(100))).flat();
    const conversation = conversationOf(said('the question'), ...rounds);
    const once = compacted(conversation);
    const sent = requestMessages(once);
    expect(sent[0]?.text).to.match(/the summary\n\n.*word for word:\n\nthe question$/s);
    expect(sent.map(({ role }) => role)).to.deep.equal(['user', 'assistant', 'tool']);
    const again = compacted(rounds.reduce(applyEvent, once));
    expect(requestMessages(again)[0]?.text).to.match(/word for word:\n\nthe question$/);
    expect(planCompaction(again, { window: WINDOW })).to.equal(undefined);
  });

  it('summarises the summary before with what came after it', () => {
    const once = compacted(talk(10));
    const more = talk(6).messages.map((message) => (message.kind === 'user' ? [said(text(46))] : replied(text(46))));
    const grown = more.flat().reduce(applyEvent, once);
    const plan = planCompaction(grown, { window: WINDOW, keep: 200 });
    expect(plan?.messages[0]?.kind).to.equal('summary');
    expect(plan?.messages).to.have.length(1 + 4 + 12 - 4);
  });

  it('asks for the summary in one message that fits, without tools', () => {
    const huge = [said(`${text(9000)} person`), ...called('{"path":"a.txt"}', text(9000))].reduce(applyEvent, talk(9));
    const plan = planCompaction([said('on')].reduce(applyEvent, huge), { window: WINDOW });
    if (plan === undefined) throw new Error('there is no plan');
    const { system, messages, tools } = compactionRequest(plan);
    expect(tools).to.deep.equal([]);
    expect(messages).to.have.length(1);
    expect(messages[0]?.text).to.match(
      /^<conversation>\n\[person\]\nword.*\[call a\] read .*\[result of a\].*<\/conversation>/s,
    );
    expect(messages.reduce((sum, message) => sum + estimateMessage(message), 0)).to.be.below(4000);
    expect(system).to.match(/Goal.*Decisions.*Tried.*Open/s);
  });

  it('takes no summary for one that is empty, and not all of an endless one', () => {
    const plan = planCompaction(talk(9), { window: WINDOW });
    if (plan === undefined) throw new Error('there is no plan');
    expect(summaryText(plan, ' \n')).to.equal(undefined);
    expect(summaryText(plan, ' short ')).to.equal('short');
    expect(summaryText(plan, text(50_000))?.length).to.be.below(1000);
  });

  it('makes every conversation smaller, keeps what is last, and can be done again and again', () => {
    fc.assert(
      fc.property(
        fc.array(conversationEvent, { maxLength: 80 }),
        fc.integer({ min: 1, max: 400 }),
        (events, window) => {
          let conversation = conversationOf(...events);
          for (let count = 0; count < 5; count++) {
            const plan = planCompaction(conversation, { window });
            if (plan === undefined) return;
            const before = requestMessages(conversation);
            const after = applyEvent(conversation, { type: 'summarised', text: 's', keptFrom: plan.keptFrom, time: 0 });
            const sent = requestMessages(after);
            expect(sent.length).to.be.at.most(before.length);
            expect(sent.slice(1)).to.deep.equal(before.slice(before.length - sent.length + 1));
            expect(after.messages.slice(0, -1)).to.deep.equal(conversation.messages);
            conversation = after;
          }
          expect(planCompaction(conversation, { window })).to.equal(undefined);
        },
      ),
    );
  });

  it('brings the gauge down', () => {
    const conversation = talk(9);
    const before = contextUse(conversation, '', [], WINDOW).used;
    expect(contextUse(compacted(conversation), '', [], WINDOW).used).to.be.below(before / 3);
  });
});
