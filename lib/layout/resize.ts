import type { Position, Rect } from '../base/geometry.ts';
import type { PaneId } from '../base/id.ts';
import { type Border, hasBorder, type Layout, type SplitDirection } from './layout.ts';
import {
  type Child,
  changeNode,
  childRects,
  extent,
  type LayoutNode,
  minimumCells,
  type NodePath,
  nodeAt,
  pathOf,
  rectAt,
  shares,
} from './node.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

export const directionOf = (direction: Direction): SplitDirection =>
  direction === 'left' || direction === 'right' ? 'horizontal' : 'vertical';

/**
 * Moves a border of `pane` by `cells`, as resize-pane -L, -R, -U and -D do: the one right of or below it, or, for the
 * last pane of its split, the one before it. The same layout comes back when nothing can move.
 */
export function resizePane(layout: Layout, area: Rect, pane: PaneId, direction: Direction, cells: number): Layout {
  const change = direction === 'left' || direction === 'up' ? -cells : cells;
  const place = splitAround(layout.root, pane, directionOf(direction));
  if (place === undefined) return layout;
  const border = place.index === place.count - 1 ? place.index - 1 : place.index;
  return moveBorder(layout, area, place.path, border, change);
}

/** Gives `pane` as near to `cells` cells along `direction` as its neighbours allow (resize-pane -x and -y). */
export function setPaneSize(
  layout: Layout,
  area: Rect,
  pane: PaneId,
  direction: SplitDirection,
  cells: number,
): Layout {
  const place = splitAround(layout.root, pane, direction);
  if (place === undefined) return layout;
  const node = nodeAt(layout.root, place.path);
  if (node?.kind !== 'split') return layout;
  const now = shares(node, extent(rectAt(layout.root, area, place.path), direction))[place.index] ?? 0;
  const last = place.index === place.count - 1;
  const change = cells - now;
  return moveBorder(layout, area, place.path, last ? place.index - 1 : place.index, last ? -change : change);
}

/** Moves a border of this layout to the position of the mouse. */
export function dragBorder(layout: Layout, area: Rect, border: Border, to: Position): Layout {
  if (!hasBorder(layout, border)) return layout;
  const node = nodeAt(layout.root, border.path);
  if (node?.kind !== 'split') return layout;
  const rect = childRects(node, rectAt(layout.root, area, border.path))[border.index];
  if (rect === undefined) return layout;
  const change = border.line === 'vertical' ? to.x - (rect.x + rect.width) : to.y - (rect.y + rect.height);
  return moveBorder(layout, area, border.path, border.index, change);
}

/** The innermost split in `direction` around a pane, and which of its children holds the pane. */
function splitAround(root: LayoutNode, pane: PaneId, direction: SplitDirection) {
  const path = pathOf(root, pane);
  if (path === undefined) return undefined;
  for (let depth = path.length - 1; depth >= 0; depth--) {
    const node = nodeAt(root, path.slice(0, depth));
    if (node?.kind === 'split' && node.direction === direction)
      return { path: path.slice(0, depth), index: path[depth] ?? 0, count: node.children.length };
  }
  return undefined;
}

function moveBorder(layout: Layout, area: Rect, path: NodePath, border: number, change: number): Layout {
  const inside = rectAt(layout.root, area, path);
  const root = changeNode(layout.root, path, (node) => {
    if (node.kind === 'pane') return node;
    const needs = node.children.map((child) => minimumCells(child.node, node.direction));
    const sizes = [...shares(node, extent(inside, node.direction))];
    shift(sizes, needs, border, Math.trunc(change) || 0);
    const children = node.children.map(
      (child, index): Child => ({ node: child.node, weight: Math.max(1, sizes[index] ?? 1) }),
    );
    return { ...node, children };
  });
  return { root: root ?? layout.root, zoomed: layout.zoomed };
}

/** Moves cells over a border; the nearest children on the giving side give first, none below its need. */
function shift(sizes: number[], needs: readonly number[], border: number, change: number): void {
  const step = change > 0 ? 1 : -1;
  const taker = change > 0 ? border : border + 1;
  let wanted = Math.abs(change);
  for (let giver = taker + step; giver >= 0 && giver < sizes.length && wanted > 0; giver += step) {
    const given = Math.max(0, Math.min(wanted, (sizes[giver] ?? 0) - (needs[giver] ?? 1)));
    sizes[giver] = (sizes[giver] ?? 0) - given;
    sizes[taker] = (sizes[taker] ?? 0) + given;
    wanted -= given;
  }
}
