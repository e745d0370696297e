import { amount } from '../text/amount.ts';
import { cutRow, type LaidRow, prefixRows, wrapRows } from '../text/laid-row.ts';
import { StreamedMarkdown } from '../text/markdown.ts';
import { layOutMarkdown } from '../text/markdown-layout.ts';
import type { AssistantMessage, Message } from './message.ts';
import { cardPart } from './transcript-card.ts';
import type { TranscriptEntry, TranscriptPart } from './transcript-part.ts';
import { FAINT, span } from './transcript-style.ts';
import { cutRows } from './transcript-text.ts';
import { WordCount } from './word-count.ts';

/** Units of a superseded reply that are shown when it is opened. */
const MAXIMUM_SUPERSEDED = 100_000;

/** A reply: its thoughts, its text, its calls, and how it ended if not well. */
export class ReplyEntry implements TranscriptEntry {
  readonly kind = 'assistant';
  #message: AssistantMessage;
  readonly #thoughts = new WordCount();
  #markdown = new StreamedMarkdown();
  #gap = false;
  /** Whether cards stand right before it. */
  #belowCards = false;
  /** The batches' parts, as far as they were made. */
  #batches: TranscriptPart[] = [];
  #parts: TranscriptPart[] | undefined;

  constructor(message: AssistantMessage) {
    this.#message = message;
  }

  get id(): number {
    return this.#message.id;
  }

  get endsWithCards(): boolean {
    return this.#message.calls.length > 0;
  }

  get parts(): readonly TranscriptPart[] {
    if (this.#parts === undefined) {
      const head = this.#head();
      this.#readText();
      this.#parts = [...head, ...this.#batches, ...this.#tail(), ...this.#foot(0)];
    }
    return this.#parts;
  }

  get finished(): number {
    return this.parts.length === 0 || this.#isFolded ? 0 : this.#headLength + this.#batches.length;
  }

  update(message: Message): number | undefined {
    if (message === this.#message || message.kind !== 'assistant') return undefined;
    const before = this.#message;
    const known = this.#parts;
    const belowCards = this.#gapOf();
    this.#message = message;
    if (known === undefined) return 0;
    const wholly =
      this.#isFolded ||
      before.state === 'superseded' ||
      message.reasoning.length !== before.reasoning.length ||
      message.text.length < before.text.length ||
      belowCards !== this.#gapOf();
    if (wholly) {
      this.#restart();
      return 0;
    }
    if (message.text.length !== before.text.length) {
      const from = this.#headLength + this.#batches.length;
      this.#readText();
      known.length = from;
      known.push(...this.#batches.slice(from - this.#headLength), ...this.#tail(), ...this.#foot(0));
      return from;
    }
    const sameCalls = firstDifference(before.calls, message.calls);
    if (sameCalls === before.calls.length && sameCalls === message.calls.length && !endChanged(before, message))
      return undefined;
    const footStart = this.#headLength + this.#batches.length + (this.#hasTail ? 1 : 0);
    known.length = footStart + sameCalls;
    known.push(...this.#foot(sameCalls));
    return footStart + sameCalls;
  }

  follow(previous: TranscriptEntry | undefined): boolean {
    const before = this.#gapOf();
    this.#gap = previous !== undefined;
    this.#belowCards = previous?.endsWithCards ?? false;
    if (before === this.#gapOf()) return false;
    this.#restart();
    return true;
  }

  get #isFolded(): boolean {
    return this.#message.state === 'superseded';
  }

  get #hasThoughts(): boolean {
    return this.#message.reasoning.length > 0;
  }

  get #headLength(): number {
    return this.#hasThoughts ? 1 : 0;
  }

  get #hasTail(): boolean {
    return this.#markdown.hasTail;
  }

  /** Whether a blank row stands before all of it: cards of one turn stand together. */
  #gapOf(): boolean {
    const { text, calls } = this.#message;
    const onlyCards = text.length === 0 && !this.#hasThoughts && calls.length > 0;
    return this.#gap && !(this.#belowCards && onlyCards);
  }

  #restart(): void {
    this.#parts = undefined;
    this.#batches = [];
    if (this.#message.text.length < this.#markdown.length) this.#markdown = new StreamedMarkdown();
  }

  /** Takes up new text, and makes the parts of new batches. */
  #readText(): void {
    if (this.#isFolded) return;
    this.#markdown.update(this.#message.text);
    const markdown = this.#markdown;
    for (let index = this.#batches.length; index < markdown.batches; index++)
      this.#batches.push({
        fold: undefined,
        gap: index === 0 && this.#textGap,
        layOut: (columns) => markdown.layOutBatch(index, columns),
      });
  }

  get #textGap(): boolean {
    return this.#gapOf() || this.#hasThoughts;
  }

  #head(): TranscriptPart[] {
    if (this.#isFolded) return [this.#superseded()];
    if (!this.#hasThoughts) return [];
    const { id, reasoning } = this.#message;
    this.#thoughts.update(reasoning);
    const title = `∴ thought for ${amount(this.#thoughts.count, 'word')}`;
    return [
      {
        fold: { key: `thoughts:${id}`, kind: 'detail', open: false },
        gap: this.#gapOf(),
        layOut(columns, open) {
          const head = cutRow(span(title, FAINT), columns);
          if (!open) return [head];
          const text = reasoning.toString().trim();
          return [
            head,
            ...prefixRows((room) => cutRows(text, room, FAINT), columns, span('  ', FAINT), span('  ', FAINT)),
          ];
        },
      },
    ];
  }

  #superseded(): TranscriptPart {
    const { id, text } = this.#message;
    const words = new WordCount();
    words.update(text);
    return {
      fold: { key: `reply:${id}`, kind: 'own', open: false },
      gap: this.#gapOf(),
      layOut(columns, open) {
        const head = cutRow(span(`cut reply, ${amount(words.count, 'word')}; asked again`, FAINT), columns);
        if (!open) return [head];
        const shown = text.slice(0, MAXIMUM_SUPERSEDED);
        const rest = text.length - shown.length;
        const rows = [head, ...layOutMarkdown(shown, columns)];
        if (rest > 0) rows.push(...wrapRows(span(`… ${amount(rest, 'more character')} …`, FAINT), columns));
        return rows;
      },
    };
  }

  #tail(): TranscriptPart[] {
    if (this.#isFolded || !this.#hasTail) return [];
    const markdown = this.#markdown;
    const gap = this.#batches.length === 0 && this.#textGap;
    return [{ fold: undefined, gap, layOut: (columns) => markdown.layOutTail(columns) }];
  }

  /** The cards from call `from` on, and how it ended. */
  #foot(from: number): TranscriptPart[] {
    if (this.#isFolded) return [];
    const { id, calls, text } = this.#message;
    const gapBefore = text.length > 0 || this.#hasThoughts || this.#gapOf();
    const parts = calls
      .slice(from)
      .map((call, index) => cardPart(call, `call:${id}:${from + index}`, from + index === 0 && gapBefore));
    const end = this.#ending();
    const alone = calls.length === 0 && text.length === 0 && !this.#hasThoughts;
    if (end.length > 0)
      parts.push({
        fold: undefined,
        gap: alone && this.#gapOf(),
        layOut: (columns) => end.map((row) => cutRow(row.line, columns)),
      });
    return parts;
  }

  #ending(): LaidRow[] {
    const { state, finish } = this.#message;
    if (state === 'streaming') return [];
    const ends: LaidRow[] = [];
    if (finish === 'length')
      ends.push({ line: span('[ended at the length limit of the model]', FAINT), wrapped: false });
    if (finish === 'content-filter')
      ends.push({ line: span('[held back by the filter of the endpoint]', FAINT), wrapped: false });
    if (state === 'interrupted') ends.push({ line: span('[cut short]', FAINT), wrapped: false });
    return ends;
  }
}

const endChanged = (before: AssistantMessage, message: AssistantMessage): boolean =>
  before.state !== message.state || before.finish !== message.finish;

/** Index of the first element that is another one. */
function firstDifference<T>(before: readonly T[], after: readonly T[]): number {
  const end = Math.min(before.length, after.length);
  for (let index = 0; index < end; index++) if (before[index] !== after[index]) return index;
  return end;
}
