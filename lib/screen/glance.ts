import { contains, type Position, type Rect } from '../base/geometry.ts';
import type { Grid } from '../text/grid.ts';
import type { Line } from '../text/line.ts';
import { lineWidth } from '../text/line-cells.ts';
import type { PaneView, ScreenHit, ScreenView } from './screen-view.ts';
import { bannerRect, drawBanner } from './widgets/banner.ts';
import { Indicator } from './widgets/indicator.ts';

/** What is drawn over the panes themselves without laying anything out anew: the banner, and who waits, in a corner. */
export class Glance {
  readonly #indicator = new Indicator();
  #banner: Rect | undefined;
  #line: Line | undefined;

  /** Finds where all of it stands now. */
  place(view: ScreenView, cursor: Position | undefined): void {
    const area = bounds(view.panes);
    const covered = area === undefined || coversPanes(view) || view.overlays.some(({ kind }) => kind !== 'message');
    const banner = covered || view.banner === undefined ? undefined : bannerRect(area, cursor);
    this.#banner = banner;
    this.#line = view.banner;
    const wanted = covered ? undefined : view.indicator;
    const rects = [
      ...(banner === undefined ? [] : [banner]),
      ...(wanted === undefined ? [] : view.panes.flatMap(marks)),
    ];
    this.#indicator.place(wanted, area ?? NOWHERE, { cursor, rects });
  }

  /** Whether something of it stands in row `y`. */
  isIn(y: number): boolean {
    return y === this.#banner?.y || this.#indicator.isIn(y);
  }

  draw(grid: Grid): void {
    if (this.#banner !== undefined && this.#line !== undefined) drawBanner(grid, this.#banner, this.#line);
    this.#indicator.draw(grid);
  }

  hit(position: Position): ScreenHit | undefined {
    if (this.#banner !== undefined && contains(this.#banner, position)) return { kind: 'banner' };
    return this.#indicator.hit(position);
  }
}

const coversPanes = ({ sidebar }: ScreenView): boolean => sidebar !== undefined && sidebar.side === undefined;

const NOWHERE: Rect = { x: 0, y: 0, width: 0, height: 0 };

/** The least rectangle around all panes. */
function bounds(panes: readonly PaneView[]): Rect | undefined {
  if (panes.length === 0) return undefined;
  const x = Math.min(...panes.map(({ rect }) => rect.x));
  const y = Math.min(...panes.map(({ rect }) => rect.y));
  const width = Math.max(...panes.map(({ rect }) => rect.x + rect.width)) - x;
  const height = Math.max(...panes.map(({ rect }) => rect.y + rect.height)) - y;
  return { x, y, width, height };
}

/** What a person looks for in a pane: copy mode's place and selection, how a program ended. */
function marks({ rect, top, highlights, label, footer }: PaneView): Rect[] {
  const found: Rect[] = [];
  if (label !== undefined) {
    const width = Math.min(rect.width, lineWidth(label));
    found.push({ x: rect.x + rect.width - width, y: rect.y, width, height: 1 });
  }
  if (footer !== undefined)
    found.push({ x: rect.x, y: rect.y + rect.height - 1, width: Math.min(rect.width, lineWidth(footer)), height: 1 });
  for (const { from, to, shape } of highlights) {
    const first = Math.max(from.row, top);
    const last = Math.min(to.row, top + rect.height - 1);
    if (last < first) continue;
    const rectangle = shape === 'rectangle' || from.row === to.row;
    const left = rectangle ? Math.min(from.column, to.column) : 0;
    const right = rectangle ? Math.max(from.column, to.column) : rect.width - 1;
    found.push({ x: rect.x + left, y: rect.y + first - top, width: right - left + 1, height: last - first + 1 });
  }
  return found;
}
