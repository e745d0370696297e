import { type FailureFacts, failureFacts } from './failure-facts.ts';
import { shownDetail } from './redact.ts';
import { ReplyError } from './reply-error.ts';
import { retryAfter } from './retry-after.ts';
import type { FailureKind, TurnFailure } from './turn-event.ts';

/** What a failure is told with. */
export interface FailureContext {
  readonly provider: string;
  /** The address of the API. */
  readonly baseUrl: string;
  readonly model: string;
  /** What to do about the key and about the address, as sentences: `set WORK_LLM_KEY`, `check OPENAI_BASE_URL`. */
  readonly keyAdvice: string;
  readonly addressAdvice: string;
  readonly hasKey: boolean;
  /** What must not be shown: the key, values of headers. */
  readonly secrets: readonly string[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

const RETRYABLE: ReadonlySet<FailureKind> = new Set([
  'refused',
  'dns',
  'network',
  'rate-limit',
  'server',
  'cut',
  'stalled',
  'garbage',
]);

const CODES: readonly (readonly [FailureKind, RegExp])[] = [
  ['refused', /^ECONNREFUSED$/],
  ['dns', /^(?:ENOTFOUND|EAI_\w+)$/],
  ['tls', /CERT|SELF_SIGNED|^ERR_TLS_|^ERR_SSL_|UNABLE_TO_(?:GET|VERIFY)|^EPROTO$/],
  ['stalled', /^UND_ERR_(?:HEADERS|BODY)_TIMEOUT$/],
  ['network', /^(?:E[A-Z]{3,}|UND_ERR_\w+)$/],
];
const CONTEXT_WORDS = /context_length|context_window|exceed_context|string_above_max_length|request_too_large/;
const CONTEXT_MESSAGE =
  /maximum context length|context (?:length|window|size)|(?:prompt|input|request|messages?) (?:is|are) too (?:long|large)|too many (?:input )?tokens|exceeds? the (?:model's )?(?:maximum|limit|available context)/i;
const QUOTA_WORDS = /insufficient_quota|billing|credit|payment|insufficient_balance|quota_exceeded/;
const QUOTA_MESSAGE =
  /exceeded your current quota|insufficient (?:credit|balance|quota|funds)|out of credits?|payment required/i;

/**
 * What a thrown thing means for a person. Pure. `begun` says whether the reply had begun, when a lost connection is a cut
 * reply.
 */
export function classifyFailure(error: unknown, context: FailureContext, begun = false): TurnFailure {
  const facts = failureFacts(error);
  const own = facts.causes.find((cause) => cause instanceof ReplyError);
  if (own !== undefined) {
    const text = `${context.provider} ${shownDetail(own.message, context.secrets)}.`;
    return { kind: own.kind, text, retryable: own.retryable, retryAfter: undefined };
  }
  const kind = kindOf(facts, begun);
  return {
    kind,
    text: sentence(kind, facts, context, error),
    retryable: RETRYABLE.has(kind) && facts.status !== 501,
    retryAfter: kind === 'rate-limit' || kind === 'server' ? retryAfter(facts.header, context.now) : undefined,
  };
}

/** No sign of the endpoint for `limit` milliseconds, or signs without a reply for the `idle` that is much longer. */
export const stalledFailure = ({ provider }: FailureContext, limit: number, idle = limit): TurnFailure => ({
  kind: 'stalled',
  text: `${provider} ${idle >= 2 * limit ? `sent signs of life and no reply for ${Math.round(idle / 1000)} s` : `was silent for ${Math.round(limit / 1000)} s`}. /retry asks again; stall_timeout in [api] is how long qmux waits.`,
  retryable: true,
  retryAfter: undefined,
});

/** The stream ended well, but the reply did not. */
export const cutFailure = ({ provider }: FailureContext): TurnFailure => ({
  kind: 'cut',
  text: `The reply of ${provider} was cut off before its end. /retry asks again.`,
  retryable: true,
  retryAfter: undefined,
});

function kindOf(facts: FailureFacts, begun: boolean): FailureKind {
  const { codes, causes } = facts;
  if (facts.isAnswer) return kindOfAnswer(facts);
  for (const [kind, pattern] of CODES)
    if (codes.some((code) => pattern.test(code))) return kind === 'network' && begun ? 'cut' : kind;
  if (causes.some((cause) => cause instanceof SyntaxError)) return 'garbage';
  if (
    codes.includes('ERR_INVALID_URL') ||
    causes.some((cause) => /invalid url|parse url|bad port/i.test(cause.message))
  )
    return 'bad-request';
  if (causes.some((cause) => /^(?:terminated|premature close)$/i.test(cause.message))) return 'cut';
  if (causes.some((cause) => /^(?:request timed out\.|connection error\.|fetch failed)$/i.test(cause.message)))
    return begun ? 'cut' : 'network';
  return 'bug';
}

/** By what the endpoint says, and by status. */
function kindOfAnswer({ status, words, message }: FailureFacts): FailureKind {
  const word = words.join(' ');
  const isRefusal = status === undefined || (status >= 400 && status < 500);
  if (isRefusal && (CONTEXT_WORDS.test(word) || CONTEXT_MESSAGE.test(message)) && status !== 429)
    return 'context-length';
  if (status === 402 || (isRefusal && (QUOTA_WORDS.test(word) || QUOTA_MESSAGE.test(message)))) return 'quota';
  if (isRefusal && /content_filter|content_policy|responsibleai/.test(word)) return 'content-filter';
  if (status === undefined) return kindOfWords(word);
  if (status === 401) return 'unauthorized';
  if (status === 403) return 'forbidden';
  // A redirection is not followed: it would take the key elsewhere.
  if (status < 400 || status === 404 || status === 405 || status === 410) return 'not-found';
  if (status === 413) return 'context-length';
  if (status === 429) return 'rate-limit';
  if (status === 408 || status === 409 || status === 425 || status >= 500) return 'server';
  return 'bad-request';
}

/** An error that came in the stream, where there is no status. */
function kindOfWords(word: string): FailureKind {
  if (/rate_limit|too_many_requests/.test(word)) return 'rate-limit';
  if (/invalid_api_key|authentication/.test(word)) return 'unauthorized';
  if (/permission/.test(word)) return 'forbidden';
  if (/model_not_found/.test(word)) return 'not-found';
  if (/invalid_request|invalid_prompt|bad_request/.test(word)) return 'bad-request';
  return 'server';
}

function sentence(kind: FailureKind, facts: FailureFacts, context: FailureContext, error: unknown): string {
  const { provider, model, keyAdvice, addressAdvice, hasKey, secrets } = context;
  const { status } = facts;
  const said = shownDetail(facts.message, secrets);
  const detail = said === '' ? '' : `: ${said}`;
  const host = hostOf(context.baseUrl);
  const why = facts.codes.at(-1);
  switch (kind) {
    case 'refused':
      return `Nothing listens at ${shownAddress(context.baseUrl)} (connection refused). Start ${provider} there, or ${addressAdvice}.`;
    case 'dns':
      return `The host ${host} of ${provider} was not found. Check the network, or ${addressAdvice}.`;
    case 'tls':
      return `There is no secure connection with ${host} (${why ?? 'TLS'}): ${tlsAdvice(why)}, or ${addressAdvice}.`;
    case 'network':
      return `The connection with ${host} failed${why === undefined ? '' : ` (${why})`}. Check the network; /retry asks again.`;
    case 'unauthorized':
      return hasKey
        ? `${provider} does not take the key${detail}. To mend it, ${keyAdvice}, then /retry.`
        : `${provider} wants a key, and there is none${detail}. To give one, ${keyAdvice}, then /retry.`;
    case 'forbidden':
      return `${provider} does not allow this${detail}. Ask what the key may do, or choose another model with /model.`;
    case 'not-found':
      return isModelMissing(facts)
        ? `${provider} has no model ${shownDetail(model, secrets)}${detail}. Choose another one with /model.`
        : `There is no API for chats at ${shownAddress(context.baseUrl)} (${status}): ${addressAdvice} (most addresses end in /v1).`;
    case 'rate-limit':
      return `${provider} takes no more requests for now${detail}. Wait a little; /retry asks again.`;
    case 'quota':
      return `The account at ${provider} has no credit left${detail}. Add some there, or choose another model with /model.`;
    case 'context-length':
      return `The conversation is longer than ${shownDetail(model, secrets)} takes${detail}. /compact summarises its older turns.`;
    case 'bad-request':
      return `${provider} cannot do this request${status === undefined ? '' : ` (${status})`}${detail || `: ${addressAdvice}`}.`;
    case 'server':
      return `${provider} has a fault${status === undefined ? '' : ` (${status})`}${detail}. /retry asks again.`;
    case 'cut':
      return cutFailure(context).text;
    case 'stalled':
      return `${provider} was silent for too long. /retry asks again.`;
    case 'garbage':
      return `${provider} sent what is no reply${status === undefined ? '' : ` (${status})`}. /retry asks again, or ${addressAdvice}.`;
    case 'content-filter':
      return `The content filter of ${provider} refused the request${detail}. Say it in other words.`;
    case 'bug':
      return `qmux could not make the request: ${shownDetail(error instanceof Error ? error.message : '', secrets) || 'unknown fault'}.`;
    default:
      return kind satisfies never;
  }
}

/** A certificate that is not trusted, or an other side that does not speak TLS at all. */
const tlsAdvice = (code = ''): string =>
  /CERT|SELF_SIGNED|UNABLE_TO/.test(code)
    ? 'if its certificate is right, start the server of qmux with NODE_EXTRA_CA_CERTS=FILE'
    : 'does it speak https at that port at all?';

const isModelMissing = ({ words, message }: FailureFacts): boolean =>
  words.some((word) => word.includes('model')) || /\bmodel\b/i.test(message);

const hostOf = (address: string): string => (URL.canParse(address) ? new URL(address).host : 'the endpoint');

/** Without a query, which may hold a secret. */
function shownAddress(address: string): string {
  if (!URL.canParse(address)) return 'the endpoint';
  const { origin, pathname } = new URL(address);
  return `${origin}${pathname}`.replace(/\/$/, '');
}
