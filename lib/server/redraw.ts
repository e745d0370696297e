import type { Disposable } from '../base/disposable.ts';

/** At most 60 frames a second: the shortest time from one frame to the next, in milliseconds. */
const FRAME_INTERVAL = 16;

/**
 * When one client is painted. `mark` says that its picture is out of date: the first mark after a rest is painted
 * within this turn of the event loop, those that follow at most once in a frame interval, and none while the client
 * does not take its output; then the newest picture, once.
 */
export class Redraw implements Disposable {
  readonly #paint: () => void;
  readonly #ready: () => boolean;
  #last = Number.NEGATIVE_INFINITY;
  #dirty = false;
  #immediate: NodeJS.Immediate | undefined;
  #timer: NodeJS.Timeout | undefined;
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
    if (this.#disposed) return;
    this.#dirty = true;
    if (this.#immediate !== undefined || this.#timer !== undefined) return;
    const wait = this.#last + FRAME_INTERVAL - performance.now();
    if (wait <= 0) this.#immediate = setImmediate(() => this.#due());
    else this.#timer = setTimeout(() => this.#due(), wait);
  }

  /** Paints now what is marked, for a key that is answered within its own turn. */
  flush(): void {
    if (this.#dirty) this.#due();
  }

  /** The client takes output again. */
  resume(): void {
    if (this.#dirty) this.mark();
  }

  /** Paints again after a time, for a picture that changes by itself: a held frame, a message that ends. */
  after(milliseconds: number): void {
    if (this.#disposed) return;
    this.#dirty = true;
    if (this.#immediate === undefined && this.#timer === undefined)
      this.#timer = setTimeout(() => this.#due(), milliseconds);
  }

  dispose(): void {
    this.#disposed = true;
    this.#cancel();
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
