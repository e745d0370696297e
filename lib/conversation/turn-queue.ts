import type { Clock } from '../base/clock.ts';
import type { TurnEvent } from './turn-event.ts';

export interface TurnQueueOptions {
  /** Turns in flight at most. */
  readonly limit: () => number;
  /** Further attempts after the first. */
  readonly maximumRetries: () => number;
  readonly clock: Clock;
}

/** All turns of all chats: so many at once, the others in order. */
export interface TurnQueue {
  readonly inFlight: number;
  readonly waiting: number;
  /** `attempt`'s events, with `queued` and `retrying` between them. */
  run(attempt: (signal: AbortSignal) => AsyncIterable<TurnEvent>, signal: AbortSignal): AsyncIterable<TurnEvent>;
}
