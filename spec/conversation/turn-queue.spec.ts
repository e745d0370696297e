import { expect } from 'chai';
import fc from 'fast-check';
import { endsTurn, type TurnEvent } from '../../lib/conversation/turn-event.ts';
import { TurnQueue } from '../../lib/conversation/turn-queue.ts';
import { failure } from '../support/conversation-events.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { waitUntil } from '../support/wait.ts';

const DONE: TurnEvent = { type: 'done', finish: 'stop' };
const FAILED: TurnEvent = { type: 'failed', failure: failure() };

/** Lets everything go on that waits for nothing but promises. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Attempts that give these events, an array each, one attempt after the other. */
function script(...attempts: readonly (readonly TurnEvent[])[]): () => AsyncIterable<TurnEvent> {
  let count = 0;
  return async function* () {
    yield* attempts[count++] ?? [];
  };
}

/** An attempt that streams until it is told to end or is aborted. */
class OpenAttempt {
  starts = 0;
  ends = 0;
  #end: (event: TurnEvent) => void = () => {};

  readonly stream = async function* (this: OpenAttempt, signal: AbortSignal): AsyncGenerator<TurnEvent, void> {
    this.starts += 1;
    try {
      yield { type: 'started', model: 'a/b' };
      yield await new Promise<TurnEvent>((resolve) => {
        this.#end = resolve;
        signal.addEventListener('abort', () => resolve({ type: 'aborted' }));
      });
    } finally {
      this.ends += 1;
    }
  }.bind(this);

  end(event: TurnEvent = DONE): void {
    this.#end(event);
  }
}

describe('the turn queue', () => {
  let clock: ManualClock;
  let limit: number;
  let retries: number;
  let errors: unknown[];
  let queue: TurnQueue;

  beforeEach(() => {
    clock = new ManualClock();
    limit = 1;
    retries = 3;
    errors = [];
    queue = new TurnQueue({
      limit: () => limit,
      maximumRetries: () => retries,
      clock,
      random: () => 0.5,
      onError: (error) => errors.push(error),
    });
  });

  /** Runs a turn and gives its events as they come. */
  function start(
    attempt: (signal: AbortSignal) => AsyncIterable<TurnEvent>,
    signal = new AbortController().signal,
  ): TurnEvent[] {
    const events: TurnEvent[] = [];
    const read = async () => {
      for await (const event of queue.run(attempt, signal)) events.push(event);
    };
    read().catch((error: unknown) => errors.push(error));
    return events;
  }

  const ended = (events: readonly TurnEvent[]) => waitUntil(() => events.some(endsTurn), 'the end of a turn');
  const types = (events: readonly TurnEvent[]) => events.map(({ type }) => type);
  const ahead = (events: readonly TurnEvent[]) =>
    events.flatMap((event) => (event.type === 'queued' ? [event.ahead] : []));

  it('passes on what an attempt says', async () => {
    const events = start(script([{ type: 'started', model: 'a/b' }, { type: 'delta', text: 'x' }, DONE, FAILED]));
    await ended(events);
    await settle();
    expect(events).to.deep.equal([{ type: 'started', model: 'a/b' }, { type: 'delta', text: 'x' }, DONE]);
    expect([queue.inFlight, queue.waiting, clock.armed]).to.deep.equal([0, 0, 0]);
  });

  it('lets so many run at once, in order, and says how many are ahead', async () => {
    limit = 2;
    const attempts = Array.from({ length: 5 }, () => new OpenAttempt());
    const turns = attempts.map(({ stream }) => start(stream));
    await settle();
    expect(attempts.map(({ starts }) => starts)).to.deep.equal([1, 1, 0, 0, 0]);
    expect([queue.inFlight, queue.waiting]).to.deep.equal([2, 3]);
    attempts[1]?.end();
    await settle();
    attempts[0]?.end();
    attempts[2]?.end();
    await settle();
    expect(attempts.map(({ starts }) => starts)).to.deep.equal([1, 1, 1, 1, 1]);
    expect(turns.slice(0, 4).map(ahead)).to.deep.equal([[], [], [0], [1, 0]]);
    expect(ahead(turns[4] ?? []).slice(0, 2)).to.deep.equal([2, 1]);
    attempts[3]?.end();
    attempts[4]?.end();
    for (const turn of turns) await ended(turn);
    await settle();
    expect(queue.inFlight).to.equal(0);
  });

  it('says when its numbers change', async () => {
    const seen: string[] = [];
    queue.changed(() => seen.push(`${queue.inFlight}+${queue.waiting}`));
    queue.changed(() => {
      throw new Error('a listener');
    });
    const open = new OpenAttempt();
    start(open.stream);
    const second = start(script([DONE]));
    await settle();
    open.end();
    await ended(second);
    await settle();
    expect(seen).to.deep.equal(['1+0', '1+1', '1+0', '0+0']);
    expect(errors).to.have.length(4);
  });

  it('gives up the place in the queue at an abort, at once', async () => {
    const open = new OpenAttempt();
    start(open.stream);
    const stop = new AbortController();
    const second = start(script([DONE]), stop.signal);
    const third = start(script([DONE]));
    await settle();
    stop.abort();
    await settle();
    expect(types(second)).to.deep.equal(['queued', 'aborted']);
    expect(ahead(third)).to.deep.equal([1, 0]);
    open.end();
    await ended(third);
  });

  it('does not begin what is aborted already', async () => {
    const open = new OpenAttempt();
    const events = start(open.stream, AbortSignal.abort());
    await ended(events);
    expect([types(events), open.starts, queue.inFlight]).to.deep.equal([['aborted'], 0, 0]);
  });

  it('aborts an attempt in flight, and leaves behind one that does not end', async () => {
    for (const isDeaf of [false, true]) {
      const stop = new AbortController();
      const open = new OpenAttempt();
      const events = start((signal) => open.stream(isDeaf ? new AbortController().signal : signal), stop.signal);
      await settle();
      stop.abort();
      await settle();
      if (isDeaf) {
        expect(types(events)).to.deep.equal(['started']);
        clock.advance(1500);
        await settle();
        clock.advance(1500);
      }
      await ended(events);
      expect(types(events)).to.deep.equal(['started', 'aborted']);
      await settle();
      expect([queue.inFlight, clock.armed]).to.deep.equal([0, 0]);
    }
  });

  it('takes a failure after an abort as the abort', async () => {
    const stop = new AbortController();
    const open = new OpenAttempt();
    const events = start(() => open.stream(new AbortController().signal), stop.signal);
    await settle();
    stop.abort();
    open.end(FAILED);
    await ended(events);
    expect(types(events)).to.deep.equal(['started', 'aborted']);
  });

  it('raises the limit for those that wait, and knows none below one', async () => {
    limit = Number.NaN;
    const attempts = Array.from({ length: 3 }, () => new OpenAttempt());
    for (const { stream } of attempts) start(stream);
    await settle();
    expect(queue.inFlight).to.equal(1);
    limit = 3;
    queue.update();
    await settle();
    expect(attempts.map(({ starts }) => starts)).to.deep.equal([1, 1, 1]);
  });

  it('retries with backoff, without a place, and ends with the last failure', async () => {
    const events = start(script([FAILED], [FAILED], [{ type: 'delta', text: 'x' }, FAILED], [FAILED], [DONE]));
    for (const expected of [500, 1000, 2000]) {
      await settle();
      const last = events.at(-1);
      expect(last?.type === 'retrying' && last.at - clock.now()).to.equal(expected);
      expect(queue.inFlight).to.equal(0);
      clock.advance(expected);
    }
    await ended(events);
    expect(types(events)).to.deep.equal(['retrying', 'retrying', 'delta', 'retrying', 'failed']);
    expect(events.flatMap((event) => (event.type === 'retrying' ? [event.attempt] : []))).to.deep.equal([1, 2, 3]);
  });

  it('waits as long as the endpoint asks, when that is longer', async () => {
    for (const [asked, waited] of [
      [200, 500],
      [5000, 5000],
      [Number.NaN, 500],
      [1e12, 3_600_000],
    ] as const) {
      const events = start(script([{ type: 'failed', failure: failure(true, asked) }], [DONE]));
      await settle();
      const last = events.at(-1);
      expect(last?.type === 'retrying' && last.at - clock.now()).to.equal(waited);
      clock.advance(waited);
      await ended(events);
      expect(types(events)).to.deep.equal(['retrying', 'done']);
    }
  });

  it('never waits longer than 30 s by itself', async () => {
    retries = 12;
    const events = start(script(...Array.from({ length: 13 }, () => [FAILED])));
    let longest = 0;
    for (let count = 0; count < 12; count++) {
      await settle();
      const last = events.at(-1);
      const wait = last?.type === 'retrying' ? last.at - clock.now() : 0;
      longest = Math.max(longest, wait);
      clock.advance(wait);
    }
    await ended(events);
    expect(longest).to.equal(15_000);
  });

  it('does not retry what cannot do better, nor more often than it may', async () => {
    const hopeless = start(script([{ type: 'failed', failure: failure(false) }], [DONE]));
    await ended(hopeless);
    for (const none of [0, Number.NaN]) {
      retries = none;
      const events = start(script([FAILED], [DONE]));
      await ended(events);
      expect(types(events)).to.deep.equal(['failed']);
    }
    expect(types(hopeless)).to.deep.equal(['failed']);
  });

  it('stops waiting for a retry at an abort', async () => {
    const stop = new AbortController();
    const events = start(script([FAILED], [DONE]), stop.signal);
    await settle();
    stop.abort();
    await ended(events);
    expect(types(events)).to.deep.equal(['retrying', 'aborted']);
    expect(clock.armed).to.equal(0);
  });

  it('takes a retry before newcomers, and other retries before it', async () => {
    const order: string[] = [];
    const named = (name: string, first: () => AsyncIterable<TurnEvent>) => (): AsyncIterable<TurnEvent> => {
      order.push(name);
      return first();
    };
    const retrying = ['r1', 'r2'].map((name) => start(named(name, script([FAILED], [DONE]))));
    await settle();
    const open = new OpenAttempt();
    start(named('open', () => open.stream(new AbortController().signal)));
    const newcomers = ['n1', 'n2'].map((name) => start(named(name, script([DONE]))));
    await settle();
    clock.advance(500);
    await settle();
    expect(ahead(newcomers[0] ?? []).at(-1)).to.equal(2);
    open.end();
    for (const turn of [...retrying, ...newcomers]) await ended(turn);
    expect(order).to.deep.equal(['r1', 'r2', 'open', 'r1', 'r2', 'n1', 'n2']);
  });

  it('frees the place of a turn that is read no more', async () => {
    const open = new OpenAttempt();
    for await (const event of queue.run(open.stream, new AbortController().signal)) {
      expect(event.type).to.equal('started');
      break;
    }
    const second = start(script([DONE]));
    await ended(second);
    await settle();
    expect([open.ends, queue.inFlight, clock.armed]).to.deep.equal([1, 0, 0]);
  });

  it('leaves the queue when a waiting turn is read no more', async () => {
    const open = new OpenAttempt();
    start(open.stream);
    await settle();
    for await (const event of queue.run(script([DONE]), new AbortController().signal)) {
      expect(event).to.deep.equal({ type: 'queued', ahead: 0 });
      break;
    }
    expect([queue.inFlight, queue.waiting]).to.deep.equal([1, 0]);
  });

  it('makes a failure of an attempt that throws, or stops without an end', async () => {
    const wrong: (() => AsyncIterable<TurnEvent>)[] = [
      script([{ type: 'delta', text: 'x' }]),
      () => {
        throw new Error('no stream');
      },
      async function* () {
        yield { type: 'delta', text: 'x' };
        throw new Error('sk-secret');
      },
    ];
    for (const attempt of wrong) {
      const events = start(attempt);
      await ended(events);
      const last = events.at(-1);
      expect(last?.type === 'failed' && last.failure).to.include({ kind: 'bug', retryable: false });
      expect(JSON.stringify(last)).not.to.contain('secret');
    }
    await settle();
    expect([errors.length, queue.inFlight]).to.deep.equal([3, 0]);
  });

  it('never passes its limit, and ends each turn once', async () => {
    const kind = fc.constantFrom('done', 'failed', 'throws', 'stops', 'open', 'slow');
    const plan = fc.record({
      attempts: fc.array(kind, { minLength: 1, maxLength: 4 }),
      abortAt: fc.option(fc.nat(40), { nil: undefined }),
      readOnly: fc.option(fc.nat(4), { nil: undefined }),
      startAt: fc.nat(20),
    });
    const property = fc.asyncProperty(
      fc.array(plan, { minLength: 1, maxLength: 12 }),
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 40 }),
      async (plans, limits) => {
        limit = limits[0] ?? 1;
        let running = 0;
        const passed: number[] = [];
        const stops = plans.map(() => new AbortController());
        const reads = plans.map(async ({ attempts, readOnly, startAt }, index) => {
          for (let tick = 0; tick < startAt; tick++) await settle();
          let count = 0;
          const attempt = async function* (signal: AbortSignal): AsyncGenerator<TurnEvent, void> {
            running += 1;
            if (running > limit) passed.push(running);
            try {
              const way = attempts[count++] ?? 'done';
              yield { type: 'started', model: way };
              if (way === 'open' && !signal.aborted)
                await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
              if (way === 'slow') await settle();
              if (signal.aborted) yield { type: 'aborted' };
              if (way === 'throws') throw new Error('thrown');
              if (way === 'failed') yield FAILED;
              if (way === 'stops') return;
              yield DONE;
            } finally {
              running -= 1;
            }
          };
          const events: TurnEvent[] = [];
          for await (const event of queue.run(attempt, stops[index]?.signal ?? AbortSignal.abort())) {
            events.push(event);
            if (events.length > (readOnly ?? Number.POSITIVE_INFINITY)) return true;
          }
          return events.findIndex(endsTurn) === events.length - 1 && events.length > 0;
        });
        const all = Promise.all(reads);
        let isOver = false;
        void all.then(() => {
          isOver = true;
        });
        for (let tick = 0; !isOver; tick++) {
          const next = limits[tick % limits.length] ?? 1;
          // Turns that have a place already may be more than a lower limit: it holds for those that come.
          if (next >= queue.inFlight) limit = next;
          queue.update();
          for (const [index, { abortAt }] of plans.entries()) if (tick >= (abortAt ?? 60)) stops[index]?.abort();
          await settle();
          clock.advance(tick > 60 ? 2000 : 100);
        }
        expect(await all).to.deep.equal(plans.map(() => true));
        await waitUntil(() => queue.inFlight === 0 && queue.waiting === 0, 'free places');
        expect([passed, running, clock.armed]).to.deep.equal([[], 0, 0]);
      },
    );
    await fc.assert(property, { numRuns: 60 });
  });
});
