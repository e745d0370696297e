import type { Endpoint } from './endpoint.ts';
import { addressOf } from './endpoint-address.ts';
import { classifyFailure } from './failure.ts';
import { asCount, asList, asRecord, asText, type JsonRecord } from './json-value.ts';
import type { TurnFailure } from './turn-event.ts';

/** A model as an endpoint lists it. */
export interface ListedModel {
  readonly id: string;
  /** Tokens, where the endpoint says. */
  readonly window: number | undefined;
  /** Who made or serves it; empty where the endpoint does not say. */
  readonly owner: string;
}

/** What an endpoint says when it is asked for its models. */
export type ModelList =
  | { readonly kind: 'models'; readonly models: readonly ListedModel[] }
  /** It answers, but lists none. */
  | { readonly kind: 'no-list' }
  | { readonly kind: 'failed'; readonly failure: TurnFailure };

/** Milliseconds that an endpoint far away may take to list its models. */
export const LIST_TIMEOUT = 5000;
const MAXIMUM_BODY = 8 * 1024 * 1024;
const MAXIMUM_MODELS = 2000;
/** Models that answer no chat. */
const OTHER_KINDS =
  /embed|rerank|whisper|\btts\b|transcribe|dall-e|moderation|-image|-audio|realtime|sora|davinci|babbage|clip-/i;

/** Asks an endpoint for its models (`GET /models`), for at most `timeout` milliseconds. Never rejects. */
export async function askForModels(endpoint: Endpoint, timeout: number, signal?: AbortSignal): Promise<ModelList> {
  const late = AbortSignal.timeout(timeout);
  let key: string | undefined;
  try {
    key = (await endpoint.key.read())?.trim() || undefined;
    const headers = new Headers([...endpoint.headers]);
    headers.set('accept', 'application/json');
    if (key !== undefined && !headers.has('authorization')) headers.set('authorization', `Bearer ${key}`);
    const both = signal === undefined ? late : AbortSignal.any([late, signal]);
    const response = await fetch(addressOf(endpoint.baseUrl, '/models'), { headers, signal: both, redirect: 'manual' });
    const body = jsonOf(await boundedText(response));
    if (response.ok) return modelsOf(body);
    if (response.status === 404 || response.status === 405) return { kind: 'no-list' };
    throw Object.assign(new Error(), {
      status: response.status,
      error: asRecord(body)?.['error'],
      headers: response.headers,
    });
  } catch (error) {
    return { kind: 'failed', failure: failureOf(error, endpoint, key, late.aborted ? timeout : undefined) };
  }
}

function failureOf(
  error: unknown,
  endpoint: Endpoint,
  key: string | undefined,
  waited: number | undefined,
): TurnFailure {
  const { provider, baseUrl, addressAdvice, headers } = endpoint;
  if (waited !== undefined) {
    const text = `${provider} did not answer within ${waited / 1000} s.`;
    return { kind: 'stalled', text, retryable: true, retryAfter: undefined };
  }
  return classifyFailure(error, {
    provider,
    baseUrl,
    model: '',
    keyAdvice: endpoint.key.advice,
    addressAdvice,
    hasKey: key !== undefined,
    secrets: [...(key === undefined ? [] : [key]), ...headers.values()],
    now: Date.now(),
  });
}

function modelsOf(body: unknown): ModelList {
  const data = asRecord(body)?.['data'];
  if (!Array.isArray(data)) return { kind: 'no-list' };
  const models = data.slice(0, MAXIMUM_MODELS).flatMap((item) => modelOf(asRecord(item)) ?? []);
  return { kind: 'models', models };
}

function modelOf(item: JsonRecord | undefined): ListedModel | undefined {
  const id = asText(item?.['id']);
  if (item === undefined || !/^[^\s\p{Cc}]{1,200}$/u.test(id) || OTHER_KINDS.test(id)) return undefined;
  const meta = asRecord(item['meta']);
  // vLLM, llama.cpp (what it was started with, else what the model can), OpenRouter, Groq.
  const windows = [
    item['max_model_len'],
    meta?.['n_ctx'],
    item['context_length'],
    item['context_window'],
    meta?.['n_ctx_train'],
  ];
  const window = windows.map(asCount).find((tokens) => tokens !== undefined && tokens > 0);
  return { id, window, owner: asText(item['owned_by']).slice(0, 100) };
}

async function boundedText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? asList(undefined)) {
    if (!(chunk instanceof Uint8Array)) continue;
    chunks.push(chunk);
    length += chunk.length;
    if (length > MAXIMUM_BODY) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
