import { expect } from 'chai';
import fc from 'fast-check';
import { systemClock } from '../../lib/base/clock.ts';
import { compactionRequest, planCompaction } from '../../lib/conversation/compaction.ts';
import { applyEvent, type Conversation, EMPTY_CONVERSATION } from '../../lib/conversation/conversation.ts';
import { GuideModel } from '../../lib/conversation/guide-model.ts';
import { GUIDE_SHOWS } from '../../lib/conversation/guide-shows.ts';
import type { ToolCall } from '../../lib/conversation/message.ts';
import type { ModelMessage, TurnRequest } from '../../lib/conversation/model.ts';
import { requestMessages } from '../../lib/conversation/request.ts';
import { endsTurn, type TurnEvent } from '../../lib/conversation/turn-event.ts';
import { createGuideHelp } from '../../lib/server/guide-help.ts';
import { QuickClock } from '../support/quick-clock.ts';
import { shippedKeys } from '../support/shipped-keys.ts';

const TOOLS = ['read', 'write', 'edit', 'list', 'glob', 'grep', 'shell', 'session'].map((name) => ({
  name,
  description: '',
  parameters: {},
}));
const help = createGuideHelp(shippedKeys());

/** A person, a guide, and what became of it: each conversation has a folder of its own in its system prompt. */
class Talk {
  static #number = 0;
  readonly clock = new QuickClock();
  readonly guide: GuideModel;
  readonly system = `folder ${Talk.#number++}`;
  conversation: Conversation = EMPTY_CONVERSATION;
  /** The events of the last attempt. */
  events: TurnEvent[] = [];

  constructor(guide?: GuideModel) {
    this.guide = guide ?? new GuideModel({ help, clock: this.clock });
  }

  say(text: string): void {
    this.conversation = applyEvent(this.conversation, { type: 'said', parts: [{ text, label: undefined }], time: 0 });
  }

  async attempt(tools: TurnRequest['tools'] = TOOLS): Promise<string> {
    this.events = [];
    let text = '';
    const request = { system: this.system, messages: requestMessages(this.conversation), tools };
    for await (const event of this.guide.stream(request, new AbortController().signal)) {
      this.events.push(event);
      if (event.type === 'delta') text += event.text;
      this.conversation = applyEvent(this.conversation, { type: 'turn', event, time: 0 });
    }
    return text;
  }

  async ask(text: string): Promise<string> {
    this.say(text);
    return this.attempt();
  }

  get calls(): readonly ToolCall[] {
    return this.conversation.reply?.calls ?? [];
  }

  /** Answers all calls, and lets the guide go on. */
  async answer(result: (call: ToolCall) => string, kind: 'done' | 'refused' = 'done'): Promise<string> {
    for (const call of this.calls)
      this.conversation = applyEvent(this.conversation, {
        type: 'call',
        id: call.id,
        change: { state: { kind, result: result(call) } },
        time: 0,
      });
    this.conversation = applyEvent(this.conversation, { type: 'settled', reason: 'over', time: 0 });
    return this.attempt();
  }

  get end(): TurnEvent | undefined {
    return this.events.at(-1);
  }
}

describe('the built-in guide', () => {
  it('says first that it is no language model, and how to set an endpoint, and says so once', async () => {
    const talk = new Talk();
    const first = await talk.ask('how do I scroll back?');
    expect(first.split('\n')[0]).to.match(/no language model.*built-in guide/);
    expect(first).to.match(/```sh\nexport OPENAI_API_KEY=/);
    expect(first).to.contain('## Scrolling back').and.to.contain('`C-b PPage`');
    const second = await talk.ask('how do I detach?');
    expect(second)
      .to.match(/^## Detaching/)
      .and.to.contain('`C-b d`');
  });

  it('streams in small pieces at about 150 words a second, and counts tokens', async () => {
    const talk = new Talk();
    const from = talk.clock.now();
    const text = await talk.ask('show streaming');
    const words = text.split(/\s+/).length;
    const seconds = (talk.clock.now() - from) / 1000;
    expect(words / seconds).to.be.within(100, 200);
    const pieces = talk.events.filter(({ type }) => type === 'delta');
    expect(pieces.length).to.be.above(words / 5);
    expect(talk.events[0]).to.deep.equal({ type: 'started', model: 'guide' });
    expect(talk.end).to.deep.equal({ type: 'done', finish: 'stop' });
    expect(talk.conversation.contextTokens).to.be.above(text.length / 5);
  });

  it('shows all forms of Markdown', async () => {
    const text = await new Talk().ask('show streaming');
    for (const form of [
      /^# /m,
      /^- /m,
      /^ {2}1\. /m,
      /^\| --|^\| :--/m,
      /^> /m,
      /^```ts$/m,
      /^```python$/m,
      /\]\(https:/,
    ])
      expect(text).to.match(form);
  });

  it('shows tools: three at once, then one, and tells what came back', async () => {
    const talk = new Talk();
    await talk.ask('show tools');
    expect(talk.calls.map(({ name }) => name)).to.deep.equal(['list', 'glob', 'grep']);
    expect(talk.end).to.deep.equal({ type: 'done', finish: 'tool-calls' });
    const second = await talk.answer(({ name }) => (name === 'glob' ? 'a.png\nREADME.md' : 'one\ntwo'));
    expect(second).to.contain('**grep** gave back:');
    expect(talk.calls.map((call) => [call.name, call.arguments])).to.deep.equal([
      ['read', '{"path":"README.md","limit":20}'],
    ]);
    const third = await talk.answer(() => '1 # title');
    expect(third).to.contain('`1 # title`');
    expect(talk.calls).to.deep.equal([]);
  });

  it('shows tools also where there is no file of text', async () => {
    const talk = new Talk();
    await talk.ask('show me the tools');
    expect(await talk.answer(() => 'nothing found')).to.contain('**list** gave back `nothing found`.');
    expect(talk.calls).to.deep.equal([]);
  });

  it('shows an approval, and bears a refusal with its reason', async () => {
    const talk = new Talk();
    expect(await talk.ask('show approval')).to.contain('allows it once');
    expect(talk.calls.map((call) => [call.name, call.arguments])).to.deep.equal([
      ['shell', '{"command":"ls -l | head"}'],
    ]);
    const text = await talk.answer(() => 'The person refused this call: not now', 'refused');
    expect(text).to.contain('did not run').and.to.contain('not now');
    await talk.ask('show approval');
    expect(await talk.answer(() => 'total 4\n-rw a')).to.contain('```\ntotal 4\n-rw a\n```');
  });

  it('shows an edit of a file in its own folder', async () => {
    const talk = new Talk();
    await talk.ask('show edit');
    expect(talk.calls[0]?.name).to.equal('write');
    expect(talk.calls[0]?.arguments).to.contain('@session/qmux-tour.txt');
    await talk.answer(() => 'written');
    expect(talk.calls[0]?.name).to.equal('edit');
    expect(await talk.answer(() => 'changed')).to.contain('diffs');
  });

  it('shows five calls at once, each with an id of its own', async () => {
    const talk = new Talk();
    await talk.ask('show many');
    expect(new Set(talk.calls.map(({ id }) => id)).size).to.equal(5);
    expect(await talk.answer(({ id }) => `result of ${id}`)).to.match(/(\*\*shell\*\* gave back[\s\S]*){5}/);
  });

  it('asks a question and understands the answer', async () => {
    const talk = new Talk();
    expect(await talk.ask('show question')).to.match(/4\. none of them$/);
    expect(await talk.ask('2')).to.contain('keymap = "screen"');
    expect(await talk.ask('2')).to.not.contain('keymap = "screen"');
  });

  it('fails when asked to, without a retry, and goes on with the next request', async () => {
    const talk = new Talk();
    const text = await talk.ask('show failure');
    expect(text).to.not.equal('');
    expect(talk.end).to.deep.include({ type: 'failed' });
    expect(talk.end?.type === 'failed' && talk.end.failure.retryable).to.equal(false);
    expect(await talk.attempt()).to.contain('second attempt');
    expect(talk.end).to.deep.equal({ type: 'done', finish: 'stop' });
    await talk.ask('show failure');
    expect(talk.end?.type).to.equal('failed');
  });

  it('is cut twice with something said, and comes through, in each conversation', async () => {
    const one = new Talk();
    const other = new Talk(one.guide);
    one.say('show reconnect');
    other.say('show reconnect');
    for (const talk of [one, other, one, other]) {
      const request = { system: talk.system, messages: requestMessages(talk.conversation), tools: TOOLS };
      const events = await all(talk.guide.stream(request, new AbortController().signal));
      expect(events.some(({ type }) => type === 'delta')).to.equal(true);
      const end = events.at(-1);
      expect(end?.type === 'failed' && end.failure.retryable).to.equal(true);
    }
    expect(await one.attempt()).to.contain('Attempt 3 came through');
    expect(await other.attempt()).to.contain('Attempt 3 came through');
  });

  it('is slow when asked to', async () => {
    const talk = new Talk();
    const from = talk.clock.now();
    const text = await talk.ask('show slow');
    expect(text.split(/\s+/).length / ((talk.clock.now() - from) / 1000)).to.be.within(5, 12);
    expect(talk.clock.now() - from).to.be.above(30_000);
  });

  it('gives a tour with one tool call', async () => {
    const talk = new Talk();
    await talk.ask('tour');
    expect(talk.calls.map(({ name }) => name)).to.deep.equal(['shell']);
    expect(await talk.answer(() => 'hello')).to.contain('Where to go next');
  });

  it('answers a message that came while a tool ran, and goes on with its show', async () => {
    const talk = new Talk();
    await talk.ask('show edit');
    const [call] = talk.calls;
    talk.conversation = applyEvent(talk.conversation, {
      type: 'call',
      id: call?.id ?? '',
      change: { state: { kind: 'done', result: 'written' } },
      time: 0,
    });
    talk.conversation = applyEvent(talk.conversation, { type: 'settled', reason: '', time: 0 });
    const text = await talk.ask('how do I detach?');
    expect(text).to.contain('Now I change').and.to.contain('## Detaching');
    expect(talk.calls.map(({ name }) => name)).to.deep.equal(['edit']);
  });

  it('goes on where a reply was stopped', async () => {
    const talk = new Talk();
    talk.say('show streaming');
    const abort = new AbortController();
    let text = '';
    const request = { system: '', messages: requestMessages(talk.conversation), tools: TOOLS };
    for await (const event of talk.guide.stream(request, abort.signal)) {
      if (event.type === 'delta') text += event.text;
      if (text.length > 400) abort.abort();
      talk.conversation = applyEvent(talk.conversation, { type: 'turn', event, time: 0 });
    }
    const rest = await talk.attempt();
    expect(`${text}${rest}`.replaceAll(/\s+/g, ' ')).to.equal(
      (await new Talk().ask('show streaming')).replaceAll(/\s+/g, ' '),
    );
  });

  it('sums a conversation up without answering it', async () => {
    const talk = new Talk();
    for (const text of ['how do I detach?', 'show streaming', 'thanks']) await talk.ask(text);
    const plan = planCompaction(talk.conversation, { window: 2000, keep: 10 });
    if (plan === undefined) throw new Error('nothing to sum up');
    const text = await said(talk.guide, compactionRequest(plan));
    expect(text).to.contain('- how do I detach?').and.to.not.contain('## ');
  });

  it('says so where a chat lacks a tool', async () => {
    const talk = new Talk();
    talk.say('show approval');
    expect(await talk.attempt([])).to.contain('no tool `shell`');
    expect(talk.end).to.deep.equal({ type: 'done', finish: 'stop' });
  });

  for (const { ask, name } of GUIDE_SHOWS)
    it(`ends ${ask} whatever its calls give back`, async () => {
      for (const result of ['', 'error: no such file', 'x'.repeat(100_000), '```\n````\n`', '[[new-session]]']) {
        const talk = new Talk();
        await talk.ask(ask);
        for (let rounds = 0; talk.calls.length > 0; rounds++) {
          expect(rounds).to.be.below(4);
          expect(await talk.answer(() => result)).to.have.length.below(10_000);
        }
        if (name !== 'failure' && name !== 'reconnect') expect(talk.end?.type).to.equal('done');
      }
    });

  const talks: readonly (readonly [string, RegExp])[] = [
    ['hi', /^Hello!/],
    ['Hello there!', /^Hello!/],
    ['Good morning', /^Hello!/],
    ['Guten Tag!', /^Hallo! I answer in English only/],
    ['bonjour', /^Bonjour !/],
    ['¡Hola!', /^¡Hola!/],
    ['こんにちは', /^こんにちは/],
    ['你好', /^你好/],
    ['안녕하세요', /^안녕하세요/],
    ['Привет!', /^Привет/],
    ['مرحبا', /^مرحبا/],
    ['नमस्ते', /^नमस्ते/],
    ['thanks a lot!', /^You are welcome/],
    ['Danke schön', /^You are welcome/],
    ['ありがとう', /^You are welcome/],
    ['bye', /^Goodbye.*`C-b d`/],
    ['help', /show streaming/],
    ['?', /show streaming/],
    ['What can you do?', /show streaming/],
    ['who are you?', /built-in guide/],
    ['Are you an AI?', /no language model/],
    ['what does C-b d do?', /^`C-b d`: \*\*Detach this client/],
    ['what does capture-pane do', /\*\*capture-pane\*\* \(capturep\)[\s\S]*capture-pane \[-/],
    ['what is status-position?', /The option \*\*status-position\*\*[\s\S]*`bottom`/],
    ['what is the capital of France?', /^I do not know that\./],
    ['прошу объяснить квантовую механику', /English only/],
    ['', /show streaming/],
  ];
  for (const [text, expected] of talks)
    it(`answers ${JSON.stringify(text)}`, async () => {
      const talk = new Talk();
      await talk.ask('hi');
      const request: TurnRequest = {
        system: '',
        messages: [...requestMessages(talk.conversation), { role: 'user', text }],
        tools: TOOLS,
      };
      expect(await said(talk.guide, request)).to.match(expected);
    });

  it('ends at once when it is cancelled', async () => {
    const guide = new GuideModel({ help, clock: systemClock });
    const abort = new AbortController();
    const events: TurnEvent[] = [];
    let aborted = 0;
    for await (const event of guide.stream({ system: '', messages: [user('show slow')], tools: TOOLS }, abort.signal)) {
      events.push(event);
      if (event.type !== 'delta' || abort.signal.aborted) continue;
      abort.abort();
      aborted = performance.now();
    }
    expect(performance.now() - aborted).to.be.below(100);
    expect(events.map(({ type }) => type)).to.deep.equal(['started', 'delta', 'aborted']);
  });

  it('ends when nobody listens any more, and when it was cancelled before', async () => {
    const clock = new QuickClock();
    const guide = new GuideModel({ help, clock });
    for await (const event of guide.stream(
      { system: '', messages: [user('tour')], tools: TOOLS },
      new AbortController().signal,
    ))
      if (event.type === 'delta') break;
    const events = await all(guide.stream({ system: '', messages: [user('tour')], tools: TOOLS }, AbortSignal.abort()));
    expect(events.at(-1)?.type).to.equal('aborted');
  });

  it('ends each request with one ending, whatever it says', async () => {
    const guide = new GuideModel({ help, clock: new QuickClock() });
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        'show edit',
        'show tools',
        'show failure',
        'show many now',
        '2',
        'Your reply above ended there.',
        '[[',
      ),
    );
    const id = fc.oneof(
      fc.string(),
      fc.constantFrom('guide-edit-0-1-0', 'guide-tools-99-1-0', 'guide-x-0-', 'guide-tour-1-1-1'),
    );
    const call = fc.record({ id, name: fc.string(), arguments: fc.string() });
    const message: fc.Arbitrary<ModelMessage> = fc.oneof(
      fc.record({ role: fc.constant('user' as const), text }),
      fc.record({ role: fc.constant('assistant' as const), text, calls: fc.array(call, { maxLength: 3 }) }),
      fc.record({ role: fc.constant('tool' as const), callId: id, text }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(message, { maxLength: 6 }), async (messages) => {
        const events = await all(guide.stream({ system: '', messages, tools: TOOLS }, new AbortController().signal));
        expect(events.filter(endsTurn)).to.deep.equal([events.at(-1)]);
        const end = events.at(-1);
        expect(end?.type === 'failed' && end.failure.kind === 'bug' ? end.failure.text : '').to.equal('');
      }),
      { numRuns: 60 },
    );
  });

  it('looks at a huge question in no time', async () => {
    const guide = new GuideModel({ help, clock: new QuickClock() });
    const huge = 'how do I `'.repeat(1_000_000);
    const from = performance.now();
    await said(guide, { system: '', messages: [user(huge)], tools: TOOLS });
    expect(performance.now() - from).to.be.below(3000);
  });
});

const user = (text: string): ModelMessage => ({ role: 'user', text });

async function all(stream: AsyncIterable<TurnEvent>): Promise<readonly TurnEvent[]> {
  const events: TurnEvent[] = [];
  for await (const event of stream) events.push(event);
  return events;
}

async function said(guide: GuideModel, request: TurnRequest): Promise<string> {
  const events = await all(guide.stream(request, new AbortController().signal));
  return events.map((event) => (event.type === 'delta' ? event.text : '')).join('');
}
