import { boundaryAt, nextBoundary, nextWordEnd, previousBoundary, previousWordStart } from './text-boundary.ts';

/** A line being edited; `cursor` counts UTF-16 units of `text` and never stands within a cluster. */
export interface Draft {
  readonly text: string;
  readonly cursor: number;
  /** What was killed last, for yank. */
  readonly killed: string;
  /** Whether the last action killed, so that the next kill adds to it. */
  readonly killing: boolean;
}

/** Longest text of a draft, in UTF-16 units; what would make it longer is not taken. */
export const MAXIMUM_DRAFT = 65_536;

/** Most repetitions of one action. */
const MAXIMUM_COUNT = 1000;

export const EMPTY_DRAFT: Draft = { text: '', cursor: 0, killed: '', killing: false };

/** A draft with another text, the cursor at its end; what was killed stays. */
export const withText = (draft: Draft, text: string): Draft =>
  insertText({ ...EMPTY_DRAFT, killed: draft.killed }, text);

/** Text typed or pasted at the cursor: one line, breaks and tabs made spaces, other control characters left out. */
export function insertText(draft: Draft, text: string): Draft {
  const { cursor } = draft;
  const room = MAXIMUM_DRAFT - draft.text.length;
  const clean = text
    .slice(0, 2 * MAXIMUM_DRAFT)
    .replace(/\r\n|[\t\n\r]/g, ' ')
    .replace(/[\p{Cc}\p{Cs}]/gu, '');
  // Not half of a surrogate pair.
  const taken = clean.length <= room ? clean : clean.slice(0, room).replace(/[\uD800-\uDBFF]$/, '');
  return moved(draft.text.slice(0, cursor) + taken + draft.text.slice(cursor), cursor + taken.length, draft.killed);
}

type Action = (draft: Draft) => Draft;

const motion =
  (target: (text: string, cursor: number) => number): Action =>
  ({ text, cursor, killed }) =>
    moved(text, target(text, cursor), killed);

const deletion =
  (target: (text: string, cursor: number) => number): Action =>
  ({ text, cursor, killed }) => {
    const [start, end] = range(cursor, target(text, cursor));
    return moved(text.slice(0, start) + text.slice(end), start, killed);
  };

const kill =
  (target: (text: string, cursor: number) => number): Action =>
  ({ text, cursor, killed, killing }) => {
    const [start, end] = range(cursor, target(text, cursor));
    if (start === end) return { text, cursor, killed, killing };
    const cut = text.slice(start, end);
    const all = !killing ? cut : start < cursor ? cut + killed : killed + cut;
    return { ...moved(text.slice(0, start) + text.slice(end), start, all), killing: true };
  };

/** What a prompt's key table may ask of its line, by name. */
const ACTIONS: ReadonlyMap<string, Action> = new Map([
  ['backward-char', motion(previousBoundary)],
  ['forward-char', motion(nextBoundary)],
  ['backward-word', motion(previousWordStart)],
  ['forward-word', motion(nextWordEnd)],
  ['beginning-of-line', motion(() => 0)],
  ['end-of-line', motion((text) => text.length)],
  ['delete-char', deletion(nextBoundary)],
  ['backward-delete-char', deletion(previousBoundary)],
  ['kill-line', kill((text) => text.length)],
  ['kill-to-start', kill(() => 0)],
  ['kill-word', kill(nextWordEnd)],
  ['backward-kill-word', kill(previousWordStart)],
  ['yank', (draft) => insertText(draft, draft.killed)],
  ['transpose-chars', transposeCharacters],
]);

/** The names that `editLine` knows. */
export const LINE_ACTIONS: readonly string[] = [...ACTIONS.keys()];

/** A draft after an action, done `count` times; undefined for an unknown name. */
export function editLine(draft: Draft, name: string, count = 1): Draft | undefined {
  const action = ACTIONS.get(name);
  if (action === undefined) return undefined;
  let result = draft;
  for (let done = 0; done < Math.min(count, MAXIMUM_COUNT); done++) {
    const next = action(result);
    if (next.text === result.text && next.cursor === result.cursor) return next;
    result = next;
  }
  return result;
}

function moved(text: string, cursor: number, killed: string): Draft {
  return { text, cursor: boundaryAt(text, cursor), killed, killing: false };
}

const range = (a: number, b: number): readonly [number, number] => (a < b ? [a, b] : [b, a]);

/** Swaps the clusters around the cursor and goes on; at the end the last two. */
function transposeCharacters({ text, cursor, killed }: Draft): Draft {
  const middle = cursor === text.length ? previousBoundary(text, cursor) : cursor;
  const start = previousBoundary(text, middle);
  const end = nextBoundary(text, middle);
  if (start === middle || end === middle) return moved(text, cursor, killed);
  const swapped = text.slice(middle, end) + text.slice(start, middle);
  return moved(text.slice(0, start) + swapped + text.slice(end), end, killed);
}
