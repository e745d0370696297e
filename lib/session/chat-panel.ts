import type { Line } from '../text/line.ts';
import { sanitize } from '../text/sanitize.ts';
import { DIM, PLAIN, palette, type Style } from '../text/style.ts';
import { shortenLine } from '../text/wrap.ts';
import type { Question } from './chat-approvals.ts';
import { questionLines } from './chat-question.ts';
import type { ShellRun } from './chat-shell.ts';
import type { TurnProgress } from './turn-progress.ts';

/** What a chat shows between its transcript and its draft. */
export interface PanelState {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The running turn; undefined for none. */
  readonly turn: { readonly since: number; readonly progress: TurnProgress } | undefined;
  readonly isPaused: boolean;
  readonly question: Question | undefined;
  /** Its number among all that ask, from 1. */
  readonly questionNumber: number;
  readonly questionCount: number;
  /** Whether the question's own keys answer; else the draft has them, and the composer's keys answer. */
  readonly plainKeys: boolean;
  /** Whether those keys do not answer yet, as nobody can have read it; and whether one was pressed nevertheless. */
  readonly isUnread: boolean;
  readonly tooEarly: boolean;
  /** The key that does an action now, as it is typed; undefined for none. */
  readonly keyOf: (action: string) => string | undefined;
  /** What is written in answer to the question. */
  readonly line: 'refuse' | 'edit' | undefined;
  readonly shell: ShellRun | undefined;
  readonly steering: readonly string[];
  readonly queued: readonly string[];
}

const FAINT: Style = { ...PLAIN, attributes: DIM };
const WORKING: Style = { ...PLAIN, foreground: palette(4) };
const WARNING: Style = { ...PLAIN, foreground: palette(3) };

/** Messages that wait, and lines of a running command, shown at most. */
const SHOWN_MESSAGES = 5;
const SHOWN_OUTPUT = 5;
/** Rows of a question at most, where there are as many. */
const QUESTION_ROWS = 16;

/** The panel's lines, each within `columns`; those of a question at most `rows`, and the last of all. Pure. */
export function panelLines(state: PanelState, columns: number, rows: number): readonly Line[] {
  const lines = [...shellLines(state), ...messageLines(state)];
  if (state.question !== undefined)
    return [
      ...lines.map((line) => shortenLine(line, columns)),
      ...questionLines(state, state.question, columns, Math.min(rows, QUESTION_ROWS)),
    ];
  const activity = activityLine(state);
  return [...lines, ...(activity === undefined ? [] : [activity])].map((line) => shortenLine(line, columns));
}

/** The line between transcript and draft. */
export const ruleLine = (columns: number): Line => [{ text: '─'.repeat(columns), style: FAINT }];

function activityLine({ turn, now, isPaused }: PanelState): Line | undefined {
  if (turn !== undefined) return turnLine(turn, now);
  return isPaused ? [{ text: '‖ paused: what is sent waits · /resume goes on', style: WARNING }] : undefined;
}

function turnLine({ progress, since }: NonNullable<PanelState['turn']>, now: number): Line {
  switch (progress.kind) {
    case 'held':
      return [{ text: '‖ paused · /resume goes on · Esc Esc stops', style: WARNING }];
    case 'queued':
      return working(progress.ahead === 0 ? 'queued: next in line' : `queued: ${progress.ahead} ahead`);
    case 'reconnecting': {
      const left = Math.max(0, Math.ceil((progress.at - now) / 1000));
      const text = `◐ reconnecting (${progress.attempt})${left > 0 ? ` in ${left} s` : ''}: ${sanitize(progress.why)}`;
      return [{ text, style: WARNING }];
    }
    default:
      return working(`${doing(progress)} ${seconds(since, now)} · Esc Esc stops`);
  }
}

const working = (text: string): Line => [
  { text: '⟳ ', style: WORKING },
  { text, style: FAINT },
];

function doing(progress: Exclude<TurnProgress, { readonly kind: 'queued' | 'reconnecting' | 'held' }>): string {
  switch (progress.kind) {
    case 'connecting':
      return 'waiting for the model';
    case 'thinking':
    case 'streaming':
      return progress.kind;
    case 'tools':
      return 'running tools';
    case 'calling':
      return `writing a call of ${sanitize(progress.name, 60)} (${size(progress.length)})`;
    case 'summarising':
      return `summarising ${progress.messages} messages…`;
  }
}

const size = (units: number): string => (units < 1000 ? `${units} B` : `${(units / 1000).toFixed(1)} KB`);

const seconds = (since: number, now: number): string => `${Math.max(0, Math.floor((now - since) / 1000))} s`;

function shellLines({ shell, now }: PanelState): readonly Line[] {
  if (shell === undefined) return [];
  const last = shell.output.trimEnd().split('\n').slice(-SHOWN_OUTPUT);
  const output = last[0] === '' && last.length === 1 ? [] : last;
  return [
    [
      { text: '⟳ ', style: WORKING },
      { text: `! ${sanitize(shell.command, 500)} `, style: PLAIN },
      { text: `${seconds(shell.since, now)} · Esc Esc stops`, style: FAINT },
    ],
    ...output.map((text): Line => [{ text: `  ${sanitize(text, 1000)}`, style: FAINT }]),
  ];
}

function messageLines({ steering, queued }: PanelState): readonly Line[] {
  const all = [
    ...steering.map((text) => `⏎ next: ${sanitize(text, 500)}`),
    ...queued.map((text) => `⏎ queued: ${sanitize(text, 500)}`),
  ];
  const shown = all.slice(-SHOWN_MESSAGES);
  const more = all.length - shown.length;
  if (more > 0) shown.unshift(`  … ${more} more`);
  return shown.map((text) => [{ text, style: FAINT }]);
}
