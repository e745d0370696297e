import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { Emitter } from '../base/emitter.ts';
import type { Size } from '../base/geometry.ts';
import type { Pty, PtyExit } from '../pty/pty.ts';
import type { ParseScheduler } from './parse-scheduler.ts';
import { type ProcessListener, type Program, ProgramProcess } from './program-process.ts';
import type { ExitStatus } from './session.ts';

/** Whom it tells; none of it may throw. */
export interface LifeListener extends Omit<ProcessListener, 'ended'> {
  /** Once a run, after the last of its output. */
  ended(exit: ExitStatus): void;
  /** A signal holds the program. */
  stopped(): void;
  continued(): void;
}

export interface ProgramLifeOptions {
  readonly program: Program;
  readonly size: Size;
  /** When a program did something last that ran when its server ended: it is not started until `again`. */
  readonly keptSince: number | undefined;
  readonly listener: LifeListener;
  readonly scheduler: ParseScheduler;
  readonly clock: Clock;
}

/** What is to be other than in the last run. */
export type ProgramChange = { readonly [Part in keyof Program]?: Program[Part] | undefined };

/** The runs of one program, one after the other: started, stopped and let go on, ended, started again. */
export class ProgramLife implements Disposable {
  readonly #listener: LifeListener;
  readonly #scheduler: ParseScheduler;
  readonly #clock: Clock;
  readonly #ended = new Emitter<void>();
  #program: Program;
  /** Undefined for a program that its server's end took, until it is started again. */
  #process: ProgramProcess | undefined;
  #exit: ExitStatus | undefined;
  /** Whether a signal holds it, as far as is known. */
  #isStopped = false;

  /** Throws UserError when the program cannot be started. */
  constructor({ program, size, keptSince, listener, scheduler, clock }: ProgramLifeOptions) {
    this.#listener = listener;
    this.#scheduler = scheduler;
    this.#clock = clock;
    this.#program = program;
    if (keptSince === undefined) this.#process = this.#start(program, size);
    else this.#exit = { exitCode: 0, signal: undefined, time: keptSince, withServer: true };
  }

  /** What it runs, or is to run again. */
  get program(): Program {
    return this.#program;
  }

  /** How the last run ended; undefined while it runs. */
  get exit(): ExitStatus | undefined {
    return this.#exit;
  }

  /** Of the present run, or of the last one; undefined for a kept program that was not started again. */
  get pty(): Pty | undefined {
    return this.#process?.pty;
  }

  /** Whether its output is not read now, or not parsed yet, for the sake of others. */
  get isHeld(): boolean {
    return this.#process?.isHeld === true;
  }

  /** To be called when nothing runs. Throws UserError when the program cannot be started; all is as before then. */
  again(change: ProgramChange, size: Size): void {
    const program = {
      command: change.command ?? this.#program.command,
      workingDirectory: change.workingDirectory ?? this.#program.workingDirectory,
      environment: change.environment ?? this.#program.environment,
    };
    this.#process = this.#start(program, size);
    this.#program = program;
    this.#exit = undefined;
    this.#isStopped = false;
  }

  shownChanged(): void {
    this.#process?.shownChanged();
  }

  /** HUP to its process groups, KILL after 5 s; fulfilled when it has ended and its last output is parsed. */
  kill(): Promise<void> {
    const running = this.#process;
    if (this.#exit !== undefined || running === undefined) return Promise.resolve();
    const gone = new Promise<void>((resolve) => {
      const listening = this.#ended.event(() => {
        listening.dispose();
        resolve();
      });
    });
    running.hangUp();
    return gone;
  }

  /** Stops the program as Ctrl-Z does, until `continue`. */
  stop(): void {
    if (this.#exit !== undefined) return;
    this.#process?.pty.kill('SIGSTOP');
    this.#holds(true);
  }

  continue(): void {
    if (this.#exit !== undefined) return;
    this.#process?.pty.kill('SIGCONT');
    this.#holds(false);
  }

  /** Finds out whether it was stopped or let go on from outside, of which nobody tells; where the kernel says so (Linux). */
  look(): void {
    if (this.#exit !== undefined) return;
    const isStopped = this.#process?.pty.foregroundStopped ?? this.#isStopped;
    if (isStopped !== this.#isStopped) this.#holds(isStopped);
  }

  /** A program that still runs is hung up, and killed if it does not care; who waits for its end waits no longer. */
  dispose(): void {
    if (this.#exit === undefined) this.#process?.hangUp();
    this.#process?.dispose();
    this.#ended.fire();
    this.#ended.dispose();
  }

  #holds(isStopped: boolean): void {
    this.#isStopped = isStopped;
    if (isStopped) this.#listener.stopped();
    else this.#listener.continued();
  }

  #start(program: Program, size: Size): ProgramProcess {
    const { isShown, received, parse } = this.#listener;
    const ended = (exit: PtyExit) => this.#exited({ ...exit, time: this.#clock.now() });
    return new ProgramProcess(program, size, { isShown, received, parse, ended }, this.#scheduler, this.#clock);
  }

  #exited(exit: ExitStatus): void {
    this.#exit = exit;
    this.#listener.ended(exit);
    this.#ended.fire();
  }
}
