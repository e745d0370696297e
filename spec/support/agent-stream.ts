import { randomUUID } from 'node:crypto';
import type { Piece, Reply } from './model-answer.ts';
import { argumentsOf, callId, endsEarly, event, spoken, usageOf } from './model-stream.ts';

/** What Anthropic's messages API sends for a reply: Server-Sent Events, with waits between them. */
export function* messagesStream(reply: Reply, model: string): Generator<Piece> {
  const named = (type: string, facts: object): string => `event: ${type}\n${event({ type, ...facts })}`;
  const usage = usageOf(reply);
  const counts = { input_tokens: usage?.input ?? 0, output_tokens: usage?.output ?? 0 };
  const head = { id: `msg_${randomUUID()}`, type: 'message', role: 'assistant', model, content: [], usage: counts };
  yield named('message_start', { message: { ...head, stop_reason: null, stop_sequence: null } });
  let index = 0;
  if (reply.text !== undefined) {
    yield named('content_block_start', { index, content_block: { type: 'text', text: '' } });
    const block = index;
    yield* spoken(reply.text, reply.delay, (text) =>
      named('content_block_delta', { index: block, delta: { type: 'text_delta', text } }),
    );
    if (endsEarly(reply)) return;
    yield named('content_block_stop', { index });
    index += 1;
  }
  const calls = reply.calls ?? [];
  for (const [number, call] of calls.entries()) {
    const content = { type: 'tool_use', id: callId(call, number), name: call.name, input: {} };
    yield named('content_block_start', { index, content_block: content });
    const delta = { type: 'input_json_delta', partial_json: argumentsOf(call) };
    yield named('content_block_delta', { index, delta });
    yield named('content_block_stop', { index });
    index += 1;
  }
  const reason = calls.length > 0 ? 'tool_use' : 'end_turn';
  yield named('message_delta', { delta: { stop_reason: reason, stop_sequence: null }, usage: counts });
  yield named('message_stop', {});
}

/** The same by the Gemini API. */
export function* geminiStream(reply: Reply, model: string): Generator<Piece> {
  const chunk = (parts: readonly object[], more: object = {}): string =>
    event({ candidates: [{ content: { role: 'model', parts }, index: 0, ...more }], modelVersion: model });
  yield* spoken(reply.text, reply.delay, (text) => chunk([{ text }]));
  if (endsEarly(reply)) return;
  const calls = reply.calls ?? [];
  const parts = calls.map((call) => ({
    functionCall: { name: call.name, args: JSON.parse(argumentsOf(call)) as object },
  }));
  yield chunk(parts.length > 0 ? parts : [{ text: '' }], { finishReason: 'STOP' });
}
