import type { PaneId } from '../base/id.ts';
import type { Layout } from './layout.ts';
import { changeNode, pathOf } from './node.ts';

/** The layout with equal shares for the panes of the innermost split around `pane`. */
export function spread(layout: Layout, pane: PaneId): Layout {
  const path = pathOf(layout.root, pane);
  if (path === undefined || path.length === 0) return layout;
  const root = changeNode(layout.root, path.slice(0, -1), (node) =>
    node.kind === 'pane' ? node : { ...node, children: node.children.map((child) => ({ ...child, weight: 1 })) },
  );
  return { root: root ?? layout.root, zoomed: undefined };
}
