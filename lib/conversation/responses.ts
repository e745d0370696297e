import type {
  FunctionTool,
  ResponseCreateParamsStreaming,
  ResponseInputItem,
} from 'openai/resources/responses/responses';
import { asCount, asList, asRecord, asText, type JsonRecord } from './json-value.ts';
import type { ModelMessage, ToolDescription, TurnRequest } from './model.ts';
import type { ReplyAssembly } from './reply-assembly.ts';
import { ReplyError } from './reply-error.ts';

const TEXT = new Set(['response.output_text.delta', 'response.refusal.delta']);
const REASONING = new Set(['response.reasoning_text.delta', 'response.reasoning_summary_text.delta']);

/** A request of the responses API, of which the endpoint keeps nothing. */
export function responsesRequest(
  { system, messages, tools }: TurnRequest,
  model: string,
  withTools: boolean,
): ResponseCreateParamsStreaming {
  return {
    model,
    input: messages.flatMap(inputItems),
    stream: true,
    store: false,
    ...(system === '' ? {} : { instructions: system }),
    ...(withTools && tools.length > 0 ? { tools: tools.map(toolParam) } : {}),
  };
}

function inputItems(message: ModelMessage): readonly ResponseInputItem[] {
  switch (message.role) {
    case 'user':
      return [{ role: 'user', content: message.text }];
    case 'tool':
      return [{ type: 'function_call_output', call_id: message.callId, output: message.text }];
    case 'assistant': {
      const calls = message.calls.map(({ id, name, arguments: args }) => ({
        type: 'function_call' as const,
        call_id: id,
        name,
        arguments: args,
      }));
      return message.text === '' ? calls : [{ role: 'assistant', content: message.text }, ...calls];
    }
    default:
      return message satisfies never;
  }
}

const toolParam = ({ name, description, parameters }: ToolDescription): FunctionTool => ({
  type: 'function',
  name,
  description,
  parameters: { ...parameters },
  strict: false,
});

/** Takes an event of the stream, whatever it is, into the reply. */
export function readResponsesEvent(event: unknown, reply: ReplyAssembly): void {
  const data = asRecord(event);
  if (data === undefined) return;
  const type = asText(data['type']);
  if (TEXT.has(type)) reply.text(asText(data['delta']));
  else if (REASONING.has(type)) reply.reasoning(asText(data['delta']));
  else if (type === 'response.output_item.added') readCall(data, reply);
  else if (type === 'response.function_call_arguments.delta')
    reply.call({ index: asCount(data['output_index']), id: '', name: '', arguments: asText(data['delta']) });
  else if (type === 'response.output_item.done') readWholeCall(data, reply);
  else if (type === 'response.completed' || type === 'response.incomplete')
    readEnd(asRecord(data['response']) ?? {}, reply);
  else if (type === 'response.failed') throw answered(asRecord(asRecord(data['response'])?.['error']));
  else if (type === 'error') throw answered(data);
  // Without a stream the response comes as a whole, and has no type.
  else if (type === '' && data['object'] === 'response') readEnd(data, reply);
}

function readCall(data: JsonRecord, reply: ReplyAssembly): void {
  const item = asRecord(data['item']);
  if (item?.['type'] !== 'function_call') return;
  const [id, name] = [asText(item['call_id']), asText(item['name'])];
  reply.call({ index: asCount(data['output_index']), id, name, arguments: asText(item['arguments']) });
}

function readWholeCall(data: JsonRecord, reply: ReplyAssembly): void {
  const item = asRecord(data['item']);
  const index = asCount(data['output_index']);
  if (item?.['type'] !== 'function_call' || index === undefined) return;
  // Some servers tell a call at its end only.
  if (reply.hasCall(index)) reply.replaceArguments(index, asText(item['arguments']));
  else readCall(data, reply);
}

function readEnd(response: JsonRecord, reply: ReplyAssembly): void {
  if (asRecord(response['error']) !== undefined) throw answered(asRecord(response['error']));
  if (!reply.hasBegun) readOutput(response, reply);
  const usage = asRecord(response['usage']);
  const input = asCount(usage?.['input_tokens']);
  const output = asCount(usage?.['output_tokens']);
  const cached = asCount(asRecord(usage?.['input_tokens_details'])?.['cached_tokens']) ?? 0;
  if (input !== undefined && output !== undefined) reply.usage = { input, cached: Math.min(cached, input), output };
  const reason = asText(asRecord(response['incomplete_details'])?.['reason']);
  reply.finish = reason === 'content_filter' ? 'content-filter' : reason === '' ? 'stop' : 'length';
}

/** What an endpoint gives at the end only. */
function readOutput(response: JsonRecord, reply: ReplyAssembly): void {
  for (const [index, value] of asList(response['output']).entries()) {
    readCall({ item: value, output_index: index }, reply);
    for (const part of asList(asRecord(value)?.['content'])) reply.text(asText(asRecord(part)?.['text']));
  }
}

/** An error that the endpoint told in the stream, in the form in which the package throws others. */
function answered(error: JsonRecord | undefined): Error {
  const { code, type, message } = error ?? {};
  if (error === undefined) return new ReplyError('server', 'ended the reply with a fault; /retry asks again', true);
  return Object.assign(new Error('the endpoint told an error'), { error: { code, type, message } });
}
