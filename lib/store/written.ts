import { type Conversation, EMPTY_CONVERSATION } from '../conversation/conversation.ts';
import type { ToolCall } from '../conversation/message.ts';

/** What of a conversation is in the database: the next writing adds what is new since. */
export interface Written {
  readonly conversation: Conversation;
  /** The row of its last message. */
  readonly head: number | null;
  readonly reply: WrittenReply | undefined;
}

export interface WrittenReply {
  readonly row: number;
  /** `Message.id`. */
  readonly number: number;
  /** Units of its text and reasoning that are written. */
  readonly text: number;
  readonly reasoning: number;
  readonly pieces: number;
  readonly calls: readonly ToolCall[];
}

export const NOTHING_WRITTEN: Written = { conversation: EMPTY_CONVERSATION, head: null, reply: undefined };
