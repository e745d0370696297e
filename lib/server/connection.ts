import type { Socket } from 'node:net';
import { type Disposable, onDispose } from '../base/disposable.ts';
import { Emitter, type Event } from '../base/emitter.ts';
import type { Log } from '../base/log.ts';
import { release } from '../base/release.ts';
import { errorText } from '../base/user-error.ts';
import { clientMessageDecoder } from '../protocol/client-codec.ts';
import { PREAMBLE } from '../protocol/frame.ts';
import { type ClientMessage, type Hello, PROTOCOL_VERSION, type ServerMessage } from '../protocol/message.ts';
import { encodeServerMessage } from '../protocol/server-codec.ts';
import { DirectTerminal } from './direct-terminal.ts';

/** Unsent bytes from which on a client counts as congested: about one dense frame of a large terminal. */
const CONGESTED = 64 * 1024;
/** Unsent bytes from which on a further message ends the connection. */
const MAXIMUM_UNSENT = 8 * 1024 * 1024;
/** How long a client that was told the end may take to read what is left, in milliseconds. */
const FAREWELL = 5000;
/** How long a client may take to say who it is, in milliseconds. */
const HELLO_TIMEOUT = 10_000;

/** A client that said a valid `hello`: its messages in, ours out. Nothing on it throws because of what the client does. */
export class Connection {
  readonly hello: Hello;
  readonly #socket: Socket;
  readonly #log: Log;
  readonly #message: Emitter<ClientMessage>;
  readonly #closed: Emitter<string | undefined>;
  readonly #drain: Emitter<void>;
  readonly #direct: DirectTerminal;
  #reason: string | undefined;
  #open = true;
  #ending = false;

  constructor(socket: Socket, hello: Hello, log: Log) {
    this.hello = hello;
    this.#socket = socket;
    this.#log = log;
    const onError = (error: unknown) => log.error(`client ${hello.pid}`, error);
    this.#message = new Emitter(onError);
    this.#closed = new Emitter(onError);
    this.#drain = new Emitter(onError);
    this.#direct = new DirectTerminal(
      hello,
      (message) => this.send(message),
      (bytes) => this.receive({ type: 'input', bytes }),
    );
    socket.on('drain', () => this.#drain.fire());
    socket.once('close', () => {
      this.#open = false;
      this.#direct.dispose();
      this.#closed.fire(this.#reason);
    });
  }

  /** Every message after `hello`. Subscribe at once, while the connection is handed over. */
  get onMessage(): Event<ClientMessage> {
    return this.#message.event;
  }

  /** Once, when the connection is gone; with the reason where the client did not end it in order. */
  get onClosed(): Event<string | undefined> {
    return this.#closed.event;
  }

  /** All that was sent has left; a client that was congested is so no longer. */
  get onDrain(): Event<void> {
    return this.#drain.event;
  }

  /** Whether to hold `output` back until `onDrain`, and then send only the newest picture. */
  get congested(): boolean {
    return this.#socket.writableLength > CONGESTED;
  }

  /** False from the end of the connection, or `end`, on; `send` then does nothing. */
  get isOpen(): boolean {
    return this.#open && !this.#ending;
  }

  /**
   * Sends a message, however large, unless over 8 MB are waiting already: a client that does not read is given up. Who
   * has much to say (`stdout`) sends it in pieces, each after `onDrain` while `congested`.
   */
  send(message: ServerMessage): void {
    if (!this.isOpen) return;
    if (message.type === 'output') this.#sendOutput(message.bytes);
    else {
      if (message.type === 'suspend' || message.type === 'lock' || message.type === 'bye') this.#direct.leave();
      this.#write(message);
    }
  }

  /** The client is the process that it says it is: where its terminal is ours as well, read and write it ourselves. */
  useTerminal(): void {
    if (this.isOpen) this.#direct.allow();
  }

  #sendOutput(bytes: Uint8Array): void {
    const rest = this.#direct.write(bytes);
    if (rest.length === 0) return;
    this.#write({ type: 'output', bytes: rest });
    this.#direct.relayed();
  }

  #write(message: ServerMessage): void {
    if (this.#socket.writableLength > MAXIMUM_UNSENT) {
      this.abort('the client does not read');
      return;
    }
    try {
      this.#socket.write(encodeServerMessage(message));
    } catch (error) {
      this.#log.error(`client ${this.hello.pid}: cannot send ${message.type}`, error);
      this.abort(errorText(error));
    }
  }

  /** Closes once the client has read what was sent; one that reads nothing for a while loses it. */
  end(): void {
    if (!this.isOpen) return;
    this.#ending = true;
    this.#direct.dispose();
    this.#socket.end();
    let waiting = this.#socket.writableLength;
    const timer = setInterval(() => {
      if (this.#socket.writableLength >= waiting) this.#socket.destroy();
      waiting = this.#socket.writableLength;
    }, FAREWELL);
    timer.unref();
    this.#socket.once('close', () => clearInterval(timer));
  }

  /** Closes at once. */
  abort(reason: string): void {
    if (!this.#open) return;
    this.#reason ??= reason;
    this.#ending = true;
    this.#direct.dispose();
    this.#socket.destroy();
  }

  /** Reads no more from the client until `resumeReading`; what was read already still arrives. */
  pauseReading(): void {
    this.#socket.pause();
    this.#direct.pause();
  }

  resumeReading(): void {
    this.#socket.resume();
    this.#direct.resume();
  }

  /** For `acceptConnection`: hands on what it decoded. */
  receive(message: ClientMessage): void {
    if (!this.isOpen) return;
    if (message.type === 'hello') this.abort('a second hello');
    else if (!this.#direct.heard(message)) this.#message.fire(message);
  }
}

/**
 * Reads a new socket until its `hello`; then `onConnection` gets it, called at most once. A stranger, a client of
 * another version, and one that says nothing are sent away here. Disposing the result before that closes the socket.
 */
export function acceptConnection(
  socket: Socket,
  log: Log,
  onConnection: (connection: Connection) => void,
  helloTimeout = HELLO_TIMEOUT,
): Disposable {
  const decoder = clientMessageDecoder();
  let connection: Connection | undefined;
  const refuse = (problem: string) => {
    log.warning(`a connection was refused: ${problem}`);
    socket.destroy();
  };
  const timer = setTimeout(() => refuse('it did not say hello in time'), helloTimeout);
  const greet = (message: ClientMessage) => {
    if (message.type !== 'hello') return refuse(`it began with ${message.type}`);
    clearTimeout(timer);
    socket.write(PREAMBLE);
    if (message.version !== PROTOCOL_VERSION) {
      log.warning(`client ${message.pid} of qmux ${message.release} speaks protocol ${message.version}`);
      socket.end(
        encodeServerMessage({
          type: 'incompatible',
          version: PROTOCOL_VERSION,
          release: release(),
          pid: process.pid,
        }),
      );
      setTimeout(() => socket.destroy(), FAREWELL).unref();
      return;
    }
    connection = new Connection(socket, message, log);
    onConnection(connection);
  };

  socket.on('error', (error) => log.debug(`a connection failed: ${error.message}`));
  socket.once('close', () => clearTimeout(timer));
  socket.on('data', (chunk) => {
    const { messages, problem } = decoder.push(chunk);
    for (const message of messages) {
      if (connection !== undefined) connection.receive(message);
      else if (socket.writable) greet(message);
    }
    if (problem === undefined) return;
    if (connection === undefined) refuse(problem);
    else {
      log.warning(`client ${connection.hello.pid}: ${problem}`);
      connection.abort(problem);
    }
  });
  return onDispose(() => {
    if (connection === undefined) socket.destroy();
  });
}
