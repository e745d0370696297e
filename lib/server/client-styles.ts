import { homedir } from 'node:os';
import path from 'node:path';
import type { OptionStore } from '../config/option-store.ts';
import { strftime } from '../config/strftime.ts';
import type { CopyStyles } from '../mode/copy-mode.ts';
import { ProgramSession } from '../session/program-session.ts';
import type { Session } from '../session/session.ts';
import { commandText, loginShell } from '../session/shell-command.ts';
import { shorten } from '../text/cut.ts';
import type { Line } from '../text/line.ts';
import { parseStyle } from '../text/markup.ts';
import { stripControls } from '../text/sanitize.ts';
import { BOLD, INVERSE, PLAIN, palette, type Style } from '../text/style.ts';
import { textWidth } from '../text/width.ts';

/** How copy mode is drawn: by tmux's options. */
export function copyStyles(options: OptionStore): CopyStyles {
  const style = (name: string): Style => parseStyle(options.string(name), PLAIN);
  return {
    selection: style('mode-style'),
    match: style('copy-mode-match-style'),
    currentMatch: style('copy-mode-current-match-style'),
    mark: style('copy-mode-mark-style'),
    position: style('mode-style'),
  };
}

const FAILED: Style = { ...PLAIN, foreground: palette(1), attributes: BOLD | INVERSE };
/** Characters of a command at most. */
const MAXIMUM_COMMAND = 40;

const ENDED: Style = { ...PLAIN, attributes: INVERSE };

/** What is drawn over the last row of a program that has ended: how, when, and what can be done; as much as fits. */
export function exitLabel(session: Session, width: number): Line | undefined {
  const { exit } = session;
  if (exit === undefined) return undefined;
  if (exit.withServer === true && session instanceof ProgramSession) return [keptLabel(session, width)];
  const how = exit.signal === undefined ? `exited with status ${exit.exitCode}` : `ended by signal ${exit.signal}`;
  const failed = exit.signal !== undefined || exit.exitCode !== 0;
  const time = strftime('%H:%M:%S', new Date(exit.time));
  const short = exit.signal === undefined ? `exit ${exit.exitCode}` : `signal ${exit.signal}`;
  const texts = [
    ` ${how} at ${time} · r starts it again, x closes it `,
    ` ${how} · r restarts, x closes `,
    ` ${short} · r restarts, x closes `,
    ` ${short}: r/x `,
  ];
  const text = texts.find((one) => one.trimEnd().length <= width) ?? short;
  return [{ text, style: failed ? FAILED : ENDED }];
}

/** The same of a program whose server ended: what Enter starts, and where. */
function keptLabel({ program, again }: ProgramSession, width: number): Line[number] {
  const { command, environment, workingDirectory } = program;
  const shell = path.basename(loginShell(environment));
  const starts = shorten(stripControls(commandText(again ?? command) || shell), MAXIMUM_COMMAND);
  const home = homedir();
  const isHome = workingDirectory === home || workingDirectory.startsWith(`${home}/`);
  const where = stripControls(isHome ? `~${workingDirectory.slice(home.length)}` : workingDirectory);
  const others = again === undefined ? 'x closes' : 'p anew, x closes';
  const texts = [
    ` server ended · Enter starts ${starts} again in ${where} · ${others} `,
    ` server ended · Enter starts ${starts} again · ${others} `,
    ` ended · Enter starts ${starts} · ${others} `,
    ` ended · Enter starts it · ${again === undefined ? 'x closes' : 'p anew · x closes'} `,
    ' Enter starts · x closes ',
    ' Enter starts, x closes ',
    ' Enter: again · x ',
    ' Enter · x ',
  ];
  const text = texts.find((one) => textWidth(one) <= width + 1) ?? '⏎ x';
  return { text, style: ENDED };
}
