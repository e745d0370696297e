import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';

/** Something with output that waits to be parsed. */
export interface ParseTask {
  /** Whether somebody looks at it now. */
  readonly isShown: boolean;
  /** Parses one slice; true while more waits. Must not throw. */
  parseSlice(): boolean;
}

/** Milliseconds of parsing before input and sockets get their turn. */
const TURN = 5;
/** How long a key stops the parsing of what nobody sees, in milliseconds: its echo and its frame come first. */
const INPUT_PAUSE = 30;
/** Slices of one hidden task before the next gets its turn; few changes, so that the others can stay paused. */
const HIDDEN_SLICES = 64;
/** Turns in a row that shown tasks may take while hidden ones wait. */
const SHOWN_TURNS = 4;

/**
 * Shares the thread among all sessions' output: in slices, shown sessions first and in turn, hidden ones one at a
 * time, with input and sockets between. Nothing runs while nothing waits.
 */
export class ParseScheduler implements Disposable {
  readonly #clock: Clock;
  /** Who waits, next first. */
  readonly #tasks = new Set<ParseTask>();
  #hidden: ParseTask | undefined;
  #hiddenSlices = 0;
  #hiddenFrom = 0;
  #shownTurns = 0;
  #immediate: NodeJS.Immediate | undefined;
  #timer: Disposable | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The task has output; it is asked for slices until it has none. */
  add(task: ParseTask): void {
    this.#tasks.add(task);
    this.#schedule();
  }

  /** Forgets the task. */
  remove(task: ParseTask): void {
    this.#tasks.delete(task);
    if (this.#hidden === task) this.#hidden = undefined;
    if (this.#tasks.size === 0) this.#stop();
  }

  /** Whether the task is to be read from freely: it is shown, or it is the hidden one whose turn it is. */
  isFavoured(task: ParseTask): boolean {
    return task.isShown || this.#hidden === undefined || this.#hidden === task;
  }

  /** A person did something: what nobody sees waits a moment. */
  noteInput(): void {
    this.#hiddenFrom = this.#clock.now() + INPUT_PAUSE;
  }

  dispose(): void {
    this.#tasks.clear();
    this.#hidden = undefined;
    this.#stop();
  }

  #stop(): void {
    clearImmediate(this.#immediate);
    this.#immediate = undefined;
    this.#timer?.dispose();
    this.#timer = undefined;
  }

  #schedule(): void {
    if (this.#immediate !== undefined || this.#tasks.size === 0) return;
    const wait = this.#hiddenFrom - this.#clock.now();
    // A clock that was set back must not hold hidden sessions for long.
    if (wait > 0 && wait <= INPUT_PAUSE && this.#firstShown() === undefined) {
      this.#timer ??= this.#clock.after(wait, () => {
        this.#timer = undefined;
        this.#schedule();
      });
      return;
    }
    this.#timer?.dispose();
    this.#timer = undefined;
    this.#immediate = setImmediate(() => {
      this.#immediate = undefined;
      this.#turn();
      this.#schedule();
    });
  }

  #turn(): void {
    const start = this.#clock.now();
    const shown = this.#firstShown();
    const hidden = this.#nextHidden(start);
    if (shown !== undefined && (hidden === undefined || this.#shownTurns < SHOWN_TURNS)) {
      this.#shownTurns += 1;
      this.#run(() => this.#firstShown(), start);
    } else if (hidden !== undefined) {
      this.#shownTurns = 0;
      // While a shown session is busy a hidden one gets a single slice.
      if (shown !== undefined) this.#slice(hidden);
      else this.#run(() => this.#nextHidden(start), start);
    }
  }

  #run(next: () => ParseTask | undefined, start: number): void {
    do {
      const task = next();
      if (task === undefined) return;
      this.#slice(task);
    } while (Math.abs(this.#clock.now() - start) < TURN);
  }

  /** One slice; then the task goes to the end of the line, or out of it. */
  #slice(task: ParseTask): void {
    if (task === this.#hidden) this.#hiddenSlices += 1;
    const more = task.parseSlice();
    if (!this.#tasks.delete(task)) return;
    if (more) this.#tasks.add(task);
    else if (this.#hidden === task) this.#hidden = undefined;
  }

  #firstShown(): ParseTask | undefined {
    for (const task of this.#tasks) if (task.isShown) return task;
    return undefined;
  }

  #nextHidden(now: number): ParseTask | undefined {
    const wait = this.#hiddenFrom - now;
    if (wait > 0 && wait <= INPUT_PAUSE) return undefined;
    const current = this.#hidden;
    if (current !== undefined && !current.isShown && this.#hiddenSlices < HIDDEN_SLICES) return current;
    this.#hidden = undefined;
    this.#hiddenSlices = 0;
    for (const task of this.#tasks) {
      if (task.isShown) continue;
      this.#hidden = task;
      break;
    }
    return this.#hidden;
  }
}
