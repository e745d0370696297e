import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import type { OptionStore } from '../config/option-store.ts';

const MINUTE = 60_000;

/** What changes without an event that we hear: shell commands, seconds, the program in the foreground and its place. */
const UNHEARD = /#\(|%-?[STXcrs+]|pane_current_|pane_pid|history_|cursor_|_activity|(?:^|[;:{])[ET]:/;

const FORMATS = ['status-left', 'status-right', 'window-status-format', 'window-status-current-format'] as const;

/** The formats that make up the status line. */
export const statusFormats = (options: OptionStore): readonly string[] => FORMATS.map((name) => options.string(name));

export interface StatusClockOptions {
  readonly clock: Clock;
  /** The option status-interval, in seconds; 0 for never. */
  readonly interval: () => number;
  /** The formats of the status line. */
  readonly formats: () => readonly string[];
  /** The status line may read otherwise now. */
  readonly onTick: () => void;
}

/**
 * Makes status lines anew when time alone changes them. Wakes at each full minute, exactly then, so that a clock is never
 * late; at each multiple of status-interval only for formats that need it; and never while nobody looks.
 */
export class StatusClock implements Disposable {
  readonly #options: StatusClockOptions;
  #timer: Disposable | undefined;
  #running = false;

  constructor(options: StatusClockOptions) {
    this.#options = options;
  }

  /** Whether somebody looks. */
  run(running: boolean): void {
    if (running === this.#running) return;
    this.#running = running;
    this.restart();
  }

  /** The options changed. */
  restart(): void {
    this.#timer?.dispose();
    this.#timer = undefined;
    if (!this.#running) return;
    const { clock, interval, formats, onTick } = this.#options;
    const seconds = interval();
    if (seconds === 0) return;
    const now = clock.now();
    const wait = Math.min(
      MINUTE - (now % MINUTE),
      formats().some((format) => UNHEARD.test(format)) ? seconds * 1000 - (now % (seconds * 1000)) : MINUTE,
    );
    this.#timer = clock.after(wait, () => {
      this.restart();
      onTick();
    });
  }

  dispose(): void {
    this.run(false);
  }
}
