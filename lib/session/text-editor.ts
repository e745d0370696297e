import { killed, movedTo, replaced, type TextDraft } from './text-draft.ts';
import { lineEnd, lineStart, nextCluster, nextWordEnd, previousCluster, previousWordStart } from './text-motion.ts';

type Action = (draft: TextDraft) => TextDraft;
type Target = (text: string, cursor: number) => number;

/** Most repetitions of one action. */
const MAXIMUM_COUNT = 1000;

const motion =
  (target: Target): Action =>
  (draft) =>
    movedTo(draft, target(draft.text, draft.cursor));

const deletion =
  (target: Target): Action =>
  (draft) => {
    const [start, end] = range(draft.cursor, target(draft.text, draft.cursor));
    return replaced(draft, start, end, '', start);
  };

const kill =
  (target: Target): Action =>
  (draft) => {
    const [start, end] = range(draft.cursor, target(draft.text, draft.cursor));
    return killed(draft, start, end);
  };

const range = (a: number, b: number): readonly [number, number] => (a < b ? [a, b] : [b, a]);

/** What a key table may ask of a text, by the names that a prompt's line has, and some for several lines. */
const ACTIONS: ReadonlyMap<string, Action> = new Map([
  ['backward-char', motion(previousCluster)],
  ['forward-char', motion(nextCluster)],
  ['backward-word', motion(previousWordStart)],
  ['forward-word', motion(nextWordEnd)],
  ['beginning-of-line', motion(lineStart)],
  ['end-of-line', motion(lineEnd)],
  ['beginning-of-text', motion(() => 0)],
  ['end-of-text', motion((text) => text.length)],
  ['delete-char', deletion(nextCluster)],
  ['backward-delete-char', deletion(previousCluster)],
  // At the end of a line the line feed, as Emacs has it; at its beginning the one before.
  ['kill-line', kill((text, at) => (text[at] === '\n' ? at + 1 : lineEnd(text, at)))],
  ['kill-to-start', kill((text, at) => (text[at - 1] === '\n' ? at - 1 : lineStart(text, at)))],
  ['kill-word', kill(nextWordEnd)],
  ['backward-kill-word', kill(previousWordStart)],
  ['yank', (draft) => replaced(draft, draft.cursor, draft.cursor, draft.killed)],
  ['transpose-chars', transposeCharacters],
  ['newline', (draft) => replaced(draft, draft.cursor, draft.cursor, '\n')],
]);

/** The names that `editText` knows. */
export const TEXT_ACTIONS: readonly string[] = [...ACTIONS.keys()];

/**
 * A draft after an action, done `count` times; undefined for an unknown name.
 * @param maximum a text of more units ends the repetition
 */
export function editText(draft: TextDraft, name: string, count: number, maximum: number): TextDraft | undefined {
  const action = ACTIONS.get(name);
  if (action === undefined) return undefined;
  let result = draft;
  for (let done = 0; done < Math.min(count, MAXIMUM_COUNT); done++) {
    const next = action(result);
    if (next.text === result.text && next.cursor === result.cursor) return next;
    result = next;
    if (result.text.length > maximum) return result;
  }
  return result;
}

/** Swaps the clusters around the cursor and goes on; at a line's end its last two. */
function transposeCharacters(draft: TextDraft): TextDraft {
  const { text, cursor } = draft;
  const middle = cursor === lineEnd(text, cursor) ? previousCluster(text, cursor) : cursor;
  const start = previousCluster(text, middle);
  const end = nextCluster(text, middle);
  if (start === middle || end === middle || text.slice(start, end).includes('\n')) return movedTo(draft, cursor);
  return replaced(draft, start, end, text.slice(middle, end) + text.slice(start, middle));
}
