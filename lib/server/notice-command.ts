import { homedir } from 'node:os';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { runShell } from '../command/shell.ts';
import { type Noticed, noticeText } from './notice-text.ts';

export interface NoticeCommandOptions {
  readonly clock: Clock;
  /** The shell command line as it is set now; empty for none. */
  readonly command: () => string;
  readonly environment: () => Readonly<Record<string, string>>;
  /** Hears of a command that failed. */
  readonly onProblem: (text: string) => void;
  /** Milliseconds until one that does not end is ended. */
  readonly timeout?: number;
}

const TIMEOUT = 10_000;
/** Of what a command that failed printed. */
const MAXIMUM_OUTPUT = 200;

/**
 * Runs the person's command for each notice, one at a time: what comes while one runs is told by the next. What it is about
 * stands in the environment alone, so that no name becomes a part of the command line.
 */
export class NoticeCommand implements Disposable {
  readonly #given: NoticeCommandOptions;
  readonly #abort = new AbortController();
  /** What waits for the one that runs, by session; undefined while none runs. */
  #next: Map<number, Noticed> | undefined;

  constructor(given: NoticeCommandOptions) {
    this.#given = given;
  }

  tell(noticed: readonly Noticed[]): void {
    if (noticed.length === 0 || this.#abort.signal.aborted) return;
    if (this.#next === undefined) {
      void this.#run(noticed);
      return;
    }
    for (const one of noticed) this.#next.set(one.session.id, one);
  }

  /** Ends the one that runs. */
  dispose(): void {
    this.#abort.abort();
  }

  async #run(first: readonly Noticed[]): Promise<void> {
    let noticed = first;
    while (noticed.length > 0 && !this.#abort.signal.aborted) {
      this.#next = new Map();
      await this.#once(noticed);
      noticed = [...this.#next.values()];
    }
    this.#next = undefined;
  }

  async #once(noticed: readonly Noticed[]): Promise<void> {
    const { clock, command, environment, onProblem, timeout = TIMEOUT } = this.#given;
    const line = command();
    if (line.trim() === '') return;
    const late = new AbortController();
    const timer = clock.after(timeout, () => late.abort());
    const { code, output } = await runShell(line, {
      workingDirectory: homedir(),
      environment: { ...environment(), ...noticeVariables(noticed) },
      signal: AbortSignal.any([this.#abort.signal, late.signal]),
    });
    timer.dispose();
    if (this.#abort.signal.aborted) return;
    if (late.signal.aborted) onProblem(`notify-command did not end within ${timeout / 1000} seconds`);
    else if (code !== 0) onProblem(`notify-command exited with ${code}: ${output.trim().slice(0, MAXIMUM_OUTPUT)}`);
  }
}

/** What a notice is about; of several sessions the most urgent one, and all names. */
function noticeVariables(noticed: readonly Noticed[]): Record<string, string> {
  const [first] = noticed;
  if (first === undefined) return {};
  const { session, reason } = first;
  return {
    QMUX_NOTICE: noticeText(noticed),
    QMUX_NOTICE_COUNT: String(noticed.length),
    QMUX_NOTICE_SESSION: session.name,
    QMUX_NOTICE_SESSIONS: noticed.map((one) => one.session.name).join(' '),
    QMUX_NOTICE_KIND: session.kind,
    QMUX_NOTICE_STATUS: session.status,
    QMUX_NOTICE_REASON: reason,
    QMUX_NOTICE_DIRECTORY: session.fact('pane_current_path') ?? '',
  };
}
