import { type CopyAction, type CopyActions, once, repeated } from './copy-action.ts';
import { selectedText } from './copy-selection.ts';
import type { CopyState, CopyTarget } from './copy-state.ts';
import { lineEnd, lineStart } from './line-motion.ts';
import type { CellPosition } from './row-reader.ts';
import type { SearchDirection } from './text-search.ts';

type TargetOf = (args: readonly string[]) => Partial<CopyTarget>;

const toBuffer: TargetOf = ([prefix]) => ({ prefix });
const toBufferAndPipe: TargetOf = ([command, prefix]) => ({ pipe: command ?? '', prefix });
const toPipe: TargetOf = ([command]) => ({ pipe: command ?? '', buffer: false });
const toNewest: TargetOf = () => ({ append: true });

/** Copies what is selected, then forgets the selection unless it is to be kept, then leaves when asked to. */
const copySelection =
  (target: TargetOf, then: 'clear' | 'keep' | 'exit'): CopyAction =>
  (state, args) => {
    state.copy(state.text(), target(args));
    if (then !== 'keep') state.selection = undefined;
    return then === 'exit' ? 'exit' : undefined;
  };

/** Copies from a cell of the cursor's line to the end of the line `count - 1` lines below; without a line's end. */
const copyLines =
  (from: (state: CopyState) => CellPosition, target: TargetOf, then: 'stay' | 'exit'): CopyAction =>
  (state, args, count) => {
    const { reader } = state;
    let end = lineEnd(reader, state.view.cursor);
    for (let line = 1; line < count && end.row < reader.lastRow; line++)
      end = lineEnd(reader, { row: end.row + 1, column: 0 });
    const cells = { from: from(state), to: end, rectangle: false, lineEnd: false };
    state.copy(selectedText(cells, reader), target(args));
    state.selection = undefined;
    return then === 'exit' ? 'exit' : undefined;
  };

const here = (state: CopyState): CellPosition => state.view.cursor;
const startHere = (state: CopyState): CellPosition => lineStart(state.reader, state.view.cursor);

const searchFor = (direction: SearchDirection, regex: boolean): CopyAction => {
  const again = repeated((state) => state.search.again(false));
  return (state, [text], count) => {
    if (text !== undefined && text !== '') state.search.start(text, regex, direction);
    return count > 1 ? again(state, [], Math.min(count - 1, MAXIMUM_SEARCHES)) : undefined;
  };
};

/** Times that a count repeats a search; each may take its whole budget of time. */
const MAXIMUM_SEARCHES = 50;

const searchAgain = (reverse: boolean): CopyAction => {
  const again = repeated((state) => state.search.again(reverse));
  return (state, args, count) => again(state, args, Math.min(count, MAXIMUM_SEARCHES));
};

/** The prompt says before the text how it came to be: `=` by an edit, `-` and `+` by asking for the next match. */
const incremental = (direction: SearchDirection): CopyAction =>
  once((state, [argument = '']) => {
    const way = argument.startsWith('-') ? 'backward' : argument.startsWith('+') ? 'forward' : direction;
    state.search.incremental(argument.slice(1), way);
  });

const setRectangle = (wanted: (now: boolean) => boolean): CopyAction =>
  once((state) => {
    state.rectangle = wanted(state.rectangle);
  });

/** Selecting, copying and searching, by tmux's names. */
export const TEXT_ACTIONS: CopyActions = {
  'append-selection': copySelection(toNewest, 'clear'),
  'append-selection-and-cancel': copySelection(toNewest, 'exit'),
  'begin-selection': once((state) => state.select('character')),
  cancel: () => 'exit',
  'clear-selection': once((state) => {
    state.selection = undefined;
  }),
  'copy-end-of-line': copyLines(here, toBuffer, 'stay'),
  'copy-end-of-line-and-cancel': copyLines(here, toBuffer, 'exit'),
  'copy-line': copyLines(startHere, toBuffer, 'stay'),
  'copy-line-and-cancel': copyLines(startHere, toBuffer, 'exit'),
  'copy-pipe': copySelection(toBufferAndPipe, 'clear'),
  'copy-pipe-and-cancel': copySelection(toBufferAndPipe, 'exit'),
  'copy-pipe-end-of-line': copyLines(here, toBufferAndPipe, 'stay'),
  'copy-pipe-end-of-line-and-cancel': copyLines(here, toBufferAndPipe, 'exit'),
  'copy-pipe-line': copyLines(startHere, toBufferAndPipe, 'stay'),
  'copy-pipe-line-and-cancel': copyLines(startHere, toBufferAndPipe, 'exit'),
  'copy-pipe-no-clear': copySelection(toBufferAndPipe, 'keep'),
  'copy-selection': copySelection(toBuffer, 'clear'),
  'copy-selection-and-cancel': copySelection(toBuffer, 'exit'),
  'copy-selection-no-clear': copySelection(toBuffer, 'keep'),
  'other-end': once((state) => {
    const { selection } = state;
    if (selection === undefined) return;
    const end = selection.fixedEnd ?? state.view.cursor;
    state.selection = { ...selection, anchor: end, fixedEnd: undefined };
    state.view.reveal(selection.anchor);
  }),
  pipe: copySelection(toPipe, 'clear'),
  'pipe-and-cancel': copySelection(toPipe, 'exit'),
  'pipe-no-clear': copySelection(toPipe, 'keep'),
  'rectangle-off': setRectangle(() => false),
  'rectangle-on': setRectangle(() => true),
  'rectangle-toggle': setRectangle((now) => !now),
  'refresh-from-pane': () => undefined,
  'search-again': searchAgain(false),
  'search-backward': searchFor('backward', true),
  'search-backward-incremental': incremental('backward'),
  'search-backward-text': searchFor('backward', false),
  'search-forward': searchFor('forward', true),
  'search-forward-incremental': incremental('forward'),
  'search-forward-text': searchFor('forward', false),
  'search-reverse': searchAgain(true),
  'select-line': (state, _args, count) => {
    state.rectangle = false;
    state.select('line', startHere(state));
    let end = lineEnd(state.reader, state.view.cursor);
    for (let line = 1; line < count && end.row < state.reader.lastRow; line++)
      end = lineEnd(state.reader, { row: end.row + 1, column: 0 });
    state.view.moveTo(end);
    return undefined;
  },
  'select-word': once((state) => state.selectWord(state.view.cursor)),
  'set-mark': once((state) => {
    state.mark = state.view.cursor;
  }),
  'stop-selection': once((state) => {
    const { selection } = state;
    if (selection !== undefined) state.selection = { ...selection, fixedEnd: selection.fixedEnd ?? state.view.cursor };
  }),
  'toggle-position': once((state) => {
    state.labelShown = !state.labelShown;
  }),
};
