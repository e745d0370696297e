import type { Position, Size } from '../base/geometry.ts';
import { type Conversation, EMPTY_CONVERSATION } from '../conversation/conversation.ts';
import { Transcript } from '../conversation/transcript.ts';
import { Folds } from '../conversation/transcript-part.ts';
import type { Grid } from '../text/grid.ts';
import type { Line } from '../text/line.ts';
import { drawLine } from '../text/line-cells.ts';
import type { RowSource } from '../text/row-source.ts';
import { PLAIN } from '../text/style.ts';
import { ruleLine } from './chat-panel.ts';
import { SleepingRows } from './sleeping-rows.ts';

/** What a view shows, asked for when it is laid out. */
export interface ChatScene {
  readonly conversation: Conversation;
  /** Between transcript and draft, each within `columns`; what asks is last, and fits in `rows`. */
  panel(columns: number, rows: number): readonly Line[];
  /** The draft in at most `rows` rows, with the place of the cursor in them. */
  draft(columns: number, rows: number): { readonly rows: readonly Line[]; readonly cursor: Position };
  /** What stands over the draft while the conversation is empty. */
  greeting(columns: number): readonly Line[];
}

interface Layout {
  readonly screenTop: number;
  /** One past the transcript's last row. */
  readonly transcriptEnd: number;
  /** The number of the first row below the transcript and the blank rows after it. */
  readonly bottomTop: number;
  readonly bottom: readonly Line[];
  readonly greeting: readonly Line[];
  readonly cursor: Position;
  /** Rows of the draft that are seen, and the screen row at which its first one would be. */
  readonly draftRows: number;
  readonly draftTop: number;
}

/** Rows from which on a rule stands over the draft. */
const RULE_ROWS = 6;
/** Milliseconds that older messages are laid out for at a time while the screen is not full. */
const SLICE = 5;
const BLANK: Line = [];

/**
 * A chat as rows: its transcript, and at the bottom of the screen what waits, what it does, and the draft. Nothing is laid
 * out until somebody reads.
 */
export class ChatView implements RowSource {
  readonly #scene: ChatScene;
  /** What is open and closed in the transcript, also while there is none. */
  readonly #folds = new Folds();
  #transcript: Transcript | SleepingRows;
  /** Added to the transcript's own: it grows when another one takes its place. */
  #epoch = 0;
  #size: Size;
  #layout: Layout | undefined;
  #screens = 0;
  /** How many messages at the beginning are not shown any more, and of which conversation's list that was cut. */
  #hidden = 0;
  #cut: { readonly from: Conversation['messages']; readonly messages: Conversation['messages'] } | undefined;

  constructor(scene: ChatScene, size: Size) {
    this.#scene = scene;
    this.#size = size;
    this.#transcript = this.#createTranscript();
  }

  get columns(): number {
    return this.#size.columns;
  }

  /** Shrinks while older messages are laid out. */
  get firstRow(): number {
    this.#laidOut();
    return this.#transcript.firstRow;
  }

  get screenTop(): number {
    return this.#laidOut().screenTop;
  }

  get endRow(): number {
    return this.#laidOut().screenTop + this.#size.rows;
  }

  get epoch(): number {
    this.#laidOut();
    return this.#epoch + this.#transcript.epoch;
  }

  /** How often a screen was laid out, and parts of the transcript, for those who count the work. */
  get work(): { readonly screens: number; readonly parts: number } {
    return { screens: this.#screens, parts: this.#transcript.layouts };
  }

  /** About how many bytes it keeps of what it laid out. */
  get memoryUse(): number {
    return this.#transcript.memoryUse;
  }

  /** The rows over what stands at the bottom of the screen. */
  get lines(): readonly Line[] {
    const { screenTop, transcriptEnd, greeting } = this.#laidOut();
    if (transcriptEnd === screenTop) return greeting;
    const transcript = this.#transcript;
    return Array.from({ length: transcriptEnd - screenTop }, (_, index) => transcript.line(screenTop + index));
  }

  /** Where the draft's cursor is on the screen. */
  get cursor(): Position {
    return this.#laidOut().cursor;
  }

  /** What was laid out holds no more. Costs nothing. */
  invalidate(): void {
    this.#layout = undefined;
  }

  resize(size: Size): void {
    this.#size = size;
    this.#transcript.setColumns(size.columns);
    this.invalidate();
  }

  /** Shows these rows in the place of the transcript, of which nothing is kept but what is open in it. */
  sleep(lines: readonly Line[]): void {
    this.#replace(new SleepingRows(lines));
  }

  /** Shows the conversation again. */
  wake(): void {
    this.#replace(this.#createTranscript());
  }

  /** Lays out older messages for about `milliseconds`; false when there is nothing left to do. */
  layOutMore(milliseconds: number): boolean {
    this.#laidOut();
    return this.#transcript.layOutMore(milliseconds);
  }

  /** The row in which a message begins; undefined when it is not shown, or lies too far back to be found in that time. */
  rowOf(message: number, milliseconds: number): number | undefined {
    this.#laidOut();
    return this.#transcript.rowOf(message, milliseconds);
  }

  /** Shows nothing of what was said so far. */
  hideAll(): void {
    this.#hidden = this.#scene.conversation.messages.length;
    this.#cut = undefined;
    this.invalidate();
  }

  /** The conversation begins anew: nothing of it is hidden. */
  showAll(): void {
    this.#hidden = 0;
    this.invalidate();
  }

  toggleCards(): void {
    this.#laidOut();
    this.#transcript.toggleAll();
    this.invalidate();
  }

  /** A press on a cell of the screen: opens or closes what folds there. The place within the draft, when it is there. */
  press({ x, y }: Position): Position | undefined {
    const { screenTop, transcriptEnd, bottomTop, draftTop, draftRows } = this.#laidOut();
    const row = screenTop + y;
    if (row < transcriptEnd) {
      if (this.#transcript.toggle(row)) this.invalidate();
      return undefined;
    }
    return row >= bottomTop && y >= this.#size.rows - draftRows ? { x, y: y - draftTop } : undefined;
  }

  readRow(row: number, grid: Grid, x: number, y: number, width: number): void {
    const layout = this.#laidOut();
    if (row < layout.transcriptEnd) {
      this.#transcript.readRow(row, grid, x, y, width);
      return;
    }
    const start = y * grid.columns + x;
    grid.erase(start, start + Math.min(width, grid.columns - x));
    const line = lineAt(layout, row);
    if (line !== undefined) drawLine(grid, x, y, width, line, PLAIN);
  }

  /** A row is drawn from its line alone, and no line ever changes. */
  rowStamp(row: number): unknown {
    const layout = this.#laidOut();
    return (row < layout.transcriptEnd ? this.#transcript.line(row) : lineAt(layout, row)) ?? BLANK;
  }

  rowText(row: number): string {
    const layout = this.#laidOut();
    if (row < layout.transcriptEnd) return this.#transcript.rowText(row);
    const line = lineAt(layout, row) ?? [];
    return line
      .map(({ text }) => text)
      .join('')
      .trimEnd();
  }

  isWrapped(row: number): boolean {
    return row < this.#laidOut().transcriptEnd && this.#transcript.isWrapped(row);
  }

  #createTranscript(): Transcript {
    return new Transcript({ columns: this.#size.columns, folds: this.#folds });
  }

  #replace(transcript: Transcript | SleepingRows): void {
    // Row numbers of the one before mean nothing any more.
    this.#epoch += this.#transcript.epoch + 1;
    this.#transcript = transcript;
    this.#cut = undefined;
    this.invalidate();
  }

  #laidOut(): Layout {
    this.#layout ??= this.#lay();
    return this.#layout;
  }

  #lay(): Layout {
    this.#screens += 1;
    const { columns, rows } = this.#size;
    const transcript = this.#transcript;
    const isAsleep = transcript instanceof SleepingRows;
    const conversation = isAsleep ? EMPTY_CONVERSATION : this.#shown();
    if (!isAsleep) transcript.update(conversation);
    const below = this.#bottom();
    const room = rows - below.bottom.length;
    while (transcript.endRow - transcript.firstRow < room && transcript.layOutMore(SLICE));
    const { firstRow, endRow } = transcript;
    const screenTop = Math.max(firstRow, endRow - room);
    const isEmpty = !isAsleep && conversation.messages.length === 0 && conversation.reply === undefined && columns > 1;
    const greeting = isEmpty ? this.#scene.greeting(columns) : [];
    return { screenTop, transcriptEnd: endRow, bottomTop: screenTop + room, greeting, ...below };
  }

  /** What stands at the bottom of the screen, at most all of it; the row of the cursor always does. */
  #bottom(): Pick<Layout, 'bottom' | 'cursor' | 'draftRows' | 'draftTop'> {
    const { columns, rows } = this.#size;
    const draft = this.#scene.draft(columns, Math.max(1, Math.floor(rows / 2)));
    const top = Math.max(0, Math.min(draft.cursor.y, draft.rows.length - rows));
    const shown = draft.rows.slice(top, top + rows);
    const left = rows - shown.length;
    const rule = rows >= RULE_ROWS ? [ruleLine(columns)] : [];
    // What asks and what goes on are last: they stay where there is little room.
    const room = Math.max(0, left - rule.length);
    const panel = this.#scene.panel(columns, room);
    const above = panel.slice(Math.max(0, panel.length - room));
    const bottom = left === 0 ? shown : [...above, ...rule.slice(0, left - above.length), ...shown];
    const x = Math.max(0, Math.min(columns - 1, draft.cursor.x));
    const draftTop = rows - shown.length - top;
    return { bottom, cursor: { x, y: draftTop + draft.cursor.y }, draftRows: shown.length, draftTop };
  }

  /** The conversation without what was hidden; its messages are cut once for each list, not for each token. */
  #shown(): Conversation {
    const { conversation } = this.#scene;
    if (this.#hidden > conversation.messages.length) this.#hidden = 0;
    if (this.#hidden === 0) return conversation;
    if (this.#cut?.from !== conversation.messages)
      this.#cut = { from: conversation.messages, messages: conversation.messages.slice(this.#hidden) };
    return { ...conversation, messages: this.#cut.messages };
  }
}

/** The line of a row below the transcript; undefined for a blank one. */
function lineAt({ transcriptEnd, bottomTop, bottom, greeting }: Layout, row: number): Line | undefined {
  return row < bottomTop ? greeting[row - transcriptEnd] : bottom[row - bottomTop];
}
