import type { OpenAI } from 'openai';
import { chatRequest, type Extra } from './chat-completions.ts';
import type { Endpoint } from './endpoint.ts';
import { endpointAddress } from './endpoint-address.ts';
import { guardedFetch } from './guarded-fetch.ts';
import type { TurnRequest } from './model.ts';
import { responsesRequest } from './responses.ts';

/** Where a request goes, and with what. */
export interface Target {
  readonly endpoint: Endpoint;
  readonly model: string;
  readonly key: string | undefined;
  readonly leftOut: ReadonlySet<Extra>;
}

const USUAL_HEADERS = ['accept', 'authorization', 'content-type', 'user-agent'];

/**
 * Asks for a reply; resolves when the endpoint begins to answer. The package is loaded with the first one: the first
 * picture of qmux shall not wait for it.
 */
export async function openReply(
  request: TurnRequest,
  { endpoint, model, key, leftOut }: Target,
  signal: AbortSignal,
  onBytes: () => void,
): Promise<AsyncIterable<unknown>> {
  const { OpenAI: Client } = await import('openai');
  const own = new Map([...endpoint.headers].map(([name, value]) => [name.toLowerCase(), value] as const));
  const address = endpointAddress(endpoint.baseUrl);
  const client: OpenAI = new Client({
    baseURL: address.base,
    defaultQuery: { ...address.query },
    // The package insists on one; without a key the header is taken out again.
    apiKey: key ?? 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    maxRetries: 0,
    logLevel: 'off',
    // Its own limit does not see a stall amid the stream; ours does.
    timeout: 2 ** 31 - 1,
    defaultHeaders: {
      'User-Agent': 'qmux',
      ...(key === undefined ? { Authorization: null } : {}),
      ...Object.fromEntries(own),
    },
    fetch: guardedFetch({ headers: new Set([...USUAL_HEADERS, ...own.keys()]), onBytes }),
  });
  if (endpoint.api === 'responses')
    return client.responses.create(responsesRequest(request, model, !leftOut.has('tools')), { signal });
  return client.chat.completions.create(chatRequest(request, model, leftOut), { signal });
}
