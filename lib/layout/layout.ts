import type { Position, Rect } from '../base/geometry.ts';
import { contains } from '../base/geometry.ts';
import type { PaneId } from '../base/id.ts';
import {
  type Child,
  changeNode,
  childRects,
  extent,
  type LayoutNode,
  type NodePath,
  nodeAt,
  paneNode,
  panesOf,
  pathOf,
  rectAt,
  type SplitDirection,
  splitNode,
} from './node.ts';

export type { SplitDirection };

/** The panes of one client as a tree; a value that is never changed. `zoomed` is a pane of the tree shown alone. */
export interface Layout {
  readonly root: LayoutNode;
  readonly zoomed: PaneId | undefined;
}

/** A line of cells between the children `index` and `index + 1` of the split at `path`. */
export interface Border {
  readonly rect: Rect;
  readonly path: NodePath;
  readonly index: number;
  /** `vertical` for a line from top to bottom, which lies in a horizontal split. */
  readonly line: 'vertical' | 'horizontal';
}

export interface Arrangement {
  /** Every shown pane, in reading order; one for which there is no room has an empty rectangle. */
  readonly panes: ReadonlyMap<PaneId, Rect>;
  readonly borders: readonly Border[];
}

/** A layout of one pane. */
export const single = (pane: PaneId): Layout => ({ root: paneNode(pane), zoomed: undefined });

/** All panes in reading order, those hidden by zoom included. */
export const panes = (layout: Layout): readonly PaneId[] => panesOf(layout.root);

/** Where panes and the borders between them lie in `area`; together they cover it, and none lies over another. */
export function rects(layout: Layout, area: Rect): Arrangement {
  const found = new Map<PaneId, Rect>();
  const borders: Border[] = [];
  if (layout.zoomed !== undefined) found.set(layout.zoomed, area);
  else arrange(layout.root, area, [], found, borders);
  return { panes: found, borders };
}

function arrange(node: LayoutNode, area: Rect, path: NodePath, found: Map<PaneId, Rect>, borders: Border[]): void {
  if (node.kind === 'pane') {
    found.set(node.pane, area);
    return;
  }
  const inside = childRects(node, area);
  for (const [index, child] of node.children.entries()) {
    const rect = inside[index] ?? area;
    arrange(child.node, rect, [...path, index], found, borders);
    const border = index === node.children.length - 1 ? undefined : borderAfter(node.direction, rect, area);
    if (border !== undefined) borders.push({ ...border, path, index });
  }
}

function borderAfter(direction: SplitDirection, rect: Rect, area: Rect): Pick<Border, 'rect' | 'line'> | undefined {
  if (rect.width === 0 || rect.height === 0) return undefined;
  if (direction === 'horizontal') {
    const x = rect.x + rect.width;
    return x < area.x + area.width ? { rect: { ...area, x, width: 1 }, line: 'vertical' } : undefined;
  }
  const y = rect.y + rect.height;
  return y < area.y + area.height ? { rect: { ...area, y, height: 1 }, line: 'horizontal' } : undefined;
}

/** The border at a position, for the mouse. */
export const borderAt = (layout: Layout, area: Rect, position: Position): Border | undefined =>
  rects(layout, area).borders.find((border) => contains(border.rect, position));

/** The pane at a position. */
export function paneAt(layout: Layout, area: Rect, position: Position): PaneId | undefined {
  for (const [pane, rect] of rects(layout, area).panes) if (contains(rect, position)) return pane;
  return undefined;
}

export interface SplitOptions {
  readonly direction: SplitDirection;
  /** Cells that the new pane gets; half when not given. */
  readonly size?: number;
  /** The new pane comes left of or above the other. */
  readonly before?: boolean;
  /** The new pane spans the whole area instead of sharing with `pane` (split-window -f). */
  readonly full?: boolean;
}

/** Gives a part of `pane` to a new one; undefined when there is no room for both or `pane` is not there. Ends zoom. */
export function split(
  layout: Layout,
  area: Rect,
  pane: PaneId,
  added: PaneId,
  options: SplitOptions,
): Layout | undefined {
  const path = options.full ? [] : pathOf(layout.root, pane);
  if (path === undefined || pathOf(layout.root, added) !== undefined) return undefined;
  const { direction } = options;
  const cells = extent(rectAt(layout.root, area, path), direction);
  if (cells < 3) return undefined;
  const wanted = options.size ?? Math.floor((cells - 1) / 2);
  const size = Math.max(1, Math.min(Math.floor(wanted) || 1, cells - 2));
  const root = changeNode(layout.root, path, (node) => {
    const old: Child = { node, weight: cells - 1 - size };
    const fresh: Child = { node: paneNode(added), weight: size };
    return splitNode(direction, options.before ? [fresh, old] : [old, fresh]);
  });
  return root && { root, zoomed: undefined };
}

/** Takes a pane out, its room goes to its siblings; undefined when it was the last one. */
export function close(layout: Layout, pane: PaneId): Layout | undefined {
  const path = pathOf(layout.root, pane);
  if (path === undefined) return layout;
  const root = changeNode(layout.root, path, () => undefined);
  return root && { root, zoomed: layout.zoomed === pane ? undefined : layout.zoomed };
}

/** Shows `pane` alone, or all again when it is undefined or there is only one. */
export function zoom(layout: Layout, pane: PaneId | undefined): Layout {
  const known = pane !== undefined && layout.root.kind === 'split' && pathOf(layout.root, pane) !== undefined;
  return { root: layout.root, zoomed: known ? pane : undefined };
}

/** Exchanges the places of two panes. */
export function swap(layout: Layout, a: PaneId, b: PaneId): Layout {
  const all = panes(layout);
  if (!all.includes(a) || !all.includes(b)) return layout;
  return relabel(layout, (pane) => (pane === a ? b : pane === b ? a : pane));
}

/** Moves every pane to the next place, the last to the first; backwards with -1. */
export function rotate(layout: Layout, by: 1 | -1): Layout {
  const all = panes(layout);
  return relabel(layout, (pane) => all.at((all.indexOf(pane) - by + all.length) % all.length) ?? pane);
}

function relabel(layout: Layout, name: (pane: PaneId) => PaneId): Layout {
  const visit = (node: LayoutNode): LayoutNode =>
    node.kind === 'pane'
      ? paneNode(name(node.pane))
      : { ...node, children: node.children.map((child) => ({ ...child, node: visit(child.node) })) };
  return { root: visit(layout.root), zoomed: layout.zoomed };
}

/** Whether the tree still has the split that a border (of an earlier arrangement) belongs to. */
export const hasBorder = (layout: Layout, border: Border): boolean => {
  const node = nodeAt(layout.root, border.path);
  return node?.kind === 'split' && border.index < node.children.length - 1;
};
