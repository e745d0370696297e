import { rmSync } from 'node:fs';
import net from 'node:net';
import { type HerdrRequest, herdrError, herdrOk, readHerdrLine } from '../attention/herdr-request.ts';
import type { Disposable } from '../base/disposable.ts';
import { randomBytes } from '../base/random-bytes.ts';

export interface HerdrSocketOptions {
  /** Beside the server's own, in a folder that only the person can enter. */
  readonly path: string;
  /** An agent in the session of that number reports. Must not throw. */
  readonly onReport: (session: number, request: Exclude<HerdrRequest, { readonly type: 'ping' }>) => void;
  /** Hears why it cannot listen. */
  readonly onProblem: (error: unknown) => void;
}

/** A line is cut off and its connection with it beyond so many UTF-16 units. */
const MAXIMUM_LINE = 64 * 1024;
const MAXIMUM_CONNECTIONS = 64;
/** A connection that says nothing for so long is closed, in milliseconds. */
const IDLE = 60_000;
/** Reporters of one session that are told apart by their counts. */
const MAXIMUM_SOURCES = 8;
/** Answers that wait for somebody who does not read them, in bytes. */
const MAXIMUM_ANSWERS = 64 * 1024;

/**
 * The socket on which agents report themselves in herdr's protocol. Whoever reports shows that it runs in the session by
 * a word that only the session's programs were given.
 */
export class HerdrSocket implements Disposable {
  readonly #given: HerdrSocketOptions;
  readonly #sessions = new Map<string, number>();
  readonly #panes = new Map<number, string>();
  /** The last number of each reporter, by session. */
  readonly #sequences = new Map<number, Map<string, number>>();
  readonly #connections = new Set<net.Socket>();
  #server: net.Server | undefined;

  constructor(given: HerdrSocketOptions) {
    this.#given = given;
  }

  get path(): string {
    return this.#given.path;
  }

  /** Listens from now on. Never throws. */
  open(): void {
    const server = net.createServer((socket) => this.#accept(socket));
    server.on('error', (error) => this.#given.onProblem(error));
    this.#server = server;
    const umask = process.umask(0o177);
    try {
      // The lock of the server's own socket says that nobody else has this one.
      rmSync(this.path, { force: true });
      server.listen(this.path);
    } catch (error) {
      this.#given.onProblem(error);
    } finally {
      process.umask(umask);
    }
    server.unref();
  }

  /** What programs of a session show to report for it. */
  paneOf(session: number): string {
    const known = this.#panes.get(session);
    if (known !== undefined) return known;
    const pane = `qmux-${session}-${randomBytes(16).toString('base64url')}`;
    this.#panes.set(session, pane);
    this.#sessions.set(pane, session);
    return pane;
  }

  /** The session is no more. */
  forget(session: number): void {
    const pane = this.#panes.get(session);
    if (pane !== undefined) this.#sessions.delete(pane);
    this.#panes.delete(session);
    this.#sequences.delete(session);
  }

  dispose(): void {
    this.#server?.close();
    for (const socket of this.#connections) socket.destroy();
  }

  #accept(socket: net.Socket): void {
    if (this.#connections.size >= MAXIMUM_CONNECTIONS) {
      socket.destroy();
      return;
    }
    this.#connections.add(socket);
    let rest = '';
    socket.setEncoding('utf8');
    socket.setTimeout(IDLE, () => socket.destroy());
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#connections.delete(socket));
    socket.on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line.trim() !== '' && !socket.destroyed) this.#heard(socket, line);
      if (rest.length > MAXIMUM_LINE) socket.destroy();
    });
  }

  #heard(socket: net.Socket, line: string): void {
    if (line.length > MAXIMUM_LINE || socket.writableLength > MAXIMUM_ANSWERS) socket.destroy();
    else socket.write(this.#answer(line));
  }

  #answer(line: string): string {
    const read = readHerdrLine(line);
    if ('error' in read) return herdrError(read.id, read.error.code, read.error.message);
    const { id, request } = read;
    if (request.type === 'ping') return herdrOk(id, 'pong');
    const session = this.#sessions.get(request.pane);
    if (session === undefined) return herdrError(id, 'pane_not_found', 'no session has this HERDR_PANE_ID');
    // What was overtaken is no error, and no news.
    if (this.#isNew(session, request.source, request.sequence)) this.#given.onReport(session, request);
    return herdrOk(id, 'ok');
  }

  #isNew(session: number, source: string, sequence: number | undefined): boolean {
    if (sequence === undefined) return true;
    const last = this.#sequences.get(session) ?? new Map<string, number>();
    this.#sequences.set(session, last);
    const before = last.get(source);
    if (before !== undefined && sequence <= before) return false;
    last.delete(source);
    last.set(source, sequence);
    const [oldest] = last.keys();
    if (last.size > MAXIMUM_SOURCES && oldest !== undefined) last.delete(oldest);
    return true;
  }
}
