import type { Disposable } from '../base/disposable.ts';

/** At most 60 frames a second: the shortest time from one frame to the next, in milliseconds. */
const FRAME_INTERVAL = 16;
/** Frames that take long come less often, so that painting takes an eighth of the time at most; but 20 a second at least. */
const COST_FACTOR = 8;
const LONGEST_INTERVAL = 50;
/** How much one frame counts in what a frame is thought to take. */
const NEWEST_SHARE = 0.25;

/**
 * When one client is painted. `mark` says that its picture is out of date: the first mark after a rest is painted
 * within this turn of the event loop, those that follow at most once in a frame interval, and none while the client
 * does not take its output; then the newest picture, once. What a person waits for is hastened between two frames of
 * what streams.
 */
export class Redraw implements Disposable {
  readonly #paint: () => void;
  readonly #ready: () => boolean;
  readonly #now: () => number;
  #last = Number.NEGATIVE_INFINITY;
  /** What a frame takes lately, in milliseconds. */
  #cost = 0;
  #lastHastened = Number.NEGATIVE_INFINITY;
  #hasty = false;
  #dirty = false;
  #immediate: NodeJS.Immediate | undefined;
  #timer: NodeJS.Timeout | undefined;
  #timerDue = 0;
  #disposed = false;

  /**
   * @param paint paints one frame
   * @param ready whether the client takes output now; when it does again, call `resume`
   * @param now milliseconds since any moment
   */
  constructor(paint: () => void, ready: () => boolean, now: () => number = () => performance.now()) {
    this.#paint = paint;
    this.#ready = ready;
    this.#now = now;
  }

  /** Whether a frame is on its way that a further mark would not hasten. */
  get isDue(): boolean {
    return !this.#hasty && (this.#immediate !== undefined || this.#timer !== undefined);
  }

  mark(): void {
    const now = this.#now();
    const hastened = this.#hasty && now >= this.#lastHastened + FRAME_INTERVAL;
    this.#hasty = false;
    if (hastened) this.#lastHastened = now;
    this.#paintIn(hastened ? 0 : this.#last + this.#interval - now);
  }

  /** The next mark waits for no frame interval: at most one frame in each is hastened. */
  hasten(): void {
    this.#hasty = true;
  }

  /** Paints now what is marked, for a key that is answered within its own turn. */
  flush(): void {
    if (this.#dirty) this.#due();
  }

  /** The client takes output again. */
  resume(): void {
    if (this.#dirty) this.mark();
  }

  /** Paints at the latest after so many milliseconds; a mark in between does not wait for it. */
  after(milliseconds: number): void {
    this.#paintIn(Math.max(milliseconds, this.#last + this.#interval - this.#now()));
  }

  dispose(): void {
    this.#disposed = true;
    this.#cancel();
  }

  #paintIn(wait: number): void {
    if (this.#disposed) return;
    this.#dirty = true;
    if (this.#immediate !== undefined) return;
    if (wait <= 0) {
      this.#cancel();
      this.#immediate = setImmediate(() => this.#due());
      return;
    }
    const due = this.#now() + wait;
    if (this.#timer !== undefined && this.#timerDue <= due) return;
    clearTimeout(this.#timer);
    this.#timerDue = due;
    this.#timer = setTimeout(() => this.#due(), wait);
  }

  #due(): void {
    this.#cancel();
    if (this.#disposed || !this.#ready()) return;
    this.#dirty = false;
    this.#last = this.#now();
    this.#paint();
    this.#cost += (this.#now() - this.#last - this.#cost) * NEWEST_SHARE;
  }

  get #interval(): number {
    return Math.min(Math.max(FRAME_INTERVAL, this.#cost * COST_FACTOR), LONGEST_INTERVAL);
  }

  #cancel(): void {
    clearImmediate(this.#immediate);
    clearTimeout(this.#timer);
    this.#immediate = undefined;
    this.#timer = undefined;
  }
}
