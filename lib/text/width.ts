import { CLUSTER_START, clusterEnd, clusterState, joinedWidth, joins } from './cluster.ts';
import { codePointInfo, infoWidth } from './unicode-table.ts';

/** A piece of text that is shown as one: a letter with its marks, an emoji with its modifiers, a flag. */
export interface Cluster {
  readonly text: string;
  /** Columns: 0 for a control or a mark that stands alone, else 1 or 2. */
  readonly width: number;
}

/** Columns of a code point that stands alone, 0–2. Ambiguous width counts as 1, private use too. */
export const codePointWidth = (point: number): number => infoWidth(codePointInfo(point));

/** Columns of one cluster, 0–2. */
export function clusterWidth(cluster: string): number {
  const first = cluster.codePointAt(0);
  if (first === undefined) return 0;
  let info = codePointInfo(first);
  let width = infoWidth(info);
  let index = first > 0xffff ? 2 : 1;
  if (index >= cluster.length) return width;
  let state = clusterState(CLUSTER_START, info);
  while (index < cluster.length) {
    const point = cluster.codePointAt(index) ?? 0;
    info = codePointInfo(point);
    width = joinedWidth(state, info, width);
    state = clusterState(state, info);
    index += point > 0xffff ? 2 : 1;
  }
  return width;
}

/** The clusters of `text` in order, as Unicode 17 breaks them. */
export function* clustersOf(text: string): Generator<Cluster, void, undefined> {
  for (let start = 0; start < text.length; ) {
    const end = clusterEnd(text, start);
    const cluster = text.slice(start, end);
    yield { text: cluster, width: clusterWidth(cluster) };
    start = end;
  }
}

/** Columns of `text` on one line. */
export function textWidth(text: string): number {
  if (isPrintableAscii(text)) return text.length;
  let total = 0;
  let width = 0;
  let state = CLUSTER_START;
  for (let index = 0; index < text.length; index++) {
    const point = text.codePointAt(index) ?? 0;
    if (point > 0xffff) index += 1;
    const info = codePointInfo(point);
    if (joins(state, info)) {
      width = joinedWidth(state, info, width);
    } else {
      total += width;
      width = infoWidth(info);
    }
    state = clusterState(state, info);
  }
  return total + width;
}

/** The longest start of `text` of at most `columns` columns; where something is cut off, it ends with `ellipsis`. */
export function truncate(text: string, columns: number, ellipsis = ''): string {
  if (text.length <= columns && isPrintableAscii(text)) return text;
  const room = Math.max(0, columns - textWidth(ellipsis));
  let used = 0;
  let kept = 0;
  for (let start = 0; start < text.length; ) {
    const end = clusterEnd(text, start);
    used += clusterWidth(text.slice(start, end));
    if (used <= room) kept = end;
    if (used > columns) return text.slice(0, kept) + (columns > 0 ? ellipsis : '');
    start = end;
  }
  return text;
}

/** `text` filled with blanks, or cut, to exactly `columns` columns. */
export function fit(text: string, columns: number): string {
  const cut = truncate(text, columns);
  return cut + ' '.repeat(Math.max(0, columns - textWidth(cut)));
}

const isPrintableAscii = (text: string): boolean => /^[ -~]*$/.test(text);
