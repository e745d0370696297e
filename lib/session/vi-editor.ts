import { MAXIMUM_TEXT, movedTo, replaced, type TextDraft } from './text-draft.ts';
import { firstNonBlank, lineEnd, lineStart, nextCluster, previousCluster, wordAround } from './text-motion.ts';
import { type ViFind, type ViTarget, viFind, viTarget } from './vi-motion.ts';

/** How vi's fingers stand: besides the draft, what the next key belongs to. */
export interface ViState {
  readonly draft: TextDraft;
  /** Whether keys are commands; else they are text. */
  readonly normal: boolean;
  /** The count typed so far. */
  readonly count: number | undefined;
  readonly operator: { readonly name: ViOperator; readonly count: number | undefined } | undefined;
  /** After `i` or `a` behind an operator. */
  readonly object: 'inner' | 'around' | undefined;
  /** What waits for a character. */
  readonly waiting: 'replace' | ViFind | undefined;
  /** The last search for a character. */
  readonly found: { readonly character: string; readonly find: ViFind } | undefined;
}

type ViOperator = 'delete' | 'change' | 'yank';

/** Largest count that can be typed. */
const MAXIMUM_COUNT = 100_000;
/** Units of a character that a command waits for. */
const MAXIMUM_CHARACTER = 32;
const FINDS: ReadonlyMap<string, ViFind> = new Map([
  ['forward', { backward: false, till: false }],
  ['backward', { backward: true, till: false }],
  ['till-forward', { backward: false, till: true }],
  ['till-backward', { backward: true, till: true }],
]);

/** The beginning: text is typed. */
export const viInsert = (draft: TextDraft, found?: ViState['found']): ViState => ({
  draft,
  normal: false,
  count: undefined,
  operator: undefined,
  object: undefined,
  waiting: undefined,
  found,
});

/** Keys are commands, nothing waits, and the cursor stands on a character. */
export const viNormal = (state: ViState, draft: TextDraft = state.draft): ViState => ({
  ...viInsert(onCharacter(draft), state.found),
  normal: true,
});

/** Whether an operator, a count or a command waits for its rest. */
export const viPending = ({ count, operator, waiting }: ViState): boolean =>
  count !== undefined || operator !== undefined || waiting !== undefined;

/** The names that `viAction` knows; what they do with which arguments, keymaps/compose-vi.toml shows. */
export const VI_ACTIONS: readonly string[] = [
  'vi-count',
  'vi-motion',
  'vi-operator',
  'vi-find',
  'vi-insert',
  'vi-delete',
  'vi-line',
  'vi-replace',
  'vi-swap-case',
  'vi-join',
  'vi-put',
];

/** The state after an action of vi's normal state; undefined for an unknown name. `times` is a count from outside. */
export function viAction(
  state: ViState,
  name: string,
  [word = '']: readonly string[],
  times: number,
): ViState | undefined {
  const given = state.count ?? (times > 1 ? times : undefined);
  switch (name) {
    case 'vi-count':
      return viCount(state, word);
    case 'vi-motion':
      return viMove(state, word, given);
    case 'vi-operator':
      return viOperator(state, word, given);
    case 'vi-find':
      return viSearch(state, word, given);
    case 'vi-insert':
      return viBegin(state, word);
    case 'vi-delete':
      return viDelete(state, word, given ?? 1);
    case 'vi-line':
      return viOperate(state, word, toLineEnd(state.draft));
    case 'vi-replace':
      return { ...state, waiting: 'replace' };
    case 'vi-swap-case':
      return viNormal(state, swapCase(state.draft, given ?? 1));
    case 'vi-join':
      return viNormal(state, joinLines(state.draft, given ?? 2));
    case 'vi-put':
      return viNormal(state, put(state.draft, word === 'before', given ?? 1));
    default:
      return undefined;
  }
}

/** The state after text typed in the normal state: what a command waits for, or nothing. */
export function viType(state: ViState, text: string): ViState {
  const { draft, waiting, count } = state;
  if (waiting === undefined) return state;
  const character = text.slice(0, Math.min(MAXIMUM_CHARACTER, nextCluster(text, 0)));
  if (character === '') return viNormal(state);
  if (waiting !== 'replace')
    return findTarget({ ...state, found: { character, find: waiting } }, waiting, count, false);
  let end = draft.cursor;
  let done = 0;
  for (; done < (count ?? 1) && end < lineEnd(draft.text, draft.cursor); done++) end = nextCluster(draft.text, end);
  if (done < (count ?? 1)) return viNormal(state);
  const next = replaced(draft, draft.cursor, end, character.repeat(done));
  return viNormal(state, movedTo(next, Math.max(draft.cursor, next.cursor - character.length)));
}

function viCount(state: ViState, digit: string): ViState {
  if (!/^\d$/.test(digit)) return state;
  if (digit === '0' && state.count === undefined) return viMove(state, 'line-start', undefined);
  return { ...state, count: Math.min(MAXIMUM_COUNT, (state.count ?? 0) * 10 + Number(digit)) };
}

function viMove(state: ViState, name: string, given: number | undefined): ViState {
  const { draft, operator, object } = state;
  if (object !== undefined) {
    const big = name === 'big-word';
    if (operator === undefined || (!big && name !== 'word')) return viNormal(state);
    const [start, end] = wordAround(draft.text, draft.cursor, object === 'around', big);
    return applied(state, operator.name, start, end, false);
  }
  const counted = operator?.count === undefined ? given : operator.count * (given ?? 1);
  const onText = !/\s/.test(draft.text[draft.cursor] ?? ' ');
  // As in vi, cw changes the word and not the blanks behind it.
  const change = operator?.name === 'change' && onText && /^(?:big-)?word$/.test(name);
  const target = viTarget(draft, change ? `${name}-end` : name, counted);
  if (target === undefined) return viNormal(state);
  if (operator === undefined) return viNormal(state, movedTo(draft, target.at));
  if (name !== 'word' && name !== 'big-word') return viOperate(state, operator.name, target);
  // Nor does the last word of a line take the line's end with it.
  const end = lineEnd(draft.text, draft.cursor);
  const clipped = target.at > end && draft.text.slice(end, target.at).trim() === '';
  return viOperate(state, operator.name, clipped ? { ...target, at: end } : target);
}

function viOperator(state: ViState, name: string, given: number | undefined): ViState {
  if (!isOperator(name)) return state;
  if (state.operator === undefined)
    return { ...state, operator: { name, count: given }, count: undefined, object: undefined };
  if (state.operator.name !== name) return viNormal(state);
  const lines = (state.operator.count ?? 1) * (given ?? 1);
  const last = viTarget(state.draft, 'down', lines - 1);
  return viOperate(state, name, lines > 1 && last !== undefined ? last : { at: state.draft.cursor, takes: 'lines' });
}

function viSearch(state: ViState, word: string, given: number | undefined): ViState {
  const find = FINDS.get(word);
  if (find !== undefined) return { ...state, count: given, waiting: find };
  if (state.found === undefined) return viNormal(state);
  const { backward, till } = state.found.find;
  return findTarget(state, { backward: word === 'reverse' ? !backward : backward, till }, given, true);
}

function findTarget(state: ViState, find: ViFind, given: number | undefined, repeated: boolean): ViState {
  const { draft, operator, found } = state;
  const target = viFind(draft, found?.character ?? '', find, (operator?.count ?? 1) * (given ?? 1), repeated);
  if (target === undefined) return viNormal(state);
  return operator === undefined ? viNormal(state, movedTo(draft, target.at)) : viOperate(state, operator.name, target);
}

/** i, a and the like; behind an operator i and a begin a text object. */
function viBegin(state: ViState, where: string): ViState {
  const { draft, operator } = state;
  const { text, cursor } = draft;
  if (operator !== undefined)
    return where === 'before' || where === 'after'
      ? { ...state, object: where === 'before' ? 'inner' : 'around' }
      : viNormal(state);
  switch (where) {
    case 'after':
      return viInsert(movedTo(draft, Math.min(lineEnd(text, cursor), nextCluster(text, cursor))), state.found);
    case 'line-start':
      return viInsert(movedTo(draft, firstNonBlank(text, cursor)), state.found);
    case 'line-end':
      return viInsert(movedTo(draft, lineEnd(text, cursor)), state.found);
    case 'below':
      return viInsert(replaced(draft, lineEnd(text, cursor), lineEnd(text, cursor), '\n'), state.found);
    case 'above':
      return viInsert(
        replaced(draft, lineStart(text, cursor), lineStart(text, cursor), '\n', lineStart(text, cursor)),
        state.found,
      );
    default:
      return viInsert(draft, state.found);
  }
}

/** x, X and s. */
function viDelete(state: ViState, what: string, count: number): ViState {
  const target = viTarget(state.draft, what === 'before' ? 'left' : 'right', count);
  return target === undefined ? state : viOperate(state, what === 'change' ? 'change' : 'delete', target);
}

const toLineEnd = ({ text, cursor }: TextDraft): ViTarget => ({ at: lineEnd(text, cursor), takes: 'exclusive' });

function viOperate(state: ViState, operator: string, target: ViTarget): ViState {
  const { text, cursor } = state.draft;
  if (!isOperator(operator)) return viNormal(state);
  const low = Math.min(cursor, target.at);
  const high = Math.max(cursor, target.at);
  if (target.takes === 'lines') return applied(state, operator, lineStart(text, low), lineEnd(text, high), true);
  return applied(state, operator, low, target.takes === 'inclusive' ? nextCluster(text, high) : high, false);
}

function applied(state: ViState, operator: ViOperator, start: number, end: number, lines: boolean): ViState {
  const { draft } = state;
  const { text } = draft;
  const kept = lines || end > start ? { killed: text.slice(start, end), killedLines: lines, killing: false } : {};
  if (operator === 'yank') return viNormal(state, { ...movedTo(draft, lines ? draft.cursor : start), ...kept });
  if (operator === 'change') return viInsert({ ...replaced(draft, start, end, '', start), ...kept }, state.found);
  if (!lines) return viNormal(state, { ...replaced(draft, start, end, '', start), ...kept });
  // A line goes with its line feed, the last one with the one before it.
  const from = end < text.length ? start : Math.max(0, start - 1);
  const cut = replaced(draft, from, Math.min(text.length, end + 1), '', from);
  return viNormal(state, { ...movedTo(cut, firstNonBlank(cut.text, cut.cursor)), ...kept });
}

function put(draft: TextDraft, before: boolean, count: number): TextDraft {
  const { text, cursor, killed, killedLines } = draft;
  if (killed === '' && !killedLines) return draft;
  const times = Math.min(count, Math.ceil(MAXIMUM_TEXT / (killed.length + 1)));
  if (killedLines) {
    const all = `${killed}\n`.repeat(times);
    const at = before ? lineStart(text, cursor) : lineEnd(text, cursor) + 1;
    return at > text.length
      ? replaced(draft, text.length, text.length, `\n${all.slice(0, -1)}`, text.length + 1)
      : replaced(draft, at, at, all, at);
  }
  const at = before ? cursor : Math.min(lineEnd(text, cursor), nextCluster(text, cursor));
  const next = replaced(draft, at, at, killed.repeat(times));
  return movedTo(next, previousCluster(next.text, next.cursor));
}

function swapCase(draft: TextDraft, count: number): TextDraft {
  const { text, cursor } = draft;
  let end = cursor;
  for (let done = 0; done < count && end < lineEnd(text, cursor); done++) end = nextCluster(text, end);
  const swapped = Array.from(text.slice(cursor, end), (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  ).join('');
  return replaced(draft, cursor, end, swapped);
}

/** J: `lines` lines become one, each joined by a blank. */
function joinLines(draft: TextDraft, lines: number): TextDraft {
  let result = draft;
  for (let done = 1; done < Math.max(2, Math.min(lines, 1000)); done++) {
    const { text, cursor } = result;
    const end = lineEnd(text, cursor);
    if (end === text.length) break;
    const next = firstNonBlank(text, end + 1);
    const blank = end === cursor || /\s/.test(text[end - 1] ?? '') || next === lineEnd(text, next) ? '' : ' ';
    result = replaced(result, end, next, blank, end);
  }
  return result;
}

/** The cursor on the last character of its line at most. */
function onCharacter(draft: TextDraft): TextDraft {
  const { text, cursor } = draft;
  if (cursor < lineEnd(text, cursor) || cursor === lineStart(text, cursor)) return draft;
  return { ...movedTo(draft, previousCluster(text, cursor)), goal: draft.goal, killing: draft.killing };
}

const isOperator = (name: string): name is ViOperator => name === 'delete' || name === 'change' || name === 'yank';
