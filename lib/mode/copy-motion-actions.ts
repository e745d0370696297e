import { type CopyAction, type CopyActions, once, repeated } from './copy-action.ts';
import type { CopyState, Jump } from './copy-state.ts';
import {
  indentation,
  jump,
  lineEnd,
  lineStart,
  matchingBracket,
  nextParagraph,
  previousParagraph,
} from './line-motion.ts';
import type { CellPosition } from './row-reader.ts';

/** Moves the cursor to where `target` says from where it is; nowhere when that is undefined. */
const move = (target: (state: CopyState, from: CellPosition) => CellPosition | undefined): CopyAction =>
  repeated((state) => {
    const position = target(state, state.view.cursor);
    if (position !== undefined) state.view.moveTo(position);
  });

/** Scrolls down or pages down; the newest row ends the mode when `exits` says so. */
const downwards = (act: (state: CopyState) => void, exits: (state: CopyState) => boolean): CopyAction => {
  const repeat = repeated(act);
  return (state, args, count) => {
    repeat(state, args, count);
    return exits(state) && state.view.rowsBelow === 0 ? 'exit' : undefined;
  };
};

const asEntered = (state: CopyState): boolean => state.exitAtBottom;
const always = (): boolean => true;
const scrollDown = (state: CopyState): void => void state.view.scroll(1, state.free);
const page =
  (direction: 1 | -1, half: boolean) =>
  (state: CopyState): void =>
    state.view.page(direction, half, state.free);

const vertical = (rows: number): CopyAction => repeated((state) => void state.view.moveRows(rows, state.free));

const cursorDownAndCancel: CopyAction = (state, _args, count) => {
  let moved = false;
  for (let time = 0; time < count && state.view.moveRows(1, state.free); time++) moved = true;
  return !moved && state.view.rowsBelow === 0 ? 'exit' : undefined;
};

function left({ reader }: CopyState, { row, column }: CellPosition): CellPosition | undefined {
  if (column > 0) return { row, column: reader.head(row, column - 1) };
  if (row <= reader.source.firstRow) return undefined;
  const continued = reader.continues(row - 1);
  return { row: row - 1, column: continued ? Math.max(0, reader.row(row - 1).filled - 1) : reader.length(row - 1) };
}

function right({ reader, free }: CopyState, { row, column }: CellPosition): CellPosition | undefined {
  const last = reader.continues(row) ? reader.row(row).filled - 1 : reader.length(row);
  const next = reader.after(row, column);
  if (next <= (free ? reader.columns : last)) return { row, column: next };
  return row < reader.lastRow ? { row: row + 1, column: 0 } : undefined;
}

/** A row of the pane, at its first cell. */
const paneRow =
  (y: (rows: number) => number): CopyAction =>
  (state) => {
    const shown = Math.min(state.view.rows, state.reader.lastRow - state.view.top + 1);
    state.view.moveTo({ row: state.view.top + y(shown), column: 0 });
    return undefined;
  };

const scrollCursor = (y: (rows: number) => number): CopyAction =>
  once((state) => state.view.scrollCursorTo(y(state.view.rows)));

const jumpTo = (direction: Jump['direction'], till: boolean): CopyAction => {
  const go = repeated((state) => follow(state, false));
  return (state, args, count) => {
    const character = [...(args[0] ?? '')][0];
    if (character === undefined) return undefined;
    state.jump = { character, direction, till };
    return go(state, args, count);
  };
};

function follow(state: CopyState, reverse: boolean): void {
  if (state.jump === undefined) return;
  const { character, direction, till } = state.jump;
  const other = direction === 'forward' ? 'backward' : 'forward';
  const target = jump(state.reader, state.view.cursor, character, reverse ? other : direction, till);
  if (target !== undefined) state.view.moveTo(target);
}

const prompt = (direction: 1 | -1): CopyAction =>
  repeated((state) => {
    const row = state.options.promptRow?.(state.view.cursor.row, direction);
    if (row !== undefined) state.view.reveal({ row, column: 0 });
  });

const wordEnd = (words: 'words' | 'spaces'): CopyAction =>
  move((state, from) => (state.options.keys === 'vi' ? state[words].end(from) : state[words].pastEnd(from)));

/** The motions of tmux's copy mode, by its names. */
export const MOTION_ACTIONS: CopyActions = {
  'back-to-indentation': once((state) => state.view.moveTo(indentation(state.reader, state.view.cursor))),
  'bottom-line': paneRow((rows) => rows - 1),
  'cursor-down': vertical(1),
  'cursor-down-and-cancel': cursorDownAndCancel,
  'cursor-left': move(left),
  'cursor-right': move(right),
  'cursor-up': vertical(-1),
  'end-of-line': once((state) =>
    state.view.moveTo(
      state.free
        ? { row: state.view.cursor.row, column: state.reader.columns }
        : lineEnd(state.reader, state.view.cursor),
    ),
  ),
  'goto-line': once((state, [text]) => {
    if (text !== undefined && /^\d+$/.test(text)) state.view.scrollToRowsBelow(Number(text));
  }),
  'halfpage-down': downwards(page(1, true), asEntered),
  'halfpage-down-and-cancel': downwards(page(1, true), always),
  'halfpage-up': repeated(page(-1, true)),
  'history-bottom': once((state) => {
    const row = state.reader.lastRow;
    state.view.scrollToRowsBelow(0);
    state.view.moveTo({ row, column: state.reader.length(row) });
  }),
  'history-top': once((state) => state.view.moveTo({ row: state.reader.source.firstRow, column: 0 })),
  'jump-again': repeated((state) => follow(state, false)),
  'jump-backward': jumpTo('backward', false),
  'jump-forward': jumpTo('forward', false),
  'jump-reverse': repeated((state) => follow(state, true)),
  'jump-to-backward': jumpTo('backward', true),
  'jump-to-forward': jumpTo('forward', true),
  'jump-to-mark': once((state) => {
    const { mark } = state;
    if (mark === undefined) return;
    state.mark = state.view.cursor;
    state.view.reveal(mark);
  }),
  'middle-line': paneRow((rows) => Math.floor((rows - 1) / 2)),
  'next-matching-bracket': move((state, from) => matchingBracket(state.reader, from, 'forward')),
  'next-paragraph': move((state, from) => nextParagraph(state.reader, from)),
  'next-prompt': prompt(1),
  'next-space': move((state, from) => state.spaces.next(from)),
  'next-space-end': wordEnd('spaces'),
  'next-word': move((state, from) => state.words.next(from)),
  'next-word-end': wordEnd('words'),
  'page-down': downwards(page(1, false), asEntered),
  'page-down-and-cancel': downwards(page(1, false), always),
  'page-up': repeated(page(-1, false)),
  'previous-matching-bracket': move((state, from) => matchingBracket(state.reader, from, 'backward')),
  'previous-paragraph': move((state, from) => previousParagraph(state.reader, from)),
  'previous-prompt': prompt(-1),
  'previous-space': move((state, from) => state.spaces.previous(from)),
  'previous-word': move((state, from) => state.words.previous(from)),
  'scroll-bottom': scrollCursor((rows) => rows - 1),
  'scroll-down': downwards(scrollDown, asEntered),
  'scroll-down-and-cancel': downwards(scrollDown, always),
  'scroll-middle': scrollCursor((rows) => Math.floor(rows / 2)),
  'scroll-top': scrollCursor(() => 0),
  'scroll-up': repeated((state) => void state.view.scroll(-1, state.free)),
  'start-of-line': once((state) => state.view.moveTo(lineStart(state.reader, state.view.cursor))),
  'top-line': paneRow(() => 0),
};
