import type { Disposable } from '../base/disposable.ts';
import { UserError } from '../base/user-error.ts';
import type { Archive } from '../command/archive.ts';
import type { Session } from '../session/session.ts';
import { searchPrograms } from './program-search.ts';

/** From a key until it is searched, in milliseconds: who types on is not kept waiting. */
const DELAY = 60;
/** Letters from which on it searches. */
const SHORTEST = 2;
/** Places that are asked for: a session has one of them at least, or others have very many. */
const LIMIT = 1000;

export interface FoundSessionsOptions {
  readonly archive: Pick<Archive, 'search'>;
  readonly sessions: () => readonly Session[];
  /** Others are found now. */
  readonly changed: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Which sessions have words anywhere in what was said in them, or in what they show with its scrollback: for a filter, behind
 * the list that it filters. Histories are searched by their pages, and never all at once.
 */
export class FoundSessions implements Disposable {
  readonly #given: FoundSessionsOptions;
  #found: ReadonlySet<number> = new Set();
  /** What was found last, and what is wanted. */
  #shown = '';
  #wanted = '';
  #timer: NodeJS.Timeout | undefined;
  #isSearching = false;
  #isClosed = false;

  constructor(given: FoundSessionsOptions) {
    this.#given = given;
  }

  /** Those that have the words, as far as is known; for other words than before it is looked, and `changed` tells the end. */
  with(words: string): ReadonlySet<number> {
    if (words !== this.#wanted) this.#want(words);
    return this.#shown === words ? this.#found : new Set();
  }

  dispose(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  #want(words: string): void {
    this.#wanted = words;
    if (this.#isSearching) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#search(), DELAY);
  }

  /** One search at a time; what was typed meanwhile is looked for after it. */
  async #search(): Promise<void> {
    this.#isSearching = true;
    try {
      while (!this.#isClosed && this.#wanted !== this.#shown) {
        const words = this.#wanted;
        const found = words.trim().length < SHORTEST ? new Set<number>() : await this.#sessionsWith(words);
        this.#shown = words;
        this.#found = found;
        if (!this.#isClosed) this.#given.changed();
      }
    } catch (error) {
      this.#shown = this.#wanted;
      this.#given.failed(error);
    } finally {
      this.#isSearching = false;
    }
  }

  async #sessionsWith(words: string): Promise<ReadonlySet<number>> {
    const { archive, sessions } = this.#given;
    try {
      return ids(await archive.search(words, LIMIT));
    } catch (error) {
      // Where nothing can be kept, what programs show is there all the same.
      if (error instanceof UserError) return ids(await searchPrograms(sessions(), words));
      throw error;
    }
  }
}

const ids = (places: Awaited<ReturnType<Archive['search']>>): ReadonlySet<number> =>
  new Set(places.flatMap(({ openAs }) => (openAs === undefined ? [] : [openAs])));
