import type { TextDraft } from './text-draft.ts';

/** One change of a text: `inserted` stands at `at` instead of `removed`. */
interface Edit {
  readonly at: number;
  readonly removed: string;
  readonly inserted: string;
  /** Where the cursor stood before and after. */
  readonly before: number;
  readonly after: number;
}

const MAXIMUM_EDITS = 500;
/** Units that all edits together may hold. */
const MAXIMUM_UNITS = 4 << 20;
/** Typed text that is undone at once, at most. */
const MAXIMUM_RUN = 40;

/** What was done to a text, to be undone and done again; bounded in number and size. */
export class EditHistory {
  #done: Edit[] = [];
  #undone: Edit[] = [];
  #units = 0;

  /**
   * Notes a change; typed text that follows typed text is one change with it, up to the end of a word.
   * @param inserted what was put in at the cursor, when that is all that happened: then nothing need be compared
   */
  note(before: TextDraft, after: TextDraft, inserted?: string): void {
    if (inserted === '' || (inserted === undefined && before.text === after.text)) return;
    const places = { before: before.cursor, after: after.cursor };
    const edit =
      inserted === undefined ? difference(before, after) : { at: before.cursor, removed: '', inserted, ...places };
    for (const { removed, inserted } of this.#undone) this.#units -= removed.length + inserted.length;
    this.#undone = [];
    const last = this.#done.at(-1);
    if (last !== undefined && continues(last, edit))
      this.#done[this.#done.length - 1] = { ...last, inserted: last.inserted + edit.inserted, after: edit.after };
    else this.#done.push(edit);
    this.#units += edit.removed.length + edit.inserted.length;
    while (this.#done.length > MAXIMUM_EDITS || this.#units > MAXIMUM_UNITS) {
      const oldest = this.#done.shift();
      if (oldest === undefined) break;
      this.#units -= oldest.removed.length + oldest.inserted.length;
    }
  }

  /** The text before the last change; undefined when there is none. */
  undo({ text }: TextDraft): { readonly text: string; readonly cursor: number } | undefined {
    const edit = this.#done.pop();
    if (edit === undefined) return undefined;
    this.#undone.push(edit);
    const { at, inserted, removed, before } = edit;
    return { text: text.slice(0, at) + removed + text.slice(at + inserted.length), cursor: before };
  }

  /** The text after the change that was undone last. */
  redo({ text }: TextDraft): { readonly text: string; readonly cursor: number } | undefined {
    const edit = this.#undone.pop();
    if (edit === undefined) return undefined;
    this.#done.push(edit);
    const { at, inserted, removed, after } = edit;
    return { text: text.slice(0, at) + inserted + text.slice(at + removed.length), cursor: after };
  }

  clear(): void {
    this.#done = [];
    this.#undone = [];
    this.#units = 0;
  }
}

function difference(before: TextDraft, after: TextDraft): Edit {
  const a = before.text;
  const b = after.text;
  const shorter = Math.min(a.length, b.length);
  const start = longest(shorter, (length) => a.slice(0, length) === b.slice(0, length));
  const rest = shorter - start;
  const end = longest(rest, (length) => a.slice(a.length - length) === b.slice(b.length - length));
  return {
    at: start,
    removed: a.slice(start, a.length - end),
    inserted: b.slice(start, b.length - end),
    before: before.cursor,
    after: after.cursor,
  };
}

/** The largest length up to `maximum` that fits, where all shorter ones fit. Comparing pieces is far quicker than units. */
function longest(maximum: number, fits: (length: number) => boolean): number {
  let low = 0;
  let high = maximum;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

const continues = (last: Edit, { at, removed, inserted, before }: Edit): boolean =>
  removed === '' &&
  last.removed === '' &&
  last.inserted !== '' &&
  at === last.at + last.inserted.length &&
  before === last.after &&
  last.inserted.length + inserted.length <= MAXIMUM_RUN &&
  !(/\s$/.test(last.inserted) && /^\S/.test(inserted)) &&
  !inserted.includes('\n');
