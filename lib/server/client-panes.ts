import { clampSize, type Position, type Rect, type Size } from '../base/geometry.ts';
import type { PaneId } from '../base/id.ts';
import { type Border, borderAt, rects } from '../layout/layout.ts';
import { ShownPanes } from '../layout/shown-panes.ts';
import { besideSidebar, paneArea } from '../screen/client-screen.ts';
import type { Session } from '../session/session.ts';
import type { AttachedClient } from './attached-client.ts';
import type { ClientHost } from './client-host.ts';

/** A pane that is on the screen. */
export interface VisiblePane {
  readonly id: PaneId;
  readonly session: Session;
  readonly rect: Rect;
  readonly index: number;
  readonly active: boolean;
}

/** Smaller screens show the active pane alone; rows that a line for names needs below it. */
const LEAST_SPLIT: Size = { columns: 20, rows: 4 };
const LEAST_NAMED = 4;

/** Where the panes of one client lie on its screen. */
export class ClientPanes {
  readonly panes: ShownPanes<Session>;
  readonly #client: AttachedClient;
  readonly #host: ClientHost;
  #visible: readonly VisiblePane[] | undefined;
  /** What they were laid out for. */
  #key = '';
  #generation = -1;
  #size: Size | undefined;

  constructor(client: AttachedClient, host: ClientHost, session: Session, onChange: () => void) {
    this.#client = client;
    this.#host = host;
    this.panes = new ShownPanes(session, () => {
      this.#visible = undefined;
      onChange();
    });
  }

  /** The part of the screen that panes and the lines between them have. */
  get area(): Rect {
    return besideSidebar(this.screenArea, this.#client.sidebar.place);
  }

  /** The same with the sidebar: what overlays may cover. */
  get screenArea(): Rect {
    const { options } = this.#host.server;
    const position = options.boolean('status', this.panes.session.id) ? options.string('status-position') : undefined;
    return paneArea(this.#client.size, position === 'top' || position === 'bottom' ? position : undefined);
  }

  /** Where names of sessions stand: on the line above or below their panes. */
  get names(): 'top' | 'bottom' | undefined {
    if (!this.#splits || this.panes.zoomed || this.area.height < LEAST_NAMED) return undefined;
    const wanted = this.#host.server.options.string('pane-border-status', this.panes.session.id);
    return wanted === 'top' || wanted === 'bottom' ? wanted : undefined;
  }

  /** What the layout itself has: the area without a line for names. */
  get layoutArea(): Rect {
    const { area, names } = this;
    if (names === undefined) return area;
    return { ...area, y: names === 'top' ? area.y + 1 : area.y, height: area.height - 1 };
  }

  /** The panes on the screen, in reading order; the active one is among them. */
  get visible(): readonly VisiblePane[] {
    const { size, sidebar } = this.#client;
    const { generation } = this.#host.server.options;
    // Asked for with every key and frame.
    const isKnown = size === this.#size && generation === this.#generation && !sidebar.open;
    if (this.#visible !== undefined && isKnown) return this.#visible;
    this.#size = size;
    // Beside an open sidebar they are asked where they are each time.
    this.#generation = sidebar.open ? -1 : generation;
    const { layoutArea: at } = this;
    const key = `${at.x},${at.y},${at.width},${at.height}`;
    if (this.#visible === undefined || key !== this.#key) this.#visible = this.#lay(at);
    this.#key = key;
    return this.#visible;
  }

  /** The rectangle of a session on the screen; of one that is not there the whole area. */
  rectOf(session: Session): Rect {
    return this.visible.find((pane) => pane.session === session)?.rect ?? this.area;
  }

  sizeOf(session: Session): Size {
    const { width, height } = this.rectOf(session);
    return clampSize(width, height);
  }

  borderAt(position: Position): Border | undefined {
    return this.#alone ? undefined : borderAt(this.panes.layout, this.layoutArea, position);
  }

  drag(border: Border, to: Position): void {
    this.panes.drag(this.layoutArea, border, to);
  }

  get #splits(): boolean {
    const { columns, rows } = this.#client.size;
    return columns >= LEAST_SPLIT.columns && rows >= LEAST_SPLIT.rows && this.panes.count > 1;
  }

  get #alone(): boolean {
    return !this.#splits || this.panes.zoomed;
  }

  #lay(at: Rect): readonly VisiblePane[] {
    const { panes } = this;
    const first = this.#host.server.options.number('pane-base-index');
    const found = this.#splits ? rects(panes.layout, at).panes : undefined;
    const active = found?.get(panes.active);
    if (found === undefined || active === undefined || active.width === 0 || active.height === 0) {
      const index = panes.all.findIndex(({ id }) => id === panes.active);
      return [{ id: panes.active, session: panes.session, rect: this.area, index: index + first, active: true }];
    }
    return panes.all.flatMap(({ id, session }, index): readonly VisiblePane[] => {
      const rect = found.get(id);
      if (rect === undefined || rect.width === 0 || rect.height === 0) return [];
      return [{ id, session, rect, index: index + first, active: id === panes.active }];
    });
  }
}
