import { grouped } from '../text/amount.ts';
import type { Line, Span } from '../text/line.ts';
import { lineWidth } from '../text/line-cells.ts';
import { sanitize } from '../text/sanitize.ts';
import { BOLD, DIM, PLAIN, palette, type Style } from '../text/style.ts';
import { shortenLine, wrapLine } from '../text/wrap.ts';
import type { Question } from './chat-approvals.ts';
import type { PanelState } from './chat-panel.ts';

type QuestionState = Pick<
  PanelState,
  'questionNumber' | 'questionCount' | 'plainKeys' | 'isUnread' | 'tooEarly' | 'keyOf' | 'line'
>;

const FAINT: Style = { ...PLAIN, attributes: DIM };
const ASKING: Style = { ...PLAIN, foreground: palette(3), attributes: BOLD };
const WARNING: Style = { ...PLAIN, foreground: palette(3) };

/** UTF-16 units of a question that are laid out. */
const MAXIMUM_BODY = 20_000;
/** Rows from which on the keys that answer may take two. */
const ROOMY = 6;
const SEPARATOR = ' · ';

/**
 * A question, with the whole of what would happen on as many of at most `rows` rows as it takes, and the keys that answer.
 * Where it does not fit its middle is left out, and it says how much.
 */
export function questionLines(
  state: QuestionState,
  question: Question,
  columns: number,
  rows: number,
): readonly Line[] {
  const { questionNumber, questionCount } = state;
  const number = questionCount > 1 ? ` (${questionNumber} of ${questionCount})` : '';
  const what = question.kind === 'question' ? '' : `${sanitize(question.tool, 60)} asks: `;
  const why = `${sanitize(question.why, 500)}${number}`;
  const body = bodyOf(question);
  const text =
    body === undefined
      ? `? ${what}${sanitize(question.title, MAXIMUM_BODY)} — ${why}`
      : `? ${sanitize(question.tool, 60)} asks${whereOf(question)} — ${why}:`;
  const all = wrapLine([{ text, style: ASKING }], columns);
  if (body !== undefined)
    for (const line of cutBody(body).split('\n'))
      for (const row of wrapLine([{ text: sanitize(line, 2 * MAXIMUM_BODY), style: PLAIN }], Math.max(1, columns - 2)))
        all.push([{ text: '  ', style: PLAIN }, ...row]);
  const hints = hintLines(question, state, columns, rows < ROOMY ? 1 : 2);
  const shown = cutMiddle(all, Math.max(1, rows - hints.length), (left) => {
    const key = question.editable === undefined ? undefined : state.keyOf('edit');
    const beyond = Math.max(0, (body ?? '').length - MAXIMUM_BODY);
    return `  … ${grouped(left + beyond)} more characters${key === undefined ? '' : `: ${key} shows all`} …`;
  });
  return [...shown, ...hints].map((line) => shortenLine(line, columns));
}

/** The whole of what would run or be said, where the title does not tell it; a person must see what is allowed. */
function bodyOf({ kind, editable, title }: Question): string | undefined {
  const text = editable?.trim();
  if (kind === 'question' || text === undefined) return undefined;
  return title.includes(sanitize(text, text.length)) ? undefined : text;
}

const cutBody = (body: string): string =>
  body.length <= MAXIMUM_BODY ? body : `${body.slice(0, MAXIMUM_BODY / 2)}\n${body.slice(-MAXIMUM_BODY / 2)}`;

const whereOf = ({ where }: Question): string => (where === undefined ? '' : ` in ${sanitize(where)}`);

/** The first and the last rows, for the end of a command may be the worst of it; `mark` tells how much is between. */
function cutMiddle(all: readonly Line[], rows: number, mark: (characters: number) => string): readonly Line[] {
  if (all.length <= rows) return all;
  const head = Math.ceil((rows - 1) / 2);
  const tail = rows - 1 - head;
  const left = all.slice(head, all.length - tail).reduce((sum, line) => sum + lineText(line).trim().length, 0);
  return [...all.slice(0, head), [{ text: mark(left), style: WARNING }], ...all.slice(all.length - tail)];
}

const lineText = (line: Line): string => line.map(({ text }) => text).join('');

/** The keys that answer, dimmed as long as they do not, on at most so many rows. */
function hintLines(question: Question, state: QuestionState, columns: number, maximumRows: number): readonly Line[] {
  const { isUnread, tooEarly, plainKeys, line, keyOf } = state;
  const waits = isUnread && plainKeys && line === undefined;
  const hints: Line[] = [];
  for (const [action, does] of answers(question, state)) {
    const key = keyOf(action);
    if (key === undefined) continue;
    hints.push([
      { text: key, style: waits ? FAINT : PLAIN },
      { text: ` ${does}`, style: FAINT },
    ]);
  }
  if (!plainKeys && line === undefined) hints.push([{ text: 'an empty draft gives the other keys', style: FAINT }]);
  const lead = tooEarly && line === undefined ? 'that was too early, press again: ' : '';
  let row: Span[] = [{ text: `  ${lead}`, style: WARNING }];
  const rows = [row];
  for (const [index, hint] of hints.entries()) {
    if (lineWidth([...row, ...hint]) + SEPARATOR.length > columns && rows.length < maximumRows) {
      row = [{ text: '  ', style: FAINT }, ...hint];
      rows.push(row);
    } else {
      row.push({ text: index === 0 ? '' : SEPARATOR, style: FAINT }, ...hint);
    }
  }
  if (waits) row.push({ text: ' …', style: FAINT });
  return rows;
}

/** The actions that can be taken now, with what they do. */
function answers(question: Question, state: QuestionState): readonly (readonly [action: string, does: string])[] {
  const { plainKeys, line, questionCount } = state;
  if (line === 'refuse')
    return [
      ['send', 'refuses, with a reason where you write one'],
      ['escape', 'takes it back'],
    ];
  if (line === 'edit')
    return [
      ['send', 'runs it so'],
      ['escape', 'leaves it as it was'],
    ];
  if (question.kind === 'question')
    return [
      ['approve', 'goes on'],
      ['refuse', 'ends the turn'],
    ];
  const both = [
    ['approve', 'once'],
    ['refuse', 'refuse'],
  ] as const;
  if (!plainKeys) return both;
  const [once, refuse] = both;
  return [
    once,
    ['trust', 'trust'],
    refuse,
    ...(question.editable === undefined ? [] : [['edit', 'edit'] as const]),
    ...(questionCount > 1
      ? ([
          ['approve-all', 'all'],
          ['refuse-all', 'none'],
          ['approval-next', 'next'],
        ] as const)
      : []),
  ];
}
