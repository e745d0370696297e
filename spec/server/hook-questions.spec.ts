import { expect } from 'chai';
import type { HookDecision } from '../../lib/attention/hook-question.ts';
import { UserError } from '../../lib/base/user-error.ts';
import { HookQuestions } from '../../lib/server/hook-questions.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { plainSession } from '../support/plain-session.ts';

describe('questions of hooks', () => {
  const lines = ['Bash', 'command: make'];

  function place() {
    const clock = new ManualClock();
    const questions = new HookQuestions(clock);
    let isShown = false;
    const session = plainSession(0, 'agent');
    Object.defineProperty(session, 'isShown', { get: () => isShown });
    const show = (): void => {
      isShown = true;
    };
    const abort = new AbortController();
    let decision: HookDecision | undefined | 'waits' = 'waits';
    const ask = async () => {
      decision = await questions.ask(session, { agent: 'Claude Code', lines, signal: abort.signal });
    };
    const settled = () => new Promise((resolve) => setImmediate(resolve));
    return { clock, questions, session, show, abort, ask, settled, decision: () => decision };
  }

  it('are answered by a person, each for itself', async () => {
    const { questions, session, abort } = place();
    const asked = (text: string) =>
      questions.ask(session, { agent: 'Codex', lines: ['Bash', text], signal: abort.signal });
    const first = asked('one');
    const second = asked('two');
    const question = questions.question(session);
    expect(question?.lines).to.deep.equal(['Bash', 'one']);
    if (question === undefined) return;
    expect(() => questions.answer(session, question, 'trust')).to.throw(UserError);
    expect(questions.answer(session, { ...question, id: '0' }, 'once')).to.equal(false);
    expect(questions.answer(session, question, 'once')).to.equal(true);
    expect(await first).to.equal('allow');
    expect(questions.answer(session, question, 'once')).to.equal(false);
    const next = questions.question(session);
    expect(next?.lines).to.deep.equal(['Bash', 'two']);
    if (next !== undefined) questions.answer(session, next, 'refuse');
    expect(await second).to.equal('deny');
    expect(questions.question(session)).to.equal(undefined);
  });

  it('go to the screen of the agent when somebody sees it', async () => {
    const { clock, questions, session, show, ask, settled, decision } = place();
    void ask();
    clock.advance(1000);
    await settled();
    expect(decision()).to.equal('waits');
    show();
    clock.advance(300);
    await settled();
    expect(decision()).to.equal(undefined);
    expect(questions.question(session)).to.equal(undefined);
    void ask();
    expect(questions.question(session)).to.equal(undefined);
    expect(clock.armed).to.equal(0);
  });

  it('go there too after a while, when the hook ends and when the session does', async () => {
    const { clock, questions, session, abort, ask, settled, decision } = place();
    void ask();
    clock.advance(49_000);
    await settled();
    expect(decision()).to.equal('waits');
    clock.advance(2000);
    await settled();
    expect(decision()).to.equal(undefined);
    const other = ask();
    questions.forget(session);
    await other;
    const last = ask();
    abort.abort();
    await last;
    expect(questions.question(session)).to.equal(undefined);
    expect(clock.armed).to.equal(0);
  });

  it('are bounded', () => {
    const { clock, ask } = place();
    for (let count = 0; count < 20; count++) void ask();
    expect(clock.armed).to.equal(8);
  });
});
