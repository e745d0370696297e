import { clamp } from '../base/geometry.ts';
import type { Key } from '../input/key.ts';
import { keyText } from '../input/key-name.ts';
import { type Draft, EMPTY_DRAFT, editLine, insertText, LINE_ACTIONS, withText } from '../input/line-editor.ts';
import { LineHistory } from '../input/line-history.ts';
import { PLAIN, type Style } from '../text/style.ts';
import type { Mode } from './mode.ts';
import type { OverlayView } from './overlay-view.ts';

export interface PromptModeOptions {
  readonly label: string;
  readonly initial: string;
  /** Answers to one typed character at once (command-prompt -1). */
  readonly single?: boolean | undefined;
  readonly style?: Style;
  /** Lines accepted before, oldest first; accepted ones are added, at most `historyLimit` (100) are kept. */
  readonly history?: string[];
  readonly historyLimit?: number;
  /** Words that may stand where the word before the cursor (from the last blank) stands. */
  readonly complete?: ((text: string, cursor: number) => readonly string[]) | undefined;
  /** Hears every edit, for incremental searching. */
  readonly onChange?: ((text: string) => void) | undefined;
  /** The line, once; the prompt is to be closed. */
  readonly accept: (text: string) => void;
  /** The prompt was left; it is to be closed. */
  readonly cancel: () => void;
}

interface Completions {
  readonly words: readonly string[];
  readonly start: number;
  readonly selected: number | undefined;
}

/** tmux's prompt-history-limit. */
const DEFAULT_LIMIT = 100;
const MAXIMUM_COMPLETIONS = 500;
const MAXIMUM_COUNT = 1000;
const OWN_ACTIONS = ['accept', 'cancel', 'history-previous', 'history-next', 'complete', 'complete-previous'];
const ACTIONS: readonly string[] = [...OWN_ACTIONS, ...LINE_ACTIONS];

/** A line to type, with editing, history and completion. */
export class PromptMode implements Mode {
  readonly keyTable = 'prompt';
  readonly actions = ACTIONS;
  readonly #options: PromptModeOptions;
  readonly #history: LineHistory;
  #draft: Draft;
  #completions: Completions | undefined;
  #done = false;

  constructor(options: PromptModeOptions) {
    this.#options = options;
    this.#history = new LineHistory(options.history ?? [], options.historyLimit ?? DEFAULT_LIMIT);
    this.#draft = withText(EMPTY_DRAFT, options.initial);
  }

  get text(): string {
    return this.#draft.text;
  }

  action(name: string, _args: readonly string[], count: number): boolean {
    if (!ACTIONS.includes(name)) return false;
    if (this.#done) return true;
    switch (name) {
      case 'accept':
        this.#finish(() => this.#accept(this.text));
        break;
      case 'cancel':
        this.#finish(() => this.#options.cancel());
        break;
      case 'history-previous':
      case 'history-next': {
        const line = this.#history.move(name === 'history-previous' ? 1 : -1, this.text);
        if (line !== undefined) this.#edit(withText(this.#draft, line));
        break;
      }
      case 'complete':
        this.#complete(1);
        break;
      case 'complete-previous':
        this.#complete(-1);
        break;
      default:
        this.#edit(editLine(this.#draft, name, clamp(count, 1, MAXIMUM_COUNT)) ?? this.#draft);
    }
    return true;
  }

  key(key: Key): void {
    const text = keyText(key);
    if (text === undefined || this.#done) return;
    if (this.#options.single) this.#finish(() => this.#options.accept(text));
    else this.#edit(insertText(this.#draft, text));
  }

  paste(text: string): void {
    if (!this.#done && !this.#options.single) this.#edit(insertText(this.#draft, text));
  }

  view(): OverlayView {
    const { label, style = PLAIN } = this.#options;
    return {
      kind: 'prompt',
      label: [{ text: label, style }],
      text: this.#draft.text,
      cursor: this.#draft.cursor,
      style,
      completions: this.#completions?.words ?? [],
      selected: this.#completions?.selected,
    };
  }

  #accept(text: string): void {
    if (!this.#options.single) this.#history.add(text);
    this.#options.accept(text);
  }

  #finish(end: () => void): void {
    this.#done = true;
    end();
  }

  #edit(draft: Draft): void {
    const changed = draft.text !== this.#draft.text;
    this.#draft = draft;
    this.#completions = undefined;
    if (changed) this.#options.onChange?.(draft.text);
  }

  /** First what all candidates begin with and a list of them, then one after the other. */
  #complete(step: 1 | -1): void {
    const shown = this.#completions;
    if (shown !== undefined) {
      const { length } = shown.words;
      const selected = shown.selected === undefined ? (step === 1 ? 0 : length - 1) : shown.selected + step;
      this.#choose({ ...shown, selected: (selected + length) % length });
      return;
    }
    const { text, cursor } = this.#draft;
    const words = this.#options.complete?.(text, cursor).slice(0, MAXIMUM_COMPLETIONS) ?? [];
    const [first] = words;
    if (first === undefined) return;
    const start = text.lastIndexOf(' ', cursor - 1) + 1;
    if (words.length === 1) {
      this.#replaceWord(start, /[/=:]$/.test(first) || cursor < text.length ? first : `${first} `);
      return;
    }
    const common = commonPrefix(words);
    if (common.length > cursor - start) this.#replaceWord(start, common);
    this.#completions = { words, start, selected: undefined };
  }

  #choose(completions: Completions): void {
    this.#replaceWord(completions.start, completions.words[completions.selected ?? 0] ?? '');
    this.#completions = completions;
  }

  #replaceWord(start: number, word: string): void {
    const { text, cursor } = this.#draft;
    const kept = { ...this.#draft, text: text.slice(0, start) + text.slice(cursor), cursor: start };
    this.#edit(insertText(kept, word));
  }
}

function commonPrefix(words: readonly string[]): string {
  return words.reduce((common, word) => {
    let length = 0;
    while (length < common.length && common[length] === word[length]) length++;
    return common.slice(0, length);
  });
}
