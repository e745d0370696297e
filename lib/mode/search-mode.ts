import type { Key } from '../input/key.ts';
import type { Line } from '../text/line.ts';
import type { ListEntry, ListModeOptions } from './list-entry.ts';
import { ListMode } from './list-mode.ts';
import type { Mode } from './mode.ts';
import type { OverlayView } from './overlay-view.ts';

export interface SearchModeOptions<Entry extends ListEntry>
  extends Pick<ListModeOptions<Entry>, 'preview' | 'style' | 'rows' | 'previewRows'> {
  readonly title: string;
  readonly words: string;
  /** What was found for the words typed last, or before them while the search goes on. */
  readonly found: () => readonly Entry[];
  /** Hears the words whenever they are others. Must not throw. */
  readonly search: (words: string) => void;
  readonly accept: (entry: Entry) => void;
  readonly exit: () => void;
}

/** Actions of lists that are nothing here, so that their keys do no harm. */
const NOTHING = ['kill', 'rename'];

/** A line to type words into, and below it what has them, which others look for: text is always typed, other keys act. */
export class SearchMode<Entry extends ListEntry & { readonly line: Line }> implements Mode {
  readonly keyTable = 'list-filter';
  readonly actions: readonly string[];
  readonly #options: SearchModeOptions<Entry>;
  readonly #list: ListMode<Entry>;
  #words: string;

  constructor(options: SearchModeOptions<Entry>) {
    this.#options = options;
    const { title, words, found, accept, exit } = options;
    const { preview, style, rows, previewRows } = options;
    this.#list = new ListMode<Entry>({
      title,
      filter: words,
      items: found,
      // What was found fits already, by rules of its own.
      match: (entries) => entries,
      accept,
      exit,
      ...(preview === undefined ? {} : { preview }),
      ...(rows === undefined ? {} : { rows }),
      ...(previewRows === undefined ? {} : { previewRows }),
      style,
    });
    this.actions = [...this.#list.actions, ...NOTHING];
    this.#words = this.#list.filter;
    this.#type();
    if (this.#words.trim() !== '') options.search(this.#words);
  }

  get words(): string {
    return this.#words;
  }

  /** Others were found: the first of them is selected. */
  changed(): void {
    this.#list.select(0);
  }

  action(name: string, args: readonly string[], count: number): boolean {
    if (NOTHING.includes(name)) return true;
    if (name === 'cancel') this.#options.exit();
    else if (!this.#list.action(name, args, count)) return false;
    this.#type();
    return true;
  }

  key(key: Key): void {
    this.#list.key(key);
    this.#type();
  }

  paste(text: string): void {
    this.#list.paste(text);
    this.#type();
  }

  view(): OverlayView {
    return this.#list.view();
  }

  /** The list goes on typing, and what was typed is looked for. */
  #type(): void {
    this.#list.action('filter', [], 1);
    const { filter } = this.#list;
    if (filter === this.#words) return;
    this.#words = filter;
    this.#options.search(filter);
  }
}
