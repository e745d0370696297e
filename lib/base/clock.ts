import { type Disposable, onDispose } from './disposable.ts';

/** Time as the caller passes it in, so that rules about time can be tested without waiting. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Runs once after `milliseconds`, unless disposed before. */
  after(milliseconds: number, run: () => void): Disposable;
}

/** The clock of this machine; a timer of it does not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds);
    timer.unref();
    return onDispose(() => clearTimeout(timer));
  },
};
