import { closeSync, constants, fstatSync, openSync, type Stats, statSync, writeSync } from 'node:fs';
import type { ReadStream } from 'node:tty';
import type { Disposable } from '../base/disposable.ts';
import { errorCode } from '../base/error-code.ts';
import { readTerminal } from '../pty/terminal-reader.ts';
import { ForegroundWatch } from './foreground-watch.ts';

/** The process at the other end of a client's connection, and what it calls its terminal. */
export interface TerminalHolder {
  readonly pid: number;
  readonly name: string;
}

/** Only these: others may do more than carry bytes when they are opened. */
const PTS = /^\/dev\/pts\/\d{1,9}$/;
const READING = constants.O_RDONLY | constants.O_NOCTTY | constants.O_NONBLOCK;
const WRITING = constants.O_WRONLY | constants.O_NOCTTY | constants.O_NONBLOCK;

/**
 * Whether standard input and output of a process are the terminal of that name, and process and terminal are ours. The
 * caller knows that it is that process. False where the system does not tell.
 */
export const holdsTerminal = (holder: TerminalHolder): boolean => terminalOf(holder) !== undefined;

function terminalOf({ pid, name }: TerminalHolder): Stats | undefined {
  const uid = process.getuid?.();
  if (process.platform !== 'linux' || !PTS.test(name)) return undefined;
  try {
    const device = statSync(name);
    if (!device.isCharacterDevice() || device.uid !== uid || statSync(`/proc/${pid}`).uid !== uid) return undefined;
    return [0, 1].every((fd) => isSame(statSync(`/proc/${pid}/fd/${fd}`), device)) ? device : undefined;
  } catch {
    return undefined;
  }
}

/** Terminals of two mounts can have the same number. */
const isSame = (a: Stats, b: Stats): boolean => a.rdev === b.rdev && a.dev === b.dev && a.ino === b.ino;

/**
 * A client's terminal, opened by the server itself: what is typed comes without the way through the client's process, and
 * output goes as far as the terminal takes it at once. Never waits, never throws.
 */
export class TerminalDevice implements Disposable {
  readonly #reader: ReadStream;
  readonly #files: Files;
  readonly #holder: ForegroundWatch;
  readonly #onEnd: () => void;
  #open = true;

  private constructor(files: Files, device: number, onInput: (bytes: Uint8Array) => void, onEnd: () => void) {
    this.#files = files;
    this.#holder = new ForegroundWatch(files.holder, device);
    this.#onEnd = onEnd;
    this.#reader = readTerminal(files.reader, (bytes) => {
      // What a shell should have got is nobody's command or text here.
      if (!this.#open || !this.#holder.isHeld()) this.#end();
      else onInput(Uint8Array.prototype.slice.call(bytes));
    });
    this.#reader.on('error', () => this.#end());
    this.#reader.on('end', () => this.#end());
  }

  /**
   * Opens the terminal, where it is that process's and ours; undefined otherwise. `onEnd` is called at most once: at a
   * hang-up, an error, and when the process no longer has the terminal, because it was stopped or has died.
   */
  static open(
    holder: TerminalHolder,
    onInput: (bytes: Uint8Array) => void,
    onEnd: () => void,
  ): TerminalDevice | undefined {
    const device = terminalOf(holder);
    if (device === undefined) return undefined;
    const opened: number[] = [];
    const openOne = (file: string, flags: number): number => {
      const fd = openSync(file, flags);
      opened.push(fd);
      return fd;
    };
    try {
      const reader = openOne(holder.name, READING);
      const writer = openOne(holder.name, WRITING);
      const files = { reader, writer, holder: openOne(mainThread(holder.pid), constants.O_RDONLY) };
      if ([reader, writer].every((fd) => isSame(fstatSync(fd), device)) && terminalOf(holder) !== undefined)
        return new TerminalDevice(files, device.rdev, onInput, onEnd);
    } catch {
      // It is gone, or not for us: the client goes on relaying.
    }
    for (const fd of opened) closeOne(fd);
    return undefined;
  }

  /** How many of the bytes the terminal took. */
  write(bytes: Uint8Array): number {
    let written = 0;
    try {
      if (this.#open && !this.#holder.wasHeld && !this.#holder.isHeld()) this.#end();
      while (this.#open && written < bytes.length) {
        const length = writeSync(this.#files.writer, bytes, written);
        if (length === 0) break;
        written += length;
      }
    } catch (error) {
      if (errorCode(error) !== 'EAGAIN') this.#end();
    }
    return written;
  }

  pause(): void {
    this.#reader.pause();
  }

  resume(): void {
    if (this.#open) this.#reader.resume();
  }

  /** Nothing is read from here on. */
  dispose(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#reader.destroy();
    for (const fd of Object.values(this.#files)) closeOne(fd);
  }

  #end(): void {
    if (!this.#open) return;
    this.dispose();
    this.#onEnd();
  }
}

/** What proc(5) says of a process by its first thread: a third of the time, since it sums up nothing over all of them. */
const mainThread = (pid: number): string => `/proc/${pid}/task/${pid}/stat`;

/** libuv reads a terminal by a descriptor that it opened itself, or else by ours, which is closed already then. */
function closeOne(fd: number): void {
  try {
    closeSync(fd);
  } catch {
    // closed with the stream
  }
}

interface Files {
  readonly reader: number;
  readonly writer: number;
  /** Its stat in proc(5): that of this process, also when its number is used again. */
  readonly holder: number;
}
