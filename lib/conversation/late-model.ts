import type { Prices } from '../base/provider.ts';
import type { Model, TurnRequest } from './model.ts';
import type { TurnEvent, TurnFailure } from './turn-event.ts';

/** A model that could not be found yet, as its endpoint did not answer: it is looked for again with each turn. */
export class LateModel implements Model {
  readonly name: string;
  readonly window: number;
  readonly prices: Prices | undefined = undefined;
  readonly #find: () => Promise<Model | TurnFailure>;

  /** @param find must not reject */
  constructor(name: string, window: number, find: () => Promise<Model | TurnFailure>) {
    this.name = name;
    this.window = window;
    this.#find = find;
  }

  async *stream(request: TurnRequest, signal: AbortSignal): AsyncGenerator<TurnEvent, undefined> {
    const found = await Promise.race([this.#find(), aborted(signal)]);
    if (found === undefined || signal.aborted) yield { type: 'aborted' };
    else if ('stream' in found) yield* found.stream(request, signal);
    else yield { type: 'failed', failure: found };
    return undefined;
  }
}

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}
