import { GrowingText } from '../text/growing-text.ts';
import type { AssistantMessage, CallState, ToolCall, Usage } from './message.ts';
import { isAnswered } from './message.ts';

/** Calls of one message at most; further ones are not kept. */
const MAXIMUM_CALLS = 512;

/** What becomes of a call; what is not named stays. */
export interface CallChange {
  readonly state?: CallState;
  readonly title?: string;
  readonly diff?: string;
  readonly arguments?: string;
}

export const newReply = (id: number, time: number, model: string): AssistantMessage => ({
  kind: 'assistant',
  id,
  time,
  text: GrowingText.EMPTY,
  reasoning: GrowingText.EMPTY,
  calls: [],
  model,
  state: 'streaming',
  finish: undefined,
  usage: undefined,
});

/** Whether there is anything in it to keep. */
export const hasContent = ({ text, reasoning, calls }: AssistantMessage): boolean =>
  text.length > 0 || reasoning.length > 0 || calls.length > 0;

/** The reply with one more call; its id is made unique within the message, so ask the reply for it, not the event. */
export function withCall(reply: AssistantMessage, call: Pick<ToolCall, 'id' | 'name' | 'arguments'>): AssistantMessage {
  if (reply.calls.length >= MAXIMUM_CALLS) return reply;
  const taken = new Set(reply.calls.map(({ id }) => id));
  let id = call.id === '' ? `call-${reply.calls.length + 1}` : call.id;
  for (let number = 2; taken.has(id); number++) id = `${call.id === '' ? 'call' : call.id}-${number}`;
  const added: ToolCall = {
    id,
    name: call.name,
    arguments: call.arguments,
    state: { kind: 'waiting' },
    title: '',
    diff: '',
  };
  return { ...reply, calls: [...reply.calls, added] };
}

/** The reply with that call changed; itself when there is no such call. The end of a call is final. */
export function withCallChange(reply: AssistantMessage, id: string, change: CallChange): AssistantMessage {
  const index = reply.calls.findIndex((call) => call.id === id);
  const call = reply.calls[index];
  if (call === undefined) return reply;
  const state = isAnswered(call) ? call.state : (change.state ?? call.state);
  return { ...reply, calls: reply.calls.with(index, { ...call, ...change, state }) };
}

/** The reply with every call that has no end cancelled, for `reason`. */
export function withCallsCancelled(reply: AssistantMessage, reason: string): AssistantMessage {
  if (reply.calls.every(isAnswered)) return reply;
  const state: CallState = { kind: 'cancelled', result: reason };
  return { ...reply, calls: reply.calls.map((call) => (isAnswered(call) ? call : { ...call, state })) };
}

/** A usage that can be counted with, whatever an endpoint said. */
export function soundUsage({ input, cached, output }: Usage): Usage {
  const whole = (count: number) => (Number.isFinite(count) ? Math.max(0, Math.round(count)) : 0);
  return { input: whole(input), cached: Math.min(whole(cached), whole(input)), output: whole(output) };
}
