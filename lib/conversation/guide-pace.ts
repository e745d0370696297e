import type { Clock } from '../base/clock.ts';

/** How quickly text is given out. */
export interface Pace {
  /** Words of one piece. */
  readonly words: number;
  /** Milliseconds after each piece. */
  readonly rest: number;
}

/** 150 words a second: quick, and still to be seen as streaming. */
export const USUAL_PACE: Pace = { words: 3, rest: 20 };
/** 8 words a second. */
export const SLOW_PACE: Pace = { words: 1, rest: 125 };

/** Longest word that goes out whole. */
const MAXIMUM_WORD = 64;

/** A text in pieces of so many words, with the blanks between them; all together are the text. */
export function* pieces(text: string, words: number): Generator<string> {
  let piece = '';
  let count = 0;
  for (const [word] of text.matchAll(new RegExp(`\\s*\\S{1,${MAXIMUM_WORD}}|\\s+`, 'gu'))) {
    piece += word;
    count += 1;
    if (count < words) continue;
    yield piece;
    piece = '';
    count = 0;
  }
  if (piece !== '') yield piece;
}

/** Waits; false at once when `signal` aborts meanwhile. */
export function pause(milliseconds: number, clock: Clock, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const onAbort = (): void => {
      timer.dispose();
      resolve(false);
    };
    const timer = clock.after(milliseconds, () => {
      signal.removeEventListener('abort', onAbort);
      resolve(true);
    });
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
