import type { Rect } from '../base/geometry.ts';
import type { PaneId } from '../base/id.ts';
import { type Layout, rects, zoom } from './layout.ts';
import { type Direction, directionOf } from './resize.ts';

/**
 * The pane next to `pane` in a direction, around the edge when there is none, as select-pane -L, -R, -U and -D; of
 * several the one that comes first in `recent`, else the first in reading order. Zoom is looked through.
 */
export function neighbour(
  layout: Layout,
  area: Rect,
  pane: PaneId,
  direction: Direction,
  recent: readonly PaneId[] = [],
): PaneId | undefined {
  const all = rects(zoom(layout, undefined), area).panes;
  const from = all.get(pane);
  if (from === undefined) return undefined;
  const horizontal = directionOf(direction) === 'horizontal';
  const start = (rect: Rect): number => (horizontal ? rect.x : rect.y);
  const end = (rect: Rect): number => (horizontal ? rect.x + rect.width : rect.y + rect.height);
  const forward = direction === 'right' || direction === 'down';
  const low = horizontal ? area.x : area.y;
  const high = horizontal ? area.x + area.width : area.y + area.height;
  const edge = forward ? (end(from) >= high ? low : end(from) + 1) : start(from) <= low ? high : start(from) - 1;
  const touching = [...all].filter(
    ([id, rect]) => id !== pane && overlaps(rect, from, horizontal) && (forward ? start(rect) : end(rect)) === edge,
  );
  const best = recent.find((id) => touching.some(([touched]) => touched === id));
  return best ?? touching[0]?.[0];
}

/** Whether two rectangles share rows (or columns); borders count, so that a pane beside a border alone is found too. */
function overlaps(a: Rect, b: Rect, rows: boolean): boolean {
  return rows ? a.y <= b.y + b.height && b.y <= a.y + a.height : a.x <= b.x + b.width && b.x <= a.x + a.width;
}
