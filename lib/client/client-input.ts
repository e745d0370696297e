import { setTimeout as delay } from 'node:timers/promises';
import type { ClientMessage } from '../protocol/message.ts';

/** How long the server may take to let go of the terminal, in milliseconds; then it is taken without its word. */
const TAKE_TIMEOUT = 500;

/** Why standard input is not read: the socket is full, the server reads it, or the terminal is not ours. */
type InputHold = 'full' | 'yielded' | 'away';

/** Standard input: who reads it, and whether it is read now. */
export class ClientInput {
  readonly #send: (message: ClientMessage) => void;
  readonly #holds = new Set<InputHold>();
  #used = false;
  #taking = false;
  #left: () => void = () => undefined;

  constructor(send: (message: ClientMessage) => void) {
    this.#send = send;
  }

  /** Reads from now on; `onEnd` is called once, at the end or an error. */
  read(onData: (bytes: Uint8Array) => void, onEnd: () => void): void {
    if (this.#used) return;
    this.#used = true;
    process.stdin.on('data', onData);
    process.stdin.once('end', onEnd);
    process.stdin.once('error', onEnd);
  }

  /** What is typed from the end of this turn of the event loop on is left in the terminal. */
  hold(reason: InputHold): void {
    if (!this.#used) return;
    this.#holds.add(reason);
    process.stdin.pause();
  }

  free(reason: InputHold): void {
    if (this.#holds.delete(reason) && this.#holds.size === 0) process.stdin.resume();
  }

  /** Lets the server read the terminal, once nothing is read here any more and all that was read is sent. */
  yield(turn: number): void {
    if (!this.#used || this.#taking || this.#holds.has('away')) return;
    this.hold('yielded');
    // Reading stops before the next turn of the event loop.
    setImmediate(() => {
      if (!this.#holds.has('yielded')) return;
      if (process.stdin.readableLength > 0) this.free('yielded');
      else this.#send({ type: 'yielded', turn });
    });
  }

  /** The terminal is not ours, or about to be so: a shell or a command gets what is typed. */
  get isAway(): boolean {
    return this.#holds.has('away');
  }

  /** Leaves what is typed to a shell or a command, once the server has let go of the terminal, too. */
  async goAway(): Promise<void> {
    this.hold('away');
    if (!this.#holds.has('yielded')) return;
    this.#taking = true;
    const left = new Promise<void>((resolve) => {
      this.#left = resolve;
    });
    this.#send({ type: 'takes-terminal' });
    await Promise.race([left, delay(TAKE_TIMEOUT, undefined, { ref: false })]);
    this.left();
  }

  /** The server has let go of the terminal. */
  left(): void {
    this.#taking = false;
    this.#left();
    this.free('yielded');
  }
}
