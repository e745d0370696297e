import { asRecord, asText, type JsonRecord } from './json-value.ts';

/** What can be known of a thrown thing. */
export interface FailureFacts {
  /** Whether the endpoint itself told the fault, with a status or amid the stream. */
  readonly isAnswer: boolean;
  /** Of HTTP; undefined when there was no answer, or the fault came in the stream. */
  readonly status: number | undefined;
  /** Code and type that the endpoint gave, in lower case. */
  readonly words: readonly string[];
  /** What the endpoint said; empty for nothing. */
  readonly message: string;
  readonly header: (name: string) => string | undefined;
  /** Codes of the error and its causes, such as `ECONNREFUSED`. */
  readonly codes: readonly string[];
  /** The error and its causes, outermost first. */
  readonly causes: readonly Error[];
}

/** Causes that are followed. */
const MAXIMUM_CAUSES = 20;

/** Looks at what the package threw: by its shape, so that the package need not be loaded. */
export function failureFacts(error: unknown): FailureFacts {
  const causes = causesOf(error);
  const thrown = asRecord(error) ?? {};
  const body = asRecord(thrown['error']);
  // Some gateways put the whole answer of the one behind them, or a status, into the error.
  const inner = asRecord(body?.['error']) ?? body ?? {};
  const status = httpStatus(thrown['status']) ?? httpStatus(inner['code']) ?? httpStatus(inner['status']);
  const isAnswer = status !== undefined || Boolean(thrown['error']);
  const words = isAnswer ? [thrown['code'], thrown['type'], inner['code'], inner['type'], inner['status']] : [];
  return {
    isAnswer,
    status,
    words: [...new Set(words.map((word) => asText(word).toLowerCase()))].filter((word) => word !== ''),
    message: messageOf(thrown, body, inner),
    header: (name) => headerOf(thrown['headers'], name),
    codes: causes.flatMap((cause) => ('code' in cause && typeof cause.code === 'string' ? [cause.code] : [])),
    causes,
  };
}

/** Breadth first: a connection that was tried at several addresses fails with several errors. */
function causesOf(error: unknown): readonly Error[] {
  const found: Error[] = [];
  const open = [error];
  while (open.length > 0 && found.length < MAXIMUM_CAUSES) {
    const next = open.shift();
    if (!(next instanceof Error) || found.includes(next)) continue;
    found.push(next);
    open.push(next.cause);
    if (next instanceof AggregateError) open.push(...next.errors.slice(0, MAXIMUM_CAUSES));
  }
  return found;
}

function httpStatus(value: unknown): number | undefined {
  const status = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value;
  return typeof status === 'number' && status >= 300 && status <= 599 ? status : undefined;
}

function messageOf(thrown: JsonRecord, body: JsonRecord | undefined, inner: JsonRecord): string {
  const said = [inner['message'], inner['detail'], body?.['message'], thrown['error']].find(
    (text) => typeof text === 'string' && text !== '',
  );
  if (said !== undefined) return asText(said);
  // Without a body of JSON the package's message is its text, behind the status.
  const own = thrown['error'] === undefined && typeof thrown['status'] === 'number' ? asText(thrown['message']) : '';
  return own.replace(/^\d{3} /, '').replace(/^status code \(no body\)$/, '');
}

function headerOf(headers: unknown, name: string): string | undefined {
  return headers instanceof Headers ? (headers.get(name) ?? undefined) : undefined;
}
