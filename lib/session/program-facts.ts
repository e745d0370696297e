import path from 'node:path';
import type { Pty } from '../pty/pty.ts';
import type { VirtualTerminal } from '../terminal/virtual-terminal.ts';
import { Grid, glyphText } from '../text/grid.ts';
import { flag, seconds } from './fact-text.ts';
import type { Program } from './program-process.ts';
import type { Session } from './session.ts';
import { commandText, loginShell } from './shell-command.ts';

/** What a program session knows besides what every session has. */
export interface ProgramDetails {
  readonly session: Session;
  /** Undefined while a kept program is not started. */
  readonly pty: Pty | undefined;
  readonly terminal: VirtualTerminal;
  readonly program: Program;
}

/** Where the foreground process is, else where the program says it is, else where it was started. */
export function directoryOf({ pty, terminal, program }: ProgramDetails): string {
  return pty?.foregroundDirectory ?? terminal.workingDirectory ?? program.workingDirectory;
}

/** The facts by tmux's names, each found only when asked for; qmux's own begin with `session_`. */
const FACTS: Readonly<Record<string, (details: ProgramDetails) => string | undefined>> = {
  pane_pid: ({ pty }) => pty?.pid.toString(),
  pane_tty: ({ pty }) => pty?.ptsName,
  pane_current_command: ({ pty, program }) => pty?.foregroundCommand ?? startName(program),
  pane_current_path: directoryOf,
  pane_path: ({ terminal }) => terminal.workingDirectory,
  pane_start_command: ({ program }) => commandText(program.command),
  pane_start_path: ({ program }) => program.workingDirectory,
  pane_dead: ({ session }) => flag(session.exit !== undefined),
  pane_dead_status: ({ session: { exit } }) =>
    exit?.signal === undefined && exit?.withServer !== true ? exit?.exitCode.toString() : undefined,
  pane_dead_signal: ({ session }) => session.exit?.signal?.toString(),
  pane_dead_time: ({ session }) => (session.exit === undefined ? undefined : seconds(session.exit.time)),
  pane_title: ({ session }) => session.title,
  pane_width: ({ session }) => String(session.size.columns),
  pane_height: ({ session }) => String(session.size.rows),
  cursor_x: ({ session }) => String(session.cursor.x),
  cursor_y: ({ session }) => String(session.cursor.y),
  cursor_flag: ({ session }) => flag(session.cursor.visible),
  cursor_shape: ({ session }) => session.cursor.shape ?? 'default',
  cursor_blinking: ({ session }) => flag(session.cursor.blinking),
  cursor_character: ({ session }) => cursorCharacter(session),
  alternate_on: ({ session }) => flag(session.modes.alternateScreen),
  history_size: ({ session: { content } }) => String(content.screenTop - content.firstRow),
  history_limit: ({ terminal }) => String(terminal.historyLimit),
  history_bytes: ({ terminal }) => String(terminal.historyBytes),
  insert_flag: ({ session }) => flag(session.modes.insert),
  keypad_cursor_flag: ({ session }) => flag(session.modes.applicationCursorKeys),
  keypad_flag: ({ session }) => flag(session.modes.applicationKeypad),
  origin_flag: ({ session }) => flag(session.modes.origin),
  wrap_flag: ({ session }) => flag(session.modes.autowrap),
  bracket_paste_flag: ({ session }) => flag(session.modes.bracketedPaste),
  synchronized_output_flag: ({ session }) => flag(session.modes.synchronizedOutput),
  mouse_any_flag: ({ session }) => flag(session.modes.mouseTracking !== 'none'),
  mouse_standard_flag: ({ session }) => flag(session.modes.mouseTracking === 'press'),
  mouse_button_flag: ({ session }) => flag(session.modes.mouseTracking === 'drag'),
  mouse_all_flag: ({ session }) => flag(session.modes.mouseTracking === 'any'),
  mouse_utf8_flag: ({ session }) => flag(session.modes.mouseEncoding === 'utf8'),
  mouse_sgr_flag: ({ session }) => flag(session.modes.mouseEncoding.startsWith('sgr')),
  session_status: ({ session }) => session.status,
  session_waiting_reason: ({ session }) => session.waitingReason,
  session_waiting_since: ({ session: { waitingSince } }) =>
    waitingSince === undefined ? undefined : seconds(waitingSince),
  session_seen: ({ session }) => flag(session.seen),
  session_unread: ({ session }) => String(session.unread),
  session_activity: ({ session }) => seconds(session.lastActivity),
  session_created: ({ session }) => seconds(session.createdAt),
  session_preview: ({ session }) => session.preview,
  session_kind: ({ session }) => session.kind,
};

/** A fact of a program session; undefined for a name that it does not know or that has no value now. */
export const programFact = (name: string, details: ProgramDetails): string | undefined =>
  Object.hasOwn(FACTS, name) ? FACTS[name]?.(details) : undefined;

function startName({ command: [word = ''], environment }: Program): string {
  const first = word.trim().split(/\s/, 1)[0] ?? '';
  return path.basename(first === '' ? loginShell(environment) : first);
}

function cursorCharacter({ content, cursor }: Session): string {
  const width = content.columns;
  const grid = new Grid({ columns: width, rows: 1 });
  content.readRow(content.screenTop + cursor.y, grid, 0, 0, width);
  return glyphText(grid.glyphs[Math.min(cursor.x, width - 1)] ?? 0);
}
