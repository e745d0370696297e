import type { UserPart } from '../conversation/message.ts';
import { DraftRows } from './draft-rows.ts';
import { DraftTokens } from './draft-tokens.ts';
import { EditHistory } from './edit-history.ts';
import { cleanText, EMPTY_TEXT, MAXIMUM_TEXT, movedTo, replaced, type TextDraft } from './text-draft.ts';
import { editText } from './text-editor.ts';
import { lineEnd, lineStart, nextCluster, previousCluster } from './text-motion.ts';
import { type ViState, viAction, viInsert, viNormal, viPending, viType } from './vi-editor.ts';

export interface DraftEditorOptions {
  /** Whose fingers; may change at any time. */
  readonly keys: () => 'emacs' | 'vi';
  /** Hears what a person should be told, as a sentence; must not throw. */
  readonly onNotice?: (text: string) => void;
}

/** Units of folded texts that are kept for undo and yank. */
const MAXIMUM_FOLDED = 4 * MAXIMUM_TEXT;
/** Messages sent with folded texts that can come back folded. */
const MAXIMUM_SENT = 10;

/** A draft of several lines with folded texts in it, edited with Emacs's or vi's fingers; every change can be undone. */
export class DraftEditor {
  readonly #options: DraftEditorOptions;
  readonly #tokens = new DraftTokens();
  readonly #edits = new EditHistory();
  /** Messages that were sent with folded texts: the whole text, and the draft. */
  readonly #sent = new Map<string, string>();
  #vi: ViState = viInsert(EMPTY_TEXT);
  #columns = 80;
  #rows: DraftRows | undefined;
  /** The parts of the draft that was asked for last. */
  #parts: { readonly text: string; readonly parts: readonly UserPart[] } | undefined;

  constructor(options: DraftEditorOptions) {
    this.#options = options;
  }

  get draft(): TextDraft {
    return this.#vi.draft;
  }

  /** `normal` where keys are vi's commands, `character` where one of those waits for a character. */
  get state(): 'insert' | 'normal' | 'character' {
    if (!this.#vi.normal || this.#options.keys() === 'emacs') return 'insert';
    return this.#vi.waiting === undefined ? 'normal' : 'character';
  }

  /** Whether an operator of vi waits for a motion. */
  get hasOperator(): boolean {
    return this.#vi.operator !== undefined;
  }

  /** The count typed before a command of vi, which is used up. */
  takeCount(): number | undefined {
    const { count } = this.#vi;
    if (count !== undefined) this.#vi = { ...this.#vi, count: undefined };
    return count;
  }

  /** The whole draft as parts, folded texts as parts of their own. */
  get parts(): readonly UserPart[] {
    const { text } = this.draft;
    if (this.#parts?.text !== text) this.#parts = { text, parts: this.#tokens.parts(text) };
    return this.#parts.parts;
  }

  /** A text with its tokens as labels in brackets. */
  shown(text: string): string {
    return this.#tokens.shown(text);
  }

  /** The draft folded at the columns that were set last. */
  get rows(): DraftRows {
    this.#rows ??= this.rowsOf(this.draft.text);
    return this.#rows;
  }

  rowsOf(text: string): DraftRows {
    return new DraftRows(text, this.#columns, (cluster) => this.#tokens.shown(cluster));
  }

  setColumns(columns: number): void {
    if (columns !== this.#columns) this.#rows = undefined;
    this.#columns = columns;
  }

  /** An action of `editText`. */
  act(name: string, count: number): void {
    const next = editText(this.draft, name, count, MAXIMUM_TEXT);
    if (next !== undefined) this.edit(next);
  }

  /** An action of `viAction`. */
  command(name: string, args: readonly string[], count: number): void {
    const next = viAction(this.#vi, name, args, count);
    if (next !== undefined) this.#become(next);
  }

  /** Text that was typed: into the draft, or to the command of vi that waits for it. */
  type(text: string): void {
    const clean = cleanText(text);
    if (this.state === 'insert') this.insert(clean);
    else this.#become(viType(this.#vi, clean));
  }

  /** A whole text at the cursor; behind the last character of a line on which vi's cursor stands, as Vim pastes it. */
  insert(text: string): void {
    if (this.state !== 'insert') {
      const behind = nextCluster(this.draft.text, this.draft.cursor);
      if (behind === lineEnd(this.draft.text, behind - 1))
        this.#vi = { ...this.#vi, draft: movedTo(this.draft, behind) };
    }
    const { cursor } = this.draft;
    const draft = replaced(this.draft, cursor, cursor, text);
    this.#become(this.state === 'insert' ? { ...this.#vi, draft } : viNormal(this.#vi, draft), text);
  }

  /** A folded text at the cursor. */
  attach(label: string, text: string): void {
    if (this.#tokens.size(this.draft.text) + text.length > MAXIMUM_TEXT) this.refuse(text.length);
    else if (text !== '') {
      this.#makeRoom(text.length);
      this.insert(this.#tokens.add(label, text));
    }
  }

  /** The next draft; in vi's normal state its cursor stands on a character. */
  edit(draft: TextDraft): void {
    this.#become(this.state === 'insert' ? { ...this.#vi, draft } : viNormal(this.#vi, draft));
  }

  /**
   * Another text instead of all, which can be undone; typing goes on at its end.
   * @param limited whether it is refused when it is too long; else it may only get shorter from then on
   */
  replaceAll(text: string, limited = true): void {
    const next = viInsert(replaced(this.draft, 0, this.draft.text.length, text), this.#vi.found);
    if (limited) this.#become(next);
    else {
      this.#edits.note(this.draft, next.draft);
      this.#set(next);
    }
  }

  /** Empties it for good: what was sent is not undone. `whole` is the text that was sent. */
  sent(whole: string): void {
    const { text } = this.draft;
    if (text !== whole) {
      this.#sent.delete(whole);
      this.#sent.set(whole, text);
      const [oldest] = this.#sent.keys();
      if (this.#sent.size > MAXIMUM_SENT && oldest !== undefined) this.#sent.delete(oldest);
    }
    this.#edits.clear();
    this.#set(viInsert({ ...this.draft, text: '', cursor: 0, goal: undefined, killing: false }, this.#vi.found));
  }

  /** A text of the history as a draft: folded as it was sent, as far as that is known still. */
  recalled(whole: string): string {
    const draft = this.#sent.get(whole) ?? whole;
    return this.#tokens.knows(draft) ? draft : cleanText(whole);
  }

  /** Parts as a draft's text: those with a label folded. */
  draftOf(parts: readonly UserPart[]): string {
    this.#makeRoom(parts.reduce((sum, { text, label }) => sum + (label === undefined ? 0 : text.length), 0));
    return parts
      .map(({ text, label }) => {
        const clean = cleanText(text.slice(0, 2 * MAXIMUM_TEXT));
        return label === undefined || clean === '' ? clean : this.#tokens.add(label, clean);
      })
      .join('');
  }

  undo(way: 'undo' | 'redo', count: number): void {
    for (let done = 0; done < count; done++) {
      const restored = this.#edits[way](this.draft);
      if (restored === undefined) return;
      const draft = movedTo({ ...this.draft, text: restored.text }, restored.cursor);
      this.#set(this.state === 'insert' ? { ...this.#vi, draft } : viNormal(this.#vi, draft));
    }
  }

  /** A row up or down, at the column where that began; false beyond the first and last. */
  step(by: 1 | -1): boolean {
    const row = this.rows.at(this.draft.cursor);
    const next = this.rows.beside(row, by);
    if (next === undefined) return false;
    const goal = this.draft.goal ?? this.rows.columnOf(row, this.draft.cursor);
    this.edit({ ...movedTo(this.draft, this.rows.offsetAt(next, goal)), goal });
    return true;
  }

  /** What Escape means to vi: from typing to commands, or away from half a command. False when it means nothing. */
  escape(): boolean {
    if (this.#options.keys() === 'emacs') return false;
    const { text, cursor } = this.draft;
    const back = Math.max(lineStart(text, cursor), previousCluster(text, cursor));
    if (!this.#vi.normal) this.#become(viNormal(this.#vi, movedTo(this.draft, back)));
    else if (viPending(this.#vi)) this.#become(viNormal(this.#vi));
    else return false;
    return true;
  }

  /** Says that `units` more do not fit. */
  refuse(units: number): void {
    const size = units < 10_000 ? `${units} characters` : `${Math.round(units / 1000)} thousand characters`;
    this.#options.onNotice?.(
      `${size} more do not fit: a message has at most a million. Write them to a file and name it with @.`,
    );
  }

  /** Where too much is folded for `units` more, what only undo and yank know is given up. */
  #makeRoom(units: number): void {
    if (this.#tokens.units + units <= MAXIMUM_FOLDED) return;
    this.#tokens.keep(this.draft.text);
    this.#edits.clear();
    if (!this.#tokens.knows(this.draft.killed))
      this.#vi = { ...this.#vi, draft: { ...this.draft, killed: '', killing: false } };
  }

  /** Takes a state over and notes the change, if its text is not too long; `inserted` is as in `EditHistory.note`. */
  #become(next: ViState, inserted?: string): void {
    const before = this.draft;
    if (inserted !== undefined || next.draft.text !== before.text) {
      const own = this.#tokens.size(before.text);
      const size = this.#tokens.size(next.draft.text);
      if (size > MAXIMUM_TEXT && size > own) {
        this.refuse(size - own);
        return;
      }
      this.#edits.note(before, next.draft, inserted);
    }
    this.#set(next);
  }

  #set(next: ViState): void {
    if (next.draft.text !== this.draft.text) this.#rows = undefined;
    this.#vi = next;
  }
}
