import { expect } from 'chai';
import fc from 'fast-check';
import { UserError } from '../../lib/base/user-error.ts';
import type { Conversation } from '../../lib/conversation/conversation.ts';
import { exportJson } from '../../lib/conversation/export-json.ts';
import { exportMarkdown } from '../../lib/conversation/export-markdown.ts';
import { importConversation } from '../../lib/conversation/import-conversation.ts';
import type { AssistantMessage, Message, ToolCall } from '../../lib/conversation/message.ts';
import { type SavedConversation, settled } from '../../lib/conversation/saved-conversation.ts';
import { GrowingText } from '../../lib/text/growing-text.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ maxLength: 20 }),
  fc.constantFrom(
    '```\ncode',
    '~~~~ x\na\n~~~',
    '<!-- qmux-1 user {"id":1} -->',
    '## You',
    '\n\n',
    '````',
    ' ',
    '\r\n\t',
  ),
  fc
    .array(fc.constantFrom('```', '\n', '`', '<!-- qmux-1 end {} -->\n', 'a', '## b\n', '~~~'), { maxLength: 12 })
    .map((parts) => parts.join('')),
);
const count = fc.nat(1_000_000);
const time = fc.nat({ max: 4_000_000_000_000 });
const call: fc.Arbitrary<Omit<ToolCall, 'id'>> = fc.record({
  name: anyText,
  arguments: anyText,
  title: anyText,
  diff: anyText,
  state: fc.record({ kind: fc.constantFrom('done', 'failed', 'refused', 'cancelled'), result: anyText }),
});
const reply: fc.Arbitrary<AssistantMessage> = fc.record({
  kind: fc.constant('assistant'),
  id: fc.constant(0),
  time,
  text: anyText.map((text) => GrowingText.of(text)),
  reasoning: anyText.map((text) => GrowingText.of(text)),
  calls: fc
    .array(call, { maxLength: 3 })
    .map((calls) => calls.map((facts, index) => ({ id: `call-${index}`, ...facts }))),
  model: anyText,
  state: fc.constantFrom('complete', 'interrupted', 'superseded'),
  finish: fc.constantFrom('stop', 'tool-calls', undefined),
  usage: fc.option(fc.record({ input: count, cached: count, output: count }), { nil: undefined }),
});
const message: fc.Arbitrary<Message> = fc.oneof(
  reply,
  fc.record({
    kind: fc.constant('user' as const),
    id: fc.constant(0),
    time,
    parts: fc.array(fc.record({ text: anyText, label: fc.option(anyText, { nil: undefined }) }), { maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant('note' as const),
    id: fc.constant(0),
    time,
    level: fc.constantFrom('info', 'error'),
    text: anyText,
  }),
  fc.record({ kind: fc.constant('summary' as const), id: fc.constant(0), time, text: anyText, keptFrom: count }),
);
const conversation: fc.Arbitrary<Conversation> = fc.record({
  messages: fc
    .array(message, { maxLength: 6 })
    .map((messages) => messages.map((each, index) => ({ ...each, id: index + 1 }))),
  reply: fc.constant(undefined),
  nextId: fc.integer({ min: 7, max: 100 }),
  total: fc.record({ input: count, cached: count, output: count }),
  contextTokens: fc.option(count, { nil: undefined }),
});
const saved: fc.Arbitrary<SavedConversation> = fc.record({
  name: anyText,
  type: fc.constantFrom('debug', 'development'),
  model: fc.option(anyText, { nil: undefined }),
  createdAt: time,
  conversation,
});

/** A value of which growing texts are plain ones. */
const plain = (value: SavedConversation): unknown => JSON.parse(exportJson(value));

const textOf = (each: Message): string =>
  each.kind === 'user' ? each.parts.map((part) => part.text).join('') : `${each.text}`;

/** What of a text is neither a control nor one of the signs that stand for it. */
const letters = (text: string): string => text.replace(/[^\n -~]|<[0-9a-f]{4,6}>/g, '');

const example = (): SavedConversation => ({
  name: 's3-denied',
  type: 'debug',
  model: 'work/big',
  createdAt: 0,
  conversation: {
    messages: [
      { kind: 'user', id: 1, time: 60_000, parts: [{ text: 'why?\n```js\nlet a = `x`;\n```', label: undefined }] },
      {
        kind: 'assistant',
        id: 2,
        time: 120_000,
        text: GrowingText.of('Look:\n````md\n```\n````'),
        reasoning: GrowingText.of('hm'),
        calls: [
          {
            id: 'c1',
            name: 'shell',
            arguments: '{"command":"ls"}',
            title: 'ls </details>',
            diff: '',
            state: { kind: 'done', result: 'a\n```\nb' },
          },
        ],
        model: 'work/big',
        state: 'complete',
        finish: 'stop',
        usage: undefined,
      },
    ],
    reply: undefined,
    nextId: 3,
    total: { input: 5, cached: 0, output: 7 },
    contextTokens: 12,
  },
});

describe('exported conversations', () => {
  it('come back from JSON exactly as they were', () => {
    fc.assert(
      fc.property(saved, (value) => {
        const back = importConversation(exportJson(value));
        expect(plain(back)).to.deep.equal(plain(value));
        expect(back.conversation.messages.map(textOf)).to.deep.equal(value.conversation.messages.map(textOf));
      }),
    );
  });

  it('come back from Markdown with all that was said, whatever fences and comments are in it', () => {
    fc.assert(
      fc.property(saved, (value) => {
        const text = exportMarkdown(value);
        const back = importConversation(text);
        const messages = value.conversation.messages;
        expect(back.conversation.messages.map(({ id, kind, time: at }) => [id, kind, at])).to.deep.equal(
          messages.map(({ id, kind, time: at }) => [id, kind, at]),
        );
        expect(back.conversation.messages.map((each) => letters(textOf(each)))).to.deep.equal(
          messages.map((each) => letters(textOf(each).replaceAll('\r\n', '\n'))),
        );
        const calls = (list: readonly Message[]) =>
          list
            .flatMap((each) => (each.kind === 'assistant' ? each.calls : []))
            .map(({ name, state }) => [
              name,
              state.kind,
              letters('result' in state ? state.result.replaceAll('\r\n', '\n') : ''),
            ]);
        expect(calls(back.conversation.messages)).to.deep.equal(calls(messages));
        expect(exportMarkdown({ ...back, model: value.model })).to.equal(text);
      }),
    );
  });

  it('show roles, times and calls in Markdown, and keep code as it is', () => {
    const text = exportMarkdown(example());
    expect(text).to.contain('# s3-denied\n\ndebug · work/big · begun 1970-01-01 00:00 UTC\n');
    expect(text).to.contain('## You · 1970-01-01 00:01 UTC\n\nwhy?\n```js\nlet a = `x`;\n```\n');
    expect(text).to.contain('## Assistant (work/big) · 1970-01-01 00:02 UTC\n\nLook:\n````md\n```\n````\n');
    expect(text).to.contain('<details><summary>shell: ls &lt;/details&gt; (done)</summary>');
    expect(text).to.contain('```json\n{"command":"ls"}\n```').and.contain('````\na\n```\nb\n````');
  });

  it('hold nothing that a terminal obeys', () => {
    fc.assert(
      fc.property(saved, (value) => {
        expect(exportJson(value)).not.to.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
        expect(exportMarkdown(value)).not.to.match(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
      }),
    );
  });

  it('are refused with a sentence when they are cut, changed, or of a later version', () => {
    const whole = exportJson(example());
    const changes: readonly (readonly [string, string, RegExp])[] = [
      ['"version": 1', '"version": 2', /exported by a newer qmux \(its version is 2/],
      ['"version": 1', '"version": "x"', /the "version" of this conversation is not 1/],
      ['qmux-conversation', 'other', /no conversation of qmux: its "format"/],
      ['"id": 2', '"id": 1', /two messages have the id 1/],
      ['"id": 2', '"id": 1e300', /messages\[1\]\.id is not a whole number from 1 on/],
      ['"time": 60000', '"time": 1e300', /messages\[0\]\.time is not a time/],
      ['"nextId": 3', '"nextId": 2', /"nextId" has to be larger than the id 2/],
      ['"kind": "user"', '"kind": "system"', /messages\[0\]\.kind is not one of user, assistant, note, summary/],
      ['"reasoning": "hm"', '"reasoning": {}', /messages\[1\]\.reasoning is not a text/],
      ['"calls": [', '"calls": [[],', /messages\[1\]\.calls\[0\] is no record/],
      ['"type": "debug"', '"type": "toString"', /type is not one of debug/],
      ['"name": "s3-denied"', '"__proto__": "x"', /name is not a text/],
    ];
    for (const [from, to, wanted] of changes) {
      expect(whole, from).to.contain(from);
      expect(() => importConversation(whole.replace(from, to)), to).to.throw(UserError, wanted);
    }
    expect(() => importConversation(whole.slice(0, -20))).to.throw(UserError, /a part of the file may be missing/);
    expect(() => importConversation(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)).to.throw(UserError);
    const marked = exportMarkdown(example());
    expect(() => importConversation(marked.replace('"version":1', '"version":9'))).to.throw(UserError, /newer qmux/);
    for (const other of ['', 'hello', '# Title', '<!-- qmux-1 user {} -->'])
      expect(() => importConversation(other), other).to.throw(UserError, /no conversation of qmux: import reads/);
  });

  it('throw nothing but such sentences, whatever a file holds', () => {
    const markdown = exportMarkdown(example());
    const json = exportJson(example());
    fc.assert(
      fc.property(fc.constantFrom(markdown, json), fc.nat(2000), fc.nat(40), anyText, (text, at, length, other) => {
        try {
          importConversation(text.slice(0, at) + other + text.slice(at + length));
        } catch (error) {
          expect(error).to.be.instanceOf(UserError);
        }
      }),
    );
  });

  it('come back with calls that had no end as cancelled, and with the reply that streamed', () => {
    const { conversation: told } = example();
    const [first, second] = told.messages;
    if (first === undefined || second?.kind !== 'assistant') throw new Error('the example is another');
    const [done] = second.calls;
    if (done === undefined) throw new Error('the example is another');
    const running: AssistantMessage = {
      ...second,
      state: 'streaming',
      calls: [{ ...done, state: { kind: 'waiting' } }],
    };
    const now = settled({ ...told, messages: [first], reply: running });
    const { messages } = importConversation(exportJson({ ...example(), conversation: now })).conversation;
    expect(messages[1])
      .to.include({ state: 'interrupted' })
      .and.to.have.nested.property('calls[0].state.kind', 'cancelled');
    const changed = exportJson(example()).replace('"state": "done"', '"state": "asking"');
    expect(importConversation(changed).conversation.messages[1]).to.have.nested.property(
      'calls[0].state.kind',
      'cancelled',
    );
  });
});
