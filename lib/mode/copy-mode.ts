import { clamp, type Position, type Size } from '../base/geometry.ts';
import type { Line } from '../text/line.ts';
import type { Style } from '../text/style.ts';
import { MOTION_ACTIONS } from './copy-motion-actions.ts';
import { CopyMouse } from './copy-mouse.ts';
import { type CopyModeOptions, CopyState } from './copy-state.ts';
import { TEXT_ACTIONS } from './copy-text-actions.ts';
import type { Mode } from './mode.ts';
import type { Highlight, OverlayView } from './overlay-view.ts';
import { type CellPosition, isBefore } from './row-reader.ts';

export interface CopyStyles {
  readonly selection: Style;
  readonly match: Style;
  readonly currentMatch: Style;
  readonly mark: Style;
  readonly position: Style;
}

/** How a pane in copy mode is drawn. */
export interface CopyFrame {
  /** The source's row in the pane's first line. */
  readonly top: number;
  /** In cells of the pane. */
  readonly cursor: Position;
  readonly highlights: readonly Highlight[];
  /** For the pane's top right corner; without spans when it is toggled off. */
  readonly label: Line;
}

/** Repetitions that a count can ask for. */
const MAXIMUM_COUNT = 10_000;
const ACTIONS = { ...MOTION_ACTIONS, ...TEXT_ACTIONS };
const NAMES: readonly string[] = Object.keys(ACTIONS).sort();
/** Actions that neither end an incremental search nor hide its matches. */
const NEUTRAL = /^(?:search-|toggle-position|refresh-from-pane)/;
/** Actions that end the search's display with vi keys, too; with emacs keys all but searching do. */
const FORGETTING = /^(?:append-|begin-|cancel$|clear-|copy-|pipe|rectangle-|select-|stop-)/;
/** Actions after which scrolling to the bottom still leaves the mode (copy-mode -e). */
const SCROLLING = /^(?:scroll-|page-|halfpage-|toggle-position|refresh-from-pane)/;

/**
 * tmux's copy mode over any source of rows, for one pane of one client. The view keeps its rows whatever arrives
 * meanwhile. After every call, and after changes of the source, the client asks for a `frame`.
 */
export class CopyMode implements Mode {
  readonly keyTable: string;
  readonly actions = NAMES;
  readonly #state: CopyState;
  readonly #mouse: CopyMouse;

  constructor(options: CopyModeOptions) {
    this.keyTable = options.keys === 'vi' ? 'copy-mode-vi' : 'copy-mode';
    this.#state = new CopyState(options);
    this.#mouse = new CopyMouse(this.#state);
  }

  action(name: string, args: readonly string[], count: number): boolean {
    if (!Object.hasOwn(ACTIONS, name)) return false;
    const state = this.#state;
    state.sync();
    const act = ACTIONS[name];
    if (!SCROLLING.test(name)) state.exitAtBottom = false;
    if (!NEUTRAL.test(name)) state.search.settle();
    const exits = act?.(state, args, clamp(count, 1, MAXIMUM_COUNT)) === 'exit';
    const forgets = state.options.keys === 'emacs' ? !NEUTRAL.test(name) : FORGETTING.test(name);
    if (forgets) state.search.hide();
    state.view.remember();
    if (exits) state.options.exit();
    return true;
  }

  /** A key that its table does not bind does nothing. */
  key(): void {}

  paste(): void {}

  view(): OverlayView | undefined {
    return undefined;
  }

  /** The selected text, for formats; empty without a selection. */
  get selectedText(): string {
    this.#state.sync();
    return this.#state.selection === undefined ? '' : this.#state.text();
  }

  /** What was searched for last: tmux's pane_search_string. */
  get searchText(): string {
    return this.#state.search.searchText;
  }

  get cursor(): CellPosition {
    return this.#state.view.cursor;
  }

  /** Rows between the view and the newest one: tmux's scroll_position. */
  get scrollPosition(): number {
    return this.#state.view.rowsBelow;
  }

  /** Whether a search ran out of time and another frame would show more; frames advance it a little each. */
  get unfinished(): boolean {
    return this.#state.search.unfinished;
  }

  /** A press of the left button; positions are cells of the pane. Presses at one cell within 300 ms select word and line. */
  mouseDown(position: Position): void {
    this.#withMouse((mouse) => mouse.down(position));
  }

  /** Positions outside of the pane scroll towards them. */
  mouseDrag(position: Position): void {
    this.#withMouse((mouse) => mouse.drag(position));
  }

  /** Whether the mouse selected something, so that the binding for the end of a drag applies. */
  mouseUp(): boolean {
    return this.#mouse.up();
  }

  /** Whether `autoscroll` is wanted about each 50 ms, because the mouse is held at the pane's edge. */
  get autoscrolling(): boolean {
    return this.#mouse.autoscrolling;
  }

  autoscroll(): void {
    this.#withMouse((mouse) => mouse.autoscroll());
  }

  #withMouse(act: (mouse: CopyMouse) => void): void {
    this.#state.sync();
    this.#state.exitAtBottom = false;
    this.#state.search.settle();
    act(this.#mouse);
    this.#state.view.remember();
  }

  frame(size: Size, styles: CopyStyles): CopyFrame {
    const state = this.#state;
    state.sync(size);
    state.search.advance();
    const { view } = state;
    const { row, column } = view.cursor;
    const total = view.rowsAbove + view.rowsBelow;
    const text = `${state.search.label()}[${view.rowsBelow}/${total}]`;
    return {
      top: view.top,
      cursor: { x: clamp(column, 0, Math.min(size.columns, state.reader.columns) - 1), y: row - view.top },
      highlights: [...this.#matches(styles), ...this.#mark(styles), ...this.#selection(styles)],
      label: state.labelShown ? [{ text, style: styles.position }] : [],
    };
  }

  #matches(styles: CopyStyles): readonly Highlight[] {
    const { view, search } = this.#state;
    const { found, all } = search.matches(view.top, view.top + view.rows);
    const drawn = all.map(({ from, to }): Highlight => ({ from, to, shape: 'flow', style: styles.match }));
    if (found !== undefined && found.to.row >= view.top && found.from.row < view.top + view.rows)
      drawn.push({ ...found, shape: 'flow', style: styles.currentMatch });
    return drawn;
  }

  #mark(styles: CopyStyles): readonly Highlight[] {
    const { mark, reader } = this.#state;
    if (mark === undefined || mark.row < this.#state.view.top) return [];
    const ends = { from: { row: mark.row, column: 0 }, to: { row: mark.row, column: reader.columns - 1 } };
    return [{ ...ends, shape: 'flow', style: styles.mark }];
  }

  #selection({ selection: style }: CopyStyles): readonly Highlight[] {
    const cells = this.#state.selected();
    if (cells === undefined) return [];
    const { view, reader } = this.#state;
    const { columns } = reader;
    const first = view.top;
    const end = view.top + view.rows;
    const { from, to, rectangle } = cells;
    if (rectangle) {
      const top = { row: Math.max(from.row, first), column: from.column };
      const bottom = { row: Math.min(to.row, end - 1), column: to.column - 1 };
      const visible = bottom.row >= top.row && bottom.column >= top.column;
      return visible ? [{ from: top, to: bottom, shape: 'rectangle', style }] : [];
    }
    const start = from.row < first ? { row: first, column: 0 } : from;
    const past = to.row >= end ? { row: end, column: 0 } : to;
    const last =
      past.column > 0
        ? { row: past.row, column: Math.min(past.column, columns) - 1 }
        : { row: past.row - 1, column: columns - 1 };
    return isBefore(last, start) ? [] : [{ from: start, to: last, shape: 'flow', style }];
  }
}
