import { clusterEnd } from './cluster.ts';
import type { Line, Span } from './line.ts';
import { PLAIN } from './style.ts';
import { clusterWidth, textWidth, truncate } from './width.ts';

/** Where a text is cut into rows: UTF-16 indices of the start and end of each. */
interface Piece {
  readonly start: number;
  readonly end: number;
}

/**
 * Folds `text` at `columns`, at blanks where there are any and else between clusters. Blanks at a fold are left out;
 * line feeds end a row. At least one row; a cluster wider than `columns` stands alone in its row.
 */
export function wrapText(text: string, columns: number): string[] {
  return pieces(text, Math.max(1, columns)).map(({ start, end }) => text.slice(start, end));
}

/** Folds a styled line as `wrapText` does; words may span styles. */
export function wrapLine(line: Line, columns: number): Line[] {
  const text = line.map((span) => span.text).join('');
  const rows: Span[][] = [];
  let index = 0;
  let offset = 0;
  for (const { start, end } of pieces(text, Math.max(1, columns))) {
    const row: Span[] = [];
    while (index < line.length) {
      const span = line[index];
      if (span === undefined || offset >= end) break;
      const from = Math.max(start, offset);
      const to = Math.min(end, offset + span.text.length);
      if (to > from) row.push({ text: span.text.slice(from - offset, to - offset), style: span.style });
      if (offset + span.text.length > end) break;
      offset += span.text.length;
      index += 1;
    }
    rows.push(row);
  }
  return rows;
}

function pieces(text: string, columns: number): Piece[] {
  const result: Piece[] = [];
  let start = 0;
  for (;;) {
    const feed = text.indexOf('\n', start);
    const end = feed < 0 ? text.length : feed;
    foldParagraph(text, start, end, columns, result);
    if (feed < 0) return result;
    start = feed + 1;
  }
}

function foldParagraph(text: string, from: number, to: number, columns: number, result: Piece[]): void {
  let start = from;
  let used = 0;
  /** The last place to fold: the end of the row before it, the start of the next, the columns up to there. */
  let breakEnd = -1;
  let breakStart = -1;
  let breakColumns = 0;
  for (let index = from; index < to; ) {
    const end = Math.min(to, clusterEnd(text, index));
    const blank = end - index === 1 && text.charCodeAt(index) === 0x20;
    const width = clusterWidth(text.slice(index, end));
    if (blank) {
      if (breakStart !== index) breakEnd = index;
      breakStart = end;
      breakColumns = used + width;
    } else if (used + width > columns && index > start) {
      if (breakEnd > start) {
        result.push({ start, end: breakEnd });
        start = breakStart;
        used -= breakColumns;
      } else {
        result.push({ start, end: index });
        start = index;
        used = 0;
      }
      breakEnd = -1;
      breakStart = -1;
      if (used + width > columns && index > start) continue;
    }
    used += width;
    index = end;
  }
  let end = to;
  if (used > columns && breakStart === to && breakEnd > start) end = breakEnd;
  result.push({ start, end });
}

/** The beginning of a line: as much as `columns` columns hold, without half a cluster. */
export function cutLine(line: Line, columns: number): Line {
  const spans: Span[] = [];
  let left = columns;
  for (const { text, style } of line) {
    const kept = truncate(text, left);
    if (kept !== '') spans.push({ text: kept, style });
    left -= textWidth(kept);
    if (kept.length < text.length) break;
  }
  return spans;
}

/** The line where it fits into `columns`, else as much of it as leaves room for an ellipsis. */
export function shortenLine(line: Line, columns: number): Line {
  const whole = cutLine(line, columns);
  if (columns < 1 || unitsOf(whole) === unitsOf(line)) return whole;
  const kept = cutLine(line, columns - 1);
  return [...kept, { text: '…', style: kept.at(-1)?.style ?? PLAIN }];
}

const unitsOf = (line: Line): number => line.reduce((sum, { text }) => sum + text.length, 0);
