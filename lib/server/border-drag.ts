import type { MouseEvent } from '../input/key.ts';
import type { Border } from '../layout/layout.ts';
import type { AttachedClient } from './attached-client.ts';

/** The left button held over a line between panes, which follows it. */
export class BorderDrag {
  readonly #client: AttachedClient;
  /** What the last press was on. */
  #pressed: Border | undefined;
  #dragging = false;

  constructor(client: AttachedClient) {
    this.#client = client;
  }

  begin(event: MouseEvent): void {
    if (this.#pressed === undefined) return;
    this.#dragging = true;
    this.#move(event);
  }

  /** Follows the button; true when the event is used up. */
  heard(event: MouseEvent): boolean {
    if (event.action === 'press') {
      this.#dragging = false;
      const border = event.button === 'left' && this.#client.painter.hit(event).kind === 'border';
      this.#pressed = border ? this.#client.places.borderAt(event) : undefined;
    }
    if (!this.#dragging) return false;
    if (event.action === 'drag') this.#move(event);
    else if (event.action === 'release') {
      this.#pressed = undefined;
      this.#dragging = false;
    } else return false;
    return true;
  }

  #move(event: MouseEvent): void {
    const border = this.#pressed;
    if (border !== undefined) this.#client.places.drag(border, event);
  }
}
