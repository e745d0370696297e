import type { Grid } from '../text/grid.ts';
import type { Line } from '../text/line.ts';
import { drawLine } from '../text/line-cells.ts';
import { PLAIN } from '../text/style.ts';
import type { Conversation } from './conversation.ts';
import { EMPTY_CONVERSATION } from './conversation.ts';
import type { Message } from './message.ts';
import { entryOf } from './transcript-entry.ts';
import { Folds, type PartSource, type TranscriptEntry } from './transcript-part.ts';
import { TranscriptRows } from './transcript-rows.ts';

export interface TranscriptOptions {
  readonly columns: number;
  /** What is open and closed in it; nobody's where left out. */
  readonly folds?: Folds;
}

/**
 * A conversation as rows of a width: what a person sees of a chat. Rows are numbered as a RowSource's, but the oldest
 * are found last: `firstRow` shrinks until all is laid out. Taking up what is new costs as much as is new; laying out
 * happens when rows are asked for.
 */
export class Transcript {
  readonly #folds: Folds;
  #conversation: Conversation = EMPTY_CONVERSATION;
  /** One for each message, and a last one for the reply. */
  #entries: TranscriptEntry[] = [];
  readonly #rows: TranscriptRows;

  constructor({ columns, folds = new Folds() }: TranscriptOptions) {
    this.#folds = folds;
    const source: PartSource = {
      size: () => this.#entries.length,
      parts: (entry) => this.#entries[entry]?.parts ?? [],
      finished: (entry) => this.#entries[entry]?.finished ?? 0,
    };
    this.#rows = new TranscriptRows(source, this.#folds, columns);
  }

  get columns(): number {
    return this.#rows.columns;
  }

  /** At least some hundred rows before the end, if there are so many; `layOutMore` finds the others. */
  get firstRow(): number {
    return this.#rows.firstRow;
  }

  get endRow(): number {
    return this.#rows.endRow;
  }

  get epoch(): number {
    return this.#rows.epoch;
  }

  /** About how many bytes the rows take that it keeps. */
  get memoryUse(): number {
    return this.#rows.memoryUse;
  }

  /** Parts laid out so far, for those who count the work. */
  get layouts(): number {
    return this.#rows.layouts;
  }

  /** Everything is laid out afresh when it is asked for. */
  setColumns(columns: number): void {
    this.#rows.setColumns(columns);
  }

  /** Shows what the conversation is now. */
  update(conversation: Conversation): void {
    const before = this.#conversation;
    if (conversation === before) return;
    this.#conversation = conversation;
    const { messages, reply } = conversation;
    if (!startsWith(messages, before.messages)) {
      this.#entries = [];
      this.#folds.clear();
      this.#take(messages, reply, 0);
      this.#rows.restart();
      return;
    }
    const changed = this.#take(messages, reply, before.messages.length);
    if (changed !== undefined) this.#rows.replace(changed.entry, changed.index);
  }

  /**
   * The row in which the message with that id begins; older rows are laid out down to it, for about so long. Undefined
   * when there is no such message, or not enough time.
   */
  rowOf(id: number, milliseconds: number): number | undefined {
    const entry = this.#entries.findLastIndex((each) => each.id === id);
    return entry < 0 ? undefined : this.#rows.rowOf(entry, milliseconds);
  }

  /** Lays out older rows for about so long; false when all are laid out. */
  layOutMore(milliseconds: number): boolean {
    return this.#rows.layOutMore(milliseconds);
  }

  readRow(row: number, grid: Grid, x: number, y: number, width: number): void {
    const start = y * grid.columns + x;
    grid.erase(start, start + width);
    const laid = this.#rows.row(row);
    if (laid !== undefined) drawLine(grid, x, y, width, laid.line, PLAIN);
  }

  /** A row as it is laid out; empty for an unknown one. */
  line(row: number): Line {
    return this.#rows.row(row)?.line ?? [];
  }

  rowText(row: number): string {
    return this.line(row)
      .map(({ text }) => text)
      .join('')
      .trimEnd();
  }

  isWrapped(row: number): boolean {
    return this.#rows.row(row)?.wrapped ?? false;
  }

  /** The card or fold at that row opens or closes; rows before it keep their numbers. False when there is none. */
  toggle(row: number): boolean {
    return this.#rows.toggle(row);
  }

  /** Opens all cards and thoughts, or closes them when all are open. */
  toggleAll(): void {
    this.#folds.toggleAll();
    this.#rows.restart();
  }

  /** Makes the entries those of the messages from `from` on and of the reply. Tells the first part that is new. */
  #take(
    messages: readonly Message[],
    reply: Message | undefined,
    from: number,
  ): { readonly entry: number; readonly index: number } | undefined {
    const old = this.#entries[from];
    const oldSize = this.#entries.length;
    let first: { readonly entry: number; readonly index: number } | undefined;
    this.#entries.length = Math.min(oldSize, from);
    const size = messages.length + (reply === undefined ? 0 : 1);
    for (let at = from; at < size; at++) {
      const message = messages[at] ?? reply;
      if (message === undefined) continue;
      const known = old?.id === message.id ? old : undefined;
      const entry = known ?? entryOf(message, messages);
      const changed = known === undefined ? 0 : known.update(message);
      const gapChanged = entry.follow(this.#entries.at(-1));
      this.#entries.push(entry);
      const moved = known === undefined || at !== from || gapChanged;
      const index = moved ? 0 : changed;
      if (first === undefined && index !== undefined) first = { entry: at, index };
    }
    if (first === undefined && this.#entries.length < oldSize) first = { entry: size, index: 0 };
    return first;
  }
}

/** Whether `messages` are `start` and perhaps more: they are only ever added to, so that the ends tell. */
function startsWith(messages: readonly Message[], start: readonly Message[]): boolean {
  if (messages === start || start.length === 0) return true;
  const last = start.length - 1;
  return messages.length >= start.length && messages[0] === start[0] && messages[last] === start[last];
}
