import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';

/** How many times longer an endpoint may send signs of life that bring the reply no further. */
const PATIENCE = 10;

/**
 * Says when an endpoint has been silent too long. Time in which nobody waits for it (`pause`) does not count. A mark costs
 * next to nothing: the timer runs on, and looks at the time when it has run out.
 */
export class IdleTimer implements Disposable {
  readonly #clock: Clock;
  readonly #onIdle: () => void;
  #limit: number;
  #timer: Disposable | undefined;
  #heard: number;
  #advanced: number;
  #paused = false;
  #fired = false;

  /** @param limit in milliseconds */
  constructor(clock: Clock, limit: number, onIdle: () => void) {
    this.#clock = clock;
    this.#limit = limit;
    this.#onIdle = onIdle;
    this.#heard = clock.now();
    this.#advanced = this.#heard;
    this.#arm(limit);
  }

  get hasFired(): boolean {
    return this.#fired;
  }

  /** Milliseconds since the reply came further. */
  get idle(): number {
    return this.#clock.now() - this.#advanced;
  }

  /** The endpoint gave a sign. */
  hear(): void {
    this.#heard = this.#clock.now();
  }

  /** Nobody waits for the endpoint. */
  pause(): void {
    this.#paused = true;
  }

  /** The reply is further on, and more is waited for. */
  resume(): void {
    this.#paused = false;
    this.#heard = this.#clock.now();
    this.#advanced = this.#heard;
  }

  /** From now on it may be silent for so long only. */
  shorten(limit: number): void {
    if (limit >= this.#limit) return;
    this.#limit = limit;
    this.#timer?.dispose();
    this.#arm(limit);
  }

  dispose(): void {
    this.#timer?.dispose();
    this.#timer = undefined;
  }

  #arm(milliseconds: number): void {
    this.#timer = this.#clock.after(milliseconds, () => this.#look());
  }

  #look(): void {
    const left = this.#left;
    if (left > 0) this.#arm(left);
    else {
      this.#fired = true;
      this.#onIdle();
    }
  }

  /** Milliseconds until it has been silent too long, as far as is known now. */
  get #left(): number {
    if (this.#paused) return this.#limit;
    const end = Math.min(this.#heard + this.#limit, this.#advanced + PATIENCE * this.#limit);
    return end - this.#clock.now();
  }
}
