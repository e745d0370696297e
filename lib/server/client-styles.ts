import type { OptionStore } from '../config/option-store.ts';
import { strftime } from '../config/strftime.ts';
import type { CopyStyles } from '../mode/copy-mode.ts';
import type { Session } from '../session/session.ts';
import type { Line } from '../text/line.ts';
import { parseStyle } from '../text/markup.ts';
import { BOLD, INVERSE, PLAIN, palette, type Style } from '../text/style.ts';

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
const ENDED: Style = { ...PLAIN, attributes: INVERSE };

/** What is drawn over the last row of a program that has ended: how, when, and what can be done; as much as fits. */
export function exitLabel({ exit }: Session, width: number): Line | undefined {
  if (exit === undefined) return undefined;
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
