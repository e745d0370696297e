import { readFileSync } from 'node:fs';
import type { Disposable } from '../../lib/base/disposable.ts';

/** Between two looks, in milliseconds. */
const STEP = 20;
/** Looks that are remembered: some seconds. */
const MAXIMUM = 500;

interface Look {
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** For how long the process had to wait for a processor since it began, in milliseconds. */
  readonly waited: number;
}

/**
 * Watches for how long a busy machine lets a process wait that could run. It is told by the kernel where that counts it
 * (Linux), and else by how late the watcher itself is.
 */
export class Starvation implements Disposable {
  readonly #pid: number;
  readonly #looks: Look[] = [];
  readonly #timer: NodeJS.Timeout;
  #late = 0;

  constructor(pid: number) {
    this.#pid = pid;
    this.look();
    this.#timer = setInterval(() => this.look(), STEP);
  }

  /** Looks now: to be called once more before the process ends. */
  look(): void {
    const time = Date.now();
    const before = this.#looks.at(-1);
    this.#late += Math.max(0, time - (before?.time ?? time) - STEP);
    const waited = processWait(this.#pid) ?? this.#late;
    this.#looks.push({ time, waited });
    if (this.#looks.length > MAXIMUM) this.#looks.shift();
  }

  /** For how many milliseconds it waited from `time` (since the epoch) to the last look. */
  since(time: number): number {
    const before = this.#looks.findLast((look) => look.time <= time) ?? this.#looks[0];
    return (this.#looks.at(-1)?.waited ?? 0) - (before?.waited ?? 0);
  }

  dispose(): void {
    clearInterval(this.#timer);
  }
}

/** In milliseconds; undefined where the kernel does not say. */
function processWait(pid: number): number | undefined {
  try {
    // Time on a processor and time in wait for one, both in nanoseconds, and turns.
    const [, waited] = readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ');
    return Number(waited) / 1e6;
  } catch {
    return undefined;
  }
}
