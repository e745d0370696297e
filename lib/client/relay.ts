import { openSync } from 'node:fs';
import type { Socket } from 'node:net';
import { release } from '../base/release.ts';
import { encodeClientMessage } from '../protocol/client-codec.ts';
import { PREAMBLE } from '../protocol/frame.ts';
import { type ClientMessage, type Hello, PROTOCOL_VERSION, type ServerMessage } from '../protocol/message.ts';
import { serverMessageDecoder } from '../protocol/server-codec.ts';
import { ClientInput } from './client-input.ts';
import { ClientTerminal, flush, hasTerminal, terminalSize } from './client-terminal.ts';

/** How long the server may take to answer a `leave` before we go without its word, in milliseconds. */
const LEAVE_TIMEOUT = 1000;
/** After a stop that did not happen (nobody could continue us), go on after so many milliseconds. */
const STOP_TIMEOUT = 100;
const LEAVING_SIGNALS = ['SIGHUP', 'SIGTERM', 'SIGINT', 'SIGQUIT'] as const;

/** How a relay ended: the process's exit code, or that the server was gone before it heard us. */
export type RelayEnd = { readonly code: number } | 'unheard';

/** Carries a command, or an attached terminal, over an open socket until its end. Never rejects. */
export function relay(socket: Socket, hello: Hello, socketPath: string): Promise<RelayEnd> {
  return new Promise((resolve) => new Relay(socket, socketPath, resolve).open(hello));
}

class Relay {
  readonly #socket: Socket;
  readonly #socketPath: string;
  readonly #resolve: (end: RelayEnd) => void;
  readonly #terminal = new ClientTerminal();
  readonly #input = new ClientInput((message) => this.#send(message));
  readonly #decoder = serverMessageDecoder();
  #heard = false;
  #attached = false;
  #finishing = false;
  #locked = false;
  #stopped = false;
  #hangup = false;
  #execute: string | undefined;

  constructor(socket: Socket, socketPath: string, resolve: (end: RelayEnd) => void) {
    this.#socket = socket;
    this.#socketPath = socketPath;
    this.#resolve = resolve;
  }

  open(hello: Hello): void {
    this.#socket.on('data', (chunk) => this.#receive(chunk));
    this.#socket.on('drain', () => this.#input.free('full'));
    this.#socket.on('error', () => {});
    this.#socket.once('close', () => this.#lost());
    for (const stream of [process.stdout, process.stderr]) {
      stream.on('drain', () => this.#socket.resume());
      stream.on('error', () => this.#gone());
    }
    this.#socket.write(PREAMBLE);
    this.#send(hello);
  }

  #send(message: ClientMessage): void {
    if (!this.#socket.writable) return;
    const flows = this.#socket.write(encodeClientMessage(message));
    if (!flows) this.#input.hold('full');
  }

  #receive(chunk: Uint8Array): void {
    this.#heard = true;
    const { messages, problem } = this.#decoder.push(chunk);
    for (const message of messages) if (!this.#finishing) this.#handle(message);
    if (problem !== undefined) this.#fail(`the server on ${this.#socketPath} is not understood: ${problem}`);
  }

  #handle(message: ServerMessage): void {
    switch (message.type) {
      case 'incompatible':
        this.#fail(mismatch(message, this.#socketPath));
        return;
      case 'attach':
        this.#attach(message.start, message.restore);
        return;
      case 'output':
        if (!this.#terminal.write(message.bytes)) this.#socket.pause();
        return;
      case 'stdout':
        if (!process.stdout.write(message.bytes)) this.#socket.pause();
        return;
      case 'stderr':
        if (!process.stderr.write(message.bytes)) this.#socket.pause();
        return;
      case 'read-stdin':
        this.#readStdin();
        return;
      case 'prove':
        this.#prove(message.file);
        return;
      case 'reads-terminal':
        if (this.#terminal.isHeld) this.#input.yield(message.turn);
        return;
      case 'left-terminal':
        this.#input.left();
        return;
      case 'flush':
        process.stdout.write('', () => this.#send({ type: 'flushed', turn: message.turn }));
        return;
      case 'suspend':
        this.#input.hold('away');
        this.#input.left();
        void this.#suspend();
        return;
      case 'lock':
        this.#input.hold('away');
        this.#input.left();
        void this.#lock(message.command);
        return;
      case 'bye':
        this.#hangup = message.hangup;
        this.#execute = message.execute;
        void this.#finish(message.text, message.code);
    }
  }

  /** The file stays open until the process ends: the server looks who has it. */
  #prove(file: string): void {
    try {
      openSync(file, 'r');
    } catch {
      // The server finds that nobody has it open.
    }
    this.#send({ type: 'proved' });
  }

  #attach(start: Uint8Array, restore: Uint8Array): void {
    if (!hasTerminal()) {
      this.#fail('open terminal failed: not a terminal');
      return;
    }
    if (!this.#attached) this.#listenToTerminal();
    this.#attached = true;
    try {
      this.#terminal.take(start, restore);
    } catch {
      this.#gone();
    }
  }

  #listenToTerminal(): void {
    for (const signal of LEAVING_SIGNALS) process.on(signal, () => this.#leave(signal));
    process.on('SIGTSTP', this.#onStop);
    process.on('SIGCONT', () => this.#continue());
    process.on('uncaughtException', (error) => {
      this.#terminal.releaseNow();
      process.stderr.write(`qmux: the client failed: ${error.stack ?? error.message}\n`);
      process.exit(1);
    });
    process.stdout.on('resize', () => this.#send({ type: 'resize', size: terminalSize() }));
    this.#input.read(
      (bytes) => this.#terminal.isHeld && this.#send({ type: 'input', bytes }),
      () => this.#gone(),
    );
  }

  /** The server asked for standard input, and gets it to its end. */
  #readStdin(): void {
    this.#input.read(
      (bytes) => this.#send({ type: 'stdin', bytes }),
      () => this.#send({ type: 'stdin', bytes: new Uint8Array(0) }),
    );
  }

  #leave(signal: string): void {
    if (this.#locked && (signal === 'SIGINT' || signal === 'SIGQUIT')) return;
    this.#send({ type: 'leave', signal });
    setTimeout(() => void this.#finish('[terminated]', 1), LEAVE_TIMEOUT).unref();
  }

  readonly #onStop = () => {
    if (!this.#input.isAway) void this.#input.goAway().then(() => this.#suspend());
  };

  async #suspend(): Promise<void> {
    if (!this.#terminal.isHeld || this.#finishing) return;
    await this.#terminal.release();
    this.#stopped = true;
    // by default the kernel does not stop us where no shell could continue us
    process.off('SIGTSTP', this.#onStop);
    process.kill(process.pid, 'SIGTSTP');
    setTimeout(() => this.#stopped && this.#continue(), STOP_TIMEOUT);
  }

  /** Continued, after a stop of ours or of someone else: a shell may have changed the terminal. */
  #continue(): void {
    if (this.#finishing || (!this.#terminal.isHeld && !this.#stopped)) return;
    if (this.#stopped) process.on('SIGTSTP', this.#onStop);
    this.#retake();
    if (this.#stopped) this.#input.free('away');
    this.#stopped = false;
  }

  #retake(): void {
    try {
      this.#terminal.retake();
    } catch {
      this.#gone();
      return;
    }
    // makes Node look at the size again: a stopped process hears of no change
    process.emit('SIGWINCH', 'SIGWINCH');
    this.#send({ type: 'resize', size: terminalSize() });
    this.#send({ type: 'continued' });
  }

  async #lock(command: string): Promise<void> {
    if (!this.#terminal.isHeld) return;
    this.#locked = true;
    await this.#terminal.release();
    await runHere(command);
    this.#locked = false;
    if (this.#finishing) return;
    this.#retake();
    this.#input.free('away');
  }

  /** The terminal, or whoever read our output, is gone: nobody is left to print to. */
  #gone(): void {
    if (this.#finishing) return;
    this.#finishing = true;
    const end = () => this.#resolve({ code: 1 });
    setTimeout(end, LEAVE_TIMEOUT);
    if (this.#attached) this.#send({ type: 'leave', signal: 'SIGHUP' });
    this.#socket.end(end);
  }

  #lost(): void {
    if (this.#finishing) return;
    if (!this.#heard) {
      this.#finishing = true;
      this.#resolve('unheard');
    } else if (this.#attached) void this.#finish('[lost server]', 1);
    else this.#fail(`lost the server on ${this.#socketPath}`);
  }

  /** For `detach -E`: the terminal is the command's from now on. */
  #become(command: string): Promise<number> {
    for (const signal of LEAVING_SIGNALS) process.removeAllListeners(signal).on(signal, () => undefined);
    process.removeAllListeners('SIGTSTP');
    return runHere(command);
  }

  #fail(sentence: string): void {
    if (this.#finishing) return;
    void this.#finish('', 1, `qmux: ${sentence}\n`);
  }

  /** Restores the terminal, says the last words once all before them is out, and ends. */
  async #finish(text: string, code: number, error = ''): Promise<void> {
    if (this.#finishing) return;
    this.#finishing = true;
    this.#input.hold('away');
    // whatever it is that ends us: the server reads the terminal no more
    this.#socket.destroy();
    if (await this.#terminal.release()) {
      const onOutput = this.#attached || code === 0;
      await flush(process.stdout, onOutput && text !== '' ? `${text}\n` : '');
      await flush(process.stderr, onOutput || text === '' ? error : `${text}\n`);
    }
    if (this.#hangup) hangUp();
    this.#resolve({ code: this.#execute === undefined ? code : await this.#become(this.#execute) });
  }
}

/** Runs a shell command on our terminal; its exit code. */
async function runHere(command: string): Promise<number> {
  const { spawn } = await import('node:child_process');
  const child = spawn('/bin/sh', ['-c', command], { stdio: 'inherit' });
  return new Promise((resolve) => {
    child.once('error', () => resolve(127));
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/** For `detach -P`: the shell that we were started from ends, too. */
function hangUp(): void {
  try {
    process.kill(process.ppid, 'SIGHUP');
  } catch {
    // it is gone already, or not ours
  }
}

/** One sentence: which side is older, and what to do. */
function mismatch(server: ServerMessage & { readonly type: 'incompatible' }, socketPath: string): string {
  const older = server.version < PROTOCOL_VERSION ? 'older' : 'newer';
  return (
    `the server on ${socketPath} is an ${older} qmux (${server.release}, protocol ${server.version}) ` +
    `than this one (${release()}, protocol ${PROTOCOL_VERSION}): use that qmux to attach, ` +
    `start a second server with -L NAME, or end the old one and its sessions with: kill ${server.pid}`
  );
}
