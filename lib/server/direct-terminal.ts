import type { Disposable } from '../base/disposable.ts';
import type { ClientMessage, Hello, ServerMessage } from '../protocol/message.ts';
import { holdsTerminal, TerminalDevice, type TerminalHolder } from './terminal-device.ts';

/**
 * The shortest way to a client's terminal: while it is the server's turn, the server reads and writes the device itself.
 * What the client read before its turn ended comes first, and it begins again only when the server has let go: no byte is
 * lost, doubled or overtaken. Output that the terminal does not take at once goes to the client, and so does all after it
 * until the client has written that: a stopped terminal holds up nobody.
 */
export class DirectTerminal implements Disposable {
  readonly #hello: Hello;
  readonly #send: (message: ServerMessage) => void;
  readonly #onInput: (bytes: Uint8Array) => void;
  #holder: TerminalHolder | undefined;
  #device: TerminalDevice | undefined;
  /** The number of the turn, or of the flush, that was last asked for; each is used once. */
  #turn = 0;
  #offered: number | undefined;
  #flushing: number | undefined;
  /** Whether nothing was sent to the client since the last flush was. */
  #flushed = false;
  #paused = false;

  constructor(hello: Hello, send: (message: ServerMessage) => void, onInput: (bytes: Uint8Array) => void) {
    this.#hello = hello;
    this.#send = send;
    this.#onInput = onInput;
  }

  /** The client is attached, and is the process that it says it is: its terminal may be used. */
  allow(): void {
    const { terminal, pid, yields } = this.#hello;
    if (terminal === undefined || yields !== true) return;
    const holder = { pid, name: terminal.name };
    if (!holdsTerminal(holder)) return;
    this.#holder = holder;
    this.#offer();
  }

  /** Takes notice of a client's message; true when it is for nobody else. */
  heard(message: ClientMessage): boolean {
    switch (message.type) {
      case 'yielded':
        if (message.turn === this.#offered) this.#begin();
        return true;
      case 'takes-terminal':
        this.leave();
        this.#send({ type: 'left-terminal' });
        return true;
      case 'flushed':
        if (message.turn === this.#flushing) this.#hasFlushed();
        return true;
      case 'continued':
        this.#offer();
        return false;
      default:
        return false;
    }
  }

  /** Writes what the terminal takes now; the rest, which may be all, is the client's to write: say `relayed` after it. */
  write(bytes: Uint8Array): Uint8Array {
    if (this.#device === undefined || this.#flushing !== undefined || !this.#flushed) return bytes;
    return bytes.subarray(this.#device.write(bytes));
  }

  /** Output went to the client. */
  relayed(): void {
    this.#flushed = false;
    if (this.#device !== undefined && this.#flushing === undefined) this.#flush();
  }

  /** The client has the terminal from here on. */
  leave(): void {
    this.#offered = undefined;
    this.#flushing = undefined;
    this.#flushed = false;
    this.#device?.dispose();
    this.#device = undefined;
  }

  pause(): void {
    this.#paused = true;
    this.#device?.pause();
  }

  resume(): void {
    this.#paused = false;
    this.#device?.resume();
  }

  dispose(): void {
    this.#holder = undefined;
    this.leave();
  }

  #offer(): void {
    if (this.#holder === undefined || this.#device !== undefined) return;
    this.#turn += 1;
    this.#offered = this.#turn;
    this.#send({ type: 'reads-terminal', turn: this.#turn });
  }

  #begin(): void {
    this.#offered = undefined;
    if (this.#holder === undefined) return;
    this.#device = TerminalDevice.open(this.#holder, this.#onInput, () => this.#lost());
    if (this.#device === undefined) {
      this.#lost();
      return;
    }
    if (this.#paused) this.#device.pause();
    this.#flush();
  }

  #lost(): void {
    this.leave();
    this.#send({ type: 'left-terminal' });
  }

  #flush(): void {
    this.#turn += 1;
    this.#flushing = this.#turn;
    this.#flushed = true;
    this.#send({ type: 'flush', turn: this.#turn });
  }

  #hasFlushed(): void {
    this.#flushing = undefined;
    if (!this.#flushed) this.#flush();
  }
}
