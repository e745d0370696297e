import type { LaidRow } from '../text/laid-row.ts';
import type { Message } from './message.ts';

/** What opens and closes: `key` is unique in the conversation. */
export interface Fold {
  readonly key: string;
  /** A `detail` follows `toggleAll` too; what is `own` opens only by itself. */
  readonly kind: 'detail' | 'own';
  /** Whether it is open when nobody said anything. */
  readonly open: boolean;
}

/** Some rows of a transcript that are laid out together. A part never changes: what is new is a new part. */
export interface TranscriptPart {
  readonly fold: Fold | undefined;
  /** Whether a blank row stands before it. */
  readonly gap: boolean;
  /** Bounded work, whatever the text. No row is wider than `columns`. */
  layOut(columns: number, open: boolean): readonly LaidRow[];
}

/** A message as parts. */
export interface TranscriptEntry {
  readonly id: number;
  readonly kind: Message['kind'];
  /** Whether the last thing it shows is a card, so that more cards may stand right below. */
  readonly endsWithCards: boolean;
  readonly parts: readonly TranscriptPart[];
  /** How many of the first parts never change any more. */
  readonly finished: number;
  /** Takes up the message as it is now; the index of the first part that changed, undefined for none. */
  update(message: Message): number | undefined;
  /** Takes up which entry stands before it; whether that changed any part. */
  follow(previous: TranscriptEntry | undefined): boolean;
}

/** Parts by entry (a message) and index in it; they are made when they are asked for. */
export interface PartSource {
  /** How many entries there are. */
  size(): number;
  /** All parts of an entry. */
  parts(entry: number): readonly TranscriptPart[];
  /** How many of an entry's first parts are finished: they never change any more. */
  finished(entry: number): number;
}

/** What a person opened and closed. */
export class Folds {
  readonly #details = new Map<string, boolean>();
  readonly #own = new Map<string, boolean>();
  #open = false;

  isOpen({ key, kind, open }: Fold): boolean {
    if (kind === 'own') return this.#own.get(key) ?? open;
    return this.#details.get(key) ?? (open || this.#open);
  }

  toggle(fold: Fold): void {
    const folds = fold.kind === 'own' ? this.#own : this.#details;
    folds.set(fold.key, !this.isOpen(fold));
  }

  /** Opens all details, also those to come, or closes them when all are open. */
  toggleAll(): void {
    const allOpen = this.#open && ![...this.#details.values()].includes(false);
    this.#details.clear();
    this.#open = !allOpen;
  }

  clear(): void {
    this.#details.clear();
    this.#own.clear();
    this.#open = false;
  }
}
