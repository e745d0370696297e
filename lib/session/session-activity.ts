import type { Clock } from '../base/clock.ts';
import type { Session, SessionEvent } from './session.ts';
import {
  nextStatus,
  type SessionStatus,
  type StatusChange,
  type StatusState,
  type WaitingReason,
  waitsForPerson,
} from './status.ts';

/** How a session comes back after its server ended: since `lastActivity` nothing happened to it. */
export interface RememberedActivity {
  readonly waitingReason: WaitingReason | undefined;
  readonly seen: boolean;
  readonly unread: number;
  /** Milliseconds since 1970. */
  readonly lastActivity: number;
}

/** Status, and what of it nobody has looked at. */
export interface ActivityState extends StatusState {
  readonly seen: boolean;
  readonly unread: number;
  /** Whether a client shows it now. */
  readonly isShown: boolean;
}

/** What of the state becomes another in one step. */
type Step = Partial<Pick<ActivityState, 'seen' | 'unread' | 'isShown'>> & { readonly become?: StatusChange };

export interface SessionActivityOptions {
  readonly kind: Session['kind'];
  readonly clock: Clock;
  readonly fire: (event: SessionEvent) => void;
  /** What it is at first; nobody hears of that. */
  readonly status: SessionStatus;
  readonly remembered?: RememberedActivity | undefined;
}

/**
 * The status machine of every session: what it is seen to do, and what of it nobody has looked at. Its kind says when that
 * changes; every change is one `step`, which gives one event, or none when nothing changed, and refuses what cannot be.
 */
export abstract class SessionActivity {
  protected readonly clock: Clock;
  readonly #kind: Session['kind'];
  readonly #fire: (event: SessionEvent) => void;
  #state: ActivityState;
  #lastActivity: number;

  constructor({ kind, clock, fire, status, remembered }: SessionActivityOptions) {
    this.clock = clock;
    this.#kind = kind;
    this.#fire = fire;
    this.#lastActivity = remembered?.lastActivity ?? clock.now();
    this.#state = {
      status,
      waitingReason: remembered?.waitingReason,
      waitingSince: status === 'waiting-for-input' ? this.#lastActivity : undefined,
      seen: remembered?.seen ?? true,
      unread: remembered?.unread ?? 0,
      isShown: false,
    };
  }

  get state(): ActivityState {
    return this.#state;
  }

  get lastActivity(): number {
    return this.#lastActivity;
  }

  /** Whether a client shows it: then it is seen. */
  setShown(isShown: boolean): void {
    this.step(isShown ? { isShown, seen: true, unread: 0 } : { isShown });
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

  /** Something came that nobody looks at. */
  protected addUnread(): void {
    this.step({ unread: this.#state.unread + 1 });
  }

  /**
   * All that changes together, as one event: `status` when it is another one or waits anew, else `activity` when there is
   * more to read, else `seen` when a person knows more or less of it. What is not allowed changes nothing of it.
   */
  protected step({ become, ...seen }: Step): void {
    const before = this.#state;
    const moved = become === undefined ? before : nextStatus(this.#kind, before, become, this.clock.now());
    if (moved === undefined) {
      if (become !== undefined) this.#fire({ type: 'refused', from: before.status, to: become.status });
      return;
    }
    const after: ActivityState = { ...moved, ...seen };
    const isSame = after.seen === before.seen && after.unread === before.unread && after.isShown === before.isShown;
    if (moved === before && isSame) return;
    this.#state = after;
    if (moved !== before) this.#fire({ type: 'status', previous: before.status });
    else if (after.unread > before.unread) this.#fire({ type: 'activity' });
    else if (after.seen !== before.seen || after.unread !== before.unread || waitsForPerson(after)) {
      this.#fire({ type: 'seen' });
    }
  }
}
