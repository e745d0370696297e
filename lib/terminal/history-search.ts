import type { TextProbe } from '../text/text-probe.ts';
import { type HistoryPage, PAGE_BYTES } from './history-page.ts';

/** No probe matches more UTF-16 units than this (text/text-probe.ts). */
const MAXIMUM_MATCH = 128;

const NEW_LINE = 0x0a;
/** Texts around the ends of rows at which lines go on, one for all histories. */
const edges = Buffer.allocUnsafeSlow(4 * PAGE_BYTES);

/** Remembers what the last probe found in pages, since a page is asked about several times, a part of its rows each. */
export class HistorySearch {
  #probe: TextProbe | undefined;
  #found = new WeakMap<HistoryPage, { readonly first: number; readonly end: number; readonly mayHold: boolean }>();

  /** Pages may be written anew. */
  forget(): void {
    this.#probe = undefined;
  }

  /** Whether a text that fits a probe may be in a page, to which rows are only added. */
  mayHold(page: HistoryPage, probe: TextProbe): boolean {
    if (probe !== this.#probe) {
      this.#probe = probe;
      this.#found = new WeakMap();
    }
    const known = this.#found.get(page);
    if (known !== undefined && known.end === page.end && (known.first === page.first || !known.mayHold))
      return known.mayHold;
    const found = mayHold(page, page.first, page.end, probe);
    this.#found.set(page, { first: page.first, end: page.end, mayHold: found });
    return found;
  }
}

/**
 * Whether a text that fits may be in records `from` up to `to`, which may begin in the midst of a line. Their bytes are
 * searched as they stand, heads and styles included; then where a line goes on from row to row, and texts with controls.
 */
export function mayHold(page: HistoryPage, from: number, to: number, probe: TextProbe): boolean {
  if (probe.bytes.test(page.raw(from, to))) return true;
  let used = 0;
  for (let record = from; record < to; ) {
    let end = record + 1;
    let isMarked = page.isMarked(record);
    for (; end < to && page.isWrapped(end); end++) isMarked ||= page.isMarked(end);
    const isLong = end > record + 1;
    const last = isLong && !isMarked ? copyEdges(page, record, end, probe.width, used) : -1;
    if (last >= 0) used = last;
    else if ((isLong || isMarked) && mayHoldLine(page, record, end, probe)) return true;
    record = end;
  }
  return used > 0 && probe.bytes.test(edges.toString('latin1', 0, used));
}

/** Puts what lies around the ends of the rows of a line to the other edges; -1 when a row is too short, or no room left. */
function copyEdges(page: HistoryPage, from: number, to: number, width: number, used: number): number {
  if (used + (to - from) * (2 * width + 1) > edges.length) return -1;
  let next = used;
  for (let record = from + 1; record < to; record++) {
    next = page.copyEdge(record, width, edges, next);
    if (next < 0) return -1;
    edges[next++] = NEW_LINE;
  }
  return next;
}

function mayHoldLine(page: HistoryPage, from: number, to: number, probe: TextProbe): boolean {
  let text = '';
  for (let record = from; record < to; record++) text += page.text(record);
  return probe.text.test(text);
}

/** Whether a text that fits may lie across the end of a page, at which a line goes on in the next. */
export function mayHoldAcross(page: HistoryPage, next: HistoryPage, probe: TextProbe): boolean {
  let before = '';
  for (let record = page.end - 1; record >= page.first && before.length < MAXIMUM_MATCH; record--)
    before = page.text(record) + before;
  let after = '';
  for (let record = next.first; record < next.end && after.length < MAXIMUM_MATCH; record++) after += next.text(record);
  // It could reach into a third page.
  return after.length < MAXIMUM_MATCH || probe.text.test(before + after);
}
