import type { Disposable } from '../base/disposable.ts';
import { clamp, type Position } from '../base/geometry.ts';
import type { MouseEvent } from '../input/key.ts';
import type { CopyMode } from '../mode/copy-mode.ts';
import type { Session } from '../session/session.ts';
import type { AttachedClient } from './attached-client.ts';
import type { ClientHost } from './client-host.ts';

/** How often the view scrolls while the mouse is held at the pane's edge, in milliseconds. */
const AUTOSCROLL_INTERVAL = 50;

/** The left button held over a pane: it marks text in copy mode, and scrolls at the pane's edge. */
export class CopyDrag implements Disposable {
  readonly #client: AttachedClient;
  readonly #host: ClientHost;
  /** The last press of the left button on the pane, for a drag that begins copy mode. */
  #pressed: Position | undefined;
  #dragging: CopyMode | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(client: AttachedClient, host: ClientHost) {
    this.#client = client;
    this.#host = host;
  }

  /** Copy mode begins in the middle of a drag: from where the button went down. */
  begin(mode: CopyMode, event: MouseEvent): void {
    const here = this.cellOf(event);
    mode.mouseDown(this.#pressed ?? here);
    mode.mouseDrag(here);
    this.#dragging = mode;
    this.#autoscroll();
  }

  /** Follows the left button over a pane in copy mode; true when the event is used up. */
  heard(event: MouseEvent): boolean {
    const copy = this.#client.modes.top === this.#client.modes.copy ? this.#client.modes.copy : undefined;
    if (event.action === 'press') return this.#press(event, copy);
    const dragging = this.#dragging;
    if (dragging === undefined || dragging !== copy) {
      this.#dragging = undefined;
      return false;
    }
    if (event.action === 'drag') {
      dragging.mouseDrag(this.cellOf(event));
      this.#autoscroll();
      this.#client.changed();
      return true;
    }
    if (event.action !== 'release') return false;
    this.#dragging = undefined;
    this.#stopScrolling();
    if (dragging.mouseUp()) this.#end();
    return true;
  }

  /** The event's cell within the pane; the nearest one for what is outside, but rows beyond it in a drag, which scrolls. */
  cellOf({ x, y, action }: MouseEvent, session: Session = this.#client.session): Position {
    const area = this.#client.places.rectOf(session);
    const inside = { x: clamp(x - area.x, 0, area.width - 1), y: clamp(y - area.y, 0, area.height - 1) };
    return action === 'drag' && this.#dragging !== undefined ? { x: inside.x, y: y - area.y } : inside;
  }

  dispose(): void {
    this.#stopScrolling();
  }

  #press(event: MouseEvent, copy: CopyMode | undefined): boolean {
    const hit = this.#client.painter.hit(event);
    const inPane = hit.kind === 'pane' && hit.pane === this.#client.panes.active;
    this.#pressed = event.button === 'left' && inPane ? this.cellOf(event) : undefined;
    if (copy === undefined || this.#pressed === undefined) return false;
    copy.mouseDown(this.#pressed);
    this.#dragging = copy;
    this.#client.changed();
    return true;
  }

  /** What the person bound to the end of a drag, such as copying. */
  #end(): void {
    const table = this.#client.modes.copy?.keyTable;
    const binding = table && this.#host.server.keyTables.find(table, { name: 'MouseDragEnd1Pane', modifiers: 0 });
    if (binding) this.#host.lines.runLine(binding.command, { client: this.#client });
  }

  #autoscroll(): void {
    if (this.#timer !== undefined) return;
    this.#timer = setInterval(() => {
      if (this.#dragging?.autoscrolling === true) {
        this.#dragging.autoscroll();
        this.#client.changed();
      } else this.#stopScrolling();
    }, AUTOSCROLL_INTERVAL);
  }

  #stopScrolling(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
