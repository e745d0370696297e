import { contains, type Position, type Rect, type Size } from '../base/geometry.ts';
import type { Cursor } from '../session/session.ts';
import type { Grid } from '../text/grid.ts';
import { Glance } from './glance.ts';
import { Picture, type Plan } from './picture.ts';
import { RowStamps } from './row-stamps.ts';
import type { ScreenHit, ScreenView, SidebarView } from './screen-view.ts';
import type { Mount, Surface } from './surface.ts';
import { type OverlayWidget, overlayLayout, overlayWidget } from './widgets/overlay.ts';
import { PaneWidget } from './widgets/pane.ts';
import { PaneBorders } from './widgets/pane-borders.ts';
import { Sidebar } from './widgets/sidebar.ts';
import { StatusLine } from './widgets/status-line.ts';

/** Smaller screens show nothing but the pane. */
const LEAST: Size = { columns: 20, rows: 4 };
/** Layouts kept for when they come back: a message, a prompt or a list goes and comes over the same panes. */
const MAXIMUM_PLANS = 4;

/** What is left for panes by a status line at `status`. */
export function paneArea({ columns, rows }: Size, status: 'top' | 'bottom' | undefined): Rect {
  if (status === undefined || columns < LEAST.columns || rows < LEAST.rows)
    return { x: 0, y: 0, width: columns, height: rows };
  return { x: 0, y: status === 'top' ? 1 : 0, width: columns, height: rows - 1 };
}

/** The row of the status line, where prompt and messages stand even without one. */
function lineRect({ columns, rows }: Size, status: 'top' | 'bottom' | undefined): Rect {
  return { x: 0, y: status === 'top' ? 0 : rows - 1, width: columns, height: 1 };
}

/** An area without the columns of a sidebar beside it. */
export function besideSidebar(area: Rect, sidebar: Pick<SidebarView, 'rect' | 'side'> | undefined): Rect {
  if (sidebar?.side === undefined) return area;
  const width = Math.max(0, area.width - sidebar.rect.width);
  return { ...area, x: sidebar.side === 'left' ? area.x + area.width - width : area.x, width };
}

/** Whether a line between panes ends at the sidebar in a row: no pane has the cell beside it. */
function endsAt({ panes, sidebar }: ScreenView, area: Rect, y: number): boolean {
  const x = sidebar?.side === 'right' ? area.x + area.width - 1 : area.x;
  return panes.length > 1 && !panes.some(({ rect }) => contains(rect, { x, y }));
}

const hasStatus = (size: Size): boolean => size.columns >= LEAST.columns && size.rows >= LEAST.rows;

/** The cursor of a composed screen; undefined hides it. */
export type ScreenCursor = Omit<Cursor, 'visible'>;

/** Draws a view: blessed's picture of where things are, and in it the cells that panes and widgets draw themselves. */
export class Compositor {
  #key = '';
  /** The place of the pane of the last view, where that was all but for a status line. */
  #alone: Rect | undefined;
  /** By the keys of layouts, the one used last at the end. */
  readonly #plans = new Map<string, Plan>();
  #picture: Picture | undefined;
  #panes: PaneWidget[] = [];
  #borders: PaneBorders | undefined;
  #status: StatusLine | undefined;
  #sidebar: Sidebar | undefined;
  readonly #glance = new Glance();
  #overlays: OverlayWidget[] = [];
  /** The surfaces of each overlay. */
  #overlaySurfaces: Set<Surface>[] = [];
  readonly #stamps = new RowStamps();
  #drawn: readonly number[] = [];

  /** The rows that the last `compose` drew, in order; the others show the same as after the one before. */
  get drawn(): readonly number[] {
    return this.#drawn;
  }

  /** Nothing is known of what a grid holds: the next `compose` draws all. */
  forget(): void {
    this.#stamps.forget();
  }

  /**
   * Fills all of `grid`; returns where its cursor is. Of the grid that was filled last only rows are drawn again that do
   * not show the same: others may have been reduced in it, not changed otherwise.
   */
  compose(view: ScreenView, grid: Grid): ScreenCursor | undefined {
    const picture = this.#pictureOf(view, grid);
    const cursor = this.#cursor(view, picture);
    this.#glance.place(view, cursor);
    this.#draw(grid, picture);
    return cursor;
  }

  hit(position: Position): ScreenHit {
    return this.#glance.hit(position) ?? this.#picture?.hit(position) ?? { kind: 'nothing' };
  }

  #pictureOf(view: ScreenView, { columns, rows }: Grid): Picture {
    const before = this.#picture;
    const size = { columns, rows };
    const alone = paneAlone(view);
    const isSame = alone !== undefined && alone === this.#alone && before?.isOf(columns, rows) === true;
    this.#alone = alone;
    const key = isSame ? this.#key : layoutKey(view, size);
    if (before !== undefined && key === this.#key) {
      this.#update(view);
      return before;
    }
    const picture = this.#mount(view, size, this.#plans.get(key));
    this.#keep(key, picture.plan);
    this.#key = key;
    this.#picture = picture;
    return picture;
  }

  #draw(grid: Grid, picture: Picture): void {
    const stamps = this.#stamps;
    const isSamePicture = stamps.begin(grid, picture);
    const drawn: number[] = [];
    for (let y = 0; y < grid.rows; y++) {
      const isCovered = this.#glance.isIn(y);
      if (isSamePicture && !isCovered && stamps.isStillShown(y, picture.onlyStamp(y))) continue;
      if (stamps.isShown(y, (row) => !isCovered && picture.stamp(y, row))) continue;
      picture.drawRow(grid, y);
      drawn.push(y);
    }
    this.#glance.draw(grid);
    this.#drawn = drawn;
  }

  #update(view: ScreenView): void {
    for (const [index, pane] of view.panes.entries()) this.#panes[index]?.update(pane);
    this.#borders?.update(view);
    if (view.status) this.#status?.update(view.status);
    if (view.sidebar) this.#sidebar?.update(view.sidebar);
    for (const [index, overlay] of view.overlays.entries()) this.#overlays[index]?.update(overlay);
  }

  #keep(key: string, plan: Plan): void {
    this.#plans.delete(key);
    this.#plans.set(key, plan);
    const [oldest] = this.#plans.keys();
    if (oldest !== undefined && this.#plans.size > MAXIMUM_PLANS) this.#plans.delete(oldest);
  }

  #mount(view: ScreenView, size: Size, plan: Plan | undefined): Picture {
    const position = view.status?.position;
    const area = paneArea(size, position);
    const active = view.panes.find((pane) => pane.active)?.rect ?? area;
    this.#panes = view.panes.map((pane) => new PaneWidget(pane));
    this.#borders = new PaneBorders(view);
    this.#status = view.status && hasStatus(size) ? new StatusLine(view.status) : undefined;
    const beside = besideSidebar(area, view.sidebar);
    this.#sidebar = view.sidebar && new Sidebar(view.sidebar, (y) => endsAt(view, beside, y));
    this.#overlays = view.overlays.map((overlay) => overlayWidget(overlay, active));
    this.#overlaySurfaces = [];
    const build = (mount: Mount): void => {
      this.#borders?.mount(mount, beside);
      for (const pane of this.#panes) pane.mount(mount);
      this.#sidebar?.mount(mount);
      this.#status?.mount(mount);
      for (const overlay of this.#overlays) overlay.mount(this.#recording(mount));
    };
    return new Picture(size, area, lineRect(size, position), build, plan);
  }

  /** The same mount, which notes the surfaces of one overlay. */
  #recording(mount: Mount): Mount {
    const surfaces = new Set<Surface>();
    this.#overlaySurfaces.push(surfaces);
    return {
      ...mount,
      surface(parent, place, surface) {
        surfaces.add(surface);
        mount.surface(parent, place, surface);
      },
    };
  }

  #cursor(view: ScreenView, picture: Picture): ScreenCursor | undefined {
    const { overlays } = view;
    const top = overlays.length === 0 ? -1 : overlays.findLastIndex((overlay) => overlay.kind !== 'message');
    if (top >= 0) {
      const position = picture.cursorOf((surface) => this.#overlaySurfaces[top]?.has(surface) ?? false);
      return position && { ...position, shape: undefined, blinking: false };
    }
    if (view.sidebar?.focused === true) return undefined;
    let index = 0;
    while (view.panes[index]?.active === false) index++;
    const pane = view.panes[index];
    const widget = this.#panes[index];
    if (!pane?.cursor?.visible || widget === undefined) return undefined;
    const { y, shape, blinking } = pane.cursor;
    // A cursor behind the last column waits there to wrap; it is seen on that column.
    const x = Math.min(pane.cursor.x, pane.source.columns - 1);
    const position = { x: pane.rect.x + x, y: pane.rect.y + y };
    if (!contains(pane.rect, position) || !picture.shows(widget, position)) return undefined;
    return { ...position, shape, blinking };
  }
}

/**
 * The place of the only pane of a view that has no more than that and a status line, which takes what the pane leaves: with
 * the same object and screen nothing moved.
 */
function paneAlone({ panes, sidebar, overlays }: ScreenView): Rect | undefined {
  const [pane] = panes;
  return panes.length === 1 && pane?.active === true && sidebar === undefined && overlays.length === 0
    ? pane.rect
    : undefined;
}

/** Equal keys mean that nothing moved, opened or closed. */
function layoutKey(view: ScreenView, size: Size): string {
  let key = `${size.columns}x${size.rows} ${view.status?.position}`;
  for (const { rect, active } of view.panes)
    key += ` ${rect.x},${rect.y},${rect.width},${rect.height}${active ? '*' : ''}`;
  if (view.sidebar) {
    const { rect, side } = view.sidebar;
    key += ` sidebar:${rect.x},${rect.y},${rect.width},${rect.height},${side}`;
  }
  const area = paneArea(size, view.status?.position);
  for (const overlay of view.overlays) key += ` ${overlayLayout(overlay, area)}`;
  return key;
}
