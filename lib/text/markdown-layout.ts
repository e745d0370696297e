import { codeRows } from './code-rows.ts';
import { GrowingText } from './growing-text.ts';
import { BLANK_ROW, type LaidRow, prefixRows } from './laid-row.ts';
import type { Line } from './line.ts';
import { flowRows } from './markdown-block.ts';
import { sourceLines } from './markdown-lines.ts';
import { type Segment, type SegmentState, START } from './markdown-segment.ts';
import { Segmenter } from './markdown-segmenter.ts';
import { DIM, PLAIN, palette, type Style } from './style.ts';

const MARKER: Style = { ...PLAIN, foreground: palette(6) };
const QUOTE: Line = [{ text: '│ ', style: { ...PLAIN, attributes: DIM } }];
/** Quotes in quotes beyond this are shown as they are written. */
const MAXIMUM_QUOTES = 6;
/** Columns that content gets at least, whatever stands at its left. */
const MINIMUM_ROOM = 16;

/** A whole text as rows; `depth` counts the quotes that it stands in. */
export function layOutMarkdown(source: string, columns: number, depth = 0): LaidRow[] {
  const text = GrowingText.of(source);
  return segmentsOf(text, 0, text.length, START).flatMap((segment) => segmentRows(segment, text, columns, depth));
}

/** The segments of units `start` up to `end` of a text, the last line included whether it is whole or not. */
export function segmentsOf(text: GrowingText, start: number, end: number, state: SegmentState): Segment[] {
  const segmenter = new Segmenter(state);
  const found: Segment[] = [];
  const source = text.slice(start, end);
  let from = start;
  let continued = state.continued;
  while (from < end) {
    const again = feedLines(segmenter, source.slice(from - start), from, continued);
    found.push(...segmenter.take());
    if (again === undefined) break;
    from = again;
    continued = false;
  }
  found.push(...segmenter.finish(end, end === text.length));
  return found;
}

/** Where to read again; undefined when all was read. */
function feedLines(segmenter: Segmenter, source: string, offset: number, continued: boolean): number | undefined {
  for (const line of sourceLines(source, offset, continued, true)) {
    const next = segmenter.feed(line);
    if (next !== line.next) return next;
  }
  return undefined;
}

/** One segment as rows, with the blank row before it. */
export function segmentRows(segment: Segment, text: GrowingText, columns: number, depth: number): LaidRow[] {
  const rows = indented(segment, columns, (room) => contentRows(segment, text, room, depth));
  return segment.gap && rows.length > 0 ? [BLANK_ROW, ...rows] : rows;
}

function indented({ indent, marker }: Segment, columns: number, layOut: (room: number) => LaidRow[]): LaidRow[] {
  const width = indent + marker.length;
  if (width === 0) return layOut(columns);
  const left = Math.max(marker.length, Math.min(width, columns - MINIMUM_ROOM));
  const rest: Line = [{ text: ' '.repeat(left), style: PLAIN }];
  const blanks = ' '.repeat(left - marker.length);
  const first: Line = marker === '' ? rest : [{ text: blanks + marker, style: MARKER }];
  const withContent = (room: number): LaidRow[] => {
    const rows = layOut(room);
    return rows.length === 0 && marker !== '' ? [BLANK_ROW] : rows;
  };
  return prefixRows(withContent, columns, first, rest);
}

function contentRows(segment: Segment, text: GrowingText, columns: number, depth: number): LaidRow[] {
  const { kind, start, end, dedent, inline, table } = segment;
  const lines = text.slice(start, end).split('\n');
  if (kind === 'code') return fencedRows(segment, lines, columns);
  const header = table === undefined ? [] : text.slice(table.start, table.end).trimEnd().split('\n');
  const source = [...header, ...lines].map((line, index) =>
    index === 0 && segment.marker !== '' ? line : takeIndent(line, dedent),
  );
  if (kind === 'flow' || depth >= MAXIMUM_QUOTES)
    return flowRows(source.join('\n'), columns, {
      inline: inline || kind === 'quote',
      withoutHeader: table !== undefined,
    });
  const inner = source.map((line) => line.replace(/^ {0,3}> ?/, '')).join('\n');
  return prefixRows((room) => layOutMarkdown(inner, room, depth + 1), columns, QUOTE, QUOTE);
}

function fencedRows({ dedent, language, opens, end }: Segment, lines: string[], columns: number): LaidRow[] {
  if (lines.at(-1) === '' && end > 0) lines.pop();
  const code = lines.map((line) => takeIndent(line.endsWith('\r') ? line.slice(0, -1) : line, dedent));
  return codeRows(code, language, columns, opens);
}

/** A line without up to `columns` blanks before it. */
function takeIndent(line: string, columns: number): string {
  let units = 0;
  let taken = 0;
  while (taken < columns) {
    const unit = line.charCodeAt(units);
    if (unit === 0x20) taken += 1;
    else if (unit === 0x09) taken += 4 - (taken % 4);
    else break;
    units += 1;
  }
  return ' '.repeat(Math.max(0, taken - columns)) + line.slice(units);
}
