import { expect } from 'chai';
import { readAgentRules } from '../../lib/attention/agent-rules.ts';
import { systemClock } from '../../lib/base/clock.ts';
import { UserError } from '../../lib/base/user-error.ts';
import type { ScreenQuestion } from '../../lib/command/attention.ts';
import { ServerAttention } from '../../lib/server/attention.ts';
import type { ProgramSession } from '../../lib/session/program-session.ts';
import { nextEvent, ProgramSessions, textOf } from '../support/program-sessions.ts';
import { waitUntil } from '../support/wait.ts';

/** An agent that shows what is typed: `cat`. */
const RULES = readAgentRules(
  'kitten',
  {
    programs: ['cat'],
    settle: { idle: 0 },
    screens: [
      { name: 'allow?', rows: 1, has: ['Allow?'], claim: 'approval', priority: 2 },
      { name: 'anything', has: ['/./'], claim: 'idle' },
    ],
    answer: { approve: ['y', 'Enter', 'Enter', 'z'], deny: ['n'] },
  },
  (place, text) => {
    throw new Error(`${place.join('.')} ${text}`);
  },
);

describe('what the server knows of agents', () => {
  const programs = new ProgramSessions();
  let attention: ServerAttention;
  let session: ProgramSession;

  beforeEach(() => {
    attention = new ServerAttention({ clock: systemClock, agents: () => new Map([['kitten', RULES]]) });
    session = programs.start('exec cat');
    attention.watch(session);
  });

  afterEach(() => {
    attention.forget(session);
    programs.close();
  });

  async function ask(text: string): Promise<ScreenQuestion> {
    session.send(Buffer.from(text));
    await waitUntil(
      () => attention.question(session)?.lines.at(-1)?.endsWith(text.trim()) === true,
      `the question ${text}`,
    );
    const question = attention.question(session);
    if (question === undefined) throw new Error('no question');
    return question;
  }

  async function refusal(task: Promise<void>): Promise<string> {
    try {
      await task;
    } catch (error) {
      if (error instanceof UserError) return error.message;
      throw error;
    }
    return 'none';
  }

  it('is who stands in the foreground, by the words with which it was started', async () => {
    await ask('Allow? ');
    const told = attention.explain(session);
    expect(told?.foreground).to.deep.equal(['cat']);
    expect(told?.agent?.name).to.equal('kitten');
    expect(told).to.deep.include({ shown: 'approval' });
  });

  it('answers a question by its keys, one after another as long as the question stands', async () => {
    const question = await ask('Allow? ');
    expect(question).to.deep.include({ agent: 'kitten', rule: 'allow?' });
    await attention.answer(session, question, 'once');
    await waitUntil(() => textOf(session).includes('Allow? y\nAllow? y'), 'the answer');
    // After its second key another row is the last one, or the same with the answer in it: the last key is not for that.
    expect(textOf(session)).to.not.contain('z');
  });

  it('answers nothing that is not what was seen', async () => {
    const question = await ask('Allow? one');
    await ask(' or two');
    expect(await refusal(attention.answer(session, question, 'once'))).to.match(/does not ask that any more/);
    session.send(Buffer.from('\rdone\r'));
    await waitUntil(() => attention.question(session) === undefined, 'the question to go');
    expect(await refusal(attention.answer(session, question, 'refuse'))).to.match(/nothing was answered$/);
    expect(textOf(session)).to.not.match(/[yn]$/m);
  });

  it('trusts only where a key does', async () => {
    const question = await ask('Allow? ');
    expect(await refusal(attention.answer(session, question, 'trust'))).to.match(/^kitten has no key here that trusts/);
  });

  it('answers nobody when the agent has gone and its question is left on the screen', async () => {
    attention.forget(session);
    session = programs.start("sh -c 'exec cat'; echo left; exec sleep 60");
    attention.watch(session);
    await ask('Allow? ');
    const gone = nextEvent(session, 'changed');
    session.send(Buffer.from('\x04\x04'));
    await gone;
    await waitUntil(() => session.running?.foregroundCommands()[0]?.[0] === 'sleep', 'the agent to end');
    expect(attention.question(session)).to.equal(undefined);
  });

  it('keeps the screen and all that was said of it', async () => {
    await ask('Allow? ');
    attention.report(session, { kind: 'busy' }, 'a\x1b[31m hook');
    const recorded = attention.record(session);
    expect(recorded).to.deep.include({ agent: 'kitten', columns: 80, rows: 24 });
    expect(recorded?.screen[0]).to.equal('Allow?');
    expect(recorded?.evidence.map(({ source, detail }) => [source, detail])).to.deep.equal([
      ['report', 'a[31m hook'],
      ['screen', 'allow?'],
    ]);
  });
});
