import type { Clock } from '../base/clock.ts';
import type { Prices } from '../base/provider.ts';
import { UserError } from '../base/user-error.ts';
import { type Extra, readChatChunk, refusedExtra } from './chat-completions.ts';
import type { Endpoint } from './endpoint.ts';
import { classifyFailure, cutFailure, type FailureContext, stalledFailure } from './failure.ts';
import { failureFacts } from './failure-facts.ts';
import { IdleTimer } from './idle-timer.ts';
import type { Model, TurnRequest } from './model.ts';
import { openReply } from './openai-client.ts';
import { ReplyAssembly } from './reply-assembly.ts';
import { readResponsesEvent } from './responses.ts';
import type { TurnEvent, TurnFailure } from './turn-event.ts';

export interface OpenAiModelOptions {
  readonly endpoint: Endpoint;
  /** As the endpoint calls it. */
  readonly model: string;
  readonly window: number;
  readonly prices: Prices | undefined;
  /** Milliseconds without a sign of the endpoint after which a turn is cut. */
  readonly stallTimeout: () => number;
  readonly clock: Clock;
}

/** How long an endpoint may be silent when it has told the end of the reply, in milliseconds: then only the count is missing. */
const FAREWELL = 2000;
/** Requests of one attempt: the first, one without each of what was refused, one with a fresh key. */
const MAXIMUM_REQUESTS = 4;

/** How one request came out: its last event, or that it is worth making it again at once. */
type Outcome = 'again' | { readonly last: readonly TurnEvent[] };

/** A model behind an endpoint of OpenAI's kind, by the openai package, which is loaded with the first turn. */
export class OpenAiModel implements Model {
  readonly name: string;
  readonly window: number;
  readonly prices: Prices | undefined;
  readonly #given: OpenAiModelOptions;
  /** What this endpoint was found to refuse. */
  readonly #leftOut = new Set<Extra>();

  constructor(given: OpenAiModelOptions) {
    this.name = `${given.endpoint.provider}/${given.model}`;
    this.window = given.window;
    this.prices = given.prices;
    this.#given = given;
  }

  stream(request: TurnRequest, signal: AbortSignal): AsyncIterable<TurnEvent> {
    return {
      [Symbol.asyncIterator]: () => {
        const stop = new AbortController();
        const events = this.#run(request, signal, stop);
        return {
          next: () => events.next(),
          return: () => {
            stop.abort();
            return events.return(undefined);
          },
        };
      },
    };
  }

  async *#run(request: TurnRequest, outer: AbortSignal, stop: AbortController): AsyncGenerator<TurnEvent, undefined> {
    const { signal } = stop;
    const abort = (): void => stop.abort();
    let outcome: Outcome = 'again';
    outer.addEventListener('abort', abort, { once: true });
    if (outer.aborted) abort();
    try {
      yield { type: 'started', model: this.name };
      for (let count = 1; outcome === 'again' && count <= MAXIMUM_REQUESTS; count++)
        outcome = yield* this.#request(request, signal, count < MAXIMUM_REQUESTS);
    } catch (error) {
      outcome = { last: [failed(classifyFailure(error, this.#context([])))] };
    } finally {
      outer.removeEventListener('abort', abort);
    }
    if (signal.aborted) yield { type: 'aborted' };
    else if (outcome !== 'again') yield* outcome.last;
    return undefined;
  }

  async *#request(request: TurnRequest, signal: AbortSignal, mayRepeat: boolean): AsyncGenerator<TurnEvent, Outcome> {
    const { clock, stallTimeout, endpoint, model } = this.#given;
    const key = await this.#key(signal);
    if (typeof key === 'object') return { last: [failed(key)] };
    const context = this.#context(key === undefined ? [] : [key]);
    const controller = new AbortController();
    const abort = (): void => controller.abort();
    const limit = stallTimeout();
    const timer = new IdleTimer(clock, limit, abort);
    const reply = new ReplyAssembly();
    signal.addEventListener('abort', abort, { once: true });
    try {
      if (signal.aborted) return { last: [] };
      const read = endpoint.api === 'responses' ? readResponsesEvent : readChatChunk;
      const target = { endpoint, model, key, leftOut: this.#leftOut };
      const stream = await settled(
        openReply(request, target, controller.signal, () => timer.hear()),
        controller.signal,
      );
      for await (const chunk of stream) {
        timer.pause();
        read(chunk, reply);
        yield* reply.take();
        if (reply.finish !== undefined) timer.shorten(FAREWELL);
        timer.resume();
      }
      // An aborted stream ends like a whole one.
      if (timer.hasFired && reply.finish === undefined)
        return { last: [...reply.takeUsage(), failed(stalledFailure(context, limit, timer.idle))] };
      if (reply.finish === undefined) return { last: [...reply.takeUsage(), failed(cutFailure(context))] };
      return { last: reply.end(reply.finish) };
    } catch (error) {
      yield* reply.take();
      // Told to its end: what goes wrong behind that is nobody's concern.
      if (reply.finish !== undefined) return { last: reply.end(reply.finish) };
      if (timer.hasFired) return { last: [...reply.takeUsage(), failed(stalledFailure(context, limit, timer.idle))] };
      const failure = classifyFailure(error, context, reply.hasBegun);
      if (mayRepeat && !reply.hasBegun && this.#mend(error, failure, key)) return 'again';
      return { last: [...reply.takeUsage(), failed(failure)] };
    } finally {
      signal.removeEventListener('abort', abort);
      timer.dispose();
      controller.abort();
    }
  }

  /** The key, or why there is none; undefined when none is needed. */
  async #key(signal: AbortSignal): Promise<string | undefined | TurnFailure> {
    const { endpoint } = this.#given;
    const refused = (text: string): TurnFailure => ({
      kind: 'unauthorized',
      text,
      retryable: false,
      retryAfter: undefined,
    });
    try {
      const key = (await settled(endpoint.key.read(), signal))?.trim();
      if (key === undefined || key === '') return undefined;
      if (/^[\x21-\x7e]{1,10000}$/.test(key)) return key;
      return refused(
        `The key of ${endpoint.provider} holds characters that no key has: ${endpoint.key.advice}, then /retry.`,
      );
    } catch (error) {
      if (error instanceof UserError) return refused(error.message);
      throw error;
    }
  }

  /** Whether the request will do better at once: without what the endpoint refused, or with a fresh key. */
  #mend(error: unknown, failure: TurnFailure, key: string | undefined): boolean {
    if (failure.kind === 'unauthorized') return key !== undefined && this.#given.endpoint.key.reject(key);
    const { status, message } = failureFacts(error);
    const extra = status !== undefined && status < 500 ? refusedExtra(message) : undefined;
    if (extra === undefined || this.#leftOut.has(extra)) return false;
    this.#leftOut.add(extra);
    return true;
  }

  #context(keys: readonly string[]): FailureContext {
    const { endpoint, model, clock } = this.#given;
    return {
      provider: endpoint.provider,
      baseUrl: endpoint.baseUrl,
      model,
      keyAdvice: endpoint.key.advice,
      addressAdvice: endpoint.addressAdvice,
      hasKey: keys.length > 0,
      secrets: [...keys, ...endpoint.headers.values()],
      now: clock.now(),
    };
  }
}

const failed = (failure: TurnFailure): TurnEvent => ({ type: 'failed', failure });

/** The promise, or a rejection as soon as the signal is aborted: nothing waits for what does not hear the signal. */
function settled<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(new Error('aborted'));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
