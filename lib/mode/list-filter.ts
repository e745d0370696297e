import { fuzzyScore } from '../text/fuzzy.ts';
import { clustersOf } from '../text/width.ts';
import type { ListEntry } from './list-entry.ts';

/** UTF-16 units of a filter. */
const MAXIMUM_LENGTH = 200;

type Match<Entry> = (entries: readonly Entry[], filter: string) => readonly Entry[];

/** What a person types to find entries of a list. */
export class ListFilter<Entry extends ListEntry> {
  readonly #match: Match<Entry>;
  #text: string;
  #isTyped = false;
  /** The entries that fit, for as long as the items and the text are the same. */
  #fitting: { readonly items: readonly Entry[]; readonly text: string; readonly entries: readonly Entry[] } | undefined;

  /** @param match the entries that fit, in their order; unless given, the best first by letters in their order */
  constructor(text: string, match: Match<Entry> = ranked) {
    this.#text = text.slice(0, MAXIMUM_LENGTH);
    this.#match = match;
  }

  get text(): string {
    return this.#text;
  }

  /** Whether keys type into it. */
  get isTyped(): boolean {
    return this.#isTyped;
  }

  begin(): void {
    this.#isTyped = true;
  }

  /** Nothing is filtered any more, and keys are keys again. */
  end(): void {
    this.#isTyped = false;
    this.#text = '';
  }

  type(text: string): void {
    this.#isTyped = true;
    this.#text = (this.#text + text.replace(/[\p{Cc}\p{Cs}]+/gu, ' ')).slice(0, MAXIMUM_LENGTH);
  }

  /** Takes so many characters away; ends where there are none. */
  erase(count: number): void {
    if (this.#text === '') this.end();
    const clusters = [...clustersOf(this.#text)].slice(0, -count);
    this.#text = clusters.map(({ text }) => text).join('');
  }

  clear(): void {
    this.#text = '';
  }

  /** Those of `items` that fit; all in their own order while nothing is filtered. */
  of(items: readonly Entry[]): readonly Entry[] {
    if (this.#text.trim() === '') return items;
    const known = this.#fitting;
    if (known?.items === items && known.text === this.#text) return known.entries;
    const entries = this.#match(items, this.#text);
    this.#fitting = { items, text: this.#text, entries };
    return entries;
  }
}

/** The entries that fit, the best first by letters in their order. */
export function ranked<Entry extends ListEntry>(all: readonly Entry[], filter: string): readonly Entry[] {
  const scored: { readonly entry: Entry; readonly score: number }[] = [];
  for (const entry of all) {
    const score = fuzzyScore(filter, entry.text);
    if (score !== undefined) scored.push({ entry, score });
  }
  return scored.sort((a, b) => b.score - a.score).map(({ entry }) => entry);
}
