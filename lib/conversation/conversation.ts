import type { AssistantMessage, CallState, Message, Usage, UserPart } from './message.ts';
import type { TurnEvent } from './turn-event.ts';

/** The messages of a chat, as a value. */
export interface Conversation {
  /** Ended ones, oldest first; only ever added to, so that a prefix stays the same objects. */
  readonly messages: readonly Message[];
  /** The reply that streams, or whose calls are not all answered; it goes to `messages` with its end. */
  readonly reply: AssistantMessage | undefined;
  readonly nextId: number;
  /** Of all turns. */
  readonly total: Usage;
  /** What the endpoint counted for the last whole turn, input and output together; undefined before the first. */
  readonly contextTokens: number | undefined;
}

export type ConversationEvent =
  | { readonly type: 'said'; readonly parts: readonly UserPart[]; readonly time: number }
  | {
      readonly type: 'note';
      readonly level: 'info' | 'warning' | 'error';
      readonly text: string;
      readonly time: number;
    }
  | { readonly type: 'turn'; readonly event: TurnEvent; readonly time: number }
  /** What becomes of a call of the present reply. */
  | {
      readonly type: 'call';
      readonly id: string;
      readonly change: {
        readonly state?: CallState;
        readonly title?: string;
        readonly diff?: string;
        readonly arguments?: string;
      };
      readonly time: number;
    }
  /** The present reply is over: calls without an answer are answered as cancelled, with `reason`. */
  | { readonly type: 'settled'; readonly reason: string; readonly time: number }
  | { readonly type: 'summarised'; readonly text: string; readonly keptFrom: number; readonly time: number }
  /** A new start: nothing before is sent any more, nothing is shown. */
  | { readonly type: 'cleared'; readonly time: number };

export const EMPTY_CONVERSATION: Conversation = {
  messages: [],
  reply: undefined,
  nextId: 1,
  total: { input: 0, cached: 0, output: 0 },
  contextTokens: undefined,
};
