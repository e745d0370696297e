import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
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
/** How long the end of a body may take behind the mark that the reply is whole, in milliseconds. */
const FAREWELL = 100;
const END = { done: true, value: undefined } as const;
/** Bytes of one look that are no tokens, but what the network gives: the next ones are not waited for. */
const BULK = 4096;
/** Milliseconds that what the network gives at once may keep everything else waiting, keys of other sessions for one. */
const SHARE = 4;

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
    if (body === null) {
      if (response.ok) throw new ReplyError('garbage', `answered without a reply (${status})`, true);
      return response;
    }
    const facts = { status, headers: new Headers(response.headers) };
    const type = response.headers.get('content-type') ?? '';
    if (!response.ok) return new Response(firstOfList(await readText(body, MAXIMUM_ERROR, onBytes)), facts);
    if (/^text\/html\b/i.test(type)) {
      await body.cancel().catch(() => undefined);
      throw new ReplyError('garbage', 'sent a web page and no reply: is the address of its API right? Most end in /v1');
    }
    if (/^application\/(?:[\w.+-]+\+)?json\b/i.test(type)) {
      const text = await readText(body, MAXIMUM_BODY, onBytes);
      return new Response(`data: ${text.replace(/[\r\n]+/g, ' ')}\n\n`, facts);
    }
    return new Response(regrouped(body, onBytes, init?.signal ?? undefined), facts);
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

/** An error that stands in a list, as Gemini sends it, by itself: the package looks for no list. */
function firstOfList(text: string): string {
  if (!/^\s*\[/.test(text)) return text;
  try {
    const list: unknown = JSON.parse(text);
    return JSON.stringify(Array.isArray(list) ? (list[0] ?? {}) : list);
  } catch {
    return text;
  }
}

function regrouped(
  body: ReadableStream<Uint8Array>,
  onBytes: () => void,
  signal: AbortSignal | undefined,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  const events = new EventChunks();
  let next = 0;
  let isOver = false;
  let turn = performance.now();
  return new ReadableStream<Uint8Array>({
    start(controller) {
      // A body that cannot be unpacked ends by nothing, not even by an abort of its fetch (undici of Node 20 and 22).
      signal?.addEventListener('abort', () => controller.error(new DOMException('aborted', 'AbortError')), {
        once: true,
      });
    },
    async pull(controller) {
      for (;;) {
        const now = performance.now();
        const early = next - now;
        if (early > 1 || now - turn > SHARE) {
          await (early > 1 ? delay(Math.ceil(early)) : nextTurn());
          turn = performance.now();
        }
        if (isOver) await Promise.race([reader.read(), delay(FAREWELL)]);
        const { value, done } = isOver ? END : await reader.read();
        if (signal?.aborted) return;
        next = done || value.length >= BULK ? 0 : nextLook(performance.now());
        onBytes();
        const ready = done ? events.flush() : events.push(value);
        for (const chunk of ready) {
          refuseLoud(chunk);
          controller.enqueue(chunk.length > BULK ? chunk : withoutEmpty(chunk));
        }
        if (endsReply(ready.at(-1))) {
          isOver = true;
          next = 0;
        }
        if (done) controller.close();
        if (done || ready.length > 0) return;
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

/** All streams are looked at together: each time that the server wakes up costs more than the tokens of one stream. */
const nextLook = (now: number): number => (Math.floor(now / PACE) + 1) * PACE;

function refuseLoud(chunk: Uint8Array): void {
  const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  if (bytes.includes('thread.') && LOUD_EVENT.test(bytes.toString('latin1')))
    throw new ReplyError('garbage', 'sent events of another API; is the address of its API right?');
}

/** An event without data is a sign of life, and the package would read its nothing as JSON: it becomes an empty line. */
const EMPTY_DATA = /^data:[ ]?(\r\n|\n|\r)\1/gm;
const EMPTY_EVENT = /^event:[^\r\n]*(\r\n|\n|\r)\1/gm;

function withoutEmpty(chunk: Uint8Array): Uint8Array {
  const text = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1');
  const clean = text.replace(EMPTY_DATA, '$1').replace(EMPTY_EVENT, '$1');
  return clean === text ? chunk : Buffer.from(clean, 'latin1');
}

/** Whether a chunk ends with the mark that nothing follows. */
const endsReply = (chunk: Uint8Array | undefined): boolean =>
  chunk !== undefined && /^data:[ ]?\[DONE\]\s*$/m.test(Buffer.from(chunk.subarray(-24)).toString('latin1'));
