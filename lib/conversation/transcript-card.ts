import { cleanLine } from '../text/clean-line.ts';
import { cutRow, type LaidRow, laidRow, prefixRows } from '../text/laid-row.ts';
import type { Line } from '../text/line.ts';
import { lineWidth } from '../text/line-cells.ts';
import { PLAIN, type Style } from '../text/style.ts';
import { shortenLine } from '../text/wrap.ts';
import type { ToolCall } from './message.ts';
import { argumentRows } from './transcript-arguments.ts';
import { diffRows } from './transcript-diff.ts';
import type { TranscriptPart } from './transcript-part.ts';
import { BAD, FAINT, GOOD, STRONG, span, WARNING, WORKING } from './transcript-style.ts';
import { cutRows, firstLine } from './transcript-text.ts';

/** Lines of a running call's output that its closed card shows. */
const RUNNING_LINES = 5;
/** Units at the end of an output in which they are looked for. */
const MAXIMUM_RUNNING = 10_000;

interface Mark {
  readonly text: string;
  readonly style: Style;
}

const MARKS: Readonly<Record<ToolCall['state']['kind'], Mark>> = {
  waiting: { text: '·', style: FAINT },
  asking: { text: '?', style: WARNING },
  running: { text: '⟳', style: WORKING },
  done: { text: '✓', style: GOOD },
  failed: { text: '✗', style: BAD },
  refused: { text: '⊘', style: FAINT },
  cancelled: { text: '⊘', style: FAINT },
};

const INDENT: Line = span('  ', PLAIN);

/** A call as one row, which opens to its arguments, diff and output; one that asks is open. */
export const cardPart = (call: ToolCall, key: string, gap: boolean): TranscriptPart => ({
  fold: { key, kind: 'detail', open: call.state.kind === 'asking' },
  gap,
  layOut(columns, open) {
    const head = headLine(call);
    const rows = [laidRow(shortenLine(head, columns))];
    const isWhole = lineWidth(head) <= columns;
    const title = isWhole ? firstLine(call.title) : '';
    if (open) rows.push(...prefixRows((room) => detailRows(call, title, room), columns, INDENT, INDENT));
    else if (call.state.kind === 'running') rows.push(...runningRows(call.state.output, columns));
    return rows;
  },
});

function headLine({ name, title, state }: ToolCall): Line {
  const mark = MARKS[state.kind];
  const line = [
    { text: `${mark.text} `, style: mark.style },
    { text: firstLine(name), style: state.kind === 'asking' ? { ...STRONG, foreground: WARNING.foreground } : STRONG },
  ];
  const shown = firstLine(title);
  if (shown !== '') line.push({ text: `  ${shown}`, style: PLAIN });
  if (state.kind === 'failed' || state.kind === 'refused' || state.kind === 'cancelled') {
    const why = firstLine(state.result);
    const text = why === '' ? state.kind : why;
    line.push({ text: `  ${text}`, style: state.kind === 'failed' ? BAD : FAINT });
  }
  return line;
}

/** What the head does not tell, `title` being what is seen of its title; why it asks is told where the answer is given. */
function detailRows({ arguments: json, diff, state }: ToolCall, title: string, columns: number): LaidRow[] {
  const rows = argumentRows(json, columns, { title, diff });
  if (diff !== '') rows.push(...diffRows(diff, columns));
  if (state.kind === 'running') rows.push(...cutRows(state.output, columns, FAINT));
  if ('result' in state && state.result !== '')
    rows.push(...cutRows(state.result, columns, state.kind === 'failed' ? BAD : FAINT));
  return rows;
}

/** The end of what a running call printed, a row for each line. */
function runningRows(output: string, columns: number): LaidRow[] {
  const lines = output.slice(-MAXIMUM_RUNNING).trimEnd().split('\n').slice(-RUNNING_LINES);
  if (lines.length === 1 && lines[0] === '') return [];
  const layOut = (room: number) => lines.map((line) => cutRow(span(cleanLine(line.slice(0, 2 * room)), FAINT), room));
  return prefixRows(layOut, columns, INDENT, INDENT);
}
