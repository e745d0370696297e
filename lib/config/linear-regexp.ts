import { compileRegExp, type RegExpProgram } from './regexp-program.ts';

/**
 * An extended regular expression that takes time in proportion to its text: patterns come from configurations, but
 * texts from programs, and no pair of them may hold the server.
 */
export interface LinearRegExp {
  test(text: string): boolean;
  /**
   * The leftmost, there the longest match from `start` on: its start and end, then those of each group (-1: none), in
   * UTF-16 units.
   */
  exec(text: string, start: number): readonly number[] | undefined;
}

/** Code units of text, and of a pattern, that are looked at. */
const MAXIMUM_TEXT = 1024;
export const MAXIMUM_PATTERN = 512;
const MAXIMUM_CACHED = 100;
const cache = new Map<string, LinearRegExp | undefined>();

/** The expression, or undefined when it cannot be read; kept for next time. */
export function linearRegExp(source: string, ignoreCase: boolean): LinearRegExp | undefined {
  const key = `${ignoreCase ? 'i' : ' '}${source}`;
  if (cache.has(key)) return cache.get(key);
  const program = source.length > MAXIMUM_PATTERN ? undefined : compileRegExp(source, ignoreCase);
  const expression = program && {
    exec: (text: string, start: number) => run(program, text.slice(0, MAXIMUM_TEXT), start),
    test: (text: string) => run(program, text.slice(0, MAXIMUM_TEXT), 0) !== undefined,
  };
  if (cache.size >= MAXIMUM_CACHED) cache.clear();
  cache.set(key, expression);
  return expression;
}

interface Thread {
  readonly at: number;
  /** Starts and ends of the groups; never changed in place, so that threads share them. */
  readonly groups: readonly number[];
}

/** All ways through the program in step, one character after the other: each place of it is visited once a character. */
function run(program: RegExpProgram, text: string, start: number): readonly number[] | undefined {
  let found: readonly number[] | undefined;
  let threads: Thread[] = [];
  for (let position = start; ; ) {
    const point = text.codePointAt(position);
    const length = point === undefined ? 0 : point > 0xffff ? 2 : 1;
    const next = new ThreadList(program, text, position + length);
    if (found === undefined) {
      const fresh = new ThreadList(program, text, position, threads);
      fresh.add(program.start, []);
      threads = fresh.threads;
    }
    for (const { at, groups } of threads) {
      const step = program.steps[at];
      if (step?.kind === 'match') {
        const better =
          found === undefined ||
          (groups[0] ?? 0) < (found[0] ?? 0) ||
          (groups[0] === found[0] && position > (found[1] ?? 0));
        if (better) found = withSlot(groups, 1, position);
      } else if (step?.kind === 'character' && point !== undefined && step.test(point)) {
        if (found === undefined || (groups[0] ?? 0) <= (found[0] ?? 0)) next.add(step.next, groups);
      }
    }
    threads = next.threads;
    if (point === undefined || (found !== undefined && threads.length === 0)) return found;
    position += length;
  }
}

class ThreadList {
  readonly threads: Thread[];
  readonly #seen = new Set<number>();
  readonly #program: RegExpProgram;
  readonly #text: string;
  readonly #position: number;

  constructor(program: RegExpProgram, text: string, position: number, threads: readonly Thread[] = []) {
    this.#program = program;
    this.#text = text;
    this.#position = position;
    this.threads = [...threads];
    for (const { at } of threads) this.#seen.add(at);
  }

  /** Follows what takes no character, the preferred way first. */
  add(start: number, initial: readonly number[]): void {
    const stack: Thread[] = [{ at: start, groups: initial }];
    for (let thread = stack.pop(); thread !== undefined; thread = stack.pop()) {
      const { at, groups } = thread;
      const step = this.#program.steps[at];
      if (step === undefined || this.#seen.has(at)) continue;
      this.#seen.add(at);
      if (step.kind === 'split') {
        stack.push({ at: step.other, groups }, { at: step.next, groups });
      } else if (step.kind === 'save') {
        stack.push({ at: step.next, groups: withSlot(groups, step.slot, this.#position) });
      } else if (step.kind === 'start') {
        if (this.#position === 0) stack.push({ at: step.next, groups });
      } else if (step.kind === 'end') {
        if (this.#position >= this.#text.length) stack.push({ at: step.next, groups });
      } else this.threads.push(thread);
    }
  }
}

function withSlot(groups: readonly number[], slot: number, position: number): readonly number[] {
  const copy = [...groups];
  while (copy.length < slot) copy.push(-1);
  copy[slot] = position;
  return copy;
}
