import type { Clock } from '../base/clock.ts';
import { errorText } from '../base/user-error.ts';
import { answer, callId } from './guide-answer.ts';
import type { GuideHelp } from './guide-help.ts';
import { type Pace, pause, pieces, SLOW_PACE, USUAL_PACE } from './guide-pace.ts';
import { type GuideCall, type GuideTurn, say } from './guide-reply.ts';
import type { Usage } from './message.ts';
import type { Model, TurnRequest } from './model.ts';
import { estimateMessage, estimateTokens, estimateTools } from './token-estimate.ts';
import type { TurnEvent, TurnFailure } from './turn-event.ts';

export interface GuideModelOptions {
  readonly help: GuideHelp;
  readonly clock: Clock;
}

/** Requests whose attempts are counted at a time. */
const MAXIMUM_COUNTED = 64;
/** Milliseconds from the request to the first word, so that it is seen that a request is out. */
const FIRST_WORD = 120;

/** The built-in guide: answers from qmux's help through the same events as any model. One serves all chats. */
export class GuideModel implements Model {
  readonly name = 'guide';
  /** Small, so that the share of it that is used is seen to grow. */
  readonly window = 64_000;
  readonly prices = undefined;
  readonly #help: GuideHelp;
  readonly #clock: Clock;
  /** How often requests were made that fail on purpose. */
  readonly #attempts = new Map<string, number>();

  constructor({ help, clock }: GuideModelOptions) {
    this.#help = help;
    this.#clock = clock;
  }

  async *stream(request: TurnRequest, signal: AbortSignal): AsyncGenerator<TurnEvent> {
    yield { type: 'started', model: this.name };
    const reply = this.#reply(request);
    if (!(await pause(FIRST_WORD, this.#clock, signal))) return yield { type: 'aborted' };
    const pace: Pace = reply.pace === 'slow' ? SLOW_PACE : USUAL_PACE;
    for (const text of pieces(reply.text, pace.words)) {
      yield { type: 'delta', text };
      if (!(await pause(pace.rest, this.#clock, signal))) return yield { type: 'aborted' };
    }
    for (const [index, call] of reply.calls.entries()) {
      yield* writing(call, index);
      if (!(await pause(pace.rest, this.#clock, signal))) return yield { type: 'aborted' };
      const id = callId(reply.show, reply.step, request.messages.length, index);
      yield { type: 'call', id, name: call.name, arguments: JSON.stringify(call.arguments) };
    }
    if (reply.failure !== undefined) return yield { type: 'failed', failure: reply.failure };
    yield { type: 'usage', usage: usageOf(request, reply.text, reply.calls) };
    yield { type: 'done', finish: reply.calls.length > 0 ? 'tool-calls' : 'stop' };
  }

  /** The reply; a bug in making it is told as one, since a model never throws. */
  #reply(request: TurnRequest): GuideTurn {
    try {
      return answer(request, this.#help, (key) => this.#count(key));
    } catch (error) {
      const text = `The guide has a bug: ${errorText(error)}`;
      const failure: TurnFailure = { kind: 'bug', text, retryable: false, retryAfter: undefined };
      return { ...say(''), failure, show: '', step: 0 };
    }
  }

  /** How often that request was made before; the oldest are forgotten. */
  #count(key: string): number {
    const before = this.#attempts.get(key) ?? 0;
    this.#attempts.delete(key);
    this.#attempts.set(key, before + 1);
    const [oldest] = this.#attempts.keys();
    if (this.#attempts.size > MAXIMUM_COUNTED && oldest !== undefined) this.#attempts.delete(oldest);
    return before;
  }
}

/** Arguments that are being written, as endpoints stream them. */
function* writing(call: GuideCall, index: number): Generator<TurnEvent> {
  const { length } = JSON.stringify(call.arguments);
  yield { type: 'calling', index, name: call.name, length: 0 };
  yield { type: 'calling', index, name: call.name, length };
}

/** Estimated, so that the share of the window is seen to grow. */
function usageOf({ system, messages, tools }: TurnRequest, text: string, calls: readonly GuideCall[]): Usage {
  const input = messages.reduce((sum, message) => sum + estimateMessage(message), estimateTokens(system));
  const written = calls.map(({ arguments: args }) => JSON.stringify(args)).join(' ');
  return { input: input + estimateTools(tools), cached: 0, output: estimateTokens(text) + estimateTokens(written) };
}
