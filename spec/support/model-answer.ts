/** Text now, or a wait: for milliseconds, or until a promise is settled. */
export type Piece = string | number | PromiseLike<unknown>;

export interface ScriptedCall {
  /** Undefined makes one; empty sends none. */
  readonly id?: string;
  readonly name: string;
  /** A text is sent as it is, so that it may be no JSON. */
  readonly arguments: string | object;
}

interface ScriptedUsage {
  readonly input: number;
  readonly cached?: number;
  readonly output: number;
}

/** A reply that streams. */
export interface Reply {
  readonly text?: string | readonly Piece[];
  readonly reasoning?: string | readonly Piece[];
  /** Milliseconds after each piece. */
  readonly delay?: number;
  readonly calls?: readonly ScriptedCall[];
  /** Into how many fragments the arguments of each call go; fragments of several calls alternate. */
  readonly callPieces?: number;
  /** Undefined makes `stop` or `tool_calls`; false sends none. */
  readonly finish?: string | false;
  /** False sends none. */
  readonly usage?: ScriptedUsage | false;
  /**
   * How it ends: with \`[DONE]\`, without it, by a cut socket, or not at all (the stream stays open and silent). A cut and a
   * stall leave out the finish reason.
   */
  readonly end?: 'done' | 'silent-end' | 'cut' | 'stall';
  /** Bytes of one write; splits characters of several bytes. */
  readonly splitBytes?: number;
  /** Sent instead of all of it, as it stands. */
  readonly raw?: readonly Piece[];
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer that is no stream. */
export interface Refusal {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Fields of the error; a body of its own wins. */
  readonly message?: string;
  readonly code?: string | null;
  readonly type?: string;
  readonly param?: string;
  readonly body?: string;
}

export type Answer = Reply | Refusal | 'stall' | 'cut';

const PAGE = `<!doctype html><html><head><title>Oh no</title></head><body>${'<p>upstream</p>'.repeat(500)}</body></html>`;

const refusal = (status: number, code: string | null, message: string, type = 'invalid_request_error'): Refusal => ({
  status,
  code,
  message,
  type,
});

/** What endpoints do wrong, by name. */
export const FAULTS = {
  unauthorized: refusal(401, 'invalid_api_key', 'Incorrect API key provided: sk-wrong-0123456789abcdef.'),
  forbidden: refusal(403, 'unsupported_country_region_territory', 'Country, region, or territory not supported'),
  noModel: refusal(404, 'model_not_found', 'The model `big` does not exist or you do not have access to it.'),
  noPath: { status: 404, body: PAGE, headers: { 'content-type': 'text/html' } },
  rateLimit: {
    ...refusal(429, 'rate_limit_exceeded', 'Rate limit reached', 'requests'),
    headers: { 'retry-after': '1' },
  },
  quota: refusal(429, 'insufficient_quota', 'You exceeded your current quota', 'insufficient_quota'),
  serverError: refusal(500, null, 'The server had an error', 'server_error'),
  unavailablePage: { status: 503, body: PAGE, headers: { 'content-type': 'text/html' } },
  page: { status: 200, body: PAGE, headers: { 'content-type': 'text/html' } },
  contextLength: refusal(400, 'context_length_exceeded', "This model's maximum context length is 8192 tokens."),
  cut: { text: ['Half of ', 'the reply'], end: 'cut' },
  noDone: { text: ['Half of ', 'the reply'], end: 'silent-end', finish: false, usage: false },
  noFinish: { text: ['Half of ', 'the reply'], finish: false, usage: false },
  silent: 'stall',
  reset: 'cut',
  stall: { text: ['Half of ', 'the reply'], end: 'stall' },
  garbage: {
    raw: ['data: {"choices":[{"delta":{"content":"Half"}}]}\n\n', 'data: {"choices":[{"del\u001b[31mta"\n\n'],
  },
  streamedError: {
    raw: [
      'data: {"choices":[{"delta":{"content":"Half"}}]}\n\n',
      'data: {"error":{"message":"The engine is overloaded","type":"server_error","code":null}}\n\n',
    ],
  },
  badArguments: { calls: [{ name: 'read', arguments: '{"path": "a.txt"' }] },
  unknownTool: { calls: [{ name: 'launch', arguments: { at: 'noon' } }] },
  noArguments: { calls: [{ name: 'read', arguments: '' }] },
  twentyCalls: {
    calls: Array.from({ length: 20 }, (_, index) => ({ name: 'read', arguments: { path: `file-${index}.txt` } })),
    callPieces: 3,
  },
  splitCharacters: { text: 'grüße 漢字 👩‍👩‍👧 ende', splitBytes: 1 },
  longLine: { text: 'x'.repeat(10 * 1024 * 1024) },
  length: { text: 'As far as it', finish: 'length' },
  filtered: { text: 'As far as it', finish: 'content_filter' },
  noUsage: { text: 'fine', usage: false },
} satisfies Readonly<Record<string, Answer>>;
