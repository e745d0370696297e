import type { Clock } from '../base/clock.ts';
import type { SessionEvent } from './session.ts';
import { nextStatus, type StatusChange, type StatusState } from './status.ts';

/** What a chat is seen to do: its status, and what of it nobody has looked at. */
export class ChatActivity {
  readonly #clock: Clock;
  readonly #fire: (event: SessionEvent) => void;
  #state: StatusState = { status: 'waiting-for-input', waitingReason: undefined, waitingSince: undefined };
  #shown = false;
  #seen = true;
  #unread = 0;
  #lastActivity: number;

  constructor(clock: Clock, fire: (event: SessionEvent) => void) {
    this.#clock = clock;
    this.#fire = fire;
    this.#lastActivity = clock.now();
    this.#state = { ...this.#state, waitingSince: this.#lastActivity };
  }

  get state(): StatusState {
    return this.#state;
  }

  get seen(): boolean {
    return this.#seen;
  }

  get unread(): number {
    return this.#unread;
  }

  get lastActivity(): number {
    return this.#lastActivity;
  }

  setShown(shown: boolean): void {
    this.#shown = shown;
    if (!shown) return;
    this.#seen = true;
    this.#unread = 0;
  }

  /** A person or a model did something. */
  touch(): void {
    this.#lastActivity = this.#clock.now();
  }

  /** A reply has ended; it is news where nobody looks. */
  replied(): void {
    if (this.#shown) return;
    this.#unread += 1;
    this.#fire({ type: 'activity' });
  }

  /** Takes another status; with `anew` also the same again, which calls once more. */
  become(change: StatusChange, anew = false): void {
    const { status: previous, waitingReason } = this.#state;
    if (!anew && change.status === previous && change.reason === waitingReason) return;
    const next = nextStatus(this.#state, change, this.#clock.now());
    if (next === undefined) return;
    this.#state = next;
    if (change.reason !== undefined) this.#seen = this.#shown;
    this.#fire({ type: 'status', previous });
  }
}
