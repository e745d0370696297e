import type { Clock } from '../base/clock.ts';
import { type Disposable, onDispose } from '../base/disposable.ts';
import type { Size } from '../base/geometry.ts';
import { openPty, type Pty, type PtyExit } from '../pty/pty.ts';
import { OutputQueue, SLICE } from './output-queue.ts';
import type { ParseScheduler, ParseTask } from './parse-scheduler.ts';
import { invocationOf, loginShell } from './shell-command.ts';

/** What a program session runs. */
export interface Program {
  /** Nothing for the login shell, one word for a line of the shell, else a program with its arguments. */
  readonly command: readonly string[];
  readonly workingDirectory: string;
  /** All of it: see `programEnvironment`. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Whom a process tells; none of it may throw. The arrays are used again: who keeps one copies it. */
export interface ProcessListener {
  /** Whether somebody looks at it now. */
  isShown(): boolean;
  /** Output as it comes. */
  received(bytes: Uint8Array): void;
  /** The same output in slices of at most 16 KB, when it is its turn. */
  parse(bytes: Uint8Array): void;
  /** Once, after the last slice. */
  ended(exit: PtyExit): void;
}

/** Bytes of output that wait at most before the program is made to wait, and when it goes on. */
const HIGH_WATER = 256 * 1024;
const LOW_WATER = 64 * 1024;
/** From HUP to KILL, in milliseconds. */
const KILL_AFTER = 5000;
/** The shell that a program begins as (see `withoutDescriptors`) may forget a signal on its way: it comes twice. */
const AGAIN_AFTER = 500;

/** One run of a program, with its output parsed in turn with that of all others and its end reported after it. */
export class ProgramProcess implements Disposable {
  readonly pty: Pty;
  readonly #listener: ProcessListener;
  readonly #scheduler: ParseScheduler;
  readonly #clock: Clock;
  readonly #queue = new OutputQueue();
  readonly #task: ParseTask;
  /** Why nothing is read: too much waits, or others have their turn. */
  #isFull = false;
  #isHeld = false;
  /** How it ended, while its last output is not parsed yet. */
  #ending: PtyExit | undefined;
  #killing: Disposable | undefined;

  /** Throws UserError when the program cannot be started. */
  constructor(program: Program, size: Size, listener: ProcessListener, scheduler: ParseScheduler, clock: Clock) {
    const { command, workingDirectory, environment } = program;
    const { file, args } = invocationOf(command, loginShell(environment));
    this.pty = openPty({ file, args, workingDirectory, environment, size });
    this.#listener = listener;
    this.#scheduler = scheduler;
    this.#clock = clock;
    this.#task = {
      get isShown() {
        return listener.isShown();
      },
      parseSlice: () => this.#parseSlice(),
      hold: (isHeld) => this.#pace(this.#isFull, isHeld),
    };
    this.pty.onData((bytes) => this.#received(bytes));
    this.pty.onExit((exit) => {
      this.#killing?.dispose();
      this.#ending = exit;
      if (this.#queue.length === 0) this.#finish();
    });
  }

  /** Whether its output is not read now, or not parsed yet, for the sake of others. */
  get isHeld(): boolean {
    return this.#isHeld || this.#queue.length > 0;
  }

  /** Somebody looks at it now, or nobody does any more. */
  shownChanged(): void {
    this.#scheduler.shownChanged(this.#task);
  }

  /** HUP to its process groups, KILL after 5 s. */
  hangUp(): void {
    this.pty.kill('SIGHUP');
    // A stopped program hears nothing until it goes on.
    this.pty.kill('SIGCONT');
    if (this.#killing !== undefined) return;
    const again = this.#clock.after(AGAIN_AFTER, () => this.pty.kill('SIGHUP'));
    const last = this.#clock.after(KILL_AFTER, () => this.pty.kill('SIGKILL'));
    this.#killing = onDispose(() => {
      again.dispose();
      last.dispose();
    });
  }

  /** Closes its terminal and reports nothing more; a KILL that is due still comes. */
  dispose(): void {
    this.#scheduler.remove(this.#task);
    this.#queue.clear();
    this.#ending = undefined;
    this.pty.dispose();
  }

  /** Output whose turn it would be anyway is parsed at once, and not copied: it may be the echo of a key. */
  #received(bytes: Uint8Array): void {
    this.#listener.received(bytes);
    if (this.#queue.length === 0 && bytes.length <= SLICE && this.#scheduler.mayParseAtOnce(this.#task)) {
      this.#listener.parse(bytes);
      return;
    }
    this.#queue.push(bytes);
    this.#scheduler.received(this.#task, bytes.length);
    if (this.#queue.length > HIGH_WATER) this.#pace(true, this.#isHeld);
  }

  #parseSlice(): boolean {
    const bytes = this.#queue.take();
    if (bytes.length > 0) this.#listener.parse(bytes);
    if (this.#queue.length <= LOW_WATER) this.#pace(false, this.#isHeld);
    if (this.#queue.length > 0) return true;
    this.#finish();
    return false;
  }

  #pace(isFull: boolean, isHeld: boolean): void {
    const before = this.#isFull || this.#isHeld;
    this.#isFull = isFull;
    this.#isHeld = isHeld;
    const isPaused = isFull || isHeld;
    if (isPaused === before) return;
    if (isPaused) this.pty.pause();
    else this.pty.resume();
  }

  #finish(): void {
    const ending = this.#ending;
    this.#ending = undefined;
    if (ending === undefined) return;
    this.#scheduler.remove(this.#task);
    this.#listener.ended(ending);
  }
}
