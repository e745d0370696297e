import type { Size } from '../base/geometry.ts';
import type { Mode } from './mode.ts';
import type { OverlayView } from './overlay-view.ts';
import { TextMode } from './text-mode.ts';

const ANSWERS = { allow: 'once', trust: 'trust', refuse: 'refuse', cancel: undefined } as const;

export interface ReviewModeOptions {
  readonly title: string;
  readonly text: string;
  readonly size: () => Size;
  /** Whether its end is shown first, where what is asked stands. */
  readonly fromEnd?: boolean;
  /** Called once; undefined when the page was left without an answer. */
  readonly answer: (answer: 'once' | 'trust' | 'refuse' | undefined) => void;
  /** Milliseconds, from any beginning. */
  readonly now?: () => number;
}

/** How long a page must have been there before a key of it allows something: what was typed ahead was not meant for it. */
const READING_TIME = 300;

/** A page of what a tool is to do, answered by a key of its own table; a key without a binding answers nothing. */
export class ReviewMode implements Mode {
  readonly keyTable = 'review';
  readonly actions: readonly string[];
  readonly #page: TextMode;
  readonly #answer: ReviewModeOptions['answer'];
  readonly #now: () => number;
  readonly #since: number;
  #answered = false;

  constructor({ title, text, size, answer, fromEnd = false, now = () => performance.now() }: ReviewModeOptions) {
    this.#now = now;
    this.#since = now();
    this.#answer = answer;
    this.#page = new TextMode({ title, text, size, exit: () => undefined });
    if (fromEnd) this.#page.action('bottom', [], 1);
    this.actions = [...new Set([...Object.keys(ANSWERS), ...this.#page.actions])];
  }

  action(name: string, args: readonly string[], count: number): boolean {
    if (!Object.hasOwn(ANSWERS, name)) return this.#page.action(name, args, count);
    if (this.#answered) return true;
    const answer = ANSWERS[name as keyof typeof ANSWERS];
    const allows = answer === 'once' || answer === 'trust';
    if (allows && this.#now() - this.#since < READING_TIME) return true;
    this.#answered = true;
    this.#answer(answer);
    return true;
  }

  key(): void {}

  paste(): void {}

  view(): OverlayView {
    return this.#page.view();
  }
}
