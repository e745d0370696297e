import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';

/** Bytes from which on it is worth to look for garbage: less is found when the heap grows. */
const WORTH = 2_000_000;
/** How long nobody may have typed before that, in milliseconds: it takes some dozen milliseconds in which nothing else runs. */
const CALM = 5000;

/**
 * Has the engine collect what was given up. A server at rest makes no garbage, and would keep for hours what it needs no
 * more.
 */
export class MemoryReturn implements Disposable {
  readonly #clock: Clock;
  readonly #lastUse: () => number;
  readonly #collect: () => void;
  #freed = 0;
  #timer: Disposable | undefined;

  /** @param lastUse when a person typed last, in milliseconds since the epoch */
  constructor(clock: Clock, lastUse: () => number, collect: () => void = collectGarbage) {
    this.#clock = clock;
    this.#lastUse = lastUse;
    this.#collect = collect;
  }

  /** About so many bytes were given up. */
  freed(bytes: number): void {
    this.#freed += bytes;
    if (this.#freed >= WORTH) this.#timer ??= this.#clock.after(CALM, () => this.#look());
  }

  dispose(): void {
    this.#timer?.dispose();
  }

  #look(): void {
    this.#timer = undefined;
    const left = this.#lastUse() + CALM - this.#clock.now();
    if (left > 0) {
      this.#timer = this.#clock.after(left, () => this.#look());
      return;
    }
    this.#freed = 0;
    this.#collect();
  }
}

/** The engine's own collection, which it gives only to those who ask for it by a flag. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
}
