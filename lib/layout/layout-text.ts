import type { Rect } from '../base/geometry.ts';
import { type PaneId, paneId } from '../base/id.ts';
import { close, type Layout, panes } from './layout.ts';
import { type Child, childRects, type LayoutNode, paneNode, splitNode } from './node.ts';

/** Longest description that is read, in characters, and how deep its splits may lie in one another. */
const MAXIMUM_TEXT = 16_384;
const MAXIMUM_DEPTH = 64;

/** tmux's description of a layout: a checksum, then size, place and number of each pane, `{}` side by side, `[]` stacked. */
export function layoutText(layout: Layout, area: Rect, numberOf: (pane: PaneId) => number): string {
  const text = nodeText(layout.root, area, area, numberOf);
  return `${checksum(text)},${text}`;
}

function nodeText(node: LayoutNode, rect: Rect, area: Rect, numberOf: (pane: PaneId) => number): string {
  const cell = `${rect.width}x${rect.height},${rect.x - area.x},${rect.y - area.y}`;
  if (node.kind === 'pane') return `${cell},${numberOf(node.pane)}`;
  const inside = childRects(node, rect);
  const children = node.children.map((child, index) => nodeText(child.node, inside[index] ?? rect, area, numberOf));
  return node.direction === 'horizontal' ? `${cell}{${children.join(',')}}` : `${cell}[${children.join(',')}]`;
}

function checksum(text: string): string {
  let sum = 0;
  for (let at = 0; at < text.length; at++) sum = ((sum >> 1) + ((sum & 1) << 15) + text.charCodeAt(at)) & 0xffff;
  return sum.toString(16).padStart(4, '0');
}

interface Cells {
  readonly columns: number;
  readonly rows: number;
  readonly direction: 'horizontal' | 'vertical' | undefined;
  readonly children: readonly Cells[];
}

/**
 * The panes of a layout, in reading order, arranged as such a description says; places beyond the last pane are left
 * out. Undefined for a text that is no description, or has too few places.
 */
export function readLayout(text: string, layout: Layout): Layout | undefined {
  const [, sum, rest] = /^([0-9a-f]{4}),(.*)$/.exec(text.slice(0, MAXIMUM_TEXT)) ?? [];
  if (rest === undefined || sum !== checksum(rest)) return undefined;
  const cells = readCells(rest);
  if (cells === undefined) return undefined;
  const all = panes(layout);
  const places = countPanes(cells);
  if (places < all.length) return undefined;
  // Places without a pane get numbers of their own, and are closed again.
  const spare: PaneId[] = [];
  for (let id = Math.max(...all) + 1; all.length + spare.length < places; id++) spare.push(paneId(id));
  const ids = [...all, ...spare][Symbol.iterator]();
  const root = toNode(cells, () => ids.next().value);
  let result: Layout | undefined = root && { root, zoomed: undefined };
  for (const id of spare) result = result && close(result, id);
  return result;
}

function readCells(text: string): Cells | undefined {
  let at = 0;
  const read = (depth: number): Cells | undefined => {
    const match = /^(\d{1,4})x(\d{1,4}),\d{1,4},\d{1,4}(?:,\d{1,15}(?![x\d]))?/.exec(text.slice(at, at + 48));
    if (match === null || depth > MAXIMUM_DEPTH) return undefined;
    at += match[0].length;
    const [columns, rows] = [Number(match[1]), Number(match[2])];
    const open = text[at];
    if (open !== '{' && open !== '[') return { columns, rows, direction: undefined, children: [] };
    const children: Cells[] = [];
    do {
      at += 1;
      const child = read(depth + 1);
      if (child === undefined) return undefined;
      children.push(child);
    } while (text[at] === ',');
    if (text[at] !== (open === '{' ? '}' : ']')) return undefined;
    at += 1;
    return { columns, rows, direction: open === '{' ? 'horizontal' : 'vertical', children };
  };
  const cells = read(0);
  return at === text.length ? cells : undefined;
}

const countPanes = (cells: Cells): number =>
  cells.direction === undefined ? 1 : cells.children.reduce((sum, child) => sum + countPanes(child), 0);

function toNode(cells: Cells, next: () => PaneId | undefined): LayoutNode | undefined {
  const { direction, children } = cells;
  if (direction === undefined) {
    const id = next();
    return id === undefined ? undefined : paneNode(id);
  }
  const nodes = children.flatMap((child): readonly Child[] => {
    const node = toNode(child, next);
    const weight = Math.max(1, direction === 'horizontal' ? child.columns : child.rows);
    return node === undefined ? [] : [{ node, weight }];
  });
  return nodes.length === 0 ? undefined : splitNode(direction, nodes);
}
