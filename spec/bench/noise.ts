import { median } from './statistics.ts';

/** Rounds of the work that is timed: some milliseconds on today's machines. */
const ROUNDS = 2_000_000;

/** The same work by how much must take longer at its median than at its best for a machine to be called noisy. */
const NOISY = 1.25;

/** Times the same small work again and again: where it does not always take the same, others use the machine. */
export class NoiseGauge {
  readonly #times: number[] = [];

  /** Does the work a few times. */
  look(): void {
    for (let time = 0; time < 4; time++) {
      const start = performance.now();
      let sum = 0;
      for (let round = 0; round < ROUNDS; round++) sum = (sum * 31 + round) | 0;
      // A sum that nobody reads would not be computed.
      if (Number.isNaN(sum)) throw new Error('a sum of numbers is a number');
      this.#times.push(performance.now() - start);
    }
  }

  /** How much longer the work took at its median than at its best: 1 on a machine of one's own. */
  get slowdown(): number {
    return median(this.#times) / Math.min(...this.#times);
  }

  get isNoisy(): boolean {
    return this.slowdown > NOISY;
  }
}
