import { clampSize, type Size } from '../base/geometry.ts';
import { errorText, UserError } from '../base/user-error.ts';
import type { CommandCaller } from '../command/command.ts';
import { executeWords } from '../command/execute.ts';
import type { ClientMessage } from '../protocol/message.ts';
import type { Session } from '../session/session.ts';
import { isOfCall } from '../tools/process-tree.ts';
import { AttachedClient } from './attached-client.ts';
import { isProven } from './caller-proof.ts';
import type { Connection } from './connection.ts';
import type { Coordinator } from './coordinator.ts';
import { LineContext } from './line-context.ts';
import { isBelowServer, sessionAbove } from './session-above.ts';

/** Standard input that a command reads at most, in bytes. */
const MAXIMUM_STDIN = 64 * 1024 * 1024;
/** A line that a person types, in bytes. */
const MAXIMUM_LINE = 4096;
/** Output sent in one message, in bytes, so that a slow reader is noticed between. */
const PIECE = 64 * 1024;

/** How long after its first frame a client is asked for its terminal, in milliseconds: it has enough to do until then. */
const CALM = 50;

/** Made once: an error of its own for each call would look at the stack each time. */
const CLOSED = new DOMException('the process has left', 'AbortError');

/** One process of the person: its command is run, its output sent; where the command attaches, it becomes a client. */
export class CommandCall implements CommandCaller {
  readonly kind = 'process';
  readonly #connection: Connection;
  readonly #coordinator: Coordinator;
  readonly #abort = new AbortController();
  #client: AttachedClient | undefined;
  #origin: { readonly session: Session | undefined } | undefined;
  #proof: Promise<boolean> | undefined;
  #proved: () => void = () => undefined;
  #stdin: { chunks: Uint8Array[]; size: number; isLine: boolean; finish: (bytes: Uint8Array) => void } | undefined;
  /** Everything printed so far has been handed to the connection. */
  #printed: Promise<void> = Promise.resolve();

  constructor(connection: Connection, coordinator: Coordinator) {
    this.#connection = connection;
    this.#coordinator = coordinator;
    connection.onMessage((message) => this.#heard(message));
    connection.onClosed(() => {
      this.#abort.abort(CLOSED);
      this.#finishStdin();
    });
  }

  get workingDirectory(): string {
    return this.#connection.hello.workingDirectory;
  }

  get environment(): Readonly<Record<string, string>> {
    return this.#connection.hello.environment;
  }

  /**
   * What a tool of a chat runs must not answer for the person. A guard against accidents: a program that means ill can hide
   * where it comes from, like every program of the person.
   */
  get readOnly(): boolean {
    return isOfCall(this.environment);
  }

  /** By the process tree where the system tells it: a variable is easily taken away. */
  get ownSession(): Session | undefined {
    if (this.#origin === undefined) {
      const { pid } = this.#connection.hello;
      this.#origin = { session: sessionAbove(pid, this.#coordinator.sessions) ?? this.#ownSession() };
    }
    return this.#origin.session;
  }

  /**
   * Whether it is the process that it says it is; found out when it is first asked. Who has the word that only the programs
   * of its session were given runs there, wherever it comes from.
   */
  isProven(): Promise<boolean> {
    const own = this.ownSession;
    const word = this.environment['HERDR_PANE_ID'];
    if (own !== undefined && word !== undefined && word === this.#coordinator.herdr.paneOf(own.id))
      return Promise.resolve(true);
    // What run-shell, a hook or a format started is nobody's: anything in a session can have it run.
    if (own === undefined && isBelowServer(this.#connection.hello.pid)) return Promise.resolve(false);
    return this.#proveProcess();
  }

  #proveProcess(): Promise<boolean> {
    this.#proof ??= isProven(
      this.#connection,
      new Promise((resolve) => {
        this.#proved = resolve;
      }),
      this.#coordinator.facts.socketPath,
    );
    return this.#proof;
  }

  get terminal(): Size | undefined {
    return this.#client === undefined ? this.#connection.hello.terminal?.size : undefined;
  }

  /** Runs the words of the command line to their end; a plain `qmux` shows the session shown last, or makes a first one. */
  async run(): Promise<void> {
    const ended = this.#coordinator.end.callBegan();
    try {
      await this.#run();
    } finally {
      ended();
    }
  }

  async #run(): Promise<void> {
    const { command } = this.#connection.hello;
    await this.#coordinator.comingBack;
    const { agentLink, lastSession } = this.#coordinator;
    if (!agentLink.active) this.#coordinator.callers.followAgent(this.environment['SSH_AUTH_SOCK']);
    // A script that brings a key may use it. What runs in a session brings nothing that came from outside.
    if ((this.environment['QMUX'] ?? '') === '') this.#coordinator.callers.note(this.environment);
    const words = command.length > 0 ? command : [lastSession === undefined ? 'new-session' : 'attach-session'];
    const own = this.#ownSession();
    const context = new LineContext({
      server: this.#coordinator,
      client:
        this.#coordinator.clients.find((client) => own !== undefined && client.shows(own)) ??
        this.#coordinator.lastClient,
      session: own ?? this.#coordinator.lastClient?.session ?? lastSession,
      caller: this,
      signal: this.#abort.signal,
      print: (text) => this.#print('stdout', text),
      taken: () => this.#taken(),
    });
    let code = 0;
    try {
      await executeWords(words, context);
      code = context.exitCode;
    } catch (error) {
      if (!(error instanceof UserError)) this.#coordinator.bug(`the command ${words[0] ?? ''}`, error);
      if (this.#client === undefined) this.#print('stderr', `${errorText(error)}\n`);
      else this.#client.message(errorText(error));
      code = 1;
    }
    await this.#printed;
    if (this.#client === undefined) this.#bye(code);
  }

  readStdin(): Promise<Uint8Array> {
    return this.#read(false);
  }

  async readLine(): Promise<string> {
    const text = Buffer.from(await this.#read(true)).toString('utf8');
    return text.split('\n', 1)[0] ?? '';
  }

  #read(isLine: boolean): Promise<Uint8Array> {
    if (this.#stdin !== undefined || this.#abort.signal.aborted) return Promise.resolve(new Uint8Array());
    return new Promise((resolve) => {
      this.#stdin = { chunks: [], size: 0, isLine, finish: resolve };
      this.#connection.send({ type: 'read-stdin' });
    });
  }

  checkAttach(): void {
    if (this.#client !== undefined) throw new UserError('this client is attached already');
    if (this.#insider() !== undefined) return;
    if ((this.environment['QMUX'] ?? '') !== '')
      throw new UserError('sessions should be nested with care, unset $QMUX to force');
    if (this.#connection.hello.terminal === undefined) throw new UserError('open terminal failed: not a terminal');
    // Before the session is made that it will show: its program gets them, too.
    this.#coordinator.callers.welcome(this.environment);
  }

  attach(session: Session, options: { readonly readOnly: boolean; readonly detachOthers: boolean }): void {
    this.checkAttach();
    const insider = this.#insider();
    if (options.detachOthers)
      for (const client of this.#coordinator.clients)
        if (client.session === session && client !== insider) client.detach({ hangup: false });
    if (insider !== undefined) {
      insider.show(session);
      return;
    }
    const { hello } = this.#connection;
    this.#client = new AttachedClient({
      connection: this.#connection,
      host: this.#coordinator,
      session,
      size: clampSize(hello.terminal?.size.columns ?? 80, hello.terminal?.size.rows ?? 24),
      readOnly: options.readOnly || hello.readOnly,
    });
    this.#coordinator.desk.came(this.#client);
    this.#client.start();
    if (hello.yields === true) setTimeout(() => void this.#useTerminal(), CALM).unref();
  }

  async #useTerminal(): Promise<void> {
    if (!this.#connection.isOpen) return;
    try {
      if (await this.#proveProcess()) this.#connection.useTerminal();
    } catch {
      // the socket's folder is gone: the client goes on relaying
    }
  }

  /** The client that shows the session in which `qmux new` was typed: it shows the new one, instead of a client in a client. */
  #insider(): AttachedClient | undefined {
    const makes = /^new(-[a-z]*)?$|^neww$/.test(this.#connection.hello.command[0] ?? '');
    const own = this.#ownSession();
    if (!makes || own === undefined) return undefined;
    return this.#coordinator.clients.find((client) => client.shows(own)) ?? this.#coordinator.lastClient;
  }

  /** The session of this server that the process runs in. */
  #ownSession(): Session | undefined {
    const { environment } = this;
    const socket = `${this.#coordinator.facts.socketPath},${this.#coordinator.facts.pid},`;
    if (environment['QMUX']?.startsWith(socket) !== true) return undefined;
    return this.#coordinator.sessionById(Number(environment['QMUX_SESSION']));
  }

  #heard(message: ClientMessage): void {
    if (message.type === 'proved') {
      this.#proved();
      return;
    }
    if (message.type === 'stdin') {
      this.#readStdin(message.bytes);
      return;
    }
    if (this.#client !== undefined) {
      this.#client.heard(message);
      return;
    }
    if (message.type === 'leave') this.#connection.end();
  }

  #readStdin(bytes: Uint8Array): void {
    const stdin = this.#stdin;
    if (stdin === undefined) return;
    stdin.size += bytes.length;
    if (stdin.size > MAXIMUM_STDIN) {
      this.#connection.abort('standard input is too long');
      return;
    }
    if (bytes.length > 0) stdin.chunks.push(bytes);
    const isWhole = stdin.isLine && (bytes.includes(0x0a) || stdin.size > MAXIMUM_LINE);
    if (bytes.length === 0 || isWhole) this.#finishStdin();
  }

  #finishStdin(): void {
    this.#stdin?.finish(Buffer.concat(this.#stdin.chunks));
    if (this.#stdin !== undefined) this.#stdin = { ...this.#stdin, chunks: [], size: 0, finish: () => undefined };
  }

  #print(type: 'stdout' | 'stderr', text: string): void {
    const bytes = Buffer.from(text);
    this.#printed = this.#printed.then(() => this.#send(type, bytes));
  }

  async #send(type: 'stdout' | 'stderr', bytes: Uint8Array): Promise<void> {
    for (let start = 0; start < bytes.length; start += PIECE) {
      if (this.#connection.congested) await this.#drained();
      this.#connection.send({ type, bytes: bytes.subarray(start, start + PIECE) });
    }
  }

  /** The connection has all that was printed, and who reads it is not behind. */
  async #taken(): Promise<void> {
    await this.#printed;
    if (this.#connection.congested) await this.#drained();
  }

  #drained(): Promise<void> {
    return new Promise((resolve) => {
      if (!this.#connection.isOpen) return resolve();
      const drain = this.#connection.onDrain(() => done());
      const closed = this.#connection.onClosed(() => done());
      const done = () => {
        drain.dispose();
        closed.dispose();
        resolve();
      };
    });
  }

  #bye(code: number): void {
    this.#connection.send({ type: 'bye', text: '', code, hangup: false });
    this.#connection.end();
  }
}
