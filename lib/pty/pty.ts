import { closeSync, constants, openSync, readSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { ReadStream } from 'node:tty';
import { loadNativeModule } from 'node-pty/lib/utils.js';
import { withoutDescriptors } from '../base/descriptor-guard.ts';
import type { Disposable } from '../base/disposable.ts';
import { Emitter, type Event } from '../base/emitter.ts';
import { clampSize, type Size } from '../base/geometry.ts';
import { sendSignal } from '../base/send-signal.ts';
import { errorText, UserError } from '../base/user-error.ts';
import { InputQueue } from './input-queue.ts';
import {
  firstName,
  foregroundGroup,
  groupCommands,
  isStopped,
  processDirectory,
  processName,
  readsFrom,
} from './process-info.ts';
import { checkDirectory, checkProgram } from './program-path.ts';
import { readTerminal } from './terminal-reader.ts';

export interface PtyOptions {
  /** A path, or a name that is looked up in the environment's PATH. */
  readonly file: string;
  readonly args: readonly string[];
  readonly workingDirectory: string;
  /** All of the program's environment; PWD is set here. */
  readonly environment: Readonly<Record<string, string>>;
  readonly size: Size;
}

/** How a process ended: the code is 0 where `signal` is given. */
export interface PtyExit {
  readonly exitCode: number;
  readonly signal: number | undefined;
}

/** A program on a pty of its own: leader of its session and process group, with the pty as controlling terminal. */
export interface Pty extends Disposable {
  readonly pid: number;
  /** The name of the program's side, such as /dev/pts/3. */
  readonly ptsName: string;
  /** Output as it comes, about 4 KB each. The array is used again: listeners copy what they keep. Must not throw. */
  readonly onData: Event<Uint8Array>;
  /** Once, when the process has ended and all of its output was given to `onData`. */
  readonly onExit: Event<PtyExit>;
  /** Bytes of input that wait for the program to read them. */
  readonly pendingInput: number;
  /** Never blocks. False when nothing of it was taken: 64 MB wait already, or the program has ended. */
  write(bytes: Uint8Array): boolean;
  /** No output is read, so that the program waits when the kernel's 64 KB are full. */
  pause(): void;
  resume(): void;
  resize(size: Size): void;
  /** To the program's process group and the terminal's foreground group. */
  kill(signal: NodeJS.Signals): void;
  /** The name of the terminal's foreground process. */
  readonly foregroundCommand: string | undefined;
  /** Its number; undefined where nobody knows. */
  readonly foregroundGroup: number | undefined;
  /** The words by which it, and what it started in turn, was started; empty where nobody knows. */
  foregroundCommands(): readonly (readonly string[])[];
  /** Whether it is blocked in a read of the terminal; undefined where nobody knows. */
  foregroundReads(): boolean | undefined;
  /** Its working directory. */
  readonly foregroundDirectory: string | undefined;
  /** Whether it is stopped by a signal; undefined where nobody knows. */
  readonly foregroundStopped: boolean | undefined;
}

const { module: native, dir } = loadNativeModule('pty');
/** node-pty's starter of programs on macOS. */
const helperPath = path.resolve(
  path.dirname(createRequire(import.meta.url).resolve('node-pty/lib/utils.js')),
  dir,
  'spawn-helper',
);
/** Bytes of one read of what is left after the end. */
const REST_PIECE = 64 * 1024;
/** What is read at most after the end: the kernel held 64 KB; more is from processes that were left behind. */
const MAXIMUM_REST = 1024 * 1024;

/** Starts a program. Throws UserError when the command, the directory or a free pty is missing. */
export function openPty({ file, args, workingDirectory, environment, size }: PtyOptions): Pty {
  checkDirectory(workingDirectory);
  checkProgram(file, environment['PATH'], workingDirectory);
  if ([file, ...args].some((word) => word.includes('\0'))) throw new UserError('a command cannot have a NUL in it');
  const variables = Object.entries({ ...environment, PWD: workingDirectory }).map(
    ([name, value]) => `${name}=${value}`,
  );
  const { columns, rows } = clampSize(size.columns, size.rows);
  const program = withoutDescriptors({ file, args });
  let pty: NodePty | undefined;
  const exited = (exitCode: number, signal: number) =>
    pty?.finish({ exitCode, signal: signal === 0 ? undefined : signal });
  try {
    const {
      fd,
      pid,
      pty: ptsName,
    } = native.fork(
      program.file,
      program.args,
      variables,
      workingDirectory,
      columns,
      rows,
      -1,
      -1,
      true,
      helperPath,
      exited,
    );
    pty = new NodePty(fd, pid, ptsName);
    return pty;
  } catch (error) {
    throw new UserError(
      `no terminal for another program (${errorText(error)}): close a session, or raise the limit of open files`,
    );
  }
}

class NodePty implements Pty {
  readonly pid: number;
  readonly ptsName: string;
  readonly #fd: number;
  readonly #socket: ReadStream;
  readonly #input: InputQueue;
  readonly #data = new Emitter<Uint8Array>();
  readonly #exit = new Emitter<PtyExit>();
  readonly onData = this.#data.event;
  readonly onExit = this.#exit.event;
  /**
   * The program's side, held open by us until the process has ended and all is read: when the last holder closes it,
   * the kernel says hang-up, and libuv then takes a short read for the end and loses up to 4 KB.
   */
  #slave: number | undefined;
  #open = true;
  #finished = false;

  constructor(fd: number, pid: number, ptsName: string) {
    this.pid = pid;
    this.ptsName = ptsName;
    this.#fd = fd;
    try {
      this.#slave = openSync(ptsName, constants.O_RDWR | constants.O_NOCTTY);
    } catch (error) {
      closeSync(fd);
      sendSignal(pid, 'SIGKILL');
      throw error;
    }
    this.#input = new InputQueue(fd);
    this.#socket = readTerminal(fd, (bytes) => this.#data.fire(bytes));
    this.#socket.on('error', () => this.#close());
    this.#socket.on('close', () => this.#close());
  }

  get pendingInput(): number {
    return this.#input.pending;
  }

  get foregroundCommand(): string | undefined {
    if (!this.#open) return undefined;
    if (process.platform === 'linux') {
      const group = foregroundGroup(this.pid);
      return (group === undefined ? undefined : processName(group)) ?? processName(this.pid);
    }
    const name = native.process(this.#fd);
    return name === undefined ? undefined : firstName(name);
  }

  get foregroundDirectory(): string | undefined {
    if (!this.#open) return undefined;
    const group = foregroundGroup(this.pid);
    return (group === undefined ? undefined : processDirectory(group)) ?? processDirectory(this.pid);
  }

  get foregroundGroup(): number | undefined {
    return this.#open ? foregroundGroup(this.pid) : undefined;
  }

  foregroundCommands(): readonly (readonly string[])[] {
    const group = this.foregroundGroup;
    if (group !== undefined) return groupCommands(group);
    const name = this.foregroundCommand;
    return name === undefined ? [] : [[name]];
  }

  foregroundReads(): boolean | undefined {
    const group = this.foregroundGroup;
    return group === undefined ? undefined : readsFrom(group, this.ptsName);
  }

  get foregroundStopped(): boolean | undefined {
    if (!this.#open) return undefined;
    return isStopped(foregroundGroup(this.pid) ?? this.pid);
  }

  write(bytes: Uint8Array): boolean {
    return this.#open && this.#input.write(bytes);
  }

  pause(): void {
    if (this.#open) this.#socket.pause();
  }

  resume(): void {
    if (this.#open) this.#socket.resume();
  }

  resize(size: Size): void {
    if (!this.#open) return;
    const { columns, rows } = clampSize(size.columns, size.rows);
    try {
      native.resize(this.#fd, columns, rows);
    } catch {
      // The pty was hung up; its exit is on the way.
    }
  }

  kill(name: NodeJS.Signals): void {
    if (this.#finished) return;
    const group = foregroundGroup(this.pid);
    // The group is not there yet when the child has not run since the fork. What changed its user hears the hang-up of
    // the terminal alone.
    if (!sendSignal(-this.pid, name)) sendSignal(this.pid, name);
    if (group !== undefined && group !== this.pid) sendSignal(-group, name);
  }

  /** The process has ended: what the kernel still holds is read before anyone hears of it. */
  finish(exit: PtyExit): void {
    if (this.#finished) return;
    this.#finished = true;
    if (this.#open) this.#readRest();
    this.#close();
    this.#exit.fire(exit);
    this.#data.dispose();
    this.#exit.dispose();
  }

  dispose(): void {
    this.#data.dispose();
    this.#exit.dispose();
    this.#close();
  }

  #readRest(): void {
    this.#socket.pause();
    const buffer = Buffer.allocUnsafe(REST_PIECE);
    try {
      for (let total = 0; total < MAXIMUM_REST; ) {
        const length = readSync(this.#fd, buffer, 0, buffer.length, null);
        if (length === 0) return;
        total += length;
        this.#data.fire(buffer.subarray(0, length));
      }
    } catch (error) {
      // EAGAIN: all is read, for the kernel delivers what was written before it says so. EIO: the same, hung up.
      if (!(error instanceof Error && 'code' in error)) throw error;
    }
  }

  #close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#input.close();
    this.#socket.destroy();
    if (this.#slave !== undefined) closeSync(this.#slave);
    this.#slave = undefined;
  }
}
