import type { Clock } from '../base/clock.ts';
import { Emitter, type Event } from '../base/emitter.ts';
import { type Attempt, attemptEvents, type TurnEnd } from './attempt-events.ts';
import type { TurnEvent, TurnFailure } from './turn-event.ts';
import { type Place, TurnPlaces } from './turn-places.ts';

export interface TurnQueueOptions {
  /** Turns in flight at most; taken as 1 when it is less. */
  readonly limit: () => number;
  /** Further attempts after the first. */
  readonly maximumRetries: () => number;
  readonly clock: Clock;
  /** From 0 to below 1, for the jitter. */
  readonly random?: () => number;
  /** Hears what an attempt or a listener threw: a bug. Must not throw. */
  readonly onError?: (error: unknown) => void;
}

/** The longest wait before the first retry, doubled for each further one, and its bound; in milliseconds. */
const BACKOFF = 1000;
const MAXIMUM_BACKOFF = 30_000;
/** The longest wait that an endpoint can ask for. */
const MAXIMUM_RETRY_AFTER = 3_600_000;

const ABORTED: TurnEnd = { type: 'aborted' };

/** All turns of all chats: so many at once, the others in order. */
export class TurnQueue {
  readonly #options: TurnQueueOptions;
  readonly #onError: (error: unknown) => void;
  readonly #changed: Emitter<void>;
  readonly #places: TurnPlaces;

  constructor(options: TurnQueueOptions) {
    this.#options = options;
    this.#onError = options.onError ?? (() => {});
    this.#changed = new Emitter(this.#onError);
    this.#places = new TurnPlaces(options.limit, () => this.#changed.fire());
  }

  get inFlight(): number {
    return this.#places.held;
  }

  /** Turns that wait for a place; those that wait for the time of their next attempt are not counted. */
  get waiting(): number {
    return this.#places.waiting;
  }

  /** `inFlight` or `waiting` may be others now. */
  get changed(): Event<void> {
    return this.#changed.event;
  }

  /** Looks at the limit again; to be called when it was changed. */
  update(): void {
    this.#places.update();
  }

  /**
   * `attempt`'s events, with `queued` and `retrying` between them, and exactly one end. It stands in the queue from the
   * first `next()` on. A retry waits without a place, and then before all newcomers. An abort ends it at once while it
   * waits, and an attempt in flight soon; to stop reading early gives the place back as well.
   */
  async *run(attempt: Attempt, signal: AbortSignal): AsyncGenerator<TurnEvent, void, undefined> {
    const bell = new Bell();
    signal.addEventListener('abort', bell.ring);
    try {
      for (let retries = 0; ; ) {
        const end = yield* this.#attempt(attempt, signal, bell, retries > 0);
        const mayRetry = end.type === 'failed' && end.failure.retryable && !signal.aborted;
        if (!mayRetry || !(retries < this.#options.maximumRetries())) {
          yield end;
          return;
        }
        retries += 1;
        const at = this.#options.clock.now() + this.#delay(retries, end.failure);
        yield { type: 'retrying', attempt: retries, at, failure: end.failure };
        await this.#waitUntil(at, signal, bell);
      }
    } finally {
      signal.removeEventListener('abort', bell.ring);
    }
  }

  /** Waits for a place and uses it once. */
  async *#attempt(
    attempt: Attempt,
    signal: AbortSignal,
    bell: Bell,
    isRetry: boolean,
  ): AsyncGenerator<TurnEvent, TurnEnd, undefined> {
    if (signal.aborted) return ABORTED;
    const place = this.#places.enter(isRetry, bell.ring);
    let isUsed = false;
    try {
      yield* queuedEvents(place, signal, bell);
      if (signal.aborted) return ABORTED;
      isUsed = true;
      const onClosed = () => place.leave();
      return yield* attemptEvents(attempt, {
        signal,
        clock: this.#options.clock,
        onError: this.#onError,
        onClosed,
      });
    } finally {
      if (!isUsed) place.leave();
    }
  }

  /** Full jitter, so that chats which failed together do not come back together. */
  #delay(retry: number, { retryAfter = 0 }: TurnFailure): number {
    const random = this.#options.random ?? Math.random;
    const longest = Math.min(MAXIMUM_BACKOFF, BACKOFF * 2 ** (retry - 1));
    const asked = retryAfter > 0 ? Math.min(retryAfter, MAXIMUM_RETRY_AFTER) : 0;
    return Math.max(Math.round(random() * longest), asked);
  }

  /** Until that time or the abort. */
  async #waitUntil(at: number, signal: AbortSignal, bell: Bell): Promise<void> {
    const { clock } = this.#options;
    while (!signal.aborted && clock.now() < at) {
      const timer = clock.after(at - clock.now(), bell.ring);
      await bell.rung();
      timer.dispose();
    }
  }
}

/** Says how many are ahead, once per number, until the place is held or the signal is aborted. */
async function* queuedEvents(
  place: Place,
  signal: AbortSignal,
  bell: Bell,
): AsyncGenerator<TurnEvent, void, undefined> {
  let told = -1;
  while (!place.isHeld && !signal.aborted) {
    if (place.ahead === told) {
      await bell.rung();
    } else {
      told = place.ahead;
      yield { type: 'queued', ahead: told };
    }
  }
}

/** What a turn waits by: many may ring it, and rings that nobody waited for are kept as one. */
class Bell {
  #isRung = false;
  #wake: (() => void) | undefined;

  readonly ring = (): void => {
    this.#isRung = true;
    this.#wake?.();
  };

  async rung(): Promise<void> {
    if (!this.#isRung) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#wake = undefined;
    this.#isRung = false;
  }
}
