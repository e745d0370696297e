import type { Rect } from '../base/geometry.ts';
import type { PaneId } from '../base/id.ts';
import { type Layout, panes } from './layout.ts';
import { type Child, type LayoutNode, paneNode, splitNode } from './node.ts';

/** tmux's five layouts, in the order of next-layout and of M-1 to M-5. */
export const LAYOUT_NAMES = ['even-horizontal', 'even-vertical', 'main-horizontal', 'main-vertical', 'tiled'] as const;
export type LayoutName = (typeof LAYOUT_NAMES)[number];

export interface MainPaneSize {
  /** Columns of the main pane of main-vertical. */
  readonly width: number;
  /** Rows of the main pane of main-horizontal. */
  readonly height: number;
}

/** tmux's defaults of main-pane-width and main-pane-height. */
const MAIN_PANE: MainPaneSize = { width: 80, height: 24 };

/** The same panes in reading order, arranged as `name` says. */
export function applyNamed(layout: Layout, area: Rect, name: LayoutName, main: MainPaneSize = MAIN_PANE): Layout {
  return { root: build(panes(layout), area, name, main), zoomed: undefined };
}

function build(all: readonly PaneId[], area: Rect, name: LayoutName, main: MainPaneSize): LayoutNode {
  const nodes = all.map(paneNode);
  switch (name) {
    case 'even-horizontal':
      return even('horizontal', nodes);
    case 'even-vertical':
      return even('vertical', nodes);
    case 'main-horizontal':
      return withMain('vertical', nodes, mainCells(main.height, area.height));
    case 'main-vertical':
      return withMain('horizontal', nodes, mainCells(main.width, area.width));
    case 'tiled':
      return tiled(nodes);
  }
}

function even(direction: 'horizontal' | 'vertical', nodes: readonly LayoutNode[]): LayoutNode {
  return splitNode(
    direction,
    nodes.map((node): Child => ({ node, weight: 1 })),
  );
}

/** Cells for the main pane and for the others: the wanted ones, but the others keep at least a third of a small area. */
function mainCells(wanted: number, cells: number): readonly [number, number] {
  const most = Math.max(1, cells - 1 - Math.max(1, Math.floor((cells - 1) / 3)));
  const size = Math.max(1, Math.min(Math.floor(wanted) || 1, most));
  return [size, Math.max(1, cells - 1 - size)];
}

function withMain(
  direction: 'horizontal' | 'vertical',
  nodes: readonly LayoutNode[],
  [main, others]: readonly [number, number],
): LayoutNode {
  const [first, ...rest] = nodes;
  if (first === undefined || rest.length === 0) return even(direction, nodes);
  return splitNode(direction, [
    { node: first, weight: main },
    { node: even(direction === 'horizontal' ? 'vertical' : 'horizontal', rest), weight: others },
  ]);
}

/** Rows of equally many columns, as square as can be; the last row shares its width among fewer. */
function tiled(nodes: readonly LayoutNode[]): LayoutNode {
  let rows = 1;
  let columns = 1;
  while (rows * columns < nodes.length) {
    rows++;
    if (rows * columns < nodes.length) columns++;
  }
  const lines: LayoutNode[] = [];
  for (let at = 0; at < nodes.length; at += columns) lines.push(even('horizontal', nodes.slice(at, at + columns)));
  return even('vertical', lines);
}
