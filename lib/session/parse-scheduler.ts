import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { TurnOrder, type TurnTask } from './turn-order.ts';

/** Something with output that is read, waits and is parsed. Nothing of it may throw. */
export interface ParseTask extends TurnTask {
  /** Parses one slice; true while more waits. */
  parseSlice(): boolean;
  /** While it is held, no output is read, so that its program waits. */
  hold(isHeld: boolean): void;
}

/** Milliseconds of parsing before input and sockets get their turn. */
const TURN = 5;

/**
 * Shares the thread among all sessions' output, in slices and in the order of TurnOrder, with input and sockets between
 * the turns. Nothing runs while nothing waits.
 */
export class ParseScheduler implements Disposable {
  readonly #clock: Clock;
  readonly #order = new TurnOrder<ParseTask>((task, isHeld) => task.hold(isHeld));
  #immediate: NodeJS.Immediate | undefined;
  #timer: Disposable | undefined;
  #isDisposed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** So many bytes of the task were read; it is asked for slices until it has none. */
  received(task: ParseTask, bytes: number): void {
    this.#order.received(task, bytes, this.#clock.now());
    this.#schedule();
  }

  /** Whether the task parses what was read just now itself, since it would be the next anyway. */
  mayParseAtOnce(task: ParseTask): boolean {
    if (!this.#order.mayParseAtOnce(task, this.#clock.now())) return false;
    this.#order.parsedAtOnce(task);
    return true;
  }

  /** The task is shown now, or no more. */
  shownChanged(task: ParseTask): void {
    this.#order.shownChanged(task);
    this.#schedule();
  }

  /** Forgets the task. */
  remove(task: ParseTask): void {
    this.#order.remove(task);
    this.#schedule();
  }

  /** A person did something: what nobody sees waits a moment. */
  noteInput(): void {
    this.#order.noteInput(this.#clock.now());
    if (this.#order.hasHidden) this.#schedule();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#stop();
  }

  #stop(): void {
    clearImmediate(this.#immediate);
    this.#immediate = undefined;
    this.#timer?.dispose();
    this.#timer = undefined;
  }

  #schedule(): void {
    if (this.#isDisposed || this.#immediate !== undefined) return;
    const wait = this.#order.wait(this.#clock.now());
    if (wait === undefined) this.#stop();
    else if (wait > 0)
      this.#timer ??= this.#clock.after(wait, () => {
        this.#timer = undefined;
        this.#schedule();
      });
    else {
      this.#timer?.dispose();
      this.#timer = undefined;
      this.#immediate = setImmediate(() => {
        this.#immediate = undefined;
        this.#turn();
        this.#schedule();
      });
    }
  }

  #turn(): void {
    const order = this.#order;
    const start = this.#clock.now();
    let now = start;
    for (let task = order.next(now); task !== undefined; ) {
      order.parsed(task, task.parseSlice());
      now = this.#clock.now();
      if (Math.abs(now - start) >= TURN) return;
      const shown = order.nextShown();
      // While a shown session is busy a hidden one gets a single slice.
      if (shown !== undefined && !task.isShown) return;
      task = task.isShown ? shown : order.next(now);
    }
  }
}
