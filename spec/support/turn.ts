import { systemClock } from '../../lib/base/clock.ts';
import type { Endpoint } from '../../lib/conversation/endpoint.ts';
import type { Model, TurnRequest } from '../../lib/conversation/model.ts';
import { OpenAiModel, type OpenAiModelOptions } from '../../lib/conversation/openai-model.ts';
import type { TurnEvent } from '../../lib/conversation/turn-event.ts';

export const KEY = 'sk-spec-9876543210abcdefghij';

/** A request that says one thing. */
export const asking = (text: string, more: Partial<TurnRequest> = {}): TurnRequest => ({
  system: 'Be brief.',
  messages: [{ role: 'user', text }],
  tools: [],
  ...more,
});

const endpointAt = (baseUrl: string, more: Partial<Endpoint> = {}): Endpoint => ({
  provider: 'work',
  baseUrl,
  api: 'chat',
  headers: new Map(),
  key: { advice: 'set WORK_LLM_KEY', read: async () => KEY, reject: () => false },
  addressAdvice: 'check base_url of [providers.work]',
  ...more,
});

export const modelAt = (
  baseUrl: string,
  endpoint: Partial<Endpoint> = {},
  options: Partial<OpenAiModelOptions> = {},
): OpenAiModel =>
  new OpenAiModel({
    endpoint: endpointAt(baseUrl, endpoint),
    model: 'big',
    window: 8192,
    prices: undefined,
    stallTimeout: () => 10_000,
    clock: systemClock,
    ...options,
  });

/** All events of one attempt. */
export async function eventsOf(
  model: Model,
  request: TurnRequest | string = 'hello',
  signal: AbortSignal = new AbortController().signal,
): Promise<TurnEvent[]> {
  const events: TurnEvent[] = [];
  const asked = typeof request === 'string' ? asking(request) : request;
  for await (const event of model.stream(asked, signal)) events.push(event);
  return events;
}

/** What the person would see of the reply. */
export const textOf = (events: readonly TurnEvent[]): string =>
  events.map((event) => (event.type === 'delta' ? event.text : '')).join('');
