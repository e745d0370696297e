import type { Conversation } from './conversation.ts';
import type { ModelMessage, ToolDescription, TurnRequest } from './model.ts';
import { requestMessages } from './request.ts';
import { estimateMessage, estimateTexts, estimateTokens, estimateTools } from './token-estimate.ts';

/** Share of the window that is left to the reply. */
const REPLY_SHARE = 0.1;
/** No text is cut to less, in tokens. */
const LEAST = 64;

export interface RequestOptions {
  readonly system: string;
  readonly tools: readonly ToolDescription[];
  /** The model's window in tokens. */
  readonly window: number;
  /** Told how many messages had to be cut, so that the person can be told. */
  readonly onCut?: (messages: number) => void;
}

/** The next request of a conversation, with texts that are too long for the window cut in the middle. */
export function turnRequest(conversation: Conversation, { system, tools, window, onCut }: RequestOptions): TurnRequest {
  const room = window * (1 - REPLY_SHARE) - estimateTokens(system) - estimateTools(tools);
  const whole = requestMessages(conversation);
  const messages = fitMessages(whole, room);
  const cut = messages.filter((message, index) => message !== whole[index]).length;
  if (cut > 0) onCut?.(cut);
  return { system, tools, messages };
}

/**
 * The same messages in at most about `maximum` tokens: when they are more, the longest texts are cut in the middle to one
 * length, with a mark that says so. Many short messages stay too many: that is for compaction.
 */
export function fitMessages(messages: readonly ModelMessage[], maximum: number): readonly ModelMessage[] {
  const total = messages.reduce((sum, message) => sum + estimateMessage(message), 0);
  if (total <= maximum) return messages;
  const sizes = messages.map(estimateTexts);
  const all = sizes.flat();
  const beside = total - all.reduce((sum, size) => sum + size, 0);
  const longest = lengthThatFits(all, maximum - beside);
  return messages.map((message, index) => cutMessage(message, sizes[index] ?? [], longest));
}

/** About `tokens` tokens of a text: its head and its tail with a mark between; all of it when it is not longer. */
export function cutMiddle(text: string, tokens: number, size = estimateTokens(text)): string {
  if (size <= tokens) return text;
  const half = Math.floor((text.length * Math.max(0, tokens)) / size / 2);
  const head = withoutHalf(text.slice(0, half));
  const tail = text.slice(text.length - half).replace(/^[\udc00-\udfff]/, '');
  const cut = text.length - head.length - tail.length;
  const mark = `\n[... ${cut} characters left out here: the text is too long for the model's window ...]\n`;
  return cut <= mark.length ? text : `${head}${mark}${tail}`;
}

const withoutHalf = (text: string): string => text.replace(/[\ud800-\udbff]$/, '');

/** The largest length to which all sizes can be cut so that they are at most `room` together. */
function lengthThatFits(sizes: readonly number[], room: number): number {
  let rest = room;
  const ascending = [...sizes].sort((a, b) => a - b);
  for (const [index, size] of ascending.entries()) {
    const each = rest / (ascending.length - index);
    if (size > each) return Math.max(LEAST, Math.floor(each));
    rest -= size;
  }
  return Number.POSITIVE_INFINITY;
}

/** @param sizes of its texts, as `estimateTexts` has them */
function cutMessage(message: ModelMessage, sizes: readonly number[], longest: number): ModelMessage {
  if (sizes.every((size) => size <= longest)) return message;
  const text = cutMiddle(message.text, longest, sizes[0]);
  if (message.role !== 'assistant') return { ...message, text };
  const calls = message.calls.map((call, index) => {
    if ((sizes[index + 1] ?? 0) <= longest) return call;
    const note = `${call.arguments.length} characters of arguments, too long for the model's window`;
    return { ...call, arguments: JSON.stringify({ left_out: note }) };
  });
  return { ...message, text, calls };
}
