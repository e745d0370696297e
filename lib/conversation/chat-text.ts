import { stripControls } from '../text/sanitize.ts';
import type { Conversation } from './conversation.ts';
import type { AssistantMessage, Message } from './message.ts';

/** Of a preview, in UTF-16 units. */
const PREVIEW_LENGTH = 200;
/** What a preview looks at of a text. */
const TAIL = 2000;
/** How many messages without a text it passes over. */
const LOOK_BACK = 100;

/** The text of the last reply, as the model wrote it; empty when its whole turn has none. */
export function lastReply({ messages, reply }: Conversation): string {
  if (reply !== undefined && reply.text.length > 0) return reply.text.toString();
  let isInTurn = reply !== undefined;
  for (let index = messages.length - 1; index >= 0; index--) {
    const message = messages[index];
    if (message?.kind === 'user' && isInTurn) return '';
    if (message?.kind !== 'assistant' || message.state === 'superseded') continue;
    if (message.text.length > 0) return message.text.toString();
    isInTurn = true;
  }
  return '';
}

/** The last line with text on it of the last message, as one plain line of at most 200 units; looks at ends only. */
export function conversationPreview({ messages, reply }: Conversation): string {
  const line = reply === undefined ? '' : replyLine(reply);
  if (line !== '') return line;
  for (const message of messages.slice(-LOOK_BACK).reverse()) {
    const found = messageLine(message);
    if (found !== '') return found;
  }
  return '';
}

function messageLine(message: Message): string {
  switch (message.kind) {
    case 'user':
      return message.parts.reduceRight((found, { text }) => found || lastLine(text.slice(-TAIL)), '');
    case 'assistant':
      return message.state === 'superseded' ? '' : replyLine(message);
    case 'note':
      return message.level === 'info' ? '' : lastLine(message.text.slice(-TAIL));
    case 'summary':
      return '';
  }
}

function replyLine({ text, calls }: AssistantMessage): string {
  const call = calls.at(-1);
  if (call === undefined) return lastLine(text.since(text.length - TAIL));
  return lastLine(`${call.name} ${call.title}`.slice(0, TAIL));
}

function lastLine(text: string): string {
  const lines = text.split(/[\r\n\u0085\u2028\u2029]+/);
  for (let index = lines.length - 1; index >= 0; index--) {
    const spaced = (lines[index] ?? '')
      .replace(/^[\udc00-\udfff]/, '')
      .replace(/\s+/g, ' ')
      .trim();
    const line = stripControls(spaced, PREVIEW_LENGTH).trim();
    if (line !== '') return line;
  }
  return '';
}
