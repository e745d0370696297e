import type { CopyState } from './copy-state.ts';

/** One action of copy mode: changes the state, or ends the mode by returning 'exit'. `count` is at least 1 and bounded. */
export type CopyAction = (state: CopyState, args: readonly string[], count: number) => 'exit' | undefined;

/** What an action's name stands for, and what else it does to the mode. */
export type CopyActions = Readonly<Record<string, CopyAction>>;

/** An action that counts do not repeat. */
export const once =
  (act: (state: CopyState, args: readonly string[]) => void): CopyAction =>
  (state, args) => {
    act(state, args);
    return undefined;
  };

/** An action that a count repeats for as long as it moves the cursor or the view. */
export const repeated =
  (act: (state: CopyState) => void): CopyAction =>
  (state, _args, count) => {
    for (let time = 0; time < count; time++) {
      const { top, cursor } = state.view;
      act(state);
      if (state.view.top === top && state.view.cursor.row === cursor.row && state.view.cursor.column === cursor.column)
        break;
    }
    return undefined;
  };
