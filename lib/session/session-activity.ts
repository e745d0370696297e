import type { Clock } from '../base/clock.ts';
import type { SessionEvent } from './session.ts';
import { nextStatus, type SessionStatus, type StatusChange, type StatusState, type WaitingReason } from './status.ts';

/** How a session comes back after its server ended: since `lastActivity` nothing happened to it. */
export interface RememberedActivity {
  readonly waitingReason: WaitingReason | undefined;
  readonly seen: boolean;
  readonly unread: number;
  /** Milliseconds since 1970. */
  readonly lastActivity: number;
}

/** What a session is seen to do: its status, and what of it nobody has looked at. Its kind says when that changes. */
export abstract class SessionActivity {
  protected readonly clock: Clock;
  readonly #fire: (event: SessionEvent) => void;
  #state: StatusState;
  #shown = false;
  #seen: boolean;
  #unread: number;
  #lastActivity: number;

  constructor(
    clock: Clock,
    fire: (event: SessionEvent) => void,
    status: SessionStatus,
    remembered?: RememberedActivity,
  ) {
    this.clock = clock;
    this.#fire = fire;
    this.#seen = remembered?.seen ?? true;
    this.#unread = remembered?.unread ?? 0;
    this.#lastActivity = remembered?.lastActivity ?? clock.now();
    const waitingSince = status === 'waiting-for-input' ? this.#lastActivity : undefined;
    this.#state = { status, waitingReason: remembered?.waitingReason, waitingSince };
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

  /** A person, a program or a model did something; gives the time of it. */
  touch(): number {
    this.#lastActivity = this.clock.now();
    return this.#lastActivity;
  }

  /** Was used at `time` last. */
  rest(time: number): void {
    this.#lastActivity = time;
  }

  protected get isShown(): boolean {
    return this.#shown;
  }

  protected setSeen(seen: boolean): void {
    this.#seen = seen;
  }

  /** Something came that nobody looks at. */
  protected addUnread(): void {
    this.#unread += 1;
    this.#fire({ type: 'activity' });
  }

  /** Takes another status, and with it whether it was seen; what is not allowed changes nothing. */
  protected move(change: StatusChange, seen = this.#seen): void {
    const previous = this.#state.status;
    const next = nextStatus(this.#state, change, this.clock.now());
    if (next === undefined) return;
    this.#state = next;
    this.#seen = seen;
    this.#fire({ type: 'status', previous });
  }
}
