import http from 'node:http';
import { OPENCODE_START, opencodeClaim, opencodeEvent } from '../attention/opencode-events.ts';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';

export interface OpencodeStreamOptions {
  /** On the loopback. */
  readonly port: number;
  /** Whether it is still the agent that listens there: asked before each connection. */
  readonly isOurs: () => boolean;
  readonly clock: Clock;
  /** What the events come to; undefined when nobody tells any more. Must not throw. */
  readonly onChange: (said: ReturnType<typeof opencodeClaim>) => void;
}

/** From the end of a connection to the next, in milliseconds: doubled each time that it does not work. */
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;
/** An event is passed over when it is longer, in UTF-16 units. */
const MAXIMUM_EVENT = 256 * 1024;

/** Listens to what an opencode that runs with `--port` tells of itself: `GET /event`, as server-sent events. */
export class OpencodeStream implements Disposable {
  readonly #given: OpencodeStreamOptions;
  #request: http.ClientRequest | undefined;
  #timer: Disposable | undefined;
  #pause = FIRST_PAUSE;
  #isOver = false;

  constructor(given: OpencodeStreamOptions) {
    this.#given = given;
    this.#connect();
  }

  dispose(): void {
    this.#isOver = true;
    this.#timer?.dispose();
    this.#request?.destroy();
  }

  #connect(): void {
    if (this.#isOver) return;
    const { port, isOurs } = this.#given;
    if (!isOurs()) {
      this.#later();
      return;
    }
    const headers = { accept: 'text/event-stream' };
    const request = http.get({ host: '127.0.0.1', port, path: '/event', headers, agent: false });
    this.#request = request;
    request.on('error', () => undefined);
    request.on('close', () => this.#ended());
    request.on('response', (response) => {
      const isStream = /^text\/event-stream/.test(response.headers['content-type'] ?? '');
      if (response.statusCode === 200 && isStream) this.#listen(response);
      else request.destroy();
    });
  }

  #listen(response: http.IncomingMessage): void {
    let state = OPENCODE_START;
    let rest = '';
    let data = '';
    response.setEncoding('utf8');
    response.on('error', () => undefined);
    response.on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = (lines.pop() ?? '').slice(0, MAXIMUM_EVENT);
      const before = state;
      for (const line of lines) {
        const text = line.replace(/\r$/, '');
        if (text.startsWith('data:') && data.length < MAXIMUM_EVENT) data += text.slice('data:'.length);
        else if (text === '') {
          state = opencodeEvent(state, data);
          data = '';
        }
      }
      if (state === before) return;
      // What only answers and leaves is no stream, and is asked ever more seldom.
      this.#pause = FIRST_PAUSE;
      if (!this.#isOver) this.#given.onChange(opencodeClaim(state));
    });
  }

  #ended(): void {
    this.#request = undefined;
    if (this.#isOver) return;
    this.#given.onChange(undefined);
    this.#later();
  }

  #later(): void {
    this.#timer = this.#given.clock.after(this.#pause, () => this.#connect());
    this.#pause = Math.min(2 * this.#pause, LONGEST_PAUSE);
  }
}
