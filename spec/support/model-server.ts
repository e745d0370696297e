import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import { geminiStream, messagesStream } from './agent-stream.ts';
import { CERTIFICATE } from './certificate.ts';
import type { Answer, Piece, Refusal, Reply } from './model-answer.ts';
import { chatStream, responsesStream } from './model-stream.ts';
import { waitUntil } from './wait.ts';

/** A request for a reply, as the server saw it. */
export interface SeenRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  // The form of the body is what the specs look at.
  readonly body: SeenBody;
  /** The last text that the user said. */
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** Settles when the client has the whole answer, or went away: then with false. */
  readonly finished: Promise<boolean>;
}

interface SeenBody {
  readonly model?: string;
  readonly messages?: readonly SeenMessage[];
  readonly input?: readonly SeenMessage[];
  /** What the Gemini API calls messages. */
  readonly contents?: readonly SeenMessage[];
  readonly tools?: readonly object[];
  readonly stream_options?: object;
  readonly [name: string]: unknown;
}

interface SeenMessage {
  readonly role?: string;
  readonly content?: unknown;
  readonly parts?: unknown;
  readonly [name: string]: unknown;
}

/** Gives each request its answer; undefined leaves it to what was told otherwise. */
export type Responder = (request: SeenRequest) => Answer | undefined;

/**
 * An endpoint on the loopback that speaks the chat completions and the responses API, for agents Anthropic's and Gemini's
 * as well, and does wrong as told. Requests
 * get what `reply` and `fail` told, in that order; then what `fallback` says.
 */
export class ModelServer {
  static async open(options: { readonly secure?: boolean; readonly port?: number } = {}): Promise<ModelServer> {
    const server = options.secure ? createSecureServer(CERTIFICATE) : createServer();
    server.listen(options.port ?? 0, '127.0.0.1');
    await once(server, 'listening');
    return new ModelServer(server, options.secure === true ? 'https' : 'http');
  }

  /** With `/v1`, as base_url wants it. */
  readonly url: string;
  readonly port: number;
  /** Requests for replies, oldest first. */
  readonly requests: SeenRequest[] = [];
  /** Requests for the list of models. */
  modelRequests = 0;
  inFlight = 0;
  /** The most that were in flight at once. */
  maximumInFlight = 0;
  /** What /v1/models lists: names, or entries with facts of their own; undefined answers 404. */
  models: readonly (string | { readonly id: string; readonly [fact: string]: unknown })[] | undefined = [
    'big',
    'small',
  ];
  /** When it is set, other keys are answered with 401. */
  key: string | undefined;
  /** Asked first. */
  responder: Responder | undefined;
  fallback: (request: SeenRequest) => Answer = echo();
  readonly #server: Server;
  readonly #answers: { answer: Answer; times: number }[] = [];

  private constructor(server: Server, scheme: string) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
    this.url = `${scheme}://127.0.0.1:${this.port}/v1`;
    server.on('request', (request, response) => {
      this.#serve(request, response).catch(() => response.destroy());
    });
  }

  /** Answers the next request (or the next `times`) with a reply. */
  reply(answer: string | Reply, { times = 1 }: { readonly times?: number } = {}): void {
    this.#answers.push({ answer: typeof answer === 'string' ? { text: answer } : answer, times });
  }

  /** Answers the next request (or the next `times`, or with Infinity all) with a fault: see FAULTS. */
  fail(answer: Answer, { times = 1 }: { readonly times?: number } = {}): void {
    this.#answers.push({ answer, times });
  }

  /** Waits until so many requests have come, and gives the last of those. */
  async request(count = 1): Promise<SeenRequest> {
    await waitUntil(() => this.requests.length >= count, `request ${count}`);
    return this.requests[count - 1] ?? Promise.reject(new Error('no request'));
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on('error', () => undefined);
    const path = (request.url ?? '').replace(/\?.*/, '');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const allowed = this.key === undefined || request.headers.authorization === `Bearer ${this.key}`;
    if (path === '/v1/models') this.modelRequests += 1;
    const refused = { status: 401, code: 'invalid_api_key', message: 'Incorrect API key provided' };
    if (path === '/v1/models') return allowed ? this.#list(response) : refuse(response, refused);
    if (streamOf(path) === undefined) return refuse(response, { status: 404, body: 'no such page' });
    const body: SeenBody = JSON.parse(Buffer.concat(chunks).toString());
    let settle: (whole: boolean) => void = () => undefined;
    const finished = new Promise<boolean>((resolve) => {
      settle = resolve;
    });
    const seen = { path, headers: request.headers, body, text: lastText(body), time: Date.now(), finished };
    this.requests.push(seen);
    this.inFlight += 1;
    this.maximumInFlight = Math.max(this.maximumInFlight, this.inFlight);
    response.on('close', () => {
      this.inFlight -= 1;
      settle(response.writableFinished);
    });
    const answer = allowed ? (this.responder?.(seen) ?? this.#next() ?? this.fallback(seen)) : refused;
    await give(answer, seen, response);
  }

  #next(): Answer | undefined {
    const first = this.#answers[0];
    if (first === undefined) return undefined;
    first.times -= 1;
    if (first.times <= 0) this.#answers.shift();
    return first.answer;
  }

  #list(response: ServerResponse): void {
    if (this.models === undefined) refuse(response, { status: 404, body: 'no such page' });
    else {
      const data = this.models.map((model) => ({
        object: 'model',
        ...(typeof model === 'string' ? { id: model } : model),
      }));
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ object: 'list', data }));
    }
  }
}

/**
 * Says again the mark (`mark-...`) of the last message, or the message where it has none, once in each of `pieces` pieces
 * with `delay` milliseconds between them.
 */
export function echo({
  pieces = 1,
  delay: wait = 0,
}: {
  readonly pieces?: number;
  readonly delay?: number;
} = {}): (request: SeenRequest) => Reply {
  return ({ text }) => {
    const mark = /mark-\w+/.exec(text)?.[0] ?? text;
    const said = Array.from({ length: pieces }, () => (pieces === 1 ? mark : `${mark} `));
    return { text: said, ...(wait > 0 ? { delay: wait } : {}) };
  };
}

/** A port of the loopback where nothing listens. */
export async function closedPort(): Promise<number> {
  const server = await ModelServer.open();
  await server.close();
  return server.port;
}

/** What speaks as is expected at a path; undefined where nothing is. */
function streamOf(path: string): ((reply: Reply, model: string, wantsUsage: boolean) => Iterable<Piece>) | undefined {
  if (path.startsWith('/v1beta/models/') && path.endsWith(':streamGenerateContent')) return geminiStream;
  switch (path) {
    case '/v1/chat/completions':
      return chatStream;
    case '/v1/responses':
      return responsesStream;
    case '/v1/messages':
      return messagesStream;
    default:
      return undefined;
  }
}

async function give(answer: Answer, { path, body }: SeenRequest, response: ServerResponse): Promise<void> {
  if (answer === 'stall') return;
  if (answer === 'cut') response.socket?.destroy();
  else if ('status' in answer) refuse(response, answer);
  else {
    const { model = 'model' } = body;
    const wantsUsage = Boolean((body.stream_options as { include_usage?: boolean } | undefined)?.include_usage);
    const pieces = (streamOf(path) ?? chatStream)(answer, model, wantsUsage);
    const type = answer.contentType ?? 'text/event-stream; charset=utf-8';
    response.writeHead(200, { 'content-type': type, ...answer.headers });
    response.flushHeaders();
    response.socket?.setNoDelay(true);
    for (const piece of answer.raw ?? pieces) {
      await write(response, piece, answer.splitBytes);
      if (response.destroyed) return;
    }
    if (answer.end === 'cut') await cut(response);
    else if (answer.end !== 'stall') response.end();
  }
}

async function write(response: ServerResponse, piece: Piece, splitBytes: number | undefined): Promise<void> {
  if (typeof piece === 'number') await delay(piece);
  else if (typeof piece !== 'string') await orClosed(response, () => piece);
  else {
    const bytes = Buffer.from(piece);
    const size = splitBytes ?? bytes.length;
    for (let start = 0; start < bytes.length && !response.destroyed; start += size) {
      const full = !response.write(bytes.subarray(start, start + size));
      if (full) await orClosed(response, (signal) => once(response, 'drain', { signal }));
      else if (splitBytes !== undefined) await nextTurn();
    }
  }
}

/** Waits for something, or until the client has gone. */
async function orClosed(response: ServerResponse, wait: (signal: AbortSignal) => PromiseLike<unknown>): Promise<void> {
  const over = new AbortController();
  await Promise.race([wait(over.signal), once(response, 'close', { signal: over.signal })]);
  over.abort();
}

/** Ends the connection without the end of the answer, after the other side has what was written. */
async function cut(response: ServerResponse): Promise<void> {
  await waitUntil(() => response.destroyed || response.socket?.writableLength === 0, 'what was written to leave');
  response.socket?.end();
}

function refuse(response: ServerResponse, refusal: Refusal): void {
  const { status, headers = {}, body, message = 'refused', code = null, type = 'error', param = null } = refusal;
  response.writeHead(status, { 'content-type': body === undefined ? 'application/json' : 'text/plain', ...headers });
  response.end(body ?? JSON.stringify({ error: { message, type, param, code } }));
}

function lastText({ messages, input }: SeenBody): string {
  const said = (messages ?? input ?? []).findLast(({ role }) => role === 'user');
  return typeof said?.content === 'string' ? said.content : '';
}
