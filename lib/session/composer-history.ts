import { LineHistory } from '../input/line-history.ts';
import type { SearchAction } from './composer-actions.ts';
import { HistorySearch } from './history-search.ts';
import { cleanText } from './text-draft.ts';

const DEFAULT_LIMIT = 200;

/** What was sent before: gone through one by one, or searched. */
export class ComposerHistory {
  readonly #messages: string[];
  readonly #walk: LineHistory;
  #search: HistorySearch | undefined;

  /** @param messages oldest first; shared by all composers, and changed by `sent` */
  constructor(messages: string[], limit = DEFAULT_LIMIT) {
    this.#messages = messages;
    this.#walk = new LineHistory(messages, limit);
  }

  get search(): HistorySearch | undefined {
    return this.#search;
  }

  /** The message before (1) or after; `draft` is kept as the newest. Undefined at the ends. */
  move(by: 1 | -1, draft: string): string | undefined {
    return this.#walk.move(by, draft);
  }

  sent(message: string): void {
    this.#walk.add(message);
    this.reset();
  }

  /** The draft is a new one. */
  reset(): void {
    this.#walk.reset();
  }

  /** Adds to what is searched for; false when nothing is. */
  type(text: string): boolean {
    this.#search?.type(cleanText(text).replace(/\n/g, ' '));
    return this.#search !== undefined;
  }

  /** Begins the search, or goes on with it. */
  act(name: SearchAction): void {
    switch (name) {
      case 'search-history':
        this.#search ??= new HistorySearch(this.#messages);
        return;
      case 'search-again':
      case 'search-forward':
        this.#search?.again(name === 'search-again' ? -1 : 1);
        return;
      case 'search-delete-char':
        this.#search?.erase();
        return;
      default:
        name satisfies never;
    }
  }

  /** Ends the search; what it found, if there was one. */
  end(): { readonly found: string | undefined } | undefined {
    const search = this.#search;
    this.#search = undefined;
    return search;
  }
}
