import { isRecord } from '../base/is-record.ts';
import type { Conversation } from './conversation.ts';
import type { AssistantMessage, Message, SummaryMessage, ToolCall } from './message.ts';
import { isAnswered } from './message.ts';
import type { ModelCall, ModelMessage } from './model.ts';

/** Ids that every endpoint takes back, also one that did not give them. */
const GOOD_ID = /^[\w-]{1,40}$/;
const NAME_LENGTH = 64;
/** Half characters and NUL: an endpoint that chokes on one would refuse every further request of the chat. */
const UNSENDABLE = /\p{Surrogate}|\0/gu;
/** What ends a reply that was cut. */
export const CUT_SHORT = '[This reply was cut short: it was stopped, or the connection broke.]';
/** What stands for the person when a cut reply is tried again. */
export const GO_ON = 'Your reply above ended there. Go on from where it ends; do not repeat it.';
/** What begins the message that stands for all before it. */
export const SUMMARY = 'Summary of the earlier part of this conversation, which is not sent any more:';

/** Which part of a history is sent: `summary` in place of what is before, then all messages from the index `from` on. */
export interface SentPart {
  readonly summary: SummaryMessage | undefined;
  readonly from: number;
}

/**
 * What a model is sent of a conversation: the last summary as a user message, then all messages from its `keptFrom` on
 * (when no message has that id: from after the summary on). No notes, no superseded replies, nothing of reasoning. Every
 * call is followed by its answer. Never ends with a reply: a cut one at the end is followed by a user message that asks
 * to go on. The reply in progress is not in it: settle it first.
 */
export function requestMessages({ messages }: Conversation): readonly ModelMessage[] {
  const { summary, from } = sentPart(messages);
  const sent: ModelMessage[] = summary === undefined ? [] : [...sentAs(summary)];
  for (let index = from; index < messages.length; index++) {
    const message = messages[index];
    if (message !== undefined && message.kind !== 'summary') sent.push(...sentAs(message));
  }
  if (sent.at(-1)?.role === 'assistant') sent.push({ role: 'user', text: GO_ON });
  return sent;
}

/** Which part of a history the next request holds. */
export function sentPart(messages: readonly Message[]): SentPart {
  const at = messages.findLastIndex(({ kind }) => kind === 'summary');
  const summary = messages[at];
  if (summary?.kind !== 'summary') return { summary: undefined, from: 0 };
  const kept = messages.slice(0, at).findLastIndex(({ id }) => id === summary.keptFrom);
  return { summary, from: kept >= 0 ? kept : at + 1 };
}

const sentForms = new WeakMap<Message, readonly ModelMessage[]>();

/** What one message becomes in a request, made once: nothing, one message, or a reply with the answers to its calls. */
export function sentAs(message: Message): readonly ModelMessage[] {
  let sent = sentForms.get(message);
  if (sent === undefined) {
    sent = makeSent(message);
    sentForms.set(message, sent);
  }
  return sent;
}

function makeSent(message: Message): readonly ModelMessage[] {
  switch (message.kind) {
    case 'note':
      return [];
    case 'summary':
      return [{ role: 'user', text: sendable(`${SUMMARY}\n\n${message.text}`) }];
    case 'user': {
      const text = sendable(message.parts.map((part) => part.text).join(''));
      return text.trim() === '' ? [] : [{ role: 'user', text }];
    }
    case 'assistant':
      return message.state === 'superseded' ? [] : sentReply(message);
  }
}

function sentReply(reply: AssistantMessage): readonly ModelMessage[] {
  let text = sendable(reply.text.toString());
  if (text.trim() === '') text = '';
  else if (reply.state === 'interrupted') text = `${text}\n\n${CUT_SHORT}`;
  const answered = reply.calls.filter(isAnswered);
  if (text === '' && answered.length === 0) return [];
  const taken = new Set(answered.map(({ id }) => id));
  const calls = answered.map((call, index) => sentCall(call, index, taken));
  const answers = answered.map((call, index): ModelMessage => {
    const callId = calls[index]?.id ?? call.id;
    return { role: 'tool', callId, text: sendable(resultOf(call)) };
  });
  return [{ role: 'assistant', text, calls }, ...answers];
}

/** The call as endpoints take it; one refuses a whole request for a strange id or name in an old message. */
function sentCall(call: ToolCall, index: number, taken: Set<string>): ModelCall {
  let id = call.id;
  if (!GOOD_ID.test(id)) {
    id = `call_${index + 1}`;
    for (let number = 2; taken.has(id); number++) id = `call_${index + 1}_${number}`;
    taken.add(id);
  }
  const name = call.name.slice(0, NAME_LENGTH).replace(/[^\w-]/g, '_') || 'unknown';
  return { id, name, arguments: isJsonObject(call.arguments) ? sendable(call.arguments) : '{}' };
}

function resultOf({ state }: ToolCall): string {
  if (state.kind === 'waiting' || state.kind === 'asking' || state.kind === 'running') return '';
  return state.result === '' ? '(no output)' : state.result;
}

const sendable = (text: string): string => text.replace(UNSENDABLE, '\ufffd');

function isJsonObject(text: string): boolean {
  try {
    return isRecord(JSON.parse(text));
  } catch {
    return false;
  }
}
