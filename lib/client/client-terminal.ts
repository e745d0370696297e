import { readlinkSync, writeSync } from 'node:fs';
import tty from 'node:tty';
import { clampSize, type Size } from '../base/geometry.ts';

/** How long a terminal that takes no more of its last bytes is waited for, in milliseconds. */
const FLUSH_TIMEOUT = 1000;
const FALLBACK_SIZE: Size = { columns: 80, rows: 24 };

/** Whether standard input and output are a terminal. */
export const hasTerminal = (): boolean => tty.isatty(0) && tty.isatty(1);

/** The terminal's device, such as /dev/pts/3; empty where the system does not say. */
export function terminalName(): string {
  try {
    return readlinkSync('/proc/self/fd/0');
  } catch {
    return '';
  }
}

/** The terminal's size; 80 by 24 where it does not say. */
export function terminalSize(): Size {
  const { columns, rows } = process.stdout;
  return columns > 0 && rows > 0 ? clampSize(columns, rows) : FALLBACK_SIZE;
}

/**
 * The person's terminal while attached. Whatever happens to this process short of SIGKILL, the terminal gets its
 * `restore` bytes and its own modes back, also by the `exit` of a crash.
 */
export class ClientTerminal {
  #start: Uint8Array = new Uint8Array(0);
  #restore: Uint8Array = new Uint8Array(0);
  #held = false;
  readonly #onExit = () => this.releaseNow();

  /** Whether the terminal is ours: raw, and between its start and restore bytes. */
  get isHeld(): boolean {
    return this.#held;
  }

  /** Takes the terminal; throws where it is gone. */
  take(start: Uint8Array, restore: Uint8Array): void {
    this.#start = start;
    this.#restore = restore;
    process.off('exit', this.#onExit).on('exit', this.#onExit);
    letWait(process.stdout);
    this.retake();
  }

  /** Takes it again after `release`, or after someone else (a shell, at a stop) changed its modes. */
  retake(): void {
    this.#held = true;
    // Node sets nothing where it believes to be in raw mode already
    process.stdin.setRawMode(false);
    process.stdin.setRawMode(true);
    process.stdout.write(this.#start);
  }

  /** Writes; false asks to wait for standard output's `drain`. Nothing is written while the terminal is not ours. */
  write(bytes: Uint8Array): boolean {
    return this.#held ? process.stdout.write(bytes) : true;
  }

  /** Gives the terminal back once it took all that was written; false where it takes nothing any more. */
  async release(): Promise<boolean> {
    if (!this.#held) return true;
    this.#held = false;
    const flushed = await flush(process.stdout, this.#restore);
    resetModes();
    return flushed;
  }

  /** The same at once, for a process about to die; what waits to be written is lost. */
  releaseNow(): void {
    if (!this.#held) return;
    this.#held = false;
    try {
      writeSync(1, this.#restore);
    } catch {
      // the line is cut, or full: the modes still matter
    }
    resetModes();
  }
}

/** Resolves to true when the stream has passed on all that it was given or has failed, to false when it is stuck. */
export function flush(stream: NodeJS.WriteStream, last: Uint8Array | string): Promise<boolean> {
  return new Promise((resolve) => {
    let waiting = Number.POSITIVE_INFINITY;
    const timer = setInterval(() => {
      if (stream.writableLength >= waiting) done(false);
      waiting = stream.writableLength;
    }, FLUSH_TIMEOUT / 2);
    const done = (flushed: boolean) => {
      clearInterval(timer);
      resolve(flushed);
    };
    stream.write(last, () => done(true));
  });
}

function resetModes(): void {
  try {
    process.stdin.setRawMode(false);
  } catch {
    // the line is cut: there is no terminal left to restore
  }
}

/**
 * Node writes to terminals synchronously: one that is stopped or slow would then keep us from reading the keys that
 * shall end it. Its handle can wait instead; where it cannot be asked to, all works as before.
 */
function letWait(stream: NodeJS.WriteStream): void {
  const { _handle: handle } = stream as NodeJS.WriteStream & { _handle?: { setBlocking?(on: boolean): unknown } };
  handle?.setBlocking?.(false);
}
