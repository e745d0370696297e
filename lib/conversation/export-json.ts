import type { AssistantMessage, Message, ToolCall, Usage } from './message.ts';
import type { SavedConversation } from './saved-conversation.ts';

/** What a file of ours says it is; `FORMAT_VERSION` grows when older programs could not read it any more. */
export const FORMAT = 'qmux-conversation';
export const FORMAT_VERSION = 1;

/** What JSON leaves as it is and a terminal may obey: DEL, C1 controls, and what changes the direction of text. */
const RAW_CONTROLS = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** All of a conversation as JSON, one line for each of its lists and records; nothing in it is a control. */
export function exportJson({ name, type, model, createdAt, conversation }: SavedConversation): string {
  const { messages, nextId, total, contextTokens } = conversation;
  const facts = {
    nextId,
    total: plainUsage(total),
    contextTokens: contextTokens ?? null,
    messages: messages.map(plainMessage),
  };
  const file = { format: FORMAT, version: FORMAT_VERSION, name, type, model: model ?? null, createdAt, ...facts };
  return `${JSON.stringify(file, undefined, 1).replace(RAW_CONTROLS, escaped)}\n`;
}

const escaped = (control: string): string => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** The values in one order, wherever the message comes from. */
function plainMessage(message: Message): unknown {
  const { kind, id, time } = message;
  switch (message.kind) {
    case 'user':
      return { kind, id, time, parts: message.parts.map(({ text, label }) => ({ text, label })) };
    case 'assistant':
      return { kind, id, time, ...plainReply(message) };
    case 'note':
      return { kind, id, time, level: message.level, text: message.text };
    case 'summary':
      return { kind, id, time, text: message.text, keptFrom: message.keptFrom };
  }
}

const plainReply = ({ model, state, finish, usage, text, reasoning, calls }: AssistantMessage) => ({
  model,
  state,
  finish,
  usage: usage && plainUsage(usage),
  text: `${text}`,
  reasoning: `${reasoning}`,
  calls: calls.map(plainCall),
});

const plainUsage = ({ input, cached, output }: Usage): Usage => ({ input, cached, output });

const plainCall = ({ id, name, title, arguments: given, diff, state }: ToolCall) => ({
  id,
  name,
  title,
  arguments: given,
  diff,
  state: state.kind,
  result: 'result' in state ? state.result : '',
});
