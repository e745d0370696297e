import type { AssistantMessage, FinishReason, Message, Usage, UserPart } from './message.ts';
import {
  type CallChange,
  hasContent,
  newReply,
  soundUsage,
  withCall,
  withCallChange,
  withCallsCancelled,
} from './reply.ts';
import type { TurnEvent } from './turn-event.ts';

/** The messages of a chat, as a value. */
export interface Conversation {
  /** Ended ones, oldest first; only ever added to, so that a prefix stays the same objects. */
  readonly messages: readonly Message[];
  /** The reply that streams, or whose calls are not all answered; it goes to `messages` with its end. */
  readonly reply: AssistantMessage | undefined;
  readonly nextId: number;
  /** Of all turns. */
  readonly total: Usage;
  /** What the endpoint counted for the last whole turn, input and output together; undefined before the first. */
  readonly contextTokens: number | undefined;
}

export type ConversationEvent =
  | { readonly type: 'said'; readonly parts: readonly UserPart[]; readonly time: number }
  | {
      readonly type: 'note';
      readonly level: 'info' | 'warning' | 'error';
      readonly text: string;
      readonly time: number;
    }
  | { readonly type: 'turn'; readonly event: TurnEvent; readonly time: number }
  /** What becomes of a call of the present reply. */
  | { readonly type: 'call'; readonly id: string; readonly change: CallChange; readonly time: number }
  /** The present reply is over: calls without an answer are answered as cancelled, with `reason`. */
  | { readonly type: 'settled'; readonly reason: string; readonly time: number }
  | { readonly type: 'summarised'; readonly text: string; readonly keptFrom: number; readonly time: number }
  /** Back to before the message with that id: it, and all after it, is part of another branch. */
  | { readonly type: 'rewound'; readonly to: number; readonly time: number }
  /** A new start: nothing before is sent any more, nothing is shown. */
  | { readonly type: 'cleared'; readonly time: number };

export const EMPTY_CONVERSATION: Conversation = {
  messages: [],
  reply: undefined,
  nextId: 1,
  total: { input: 0, cached: 0, output: 0 },
  contextTokens: undefined,
};

const NOT_RUN = 'The turn ended before this call was run.';

/**
 * The conversation after `event`. Pure; whatever comes, in whatever order, gives a sound conversation: every call of
 * `messages` has its answer. A delta costs the same however long the conversation is; an event without effect gives the
 * same object back. Ids count up in the order in which messages begin: a note that comes while a reply streams is added
 * before the reply, and has the larger id.
 */
export function applyEvent(conversation: Conversation, event: ConversationEvent): Conversation {
  const { time, type } = event;
  const id = conversation.nextId;
  switch (type) {
    case 'said':
      return added(conversation, { kind: 'user', id, time, parts: event.parts });
    case 'note':
      return added(conversation, { kind: 'note', id, time, level: event.level, text: event.text });
    case 'turn':
      return withTurnEvent(conversation, event.event, time);
    case 'call': {
      if (conversation.reply === undefined) return conversation;
      return withReply(conversation, withCallChange(conversation.reply, event.id, event.change));
    }
    case 'settled':
      return settled(conversation, event.reason);
    case 'summarised': {
      const message: Message = { kind: 'summary', id, time, text: event.text, keptFrom: event.keptFrom };
      return { ...added(conversation, message), contextTokens: undefined };
    }
    case 'rewound': {
      const at = conversation.messages.findIndex((message) => message.id === event.to);
      if (at < 0) return conversation;
      return {
        ...conversation,
        messages: conversation.messages.slice(0, at),
        reply: undefined,
        contextTokens: undefined,
      };
    }
    case 'cleared':
      return { ...conversation, messages: [], reply: undefined, contextTokens: undefined };
  }
}

function withTurnEvent(conversation: Conversation, event: TurnEvent, time: number): Conversation {
  switch (event.type) {
    case 'queued':
    case 'calling':
      return conversation;
    case 'started':
      return opened(conversation, time, event.model)[0];
    case 'delta': {
      if (event.text === '') return conversation;
      const [open, reply] = opened(conversation, time);
      return withReply(open, { ...reply, text: reply.text.append(event.text) });
    }
    case 'reasoning': {
      if (event.text === '') return conversation;
      const [open, reply] = opened(conversation, time);
      return withReply(open, { ...reply, reasoning: reply.reasoning.append(event.text) });
    }
    case 'call': {
      const [open, reply] = opened(conversation, time);
      return withReply(open, withCall(reply, event));
    }
    case 'usage':
      return withUsage(conversation, soundUsage(event.usage));
    case 'done':
      return done(conversation, event.finish);
    case 'retrying':
      return ended(conversation, 'superseded', NOT_RUN);
    case 'failed':
    case 'aborted':
      return ended(conversation, 'interrupted', NOT_RUN);
  }
}

/**
 * The conversation with a reply that streams, and that reply. One that only waited for its calls is settled before: the
 * next turn has begun.
 */
function opened(conversation: Conversation, time: number, model = ''): readonly [Conversation, AssistantMessage] {
  const { reply } = conversation;
  if (reply?.state === 'streaming') {
    if (model === '' || model === reply.model) return [conversation, reply];
    const named = { ...reply, model };
    return [withReply(conversation, named), named];
  }
  const rest = settled(conversation, NOT_RUN);
  const begun = newReply(rest.nextId, time, model);
  return [{ ...rest, reply: begun, nextId: rest.nextId + 1 }, begun];
}

function done(conversation: Conversation, finish: FinishReason): Conversation {
  const { reply } = conversation;
  if (reply?.state !== 'streaming') return conversation;
  // A reply of nothing is none: endpoints refuse an empty message of their own.
  if (!hasContent(reply)) return { ...conversation, reply: undefined };
  const whole: AssistantMessage = { ...reply, state: 'complete', finish };
  return whole.calls.length > 0 ? withReply(conversation, whole) : moved(conversation, whole);
}

/** An end that is none of the reply's own; a reply that was whole already stays complete. */
function ended(conversation: Conversation, state: 'interrupted' | 'superseded', reason: string): Conversation {
  const { reply } = conversation;
  if (reply === undefined) return conversation;
  if (!hasContent(reply)) return { ...conversation, reply: undefined };
  const last: AssistantMessage = reply.state === 'streaming' ? { ...reply, state } : reply;
  return moved(conversation, withCallsCancelled(last, reason));
}

const settled = (conversation: Conversation, reason: string): Conversation =>
  ended(conversation, 'interrupted', reason);

/** Adds to the total what is new: an endpoint may count the same reply several times as it grows. */
function withUsage(conversation: Conversation, usage: Usage): Conversation {
  const { reply, total } = conversation;
  const before = reply?.usage ?? { input: 0, cached: 0, output: 0 };
  const more = (name: keyof Usage) => total[name] + Math.max(0, usage[name] - before[name]);
  return {
    ...conversation,
    reply: reply && { ...reply, usage },
    total: { input: more('input'), cached: more('cached'), output: more('output') },
    // Without a reply it was another request, such as one for a summary.
    contextTokens: reply === undefined ? conversation.contextTokens : usage.input + usage.output,
  };
}

const withReply = (conversation: Conversation, reply: AssistantMessage): Conversation =>
  reply === conversation.reply ? conversation : { ...conversation, reply };

const moved = (conversation: Conversation, reply: AssistantMessage): Conversation => ({
  ...conversation,
  messages: [...conversation.messages, reply],
  reply: undefined,
});

const added = (conversation: Conversation, message: Message): Conversation => ({
  ...conversation,
  messages: [...conversation.messages, message],
  nextId: conversation.nextId + 1,
});
