import type { Rect } from '../base/geometry.ts';
import type { PaneId } from '../base/id.ts';

/** `horizontal` puts panes side by side (tmux's -h), `vertical` one above the other (-v). */
export type SplitDirection = 'horizontal' | 'vertical';

/** A child of a split; weights are shares, and are the cells it had when it was last resized. */
export interface Child {
  readonly node: LayoutNode;
  readonly weight: number;
}

/** A pane, or a split of at least two children of which none is a split in the same direction. */
export type LayoutNode =
  | { readonly kind: 'pane'; readonly pane: PaneId }
  | { readonly kind: 'split'; readonly direction: SplitDirection; readonly children: readonly Child[] };

export type SplitNode = Extract<LayoutNode, { kind: 'split' }>;

/** Where a node lies: the indices of the children on the way from the root. */
export type NodePath = readonly number[];

export const paneNode = (pane: PaneId): LayoutNode => ({ kind: 'pane', pane });

/** A split of these children; children that split in the same direction are taken in, one child alone is that child. */
export function splitNode(direction: SplitDirection, children: readonly Child[]): LayoutNode {
  const [only] = children;
  if (children.length === 1 && only !== undefined) return only.node;
  const flat = children.flatMap((child): readonly Child[] => {
    if (child.node.kind === 'pane' || child.node.direction !== direction) return [child];
    const total = totalWeight(child.node.children);
    return child.node.children.map(({ node, weight }) => ({ node, weight: (child.weight * weight) / total }));
  });
  return { kind: 'split', direction, children: flat };
}

const totalWeight = (children: readonly Child[]): number => children.reduce((sum, child) => sum + child.weight, 0);

/** The panes in reading order. */
export function panesOf(node: LayoutNode): readonly PaneId[] {
  return node.kind === 'pane' ? [node.pane] : node.children.flatMap((child) => panesOf(child.node));
}

export function pathOf(node: LayoutNode, pane: PaneId): NodePath | undefined {
  if (node.kind === 'pane') return node.pane === pane ? [] : undefined;
  for (const [index, child] of node.children.entries()) {
    const rest = pathOf(child.node, pane);
    if (rest !== undefined) return [index, ...rest];
  }
  return undefined;
}

export function nodeAt(node: LayoutNode, path: NodePath): LayoutNode | undefined {
  let current: LayoutNode | undefined = node;
  for (const index of path) current = current?.kind === 'split' ? current.children[index]?.node : undefined;
  return current;
}

/** The tree with the node at `path` replaced, or taken out when `change` returns undefined. */
export function changeNode(
  node: LayoutNode,
  path: NodePath,
  change: (node: LayoutNode) => LayoutNode | undefined,
): LayoutNode | undefined {
  const [index, ...rest] = path;
  if (index === undefined) return change(node);
  if (node.kind === 'pane') return node;
  const children = node.children.flatMap((child, at): readonly Child[] => {
    if (at !== index) return [child];
    const changed = changeNode(child.node, rest, change);
    return changed === undefined ? [] : [{ node: changed, weight: child.weight }];
  });
  return children.length === 0 ? undefined : splitNode(node.direction, children);
}

/** Cells that a node needs along a direction so that each of its panes has one. */
export function minimumCells(node: LayoutNode, direction: SplitDirection): number {
  if (node.kind === 'pane') return 1;
  const needs = node.children.map((child) => minimumCells(child.node, direction));
  if (node.direction !== direction) return Math.max(...needs);
  return needs.reduce((sum, need) => sum + need, needs.length - 1);
}

export const extent = (rect: Rect, direction: SplitDirection): number =>
  direction === 'horizontal' ? rect.width : rect.height;

/**
 * Cells of each child along the split's direction when the split has `cells` in all: the weights' shares, but each at
 * least what its panes need. Where there is not even that much, the first ones get theirs and the last ones nothing.
 */
export function shares(split: SplitNode, cells: number): readonly number[] {
  const needs = split.children.map((child) => minimumCells(child.node, split.direction));
  const available = cells - (split.children.length - 1);
  const needed = needs.reduce((sum, need) => sum + need, 0);
  if (available < needed) return scarceShares(needs, cells);
  const total = totalWeight(split.children);
  const sizes = split.children.map((child, index) =>
    Math.max(needs[index] ?? 1, Math.floor((available * child.weight) / total)),
  );
  settle(sizes, needs, available - sizes.reduce((sum, size) => sum + size, 0));
  return sizes;
}

function scarceShares(needs: readonly number[], cells: number): readonly number[] {
  let left = cells;
  return needs.map((need) => {
    const size = Math.max(0, Math.min(need, left));
    left -= size + 1;
    return size;
  });
}

/** Adds `change` cells one by one from the front, or takes them from the largest that can give. */
function settle(sizes: number[], needs: readonly number[], change: number): void {
  for (let index = 0; change > 0; index = (index + 1) % sizes.length, change--) sizes[index] = (sizes[index] ?? 0) + 1;
  for (; change < 0; change++) {
    let richest = 0;
    for (let index = 1; index < sizes.length; index++) {
      const spare = (sizes[index] ?? 0) - (needs[index] ?? 0);
      if (spare > (sizes[richest] ?? 0) - (needs[richest] ?? 0)) richest = index;
    }
    sizes[richest] = (sizes[richest] ?? 0) - 1;
  }
}

/** The rectangles of a split's children within its own. */
export function childRects(split: SplitNode, area: Rect): readonly Rect[] {
  const sizes = shares(split, extent(area, split.direction));
  let at = 0;
  return sizes.map((size) => {
    const offset = Math.min(at, extent(area, split.direction));
    at += size + 1;
    return split.direction === 'horizontal'
      ? { x: area.x + offset, y: area.y, width: size, height: area.height }
      : { x: area.x, y: area.y + offset, width: area.width, height: size };
  });
}

/** The rectangle of the node at `path` when the root has `area`. */
export function rectAt(root: LayoutNode, area: Rect, path: NodePath): Rect {
  let node = root;
  let rect = area;
  for (const index of path) {
    if (node.kind === 'pane') break;
    rect = childRects(node, rect)[index] ?? rect;
    node = node.children[index]?.node ?? node;
  }
  return rect;
}
