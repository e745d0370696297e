import type { Clock } from '../base/clock.ts';
import type { ChatMemory } from './chat.ts';
import type { SessionEvent } from './session.ts';
import { SessionActivity } from './session-activity.ts';
import type { StatusChange, WaitingReason } from './status.ts';

/** What a chat is seen to do: a new one waits, and calls nobody. */
export class ChatActivity extends SessionActivity {
  /** @param memory as it was before the server was started anew, with the reason that it waits for */
  constructor(clock: Clock, fire: (event: SessionEvent) => void, memory?: ChatMemory, waitingReason?: WaitingReason) {
    super(clock, fire, 'waiting-for-input', memory && { ...memory, waitingReason });
  }

  /** A reply has ended; it is news where nobody looks. */
  replied(): void {
    if (!this.isShown) this.addUnread();
  }

  /** Takes another status; with `anew` also the same again, which calls once more. */
  become(change: StatusChange, anew = false): void {
    const { status, waitingReason } = this.state;
    if (!anew && change.status === status && change.reason === waitingReason) return;
    this.move(change, change.reason === undefined ? this.seen : this.isShown);
  }
}
