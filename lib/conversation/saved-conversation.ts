import { applyEvent, type Conversation } from './conversation.ts';
import type { SessionType } from './session-type.ts';

/** A conversation as it is written to a file, and read back. */
export interface SavedConversation {
  /** Of its session. */
  readonly name: string;
  readonly type: SessionType;
  /** `provider/model`; undefined where none was chosen. */
  readonly model: string | undefined;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** Without a reply that streams. */
  readonly conversation: Conversation;
}

/** Times that a date can have, in milliseconds since the epoch. */
export const LAST_TIME = 8.64e15;

/** Messages of a file at most: as many as one branch can have. */
export const MAXIMUM_MESSAGES = 100_000;

/** The conversation as if its reply had been stopped now: every call in it has its end. */
export const settled = (conversation: Conversation): Conversation =>
  applyEvent(conversation, { type: 'settled', reason: 'This call had not ended when it was exported.', time: 0 });
