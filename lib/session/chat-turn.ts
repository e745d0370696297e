import { errorText, UserError } from '../base/user-error.ts';
import type { FinishReason } from '../conversation/message.ts';
import type { Model, TurnRequest } from '../conversation/model.ts';
import { endsTurn, type TurnEvent, type TurnFailure } from '../conversation/turn-event.ts';
import type { TurnQueue } from '../conversation/turn-queue.ts';
import type { ChatCalls } from './chat-calls.ts';
import type { LiveConversation } from './live-conversation.ts';

/** How a turn ended. `declined`: the person did not want further rounds of tools. */
export type TurnOutcome =
  | { readonly kind: 'done' | 'stopped' | 'declined' }
  | { readonly kind: 'failed'; readonly failure: TurnFailure };

/** What runs in a turn's place: a turn, or a compaction. */
export interface TurnWork {
  /** Never rejects. */
  run(): Promise<TurnOutcome>;
  /** Ends it at once: after this it touches the conversation no more. */
  stop(): void;
}

/** What a turn does through the chat that it belongs to. */
export interface TurnHost {
  readonly conversation: LiveConversation;
  readonly turns: TurnQueue;
  readonly calls: ChatCalls;
  /** The model for this turn. Rejects with UserError. */
  model(): Promise<Model>;
  /** What is sent now. */
  request(model: Model): Promise<TurnRequest>;
  /** Summarises older turns when the request is too large, or whenever it can with `must`; whether it did. Never rejects. */
  compact(model: Model, must: boolean, signal: AbortSignal): Promise<boolean>;
  /** Puts what the person said meanwhile into the conversation. */
  deliver(): void;
  /** Fulfilled when requests may be made: not while the chat is paused. */
  ready(signal: AbortSignal): Promise<void>;
  /** Fulfilled when the conversation is kept as it is now. Never rejects. */
  saved(): Promise<void>;
  /** Asks whether to go on after so many rounds of tools. */
  goOn(rounds: number, signal: AbortSignal): Promise<boolean>;
  readonly maximumRounds: number;
  /** Folds an event of the model into the conversation, and shows how it goes. */
  take(event: TurnEvent, model: Model): void;
  /** The tools of a round begin. */
  calling(): void;
  readonly onError: (error: unknown) => void;
}

const STOPPED: TurnOutcome = { kind: 'stopped' };
const STOP_REASON = 'The person stopped the turn before this call had ended.';

/** One turn: requests and rounds of tools until a reply without calls. */
export class ChatTurn implements TurnWork {
  readonly #host: TurnHost;
  readonly #controller = new AbortController();
  /** Whether the reply has ended and its calls are being answered. */
  #answering = false;
  /** How the last reply ended. */
  #finish: FinishReason = 'stop';

  constructor(host: TurnHost) {
    this.#host = host;
  }

  async run(): Promise<TurnOutcome> {
    try {
      return await this.#rounds();
    } catch (error) {
      if (!(error instanceof UserError)) this.#host.onError(error);
      return this.#isStopped ? STOPPED : { kind: 'failed', failure: bug(errorText(error)) };
    }
  }

  /** Keeps what came, and answers open calls as cancelled. */
  stop(): void {
    if (this.#isStopped) return;
    this.#controller.abort();
    const { conversation } = this.#host;
    if (this.#answering) conversation.settle(STOP_REASON);
    else conversation.turn({ type: 'aborted' });
  }

  get #isStopped(): boolean {
    return this.#controller.signal.aborted;
  }

  /** Whether the reply was empty, and so is none. */
  get #isUnanswered(): boolean {
    return this.#host.conversation.value.messages.findLast(({ kind }) => kind !== 'note')?.kind === 'user';
  }

  async #rounds(): Promise<TurnOutcome> {
    const host = this.#host;
    const { signal } = this.#controller;
    let compacted = false;
    let model: Model | undefined;
    for (let round = 1; ; round += 1) {
      await host.ready(signal);
      if (this.#isStopped) return STOPPED;
      host.deliver();
      model ??= await host.model();
      if (this.#isStopped) return STOPPED;
      await host.compact(model, false, signal);
      let outcome = await this.#attempt(model);
      if (outcome.kind === 'failed' && outcome.failure.kind === 'context-length' && !compacted) {
        compacted = true;
        if (await host.compact(model, true, signal)) outcome = await this.#attempt(model);
      }
      if (outcome.kind !== 'done') return outcome;
      const calls = host.conversation.value.reply?.calls ?? [];
      if (calls.length === 0) return this.#isUnanswered ? { kind: 'failed', failure: nothing(this.#finish) } : outcome;
      this.#answering = true;
      host.calling();
      await host.saved();
      if (this.#isStopped) return STOPPED;
      await host.calls.run(calls, signal);
      if (this.#isStopped) return STOPPED;
      host.conversation.settle('qmux ended the turn before this call had ended.');
      this.#answering = false;
      const isLong = round % Math.max(1, host.maximumRounds) === 0;
      if (isLong && !(await host.goOn(round, signal))) return this.#isStopped ? STOPPED : { kind: 'declined' };
    }
  }

  /** One request with its reply, its retries included. */
  async #attempt(model: Model): Promise<TurnOutcome> {
    const { signal } = this.#controller;
    if (this.#isStopped) return STOPPED;
    const request = await this.#host.request(model);
    if (this.#isStopped) return STOPPED;
    await this.#host.saved();
    if (this.#isStopped) return STOPPED;
    for await (const event of this.#host.turns.run((attempt) => model.stream(request, attempt), signal)) {
      if (this.#isStopped) return STOPPED;
      this.#host.take(event, model);
      if (!endsTurn(event)) continue;
      if (event.type === 'done') this.#finish = event.finish;
      if (event.type === 'failed') return { kind: 'failed', failure: event.failure };
      return event.type === 'done' ? { kind: 'done' } : STOPPED;
    }
    return { kind: 'failed', failure: bug('The turn ended without an end. Try /retry.') };
  }
}

/** A reply without a word, a thought or a call. */
function nothing(finish: FinishReason): TurnFailure {
  const why = {
    stop: 'The model replied nothing. /retry asks again.',
    'tool-calls': 'The model replied nothing. /retry asks again.',
    length: 'The model came to its limit before it said anything. /retry asks again.',
    'content-filter': 'The content filter held the whole reply back. Say it in other words.',
  } satisfies Record<FinishReason, string>;
  return { kind: 'garbage', text: why[finish], retryable: false, retryAfter: undefined };
}

const bug = (text: string): TurnFailure => ({ kind: 'bug', text, retryable: false, retryAfter: undefined });
