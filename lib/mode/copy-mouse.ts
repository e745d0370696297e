import type { Position } from '../base/geometry.ts';
import type { CopyState } from './copy-state.ts';
import { lineStart } from './line-motion.ts';
import { type CellPosition, samePosition } from './row-reader.ts';

/** Milliseconds within which presses at one cell are a double or a triple click; tmux's time. */
const CLICK_TIME = 300;

/** Selecting with the mouse: dragging by cells, by words after a double click, by lines after a triple one. */
export class CopyMouse {
  readonly #state: CopyState;
  #pressed: CellPosition | undefined;
  #clicks = 0;
  #clickedAt = Number.NEGATIVE_INFINITY;
  #scrolling: 1 | -1 | 0 = 0;
  #x = 0;

  constructor(state: CopyState) {
    this.#state = state;
  }

  /** Whether the mouse is held at an edge of the pane, so that `autoscroll` is wanted again and again. */
  get autoscrolling(): boolean {
    return this.#scrolling !== 0;
  }

  down({ x, y }: Position): void {
    const { view } = this.#state;
    const position = view.at(x, y);
    const time = this.#state.now();
    const again = this.#pressed !== undefined && samePosition(position, this.#pressed);
    this.#clicks = again && time - this.#clickedAt <= CLICK_TIME ? (this.#clicks % 3) + 1 : 1;
    this.#clickedAt = time;
    this.#pressed = position;
    this.#scrolling = 0;
    if (this.#clicks === 2) this.#state.selectWord(position);
    else if (this.#clicks === 3) this.#selectLine(position);
    else {
      this.#state.selection = undefined;
      view.moveTo(position);
    }
  }

  drag({ x, y }: Position): void {
    if (this.#pressed === undefined) return;
    const { view } = this.#state;
    if (this.#state.selection === undefined) this.#state.select('character', this.#pressed);
    this.#x = x;
    this.#scrolling = y <= 0 && view.rowsAbove > 0 ? -1 : y >= view.rows - 1 && view.rowsBelow > 0 ? 1 : 0;
    view.moveTo(view.at(x, Math.max(0, Math.min(y, view.rows - 1))));
    if (y < 0 || y >= view.rows) this.autoscroll();
  }

  /** One row further in the direction in which the mouse is held. */
  autoscroll(): void {
    const { view } = this.#state;
    if (this.#scrolling === 0) return;
    view.scroll(this.#scrolling, this.#state.free);
    view.moveTo(view.at(this.#x, this.#scrolling < 0 ? 0 : view.rows - 1));
    if ((this.#scrolling < 0 ? view.rowsAbove : view.rowsBelow) === 0) this.#scrolling = 0;
  }

  /** Whether the mouse has selected something since it was pressed. */
  up(): boolean {
    this.#scrolling = 0;
    return this.#pressed !== undefined && this.#state.selection !== undefined;
  }

  #selectLine(position: CellPosition): void {
    this.#state.rectangle = false;
    this.#state.select('line', lineStart(this.#state.reader, position));
    this.#state.view.moveTo(position);
  }
}
