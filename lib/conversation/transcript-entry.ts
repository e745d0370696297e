import { amount } from '../text/amount.ts';
import { BLANK_ROW, cutRow, type LaidRow, prefixRows, wrapRows } from '../text/laid-row.ts';
import { layOutMarkdown } from '../text/markdown-layout.ts';
import { PLAIN } from '../text/style.ts';
import { textWidth } from '../text/width.ts';
import type { Message, NoteMessage, SummaryMessage, UserMessage, UserPart } from './message.ts';
import type { TranscriptEntry, TranscriptPart } from './transcript-part.ts';
import { ReplyEntry } from './transcript-reply.ts';
import { BAD, FAINT, OWN, span, WARNING } from './transcript-style.ts';
import { cutRows, firstLine } from './transcript-text.ts';

/** Units of a summary that are shown. */
const MAXIMUM_SUMMARY = 200_000;

const NOTE_STYLES = { info: FAINT, warning: WARNING, error: BAD };

/** The entry of a message; `messages` are those before it and others. */
export function entryOf(message: Message, messages: readonly Message[]): TranscriptEntry {
  if (message.kind === 'assistant') return new ReplyEntry(message);
  return new FixedEntry(message, messages);
}

/** A message that never changes. */
class FixedEntry implements TranscriptEntry {
  readonly #message: UserMessage | NoteMessage | SummaryMessage;
  readonly #messages: readonly Message[];
  #parts: readonly TranscriptPart[] | undefined;
  #gap = false;
  readonly finished = 0;

  constructor(message: UserMessage | NoteMessage | SummaryMessage, messages: readonly Message[]) {
    this.#message = message;
    this.#messages = messages;
  }

  get id(): number {
    return this.#message.id;
  }

  get kind(): Message['kind'] {
    return this.#message.kind;
  }

  readonly endsWithCards = false;

  get parts(): readonly TranscriptPart[] {
    this.#parts ??= this.#makeParts();
    return this.#parts;
  }

  update(): undefined {
    return undefined;
  }

  follow(previous: TranscriptEntry | undefined): boolean {
    const gap = previous !== undefined && !(previous.kind === 'note' && this.kind === 'note');
    const changed = gap !== this.#gap;
    this.#gap = gap;
    if (changed) this.#parts = undefined;
    return changed;
  }

  #makeParts(): readonly TranscriptPart[] {
    const message = this.#message;
    if (message.kind === 'user') return userParts(message, this.#gap);
    if (message.kind === 'summary') return [summaryPart(message, countBefore(this.#messages, message), this.#gap)];
    const { text, level } = message;
    return [{ fold: undefined, gap: this.#gap, layOut: (columns) => cutRows(text, columns, NOTE_STYLES[level]) }];
  }
}

const userParts = ({ id, parts }: UserMessage, gap: boolean): TranscriptPart[] =>
  parts.map((part, index) => {
    const first = index === 0;
    const { label } = part;
    const key = `paste:${id}:${index}`;
    return {
      fold: label === undefined ? undefined : { key, kind: 'own', open: false },
      gap: gap && first,
      layOut: (columns, open) =>
        prefixRows((room) => userRows(part, room, open), columns, span(first ? '› ' : '  ', OWN), span('  ', OWN)),
    };
  });

function userRows({ text, label }: UserPart, columns: number, open: boolean): LaidRow[] {
  if (label === undefined) return cutRows(text, columns, PLAIN);
  const head = cutRow(span(`[${firstLine(label)}]`, FAINT), columns);
  return open ? [head, ...cutRows(text, columns, PLAIN)] : [head];
}

const summaryPart = ({ id, text }: SummaryMessage, count: number, gap: boolean): TranscriptPart => ({
  fold: { key: `summary:${id}`, kind: 'own', open: false },
  gap,
  layOut(columns, open) {
    const title = `─ ${amount(count, 'earlier message')} summarised `;
    const rule = title + '─'.repeat(Math.max(1, columns - textWidth(title)));
    const head = cutRow(span(rule, FAINT), columns);
    if (!open) return [head];
    return [
      head,
      BLANK_ROW,
      ...layOutMarkdown(text.slice(0, MAXIMUM_SUMMARY), columns),
      BLANK_ROW,
      ...wrapRows(span('─'.repeat(columns), FAINT), columns),
    ];
  },
});

/** How many messages a summary stands for. */
function countBefore(messages: readonly Message[], { keptFrom }: SummaryMessage): number {
  let count = 0;
  for (const { id, kind } of messages) {
    if (id >= keptFrom) break;
    if (kind === 'user' || kind === 'assistant') count += 1;
  }
  return count;
}
