import { setTimeout as delay } from 'node:timers/promises';
import { EventChunks } from './event-chunks.ts';
import { ReplyError } from './reply-error.ts';

/** Bytes of an answer that is no stream. */
const MAXIMUM_BODY = 64 * 1024 * 1024;
const MAXIMUM_ERROR = 256 * 1024;
/**
 * The package writes garbage in events of this name (of another API of OpenAI) to the console, whatever its log level is;
 * so they never reach it.
 */
const LOUD_EVENT = /^event:[ ]?thread\./m;

/**
 * Milliseconds between two looks at a stream: two frames, which nobody sees in a text that grows, and tokens that came
 * meanwhile are taken together. Ten streams of 200 tokens a second cost a third less than at 12 ms.
 */
const PACE = 30;
/** Bytes of one look that are no tokens, but what the network gives: the next ones are not waited for. */
const BULK = 4096;

export interface FetchGuard {
  /** The names of headers that may be sent, in lower case; the package adds others, also from the environment. */
  readonly headers: ReadonlySet<string>;
  /** Called for every sign of the endpoint. */
  readonly onBytes: () => void;
}

/** The `fetch` of the package: its answers are bounded, regrouped, and streams of events whatever the endpoint sent. */
export function guardedFetch({ headers, onBytes }: FetchGuard): typeof fetch {
  return async (input, init) => {
    const sent = new Headers(init?.headers);
    for (const name of [...sent.keys()]) if (!headers.has(name)) sent.delete(name);
    const response = await fetch(input, { ...init, headers: sent, redirect: 'manual' });
    onBytes();
    const { body, status } = response;
    if (body === null) return response;
    const facts = { status, headers: new Headers(response.headers) };
    const type = response.headers.get('content-type') ?? '';
    if (!response.ok) return new Response(await readText(body, MAXIMUM_ERROR, onBytes), facts);
    if (/^text\/html\b/i.test(type)) {
      await body.cancel().catch(() => undefined);
      throw new ReplyError('garbage', 'sent a web page and no reply: is the address of its API right? Most end in /v1');
    }
    if (/^application\/(?:[\w.+-]+\+)?json\b/i.test(type)) {
      const text = await readText(body, MAXIMUM_BODY, onBytes);
      return new Response(`data: ${text.replace(/[\r\n]+/g, ' ')}\n\n`, facts);
    }
    return new Response(regrouped(body, onBytes), facts);
  };
}

/** The text of a body, as far as `maximum` bytes go. */
async function readText(body: ReadableStream<Uint8Array>, maximum: number, onBytes: () => void): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    onBytes();
    chunks.push(chunk);
    length += chunk.length;
    if (length > maximum) break;
  }
  return Buffer.concat(chunks).subarray(0, maximum).toString('utf8');
}

function regrouped(body: ReadableStream<Uint8Array>, onBytes: () => void): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  const events = new EventChunks();
  let next = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      for (;;) {
        const early = next - performance.now();
        if (early > 1) await delay(early);
        const { value, done } = await reader.read();
        next = done || value.length >= BULK ? 0 : performance.now() + PACE;
        onBytes();
        const ready = done ? events.flush() : events.push(value);
        for (const chunk of ready) {
          refuseLoud(chunk);
          controller.enqueue(chunk);
        }
        if (done) controller.close();
        if (done || ready.length > 0) return;
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

function refuseLoud(chunk: Uint8Array): void {
  const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  if (bytes.includes('thread.') && LOUD_EVENT.test(bytes.toString('latin1')))
    throw new ReplyError('garbage', 'sent events of another API; is the address of its API right?');
}
