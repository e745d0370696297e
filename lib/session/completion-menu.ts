import { clamp } from '../base/geometry.ts';

export interface CompletionSources {
  /** What may stand at the cursor of a slash command (its `/` included in neither) instead of the word before it. */
  readonly completeCommand: (line: string, cursor: number) => readonly string[];
  /** What a command means, by its name; undefined for none. */
  readonly describeCommand?: (name: string) => CommandNote | undefined;
  /** Paths for what was typed behind an `@`, folders with a `/` at their end. Rejections count as none. */
  readonly completeFile: (prefix: string, signal: AbortSignal) => Promise<readonly string[]>;
  /** Hears that the menu is not what it was; must not throw. */
  readonly onChange: () => void;
}

/** What a menu tells of a command. */
export interface CommandNote {
  /** How it is typed: `/switch name`. */
  readonly usage: string;
  readonly summary: string;
}

/** One row of the menu. */
export interface MenuItem {
  readonly label: string;
  /** What it means; empty where nothing is known. */
  readonly summary: string;
}

/** What takes the place of the text from `start` to the cursor. */
export interface Completion {
  readonly start: number;
  readonly text: string;
}

/** The word before the cursor that can be completed. */
interface Word {
  readonly kind: 'command' | 'file';
  readonly start: number;
  readonly typed: string;
}

/** Units before the cursor in which a word to complete is looked for. */
const MAXIMUM_WORD = 1024;
const MAXIMUM_ITEMS = 200;
/** A path behind an `@` that follows no word: with a quote it may hold blanks. */
const FILE = /(?:^|[\s([{'"`,;:=>])@("[^"\n]*|[^\s"]*)$/;

/**
 * What could be meant by the word before the cursor. Nothing is chosen until a person chooses, so that an answer that
 * comes late changes no key's meaning; of several requests only the newest is heard.
 */
export class CompletionMenu {
  readonly #sources: CompletionSources;
  #word: Word | undefined;
  #found: readonly string[] = [];
  #described: readonly MenuItem[] | undefined;
  #selected: number | undefined;
  #request: AbortController | undefined;

  constructor(sources: CompletionSources) {
    this.#sources = sources;
  }

  get items(): readonly MenuItem[] {
    this.#described ??= this.#describe();
    return this.#described;
  }

  get selected(): number | undefined {
    return this.#selected;
  }

  get isOpen(): boolean {
    return this.#items.length > 0;
  }

  /** Asks for what fits the word before the cursor, after every edit. */
  update(text: string, cursor: number): void {
    const word = wordBefore(text, cursor);
    const before = this.#word;
    this.#request?.abort();
    this.#request = undefined;
    if (word === undefined) {
      this.close();
      return;
    }
    this.#word = word;
    this.#selected = undefined;
    if (word.kind === 'command') {
      this.#show(this.#sources.completeCommand(text.slice(1), cursor - 1));
      return;
    }
    // The items before stay until the answer is there, so that the menu does not flicker.
    if (before?.kind !== 'file' || before.start !== word.start) this.#items = [];
    else this.#items = this.#items.filter((item) => item.toLowerCase().includes(word.typed.toLowerCase()));
    void this.#requestFiles(word);
  }

  /** Until the next edit. */
  close(): void {
    this.#request?.abort();
    this.#request = undefined;
    this.#word = undefined;
    this.#items = [];
    this.#selected = undefined;
  }

  /** Chooses the next item, or the one before with -1; no later answer takes that back. */
  move(by: 1 | -1): void {
    const { length } = this.#items;
    if (length === 0) return;
    this.#request?.abort();
    this.#request = undefined;
    const from = this.#selected ?? (by === 1 ? -1 : length);
    this.#selected = (from + by + length) % length;
  }

  /** Takes an item that was pointed at. */
  choose(index: number): Completion | undefined {
    if (this.#items.length > 0) this.#selected = clamp(index, 0, this.#items.length - 1);
    return this.chosen();
  }

  /** What Tab takes: the chosen item, or what is clear without choosing; else it chooses the next one (or the one before). */
  tab(by: 1 | -1, text: string, cursor: number): Completion | undefined {
    if (!this.isOpen) this.update(text, cursor);
    const clear = by === 1 ? (this.chosen() ?? this.#common()) : undefined;
    if (clear === undefined) this.move(by);
    return clear;
  }

  /** What the chosen item makes of the word; undefined when none is chosen. */
  chosen(): Completion | undefined {
    return this.#selected === undefined ? undefined : this.#completion(this.#items[this.#selected]);
  }

  /** What is clear without choosing: the only item, or what all begin with beyond what is typed. */
  #common(): Completion | undefined {
    const [first] = this.#items;
    if (this.#word === undefined || first === undefined) return undefined;
    if (this.#items.length === 1) return this.#completion(first);
    const { kind, start, typed } = this.#word;
    const shared = commonStart(this.#items);
    if (shared.length <= typed.length || !shared.startsWith(typed)) return undefined;
    return { start, text: kind === 'file' ? `@${/\s/.test(shared) ? '"' : ''}${shared}` : shared };
  }

  get #items(): readonly string[] {
    return this.#found;
  }

  set #items(items: readonly string[]) {
    this.#found = items;
    this.#described = undefined;
  }

  #describe(): readonly MenuItem[] {
    const isName = this.#word?.kind === 'command' && this.#word.start === 1;
    return this.#items.map((item) => {
      const note = isName ? this.#sources.describeCommand?.(item) : undefined;
      return { label: note?.usage ?? item, summary: note?.summary ?? '' };
    });
  }

  async #requestFiles(word: Word): Promise<void> {
    const request = new AbortController();
    this.#request = request;
    let found: readonly string[];
    try {
      found = await this.#sources.completeFile(word.typed, request.signal);
    } catch {
      found = [];
    }
    if (request.signal.aborted) return;
    this.#request = undefined;
    this.#show(found);
    this.#sources.onChange();
  }

  #show(items: readonly string[]): void {
    const done = items.length === 1 && items[0] === this.#word?.typed;
    this.#items = done ? [] : items.slice(0, MAXIMUM_ITEMS);
    this.#selected = undefined;
  }

  #completion(item: string | undefined): Completion | undefined {
    const word = this.#word;
    if (word === undefined || item === undefined) return undefined;
    if (word.kind === 'command') return { start: word.start, text: /[/=:]$/.test(item) ? item : `${item} ` };
    const quote = /\s/.test(item) ? '"' : '';
    return { start: word.start, text: `@${quote}${item}${item.endsWith('/') ? '' : `${quote} `}` };
  }
}

function wordBefore(text: string, cursor: number): Word | undefined {
  const from = Math.max(0, cursor - MAXIMUM_WORD);
  const before = text.slice(from, cursor);
  const file = FILE.exec(before);
  if (file !== null) {
    const path = file[1] ?? '';
    return { kind: 'file', start: cursor - path.length - 1, typed: path.replace('"', '') };
  }
  if (!text.startsWith('/') || from > 0 || cursor === 0 || before.includes('\n')) return undefined;
  const start = Math.max(1, before.lastIndexOf(' ') + 1);
  return { kind: 'command', start, typed: before.slice(start) };
}

function commonStart(words: readonly string[]): string {
  return words.reduce((common, word) => {
    let length = 0;
    while (length < common.length && common[length] === word[length]) length++;
    return common.slice(0, length).replace(/[\ud800-\udbff]$/, '');
  });
}
