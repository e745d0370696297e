import type { Disposable } from '../base/disposable.ts';

/** At most 60 frames a second: the shortest time from one frame to the next, in milliseconds. */
const FRAME_INTERVAL = 16;

/**
 * When one client is painted. `mark` says that its picture is out of date: the first mark after a rest is painted
 * within this turn of the event loop, those that follow at most once in a frame interval, and none while the client
 * does not take its output; then the newest picture, once. What a person waits for is hastened between two frames of
 * what streams.
 */
export class Redraw implements Disposable {
  readonly #paint: () => void;
  readonly #ready: () => boolean;
  #last = Number.NEGATIVE_INFINITY;
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
   */
  constructor(paint: () => void, ready: () => boolean) {
    this.#paint = paint;
    this.#ready = ready;
  }

  mark(): void {
    const now = performance.now();
    const hastened = this.#hasty && now >= this.#lastHastened + FRAME_INTERVAL;
    this.#hasty = false;
    if (hastened) this.#lastHastened = now;
    this.#paintIn(hastened ? 0 : this.#last + FRAME_INTERVAL - now);
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
    this.#paintIn(Math.max(milliseconds, this.#last + FRAME_INTERVAL - performance.now()));
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
    const due = performance.now() + wait;
    if (this.#timer !== undefined && this.#timerDue <= due) return;
    clearTimeout(this.#timer);
    this.#timerDue = due;
    this.#timer = setTimeout(() => this.#due(), wait);
  }

  #due(): void {
    this.#cancel();
    if (this.#disposed || !this.#ready()) return;
    this.#dirty = false;
    this.#last = performance.now();
    this.#paint();
  }

  #cancel(): void {
    clearImmediate(this.#immediate);
    clearTimeout(this.#timer);
    this.#immediate = undefined;
    this.#timer = undefined;
  }
}
