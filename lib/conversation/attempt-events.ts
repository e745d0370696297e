import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import type { TurnEvent, TurnFailure } from './turn-event.ts';

/** How a turn ends. */
export type TurnEnd = Extract<TurnEvent, { readonly type: 'done' | 'failed' | 'aborted' }>;

/** One try of a request. Its signal is aborted when the turn is, and when nobody reads it any more. */
export type Attempt = (signal: AbortSignal) => AsyncIterable<TurnEvent>;

export interface AttemptOptions {
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** Hears what the attempt threw; must not throw. */
  readonly onError: (error: unknown) => void;
  /** Called once, when nothing of the attempt runs any more, or it does not end although it should. */
  readonly onClosed: () => void;
}

/** How long an attempt may take to end after an abort, in milliseconds; a model has promised a second. */
const GRACE = 1500;

const ABORTED: TurnEnd = { type: 'aborted' };
const BUG: TurnFailure = {
  kind: 'bug',
  text: 'qmux itself failed in this turn; the log of the server says more. /retry tries again.',
  retryable: false,
  retryAfter: undefined,
};

/**
 * The events of one attempt, and as the result its end: exactly one, whatever the attempt does. One that throws or stops
 * without an end has failed by a bug; one that does not end after an abort is left behind.
 */
export async function* attemptEvents(
  attempt: Attempt,
  { signal, clock, onError, onClosed }: AttemptOptions,
): AsyncGenerator<TurnEvent, TurnEnd, undefined> {
  const own = new AbortController();
  let grace: Disposable | undefined;
  let isLate = false;
  let wakeUp = () => {};
  const abort = () => {
    own.abort();
    grace = clock.after(GRACE, () => {
      isLate = true;
      wakeUp();
    });
  };
  const failed = (): TurnEnd => (signal.aborted ? ABORTED : { type: 'failed', failure: BUG });
  let iterator: AsyncIterator<TurnEvent> | undefined;
  try {
    const opened = attempt(own.signal)[Symbol.asyncIterator]();
    iterator = opened;
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
    for (;;) {
      // Promise.race would keep a reaction for each event until the end of the turn.
      const next = await new Promise<IteratorResult<TurnEvent> | undefined>((resolve, reject) => {
        wakeUp = () => resolve(undefined);
        if (isLate) wakeUp();
        else opened.next().then(resolve, reject);
      });
      if (next === undefined) return ABORTED;
      if (next.done) {
        if (!signal.aborted) onError(new Error('an attempt stopped without its end'));
        return failed();
      }
      const event = next.value;
      switch (event.type) {
        case 'done':
        case 'aborted':
          return event;
        case 'failed':
          return signal.aborted ? ABORTED : event;
        case 'queued':
        case 'retrying':
          break;
        default:
          yield event;
      }
    }
  } catch (error) {
    onError(error);
    return failed();
  } finally {
    signal.removeEventListener('abort', abort);
    grace?.dispose();
    own.abort();
    close(iterator, clock, onClosed);
  }
}

/** Ends the iterator, however it takes it, and says when it has. */
function close(iterator: AsyncIterator<TurnEvent> | undefined, clock: Clock, onClosed: () => void): void {
  let isOpen = true;
  const closed = () => {
    timer.dispose();
    if (isOpen) onClosed();
    isOpen = false;
  };
  const timer = clock.after(GRACE, closed);
  const ended = async () => {
    await iterator?.return?.();
  };
  void ended().then(closed, closed);
}
