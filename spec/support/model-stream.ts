import type { Piece, Reply, ScriptedCall } from './model-answer.ts';

/** What an endpoint sends for a reply: Server-Sent Events, with waits between them. */
export function* chatStream(reply: Reply, model: string, wantsUsage: boolean): Generator<Piece> {
  const head = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model };
  const chunk = (delta: object, finish: string | null = null): string =>
    event({ ...head, choices: [{ index: 0, delta, finish_reason: finish }] });
  yield chunk({ role: 'assistant', content: '' });
  yield* spoken(reply.reasoning, reply.delay, (text) => chunk({ reasoning_content: text }));
  yield* spoken(reply.text, reply.delay, (text) => chunk({ content: text }));
  const calls = reply.calls ?? [];
  for (const [index, call] of calls.entries())
    yield chunk({
      tool_calls: [{ index, id: callId(call, index), type: 'function', function: { name: call.name, arguments: '' } }],
    });
  for (const { index, text } of fragments(reply))
    yield chunk({ tool_calls: [{ index, function: { arguments: text } }] });
  if (endsEarly(reply)) return;
  if (reply.finish !== false) yield chunk({}, reply.finish ?? (calls.length > 0 ? 'tool_calls' : 'stop'));
  const usage = usageOf(reply);
  if (usage !== undefined && wantsUsage)
    yield event({
      ...head,
      choices: [],
      usage: {
        prompt_tokens: usage.input,
        completion_tokens: usage.output,
        total_tokens: usage.input + usage.output,
        prompt_tokens_details: { cached_tokens: usage.cached },
      },
    });
  if (reply.end !== 'silent-end') yield 'data: [DONE]\n\n';
}

/** The same by the responses API. */
export function* responsesStream(reply: Reply, model: string): Generator<Piece> {
  const named = (type: string, facts: object): string => `event: ${type}\n${event({ type, ...facts })}`;
  const response = { id: 'resp_1', object: 'response', model, status: 'in_progress', output: [] };
  yield named('response.created', { response });
  yield* spoken(reply.reasoning, reply.delay, (text) =>
    named('response.reasoning_summary_text.delta', { item_id: 'rs_1', output_index: 0, summary_index: 0, delta: text }),
  );
  const message = { type: 'message', id: 'msg_1', role: 'assistant' };
  if (reply.text !== undefined)
    yield named('response.output_item.added', {
      output_index: 0,
      item: { ...message, status: 'in_progress', content: [] },
    });
  let said = '';
  yield* spoken(reply.text, reply.delay, (text) => {
    said += text;
    return named('response.output_text.delta', { item_id: 'msg_1', output_index: 0, content_index: 0, delta: text });
  });
  if (reply.text !== undefined && !endsEarly(reply))
    yield named('response.output_item.done', {
      output_index: 0,
      item: { ...message, status: 'completed', content: [{ type: 'output_text', text: said, annotations: [] }] },
    });
  const calls = reply.calls ?? [];
  const item = (call: ScriptedCall, index: number, args: string) => ({
    type: 'function_call',
    id: `fc_${index}`,
    call_id: callId(call, index),
    name: call.name,
    arguments: args,
  });
  for (const [index, call] of calls.entries())
    yield named('response.output_item.added', { output_index: index + 1, item: item(call, index, '') });
  for (const { index, text } of fragments(reply))
    yield named('response.function_call_arguments.delta', {
      item_id: `fc_${index}`,
      output_index: index + 1,
      delta: text,
    });
  for (const [index, call] of calls.entries())
    yield named('response.output_item.done', { output_index: index + 1, item: item(call, index, argumentsOf(call)) });
  if (endsEarly(reply) || reply.finish === false) return;
  const usage = usageOf(reply);
  const reason = { length: 'max_output_tokens', content_filter: 'content_filter' }[reply.finish ?? ''];
  const type = reason === undefined ? 'response.completed' : 'response.incomplete';
  yield named(type, {
    response: {
      ...response,
      status: reason === undefined ? 'completed' : 'incomplete',
      incomplete_details: reason === undefined ? null : { reason },
      usage: usage && {
        input_tokens: usage.input,
        input_tokens_details: { cached_tokens: usage.cached },
        output_tokens: usage.output,
        total_tokens: usage.input + usage.output,
      },
    },
  });
}

export const event = (data: object): string => `data: ${JSON.stringify(data)}\n\n`;

export const endsEarly = ({ end }: Reply): boolean => end === 'cut' || end === 'stall';

export const callId = ({ id }: ScriptedCall, index: number): string => id ?? `call_${index}`;

export const argumentsOf = (call: ScriptedCall): string =>
  typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments);

export function usageOf({ usage }: Reply): { input: number; cached: number; output: number } | undefined {
  return usage === false ? undefined : { input: 12, output: 5, ...usage, cached: usage?.cached ?? 0 };
}

export function* spoken(
  text: Reply['text'],
  delay: number | undefined,
  chunk: (text: string) => string,
): Generator<Piece, void> {
  for (const piece of typeof text === 'string' ? [text] : (text ?? []))
    if (typeof piece !== 'string') yield piece;
    else {
      yield chunk(piece);
      if (delay !== undefined) yield delay;
    }
}

/** The arguments of all calls in pieces, one of each call in turn. */
function* fragments({ calls = [], callPieces = 1 }: Reply): Generator<{ index: number; text: string }> {
  for (let piece = 0; piece < callPieces; piece++)
    for (const [index, call] of calls.entries()) {
      const text = argumentsOf(call);
      const size = Math.ceil(text.length / callPieces);
      yield { index, text: text.slice(piece * size, (piece + 1) * size) };
    }
}
