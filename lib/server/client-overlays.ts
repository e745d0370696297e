import type { Disposable } from '../base/disposable.ts';
import type { Mode } from '../mode/mode.ts';
import type { OverlayView } from '../mode/overlay-view.ts';
import type { Line } from '../text/line.ts';
import type { Style } from '../text/style.ts';

interface Message {
  readonly line: Line;
  readonly style: Style;
}

/** What lies over a client's panes: modes that take its keys, the last opened on top, and a message for a while. */
export class ClientOverlays implements Disposable {
  readonly #onChange: () => void;
  #modes: readonly Mode[] = [];
  #message: Message | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** The mode that takes the keys. */
  get top(): Mode | undefined {
    return this.#modes.at(-1);
  }

  get views(): readonly OverlayView[] {
    const views = this.#modes.map((mode) => mode.view()).filter((view) => view !== undefined);
    const message = this.#message;
    return message === undefined ? views : [...views, { kind: 'message', line: message.line, style: message.style }];
  }

  open(mode: Mode): void {
    this.clearMessage();
    this.#modes = [...this.#modes, mode];
    this.#onChange();
  }

  /** Something shown here changes. */
  update(change: () => void): void {
    change();
    this.#onChange();
  }

  close(mode: Mode): void {
    this.#modes = this.#modes.filter((other) => other !== mode);
    this.#onChange();
  }

  /** @param milliseconds how long it stays; 0 until a key */
  message(line: Line, style: Style, milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#message = { line, style };
    if (milliseconds > 0) this.#timer = setTimeout(() => this.clearMessage(), milliseconds);
    this.#onChange();
  }

  /** A key was pressed: the message has been read. */
  clearMessage(): void {
    if (this.#message === undefined) return;
    clearTimeout(this.#timer);
    this.#message = undefined;
    this.#onChange();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#modes = [];
    this.#message = undefined;
  }
}
