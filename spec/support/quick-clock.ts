import type { Clock } from '../../lib/base/clock.ts';
import { onDispose } from '../../lib/base/disposable.ts';

/** A clock whose waits are over at the next turn of the event loop; it adds up how long they would have been. */
export class QuickClock implements Clock {
  #now = 1_000_000;

  now(): number {
    return this.#now;
  }

  after(milliseconds: number, run: () => void) {
    const immediate = setImmediate(() => {
      this.#now += milliseconds;
      run();
    });
    return onDispose(() => clearImmediate(immediate));
  }
}
