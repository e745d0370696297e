import type { Clock } from '../base/clock.ts';
import {
  applyEvent,
  type Conversation,
  type ConversationEvent,
  EMPTY_CONVERSATION,
} from '../conversation/conversation.ts';
import type { NoteMessage, UserPart } from '../conversation/message.ts';
import type { CallChange } from '../conversation/reply.ts';
import type { TurnEvent } from '../conversation/turn-event.ts';

/** Events that wait for a conversation to be read again at most; more are forgotten. */
const MAXIMUM_MISSED = 100;

/** The conversation of a chat as it is now: the only place where events are folded into it. */
export class LiveConversation {
  readonly #clock: Clock;
  readonly #onChange: () => void;
  #value: Conversation;
  /** While its messages are on disk only: what was told since, to be taken up when they are back. */
  #missed: ConversationEvent[] | undefined;

  constructor(clock: Clock, onChange: () => void, value: Conversation = EMPTY_CONVERSATION) {
    this.#value = value;
    this.#clock = clock;
    this.#onChange = onChange;
  }

  get value(): Conversation {
    return this.#value;
  }

  /** Holds nothing but figures from now on. */
  sleep(figures: Conversation): void {
    this.#value = figures;
    this.#missed = [];
  }

  /** Has its messages again. */
  wake(value: Conversation): void {
    const missed = this.#missed ?? [];
    this.#missed = undefined;
    this.#value = missed.reduce(applyEvent, value);
  }

  said(parts: readonly UserPart[]): void {
    this.#apply({ type: 'said', parts, time: this.#clock.now() });
  }

  note(level: NoteMessage['level'], text: string): void {
    this.#apply({ type: 'note', level, text, time: this.#clock.now() });
  }

  turn(event: TurnEvent): void {
    this.#apply({ type: 'turn', event, time: this.#clock.now() });
  }

  call(id: string, change: CallChange): void {
    this.#apply({ type: 'call', id, change, time: this.#clock.now() });
  }

  /** Ends the reply; its calls without an answer are answered as cancelled. */
  settle(reason: string): void {
    this.#apply({ type: 'settled', reason, time: this.#clock.now() });
  }

  summarised(text: string, keptFrom: number): void {
    this.#apply({ type: 'summarised', text, keptFrom, time: this.#clock.now() });
  }

  rewind(to: number): void {
    this.#apply({ type: 'rewound', to, time: this.#clock.now() });
  }

  clear(): void {
    this.#apply({ type: 'cleared', time: this.#clock.now() });
  }

  #apply(event: ConversationEvent): void {
    if (this.#missed === undefined) this.#value = applyEvent(this.#value, event);
    else if (this.#missed.length < MAXIMUM_MISSED) this.#missed.push(event);
    this.#onChange();
  }
}
