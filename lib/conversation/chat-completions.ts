import type {
  ChatCompletionCreateParamsStreaming,
  ChatCompletionMessageParam,
  ChatCompletionTool,
} from 'openai/resources/chat/completions';
import { asCount, asList, asRecord, asText, type JsonRecord } from './json-value.ts';
import type { FinishReason, Usage } from './message.ts';
import type { ModelMessage, ToolDescription, TurnRequest } from './model.ts';
import type { ReplyAssembly } from './reply-assembly.ts';
import { ReplyError } from './reply-error.ts';

/** What some endpoints refuse, and can be left out. */
export type Extra = 'stream_options' | 'tools';

/** How Ollama, vLLM and OpenRouter say that a model knows no tools. */
const NO_TOOLS =
  /tools? (?:use )?(?:is|are) not supported|not support (?:tools?|function)|tool choice requires|no endpoints? found that supports? tool/i;
const FINISH: ReadonlyMap<string, FinishReason> = new Map([
  ['tool_calls', 'tool-calls'],
  ['function_call', 'tool-calls'],
  ['length', 'length'],
  ['max_tokens', 'length'],
  ['model_length', 'length'],
  ['content_filter', 'content-filter'],
  ['safety', 'content-filter'],
]);

/** A request of the chat completions API. */
export function chatRequest(
  { system, messages, tools }: TurnRequest,
  model: string,
  leftOut: ReadonlySet<Extra>,
): ChatCompletionCreateParamsStreaming {
  const before: readonly ChatCompletionMessageParam[] = system === '' ? [] : [{ role: 'system', content: system }];
  return {
    model,
    messages: [...before, ...messages.map(messageParam)],
    stream: true,
    ...(leftOut.has('stream_options') ? {} : { stream_options: { include_usage: true } }),
    ...(leftOut.has('tools') || tools.length === 0 ? {} : { tools: tools.map(toolParam) }),
  };
}

function messageParam(message: ModelMessage): ChatCompletionMessageParam {
  switch (message.role) {
    case 'user':
      return { role: 'user', content: message.text };
    case 'tool':
      return { role: 'tool', tool_call_id: message.callId, content: message.text };
    case 'assistant':
      if (message.calls.length === 0) return { role: 'assistant', content: message.text };
      return {
        role: 'assistant',
        content: message.text === '' ? null : message.text,
        tool_calls: message.calls.map(({ id, name, arguments: args }) => ({
          id,
          type: 'function',
          function: { name, arguments: args },
        })),
      };
    default:
      return message satisfies never;
  }
}

const toolParam = ({ name, description, parameters }: ToolDescription): ChatCompletionTool => ({
  type: 'function',
  function: { name, description, parameters: { ...parameters } },
});

/** What an endpoint says it does not know, of what a request can do without. */
export function refusedExtra(message: string): Extra | undefined {
  if (/stream_options|include_usage/i.test(message)) return 'stream_options';
  return NO_TOOLS.test(message) ? 'tools' : undefined;
}

/** Takes a chunk of the stream, whatever it is, into the reply. */
export function readChatChunk(chunk: unknown, reply: ReplyAssembly): void {
  const data = asRecord(chunk);
  if (data === undefined) return;
  reply.usage = usageOf(asRecord(data['usage'])) ?? reply.usage;
  // Where an endpoint gives several, the first is the reply, and the others come between its pieces.
  const choice = asList(data['choices'])
    .map(asRecord)
    .find((one) => (asCount(one?.['index']) ?? 0) === 0);
  if (choice === undefined) return;
  // An endpoint that does not stream sends a message whole.
  const delta = asRecord(choice['delta']) ?? asRecord(choice['message']);
  if (delta !== undefined) readDelta(delta, reply);
  const finish = asText(choice['finish_reason']);
  if (finish === 'error') throw new ReplyError('server', 'had a fault amid the reply; /retry asks again', true);
  if (finish !== '') reply.finish = FINISH.get(finish.toLowerCase()) ?? 'stop';
}

function readDelta(delta: JsonRecord, reply: ReplyAssembly): void {
  // Not part of the API, but what DeepSeek, vLLM and llama.cpp, and OpenRouter and Ollama, call it.
  reply.reasoning(asText(delta['reasoning_content']) || asText(delta['reasoning']));
  reply.text(contentText(delta['content']));
  reply.text(asText(delta['refusal']));
  for (const item of asList(delta['tool_calls'])) {
    const call = asRecord(item);
    const made = asRecord(call?.['function']);
    if (call === undefined) continue;
    const args = made?.['arguments'];
    reply.call({
      index: asCount(call['index']),
      id: asText(call['id']),
      name: asText(made?.['name']),
      arguments: typeof args === 'object' && args !== null ? JSON.stringify(args) : asText(args),
    });
  }
}

/** A text, or parts of it in a list, as Mistral sends it. */
function contentText(content: unknown): string {
  if (typeof content === 'string') return content;
  return asList(content)
    .map((part) => asText(part) || asText(asRecord(part)?.['text']))
    .join('');
}

function usageOf(usage: JsonRecord | undefined): Usage | undefined {
  const input = asCount(usage?.['prompt_tokens']);
  const output = asCount(usage?.['completion_tokens']);
  if (usage === undefined || input === undefined || output === undefined) return undefined;
  const details = asRecord(usage['prompt_tokens_details']);
  // DeepSeek's name stands beside the API's own.
  const cached = asCount(details?.['cached_tokens']) ?? asCount(usage['prompt_cache_hit_tokens']) ?? 0;
  return { input, cached: Math.min(cached, input), output };
}
