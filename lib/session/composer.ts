import { clamp, type Position } from '../base/geometry.ts';
import type { UserPart } from '../conversation/message.ts';
import type { Line } from '../text/line.ts';
import { type Completion, CompletionMenu } from './completion-menu.ts';
import {
  COMPOSER_ACTIONS,
  isOwnAction,
  isSearchAction,
  type OwnAction,
  type SearchAction,
} from './composer-actions.ts';
import { ComposerHistory } from './composer-history.ts';
import type { ComposerOptions, Submitted } from './composer-options.ts';
import { ComposerPicture } from './composer-picture.ts';
import { DraftEditor } from './draft-editor.ts';
import { foldLabel } from './draft-tokens.ts';
import { cleanText, endsWithBackslash, MAXIMUM_TEXT, movedTo, replaced } from './text-draft.ts';
import { previousCluster } from './text-motion.ts';
import { VI_ACTIONS } from './vi-editor.ts';

const MAXIMUM_COUNT = 1000;

/** Where a person types to a chat: several lines, with history, completion, folded pastes, and Emacs's or vi's fingers. */
export class Composer {
  readonly actions = COMPOSER_ACTIONS;
  readonly #options: ComposerOptions;
  readonly #editor: DraftEditor;
  readonly #history: ComposerHistory;
  readonly #menu: CompletionMenu;
  readonly #picture: ComposerPicture;

  constructor(options: ComposerOptions) {
    this.#options = options;
    this.#editor = new DraftEditor(options);
    this.#history = new ComposerHistory(options.history, options.historyLimit);
    this.#menu = new CompletionMenu(options);
    this.#picture = new ComposerPicture(this.#editor, this.#history, this.#menu);
  }

  /**
   * `compose-emacs`, `compose-vi` while text is typed, `compose-vi-normal`, `compose-vi-char` while a command waits for a
   * character, or `compose-search`.
   */
  get keyTable(): string {
    if (this.#history.search !== undefined) return 'compose-search';
    if (this.#options.keys() === 'emacs') return 'compose-emacs';
    const { state } = this.#editor;
    return state === 'insert' ? 'compose-vi' : state === 'normal' ? 'compose-vi-normal' : 'compose-vi-char';
  }

  /** What is shown: folded texts as their labels in brackets. */
  get text(): string {
    return this.#editor.shown(this.#editor.draft.text);
  }

  /** The draft with what is folded in it. */
  get parts(): readonly UserPart[] {
    return this.#editor.parts;
  }

  get isEmpty(): boolean {
    return this.#editor.draft.text === '';
  }

  /** Does what a key table asks; false for an unknown name. */
  action(name: string, args: readonly string[], count: number): boolean {
    if (!COMPOSER_ACTIONS.includes(name)) return false;
    const times = clamp(count, 1, MAXIMUM_COUNT);
    if (!isSearchAction(name)) this.#endSearch(name !== 'search-cancel');
    if (isOwnAction(name)) this.#own(name, times);
    else if (isSearchAction(name)) this.#search(name);
    else if (name === 'vi-motion' && !this.#editor.hasOperator && (args[0] === 'up' || args[0] === 'down'))
      this.#vertical(args[0] === 'up' ? -1 : 1, this.#editor.takeCount() ?? times);
    else
      this.#edit(() => {
        if (VI_ACTIONS.includes(name)) this.#editor.command(name, args, times);
        else this.#editor.act(name, times);
      });
    this.#options.onChange();
    return true;
  }

  /** Text that was typed: into the search, to the command of vi that waits for it, or into the draft. */
  type(text: string): void {
    if (!this.#history.type(text)) this.#edit(() => this.#editor.type(text));
    this.#options.onChange();
  }

  /** Text that was pasted: folded into a token when it is long, refused with a notice when it is too long. */
  paste(text: string): void {
    if (text.length > 2 * MAXIMUM_TEXT) {
      this.#editor.refuse(text.length);
      return;
    }
    if (this.#history.search !== undefined) {
      this.type(text);
      return;
    }
    const clean = cleanText(text);
    const label = foldLabel(clean);
    this.#menu.close();
    if (label !== undefined) this.#editor.attach(label, clean);
    else this.#editor.insert(clean);
    this.#options.onChange();
  }

  /** Puts a folded text at the cursor, shown as its label in brackets. */
  attach(label: string, text: string): void {
    this.#endSearch(true);
    this.#menu.close();
    this.#editor.attach(label, cleanText(text.slice(0, 2 * MAXIMUM_TEXT)));
    this.#options.onChange();
  }

  /** Another draft, which can be undone; the cursor at its end. */
  setText(text: string): void {
    this.setParts([{ text, label: undefined }]);
  }

  /** Another draft of parts, those with a label folded; refused with a notice when it is too long and that is `limited`. */
  setParts(parts: readonly UserPart[], limited = true): void {
    this.#endSearch(false);
    this.#menu.close();
    this.#editor.replaceAll(this.#editor.draftOf(parts), limited);
    this.#options.onChange();
  }

  /** Puts parts before the draft, on lines of their own: what was queued comes back, however long it is. */
  prependParts(parts: readonly UserPart[]): void {
    const rest: UserPart[] = this.isEmpty ? [] : [{ text: '\n', label: undefined }, ...this.parts];
    this.setParts([...parts, ...rest], false);
  }

  /**
   * Empties it and gives what it held, which goes to the history. Undefined when Enter meant something else: a search was
   * ended, a completion taken, a backslash at the end became a new line, or there is nothing to send.
   */
  submit(): Submitted | undefined {
    const submitted = this.#submit();
    this.#options.onChange();
    return submitted;
  }

  /**
   * What Escape means here: ends the search, closes the menu, or leaves typing in vi. False when it means nothing, and may
   * stop the turn.
   */
  escape(): boolean {
    if (!this.#endSearch(true)) {
      if (this.#menu.isOpen) this.#menu.close();
      else if (!this.#editor.escape()) return false;
    }
    this.#options.onChange();
    return true;
  }

  /** Ends a search, or empties the draft, which can be undone. False when it is empty. */
  clear(): boolean {
    if (!this.#endSearch(false)) {
      if (this.isEmpty) return false;
      this.#history.reset();
      this.#menu.close();
      this.#editor.replaceAll('');
    }
    this.#options.onChange();
    return true;
  }

  /**
   * How it looks in at most `maximumRows` rows (at least 1): the menu of completions, then the draft, `label` before its
   * first row; and the cell of the cursor.
   */
  layout(
    columns: number,
    maximumRows: number,
    label: string,
  ): { readonly rows: readonly Line[]; readonly cursor: Position } {
    return this.#picture.layOut(columns, maximumRows, label);
  }

  /** A click at a cell of what was laid out last: the cursor goes there, or an item of the menu is taken. */
  moveTo(x: number, y: number): void {
    const clicked = this.#picture.at(x, y);
    if (clicked === undefined) return;
    if (clicked.kind === 'item') {
      this.#take(this.#menu.choose(clicked.index));
    } else {
      this.#menu.close();
      this.#editor.edit(movedTo(this.#editor.draft, clicked.offset));
    }
    this.#options.onChange();
  }

  #submit(): Submitted | undefined {
    if (this.#endSearch(true)) return undefined;
    const chosen = this.#menu.chosen();
    if (chosen !== undefined) {
      this.#take(chosen);
      return undefined;
    }
    this.#menu.close();
    const { draft } = this.#editor;
    const last = previousCluster(draft.text, draft.text.length);
    if (draft.cursor >= last && endsWithBackslash(draft.text)) {
      this.#editor.edit(replaced(draft, draft.text.length - 1, draft.text.length, '\n'));
      return undefined;
    }
    const parts = this.#editor.parts;
    const text = parts.map((part) => part.text).join('');
    if (text.trim() === '') return undefined;
    this.#history.sent(text);
    this.#editor.sent(text);
    return { parts, text };
  }

  #own(name: OwnAction, count: number): void {
    switch (name) {
      case 'up':
      case 'down':
        this.#vertical(name === 'up' ? -1 : 1, count);
        return;
      case 'history-previous':
      case 'history-next':
        this.#recall(name === 'history-previous' ? 1 : -1);
        return;
      case 'undo':
      case 'redo':
        this.#menu.close();
        this.#editor.undo(name, count);
        return;
      case 'complete':
      case 'complete-previous':
        this.#take(this.#menu.tab(name === 'complete' ? 1 : -1, this.#editor.draft.text, this.#editor.draft.cursor));
        return;
      case 'search-accept':
      case 'search-cancel':
        return;
      default:
        name satisfies never;
    }
  }

  /** Up and down: in the menu, by rows of the draft, and beyond its ends through the history. */
  #vertical(by: 1 | -1, count: number): void {
    for (let done = 0; done < Math.min(count, MAXIMUM_COUNT); done++) {
      if (this.#menu.isOpen) this.#menu.move(by);
      else if (!this.#editor.step(by)) {
        this.#recall(by === -1 ? 1 : -1);
        return;
      }
    }
  }

  /** A message sent before (1) or the one after it; the draft that was begun is the newest. */
  #recall(by: 1 | -1): void {
    this.#menu.close();
    const line = this.#history.move(by, this.#editor.draft.text);
    if (line === undefined) return;
    const text = this.#editor.recalled(line);
    const feed = text.indexOf('\n');
    const { draft } = this.#editor;
    this.#editor.edit(replaced(draft, 0, draft.text.length, text, by === 1 && feed >= 0 ? feed : text.length));
  }

  #take(completion: Completion | undefined): void {
    if (completion === undefined) return;
    const { draft } = this.#editor;
    const { start, text } = completion;
    this.#edit(() => this.#editor.edit(replaced(draft, start, draft.cursor, cleanText(text))));
  }

  /** Edits by hand: the menu follows when the text changed, and closes when only the cursor did. */
  #edit(edit: () => void): void {
    const before = this.#editor.draft.text;
    edit();
    const { text, cursor } = this.#editor.draft;
    if (text !== before && this.#editor.state === 'insert') this.#menu.update(text, cursor);
    else this.#menu.close();
  }

  #search(name: SearchAction): void {
    this.#menu.close();
    this.#history.act(name);
  }

  /** Ends a search, with what it found or as it was before; false when there is none. */
  #endSearch(accept: boolean): boolean {
    const search = this.#history.end();
    if (search === undefined) return false;
    if (accept && search.found !== undefined) this.#editor.replaceAll(this.#editor.recalled(search.found));
    return true;
  }
}
