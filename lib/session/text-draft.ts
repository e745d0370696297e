import { boundaryFrom } from '../text/cluster-boundary.ts';

/** A text of several lines being edited, as a value. */
export interface TextDraft {
  /** Line feeds and tabs, no other controls. */
  readonly text: string;
  /** In UTF-16 units of `text`; never within a cluster. */
  readonly cursor: number;
  /** The column that moving up and down keeps to; undefined after anything else. */
  readonly goal: number | undefined;
  /** What was killed last, for yank. */
  readonly killed: string;
  /** Whether the last action killed, so that the next kill adds to it. */
  readonly killing: boolean;
  /** Whether whole lines were killed, as vi's `dd` does. */
  readonly killedLines: boolean;
}

/** Longest text of a draft with all that is folded in it, in UTF-16 units; what would make it longer is refused. */
export const MAXIMUM_TEXT = 1 << 20;

export const EMPTY_TEXT: TextDraft = {
  text: '',
  cursor: 0,
  goal: undefined,
  killed: '',
  killing: false,
  killedLines: false,
};

/** The range of private-use characters that stand for folded texts (draft-tokens.ts); none of them is taken from outside. */
const FOREIGN = /[\u{100000}-\u{10ffff}]/gu;

/** Text from outside as a draft takes it: line ends made line feeds, controls but tabs left out. */
export const cleanText = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[\p{Cc}\p{Cs}]/gu, (control) => (control === '\n' || control === '\t' ? control : ''))
    .replace(FOREIGN, '');

/** The draft with `text` instead of what lies from `start` to `end`; the cursor goes to `cursor`, by default behind it. */
export function replaced(
  draft: TextDraft,
  start: number,
  end: number,
  text: string,
  cursor: number = start + text.length,
): TextDraft {
  const whole = draft.text.slice(0, start) + text + draft.text.slice(end);
  return { ...draft, text: whole, cursor: boundaryFrom(whole, cursor), goal: undefined, killing: false };
}

/** The draft with its cursor at `cursor`, or at the next boundary of clusters. */
export const movedTo = (draft: TextDraft, cursor: number): TextDraft => ({
  ...draft,
  cursor: boundaryFrom(draft.text, cursor),
  goal: undefined,
  killing: false,
});

/** Cuts from `start` to `end`; kills in a row add up. Nothing where there is nothing to cut. */
export function killed(draft: TextDraft, start: number, end: number): TextDraft {
  if (start >= end) return draft;
  const cut = draft.text.slice(start, end);
  const before = draft.killing ? draft.killed : '';
  const all = start < draft.cursor ? cut + before : before + cut;
  return { ...replaced(draft, start, end, '', start), killed: all, killing: true, killedLines: false };
}

/** Whether the last character is a backslash that stands for itself. */
export function endsWithBackslash(text: string): boolean {
  let count = 0;
  while (text[text.length - 1 - count] === '\\') count += 1;
  return count % 2 === 1;
}
