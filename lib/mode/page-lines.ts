import type { Line, Span } from '../text/line.ts';
import { sanitize } from '../text/sanitize.ts';
import { PLAIN, type Style } from '../text/style.ts';
import { clustersOf, textWidth } from '../text/width.ts';

/** Lines and characters of a page; what is longer is cut, with a line that says so. */
const MAXIMUM_LINES = 100_000;
const MAXIMUM_UNITS = 1 << 24;
const TAB = 8;
const CONTROL = /^[\p{Cc}\u2028\u2029]$/u;
const ASCII = /^[\x20-\x7e]*$/;

/** Plain text as lines: tabs become blanks, controls visible. */
export function textLines(text: string): readonly Line[] {
  const cut = text.length > MAXIMUM_UNITS;
  const lines = (cut ? text.slice(0, MAXIMUM_UNITS) : text).split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  const kept = lines.slice(0, MAXIMUM_LINES).map((line): Line => [{ text: visible(line), style: PLAIN }]);
  if (cut || lines.length > MAXIMUM_LINES) kept.push([{ text: '… (the rest is not shown)', style: PLAIN }]);
  return kept;
}

function visible(line: string): string {
  if (ASCII.test(line)) return line;
  const parts: string[] = [];
  let column = 0;
  for (const part of line.split(/([\p{Cc}\u2028\u2029])/u)) {
    const shown =
      part === '\t'
        ? ' '.repeat(TAB - (column % TAB))
        : CONTROL.test(part)
          ? visibleControl(part)
          : sanitize(part, part.length);
    column += textWidth(shown);
    parts.push(shown);
  }
  return parts.join('');
}

function visibleControl(control: string): string {
  const code = control.charCodeAt(0);
  if (code === 0x7f) return '^?';
  return code < 0x20 ? `^${String.fromCharCode(code + 0x40)}` : '\ufffd';
}

export const lineText = (line: Line): string => line.map((span) => span.text).join('');

/** The line in rows of at most `columns`, styles kept. */
export function foldLine(line: Line, columns: number): readonly Line[] {
  const text = lineText(line);
  if (text.length <= columns && ASCII.test(text)) return [line];
  const rows: Span[][] = [[]];
  let used = 0;
  for (const { text: part, style } of line) {
    let kept = '';
    for (const cluster of clustersOf(part)) {
      if (used > 0 && used + cluster.width > columns) {
        if (kept !== '') rows.at(-1)?.push({ text: kept, style });
        rows.push([]);
        kept = '';
        used = 0;
      }
      kept += cluster.text;
      used += cluster.width;
    }
    if (kept !== '') rows.at(-1)?.push({ text: kept, style });
  }
  return rows;
}

/** The line with the parts of its text at `matches` (starts and ends in turn) in another style. */
export function highlighted(line: Line, matches: readonly number[], style: Style): Line {
  const spans: Span[] = [];
  let start = 0;
  for (const span of line) {
    const end = start + span.text.length;
    let at = start;
    for (let index = 0; index < matches.length; index += 2) {
      const from = Math.max(matches[index] ?? 0, at);
      const to = Math.min(matches[index + 1] ?? 0, end);
      if (to <= from) continue;
      if (from > at) spans.push({ text: span.text.slice(at - start, from - start), style: span.style });
      spans.push({ text: span.text.slice(from - start, to - start), style });
      at = to;
    }
    if (at < end) spans.push({ text: span.text.slice(at - start), style: span.style });
    start = end;
  }
  return spans;
}
