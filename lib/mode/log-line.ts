import { LOG_LEVELS, type LogLevel } from '../base/log.ts';
import type { Line, Span } from '../text/line.ts';
import { sanitize } from '../text/sanitize.ts';
import { DIM, PLAIN, palette, type Style } from '../text/style.ts';

/** A session, by its number and the name that it had. */
export interface LoggedSession {
  readonly id: number;
  readonly name: string;
}

/** One thing that was written down: by the server in its log, or as an event of a session. */
export interface LogEntry {
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly level: LogLevel;
  /** The session that it is an event of; undefined for a line of the server's log. */
  readonly session: LoggedSession | undefined;
  /** Raw; one line. */
  readonly text: string;
}

/** Units of one line that are shown; the log has no longer ones. */
const MAXIMUM_TEXT = 8192;

/** `2026-11-21T10:02:33.123Z 4711 info the text`, as `base/log` writes it. */
const RECORD = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) \d+ ([a-z]+) (.*)$/;

/** Lines of the server's log; what goes on from the line before (a stack) has its time and level. */
export function readLog(lines: readonly string[], before?: LogEntry): readonly LogEntry[] {
  const entries: LogEntry[] = [];
  let last = before;
  for (const line of lines) {
    const [, at = '', word, said = ''] = RECORD.exec(line) ?? [];
    const level = LOG_LEVELS.find((known) => known === word);
    const time = Date.parse(at);
    if (level !== undefined && !Number.isNaN(time)) last = { time, level, session: undefined, text: said };
    else if (line === '') continue;
    else last = { time: last?.time ?? 0, level: last?.level ?? 'info', session: undefined, text: line };
    entries.push(last);
  }
  return entries;
}

/** Two lists as one, the older first; what happened at once stays in its order. */
export function mergeEntries(a: readonly LogEntry[], b: readonly LogEntry[]): readonly LogEntry[] {
  const merged: LogEntry[] = [];
  let right = 0;
  for (const entry of a) {
    for (let other = b[right]; other !== undefined && other.time < entry.time; other = b[right]) {
      merged.push(other);
      right += 1;
    }
    merged.push(entry);
  }
  for (const other of b.slice(right)) merged.push(other);
  return merged;
}

const STYLES: Readonly<Record<LogLevel, Style>> = {
  debug: { ...PLAIN, attributes: DIM },
  info: PLAIN,
  warning: { ...PLAIN, foreground: palette(3) },
  error: { ...PLAIN, foreground: palette(1) },
};
const TIME: Style = { ...PLAIN, attributes: DIM };
const EVENT: Style = { ...PLAIN, foreground: palette(4) };

/** `11-21 10:02:33 main  status  waiting-for-input`, in local time. */
export function logLine({ time, level, session, text }: LogEntry): Line {
  const at: Span = { text: `${localTime(time)} `, style: TIME };
  const said: Span = { text: sanitize(text, MAXIMUM_TEXT), style: STYLES[level] };
  return session === undefined ? [at, said] : [at, { text: `${sanitize(session.name, 100)}  `, style: EVENT }, said];
}

function localTime(time: number): string {
  const date = new Date(time);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
