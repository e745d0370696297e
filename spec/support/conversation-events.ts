import fc from 'fast-check';
import {
  applyEvent,
  type Conversation,
  type ConversationEvent,
  EMPTY_CONVERSATION,
} from '../../lib/conversation/conversation.ts';
import type { CallState, Usage } from '../../lib/conversation/message.ts';
import type { TurnEvent, TurnFailure } from '../../lib/conversation/turn-event.ts';

/** A failure as an endpoint could give it. */
export const failure = (retryable = true, retryAfter?: number): TurnFailure => ({
  kind: 'server',
  text: 'The endpoint failed.',
  retryable,
  retryAfter,
});

const text = fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('', ' ', '漢字', '\u001b[31m', '\ud800', '{}'));
const callId = fc.constantFrom('', 'a', 'b', 'b-2', 'call_1', 'x'.repeat(60), 'tür', '__proto__');
const count = fc.oneof(fc.nat(1000), fc.constantFrom(Number.NaN, -1, Number.POSITIVE_INFINITY, 0.5));

const callState: fc.Arbitrary<CallState> = fc.oneof(
  fc.constant<CallState>({ kind: 'waiting' }),
  fc.constant<CallState>({ kind: 'asking', approval: { why: 'runs a command', editable: undefined } }),
  fc.record({ kind: fc.constant('running' as const), since: fc.nat(), output: text }),
  fc.record({ kind: fc.constantFrom('done', 'failed', 'refused', 'cancelled'), result: text }),
);

const turnEvent: fc.Arbitrary<TurnEvent> = fc.oneof(
  fc.record({ type: fc.constant('queued' as const), ahead: fc.nat(9) }),
  fc.record({ type: fc.constant('started' as const), model: fc.constantFrom('', 'a/b') }),
  fc.record({ type: fc.constant('delta' as const), text }),
  fc.record({ type: fc.constant('reasoning' as const), text }),
  fc.record({ type: fc.constant('calling' as const), index: fc.nat(3), name: text, length: fc.nat() }),
  fc.record({
    type: fc.constant('call' as const),
    id: callId,
    name: fc.oneof(fc.constant('read'), text),
    arguments: fc.constantFrom('{}', '{"path":"a"}', '[]', 'null', '1', '{"cut', ''),
  }),
  fc.record({
    type: fc.constant('usage' as const),
    usage: fc.record({ input: count, cached: count, output: count }),
  }),
  fc.record({
    type: fc.constant('retrying' as const),
    attempt: fc.nat(5),
    at: fc.nat(),
    failure: fc.constant(failure()),
  }),
  fc.record({
    type: fc.constant('done' as const),
    finish: fc.constantFrom('stop' as const, 'tool-calls' as const, 'length' as const, 'content-filter' as const),
  }),
  fc.constant<TurnEvent>({ type: 'failed', failure: failure(false) }),
  fc.constant<TurnEvent>({ type: 'aborted' }),
);

/** Any event, in any state, also such as no honest endpoint sends. */
export const conversationEvent: fc.Arbitrary<ConversationEvent> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('said' as const),
      parts: fc.array(fc.record({ text, label: fc.option(text, { nil: undefined }) }), { maxLength: 3 }),
      time: fc.nat(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('note' as const), level: fc.constant('info'), text, time: fc.nat() }),
  },
  { weight: 12, arbitrary: fc.record({ type: fc.constant('turn' as const), event: turnEvent, time: fc.nat() }) },
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant('call' as const),
      id: callId,
      change: fc.record({ state: callState, title: text, diff: text }, { requiredKeys: [] }),
      time: fc.nat(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('settled' as const), reason: text, time: fc.nat() }) },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('summarised' as const), text, keptFrom: fc.nat(30), time: fc.nat() }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('cleared' as const), time: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('rewound' as const), to: fc.nat(9), time: fc.nat() }) },
);

export const said = (words: string): ConversationEvent => ({
  type: 'said',
  parts: [{ text: words, label: undefined }],
  time: 0,
});

export const turn = (event: TurnEvent): ConversationEvent => ({ type: 'turn', event, time: 0 });

/** A conversation after these events. */
export const conversationOf = (...events: readonly ConversationEvent[]): Conversation =>
  events.reduce(applyEvent, EMPTY_CONVERSATION);

/** The events of a whole reply. */
export const replied = (text: string, usage?: Usage): readonly ConversationEvent[] => [
  turn({ type: 'started', model: 'work/big' }),
  turn({ type: 'delta', text }),
  ...(usage === undefined ? [] : [turn({ type: 'usage', usage })]),
  turn({ type: 'done', finish: 'stop' }),
];

/** The events of a reply that calls a tool once, and its answer. */
export const called = (args: string, result: string, usage?: Usage): readonly ConversationEvent[] => [
  turn({ type: 'call', id: 'a', name: 'read', arguments: args }),
  ...(usage === undefined ? [] : [turn({ type: 'usage', usage })]),
  turn({ type: 'done', finish: 'tool-calls' }),
  { type: 'call', id: 'a', change: { state: { kind: 'done', result } }, time: 0 },
  { type: 'settled', reason: '', time: 0 },
];
