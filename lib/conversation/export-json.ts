import type { AssistantMessage, Message, ToolCall } from './message.ts';
import type { SavedConversation } from './saved-conversation.ts';

/** What a file of ours says it is; `FORMAT_VERSION` grows when older programs could not read it any more. */
export const FORMAT = 'qmux-conversation';
export const FORMAT_VERSION = 1;

/** What JSON leaves as it is and a terminal may obey: DEL, C1 controls, and what changes the direction of text. */
const RAW_CONTROLS = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** All of a conversation as JSON, one line for each of its lists and records; nothing in it is a control. */
export function exportJson({ name, type, model, createdAt, conversation }: SavedConversation): string {
  const { messages, nextId, total, contextTokens } = conversation;
  const facts = { nextId, total, contextTokens: contextTokens ?? null, messages: messages.map(plainMessage) };
  const file = { format: FORMAT, version: FORMAT_VERSION, name, type, model: model ?? null, createdAt, ...facts };
  return `${JSON.stringify(file, undefined, 1).replace(RAW_CONTROLS, escaped)}\n`;
}

const escaped = (control: string): string => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`;

function plainMessage(message: Message): unknown {
  return message.kind === 'assistant' ? plainReply(message) : message;
}

function plainReply({ text, reasoning, calls, ...facts }: AssistantMessage): unknown {
  return { ...facts, text: `${text}`, reasoning: `${reasoning}`, calls: calls.map(plainCall) };
}

function plainCall({ state, ...facts }: ToolCall): unknown {
  return { ...facts, state: state.kind, result: 'result' in state ? state.result : '' };
}
