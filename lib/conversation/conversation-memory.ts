import type { Conversation } from './conversation.ts';
import type { CallState, Message } from './message.ts';

/** About what a message and a call take besides their texts, in bytes. */
const MESSAGE_BYTES = 300;
const CALL_BYTES = 400;

/** About how many bytes the messages of a conversation take, at one byte a unit. Costs in proportion to their number. */
export function conversationMemory({ messages, reply }: Conversation): number {
  const all = messages.reduce((sum, message) => sum + messageMemory(message), 0);
  return reply === undefined ? all : all + messageMemory(reply);
}

function messageMemory(message: Message): number {
  switch (message.kind) {
    case 'user':
      return message.parts.reduce((sum, { text }) => sum + text.length, MESSAGE_BYTES);
    case 'assistant':
      return message.calls.reduce(
        (sum, call) => sum + CALL_BYTES + call.arguments.length + call.diff.length + outputLength(call.state),
        MESSAGE_BYTES + message.text.length + message.reasoning.length,
      );
    case 'note':
    case 'summary':
      return MESSAGE_BYTES + message.text.length;
  }
}

function outputLength(state: CallState): number {
  if (state.kind === 'waiting' || state.kind === 'asking') return 0;
  return state.kind === 'running' ? state.output.length : state.result.length;
}
