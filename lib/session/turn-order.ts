/** Something with output that is read and parsed in turns; the order asks each time whether somebody looks at it. */
export interface TurnTask {
  readonly isShown: boolean;
}

/** How long a key keeps all that nobody sees waiting, in milliseconds: its echo and its frame come first. */
const INPUT_PAUSE = 30;
/** How long keys without end do, in milliseconds; then what is hidden gets one turn. */
const LONGEST_PAUSE = 120;
/** Turns in a row that shown tasks may take while hidden ones wait. */
const SHOWN_TURNS = 4;
/** A hidden task that gives more than so many bytes within so many milliseconds floods. */
const LITTLE = 16 * 1024;
const WINDOW = 100;
/** How long one hidden flood is read before the next, in milliseconds; few changes, since each costs calls of the kernel. */
const HOLD = 25;

/** What a hidden task gave since `from`. */
interface Given {
  readonly from: number;
  readonly bytes: number;
}

/**
 * Whose output is parsed next, and whose is read at all. Shown tasks come first, in turn; those that are hidden and give
 * little in turn, too; of those that flood hidden one is the holder and is read, and the others are held, so that their
 * programs wait. A key holds all that is hidden for a moment. Everybody gets a turn in bounded time. Pure: times are
 * passed in, in milliseconds, and a clock that is set back delays nothing for long.
 */
export class TurnOrder<Task extends TurnTask> {
  readonly #hold: (task: Task, isHeld: boolean) => void;
  /** Who waits to be parsed and does not flood hidden, next first. */
  readonly #waiting = new Set<Task>();
  /** Who floods and is held, next first, and whether output of it waits. */
  readonly #floods = new Map<Task, boolean>();
  readonly #given = new Map<Task, Given>();
  /** The flood that is read. */
  #holder: Task | undefined;
  #holderWaits = false;
  /** Whether output of it was parsed at once since the last look. */
  #holderGave = false;
  #isHolderHeld = false;
  #holderSince = 0;
  #pausedSince = 0;
  #pausedUntil = 0;
  /** Whether something hidden waited in this pause and had no turn since. */
  #isOwed = false;
  #shownTurns = 0;
  #wasLittle = false;

  /** `hold` is told whose output is not to be read, and when it is again. */
  constructor(hold: (task: Task, isHeld: boolean) => void) {
    this.#hold = hold;
  }

  /** Output of a task was read and waits to be parsed. */
  received(task: Task, bytes: number, now: number): void {
    if (task === this.#holder) this.#holderWaits = true;
    else if (this.#floods.has(task)) this.#floods.set(task, true);
    else {
      this.#waiting.add(task);
      if (!task.isShown) this.#count(task, bytes, now);
    }
  }

  /** Whether its output may be parsed as it is read, before anybody else's. */
  mayParseAtOnce(task: Task, now: number): boolean {
    return task.isShown || (task === this.#holder && !this.isPaused(now) && this.nextShown() === undefined);
  }

  /** That was done. */
  parsedAtOnce(task: Task): void {
    if (task !== this.#holder) return;
    this.#holderGave = true;
    this.#isOwed = false;
  }

  #count(task: Task, bytes: number, now: number): void {
    const before = this.#given.get(task);
    const isYoung = before !== undefined && Math.abs(now - before.from) < WINDOW;
    const given = isYoung ? { from: before.from, bytes: before.bytes + bytes } : { from: now, bytes };
    if (given.bytes <= LITTLE) {
      this.#given.set(task, given);
      return;
    }
    this.#given.delete(task);
    const waits = this.#waiting.delete(task);
    if (this.#holder === undefined && !this.isPaused(now)) this.#take(task, waits, now);
    else {
      this.#floods.set(task, waits);
      this.#hold(task, true);
    }
  }

  /** It is shown now, or no more: a flood that is shown is held no longer. */
  shownChanged(task: Task): void {
    if (!task.isShown) return;
    this.#given.delete(task);
    const waits = task === this.#holder ? this.#holderWaits : this.#floods.get(task);
    if (waits === undefined) return;
    const isHeld = task !== this.#holder || this.#isHolderHeld;
    this.#floods.delete(task);
    if (task === this.#holder) this.#leave();
    if (waits) this.#waiting.add(task);
    if (isHeld) this.#hold(task, false);
  }

  /** Forgets a task. */
  remove(task: Task): void {
    this.#waiting.delete(task);
    this.#floods.delete(task);
    this.#given.delete(task);
    if (task === this.#holder) this.#leave();
  }

  /** A person did something. */
  noteInput(now: number): void {
    if (!this.isPaused(now)) {
      if (this.#isOwed && this.hasHidden) return;
      this.#pausedSince = now;
    }
    this.#isOwed = this.hasHidden;
    this.#pausedUntil = Math.min(now + INPUT_PAUSE, this.#pausedSince + LONGEST_PAUSE);
    if (this.#holder === undefined || this.#isHolderHeld) return;
    this.#isHolderHeld = true;
    this.#hold(this.#holder, true);
  }

  /** Whether a key keeps all that is hidden waiting. */
  isPaused(now: number): boolean {
    const left = this.#pausedUntil - now;
    return left > 0 && left <= INPUT_PAUSE;
  }

  /** Milliseconds until there is something to do; undefined while there is nothing. */
  wait(now: number): number | undefined {
    if (this.nextShown() !== undefined) return 0;
    if (!this.hasHidden) return undefined;
    return this.isPaused(now) ? this.#pausedUntil - now : 0;
  }

  /** Who gets the next slice; undefined while nobody does. */
  next(now: number): Task | undefined {
    const shown = this.nextShown();
    const hidden = shown === undefined || this.#shownTurns >= SHOWN_TURNS ? this.#nextHidden(now) : undefined;
    if (hidden === undefined) {
      if (shown !== undefined) this.#shownTurns += 1;
      return shown;
    }
    this.#shownTurns = 0;
    this.#isOwed = false;
    return hidden;
  }

  /** The next of those that are shown, within a turn of theirs. */
  nextShown(): Task | undefined {
    return this.#first(true);
  }

  /** A slice of it was parsed; `more` tells that some of its output waits still. */
  parsed(task: Task, more: boolean): void {
    if (task === this.#holder) this.#holderWaits = more;
    else if (this.#floods.has(task)) this.#floods.set(task, more);
    else if (this.#waiting.delete(task) && more) this.#waiting.add(task);
  }

  /** Whether something that nobody sees waits, or is kept waiting. */
  get hasHidden(): boolean {
    return this.#holderWaits || this.#isHolderHeld || this.#floods.size > 0 || this.#first(false) !== undefined;
  }

  #first(isShown: boolean): Task | undefined {
    // Asked with every key, mostly while nothing waits.
    if (this.#waiting.size > 0) for (const task of this.#waiting) if (task.isShown === isShown) return task;
    return undefined;
  }

  /** Those that give little and those that flood alternate, so that neither waits for long. */
  #nextHidden(now: number): Task | undefined {
    if (this.isPaused(now)) return undefined;
    const little = this.#first(false);
    this.#wasLittle = little !== undefined && !this.#wasLittle;
    if (this.#wasLittle) return little;
    return this.#nextFlood(now) ?? little;
  }

  #nextFlood(now: number): Task | undefined {
    const holder = this.#holder;
    if (holder !== undefined && this.#isHolderHeld) {
      // A pause is over, and was its time: with keys without end it would be the holder for ever.
      if (this.#floods.size > 0) return this.#change(now);
      this.#isHolderHeld = false;
      this.#holderSince = now;
      this.#hold(holder, false);
    }
    const isOver = Math.abs(now - this.#holderSince) >= HOLD;
    if (holder !== undefined && this.#holderWaits && (!isOver || this.#floods.size === 0)) return holder;
    if (holder === undefined || isOver) return this.#change(now);
    if (this.#holderGave) {
      this.#holderGave = false;
      return undefined;
    }
    // A moment without output: what the others gave already fills it, and none of them is read for that.
    for (const [task, waits] of this.#floods) if (waits) return task;
    return this.#change(now);
  }

  /** The next flood is read from now on; gives it when output of it waits already. */
  #change(now: number): Task | undefined {
    const [next] = this.#floods;
    if (next === undefined) return undefined;
    const before = this.#holder;
    // One that has nothing to give at the end of its time floods no more.
    if (before !== undefined && (this.#holderWaits || this.#holderGave || this.#isHolderHeld)) {
      this.#floods.set(before, this.#holderWaits);
      if (!this.#isHolderHeld) this.#hold(before, true);
    }
    const [task, waits] = next;
    this.#floods.delete(task);
    this.#take(task, waits, now);
    this.#hold(task, false);
    return waits ? task : undefined;
  }

  #take(task: Task, waits: boolean, now: number): void {
    this.#holder = task;
    this.#holderWaits = waits;
    this.#holderGave = false;
    this.#isHolderHeld = false;
    this.#holderSince = now;
  }

  #leave(): void {
    this.#holder = undefined;
    this.#holderWaits = false;
    this.#holderGave = false;
    this.#isHolderHeld = false;
  }
}
