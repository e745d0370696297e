import { cleanLine } from './clean-line.ts';
import { clusterEnd } from './cluster.ts';
import { highlighter } from './highlight.ts';
import { cutRow, type LaidRow } from './laid-row.ts';
import type { Line, Span } from './line.ts';
import { DIM, PLAIN } from './style.ts';
import { clusterWidth } from './width.ts';

const INDENT: Span = { text: '  ', style: PLAIN };
/** Columns under which code is not indented. */
const NARROW = 12;

/** Lines of code as rows, coloured when its language is known; a line that is too long goes on in the next row's first column. */
export function codeRows(lines: readonly string[], language: string, columns: number, withLabel: boolean): LaidRow[] {
  const clean = lines.map(cleanLine);
  const coloured = language === '' ? undefined : highlighter.lines(clean.join('\n'), language);
  const isWhole = coloured?.length === clean.length;
  const rows: LaidRow[] = [];
  const label = cleanLine(language);
  if (withLabel && label !== '')
    rows.push(cutRow([...indentAt(columns), { text: label, style: { ...PLAIN, attributes: DIM } }], columns));
  for (const [index, text] of clean.entries()) {
    const line = isWhole ? (coloured[index] ?? []) : text === '' ? [] : [{ text, style: PLAIN }];
    foldCode(line, columns, rows);
  }
  return rows;
}

const indentAt = (columns: number): Line => (columns < NARROW ? [] : [INDENT]);

/** Folds where the row is full, so that its rows together are the line. */
function foldCode(line: Line, columns: number, rows: LaidRow[]): void {
  let row: Span[] = line.length === 0 ? [] : [...indentAt(columns)];
  let left = columns - row.length * INDENT.text.length;
  let wrapped = false;
  for (const { text, style } of line) {
    let start = 0;
    for (let index = 0; index < text.length; ) {
      const end = clusterEnd(text, index);
      const width = clusterWidth(text.slice(index, end));
      if (width > left) {
        if (index > start) row.push({ text: text.slice(start, index), style });
        rows.push({ ...cutRow(row, columns), wrapped });
        wrapped = true;
        row = [];
        left = columns;
        start = index;
      }
      left -= width;
      index = end;
    }
    if (start < text.length) row.push({ text: text.slice(start), style });
  }
  rows.push({ ...cutRow(row, columns), wrapped });
}
