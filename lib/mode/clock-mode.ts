import type { Color } from '../text/style.ts';
import type { Mode } from './mode.ts';
import type { OverlayView } from './overlay-view.ts';

export interface ClockModeOptions {
  readonly now: () => Date;
  /** Hours up to 12 or 24. */
  readonly hours: '12' | '24';
  readonly color: Color;
  readonly exit: () => void;
}

/** The time over the active pane; any key leaves. */
export class ClockMode implements Mode {
  readonly keyTable = 'clock';
  readonly actions: readonly string[] = ['cancel'];
  readonly #options: ClockModeOptions;

  constructor(options: ClockModeOptions) {
    this.#options = options;
  }

  action(name: string): boolean {
    if (name !== 'cancel') return false;
    this.#options.exit();
    return true;
  }

  key(): void {
    this.#options.exit();
  }

  paste(): void {
    this.#options.exit();
  }

  view(): OverlayView {
    const now = this.#options.now();
    const two = (part: number): string => String(part).padStart(2, '0');
    const { hours, color } = this.#options;
    const hour = hours === '12' ? now.getHours() % 12 || 12 : now.getHours();
    return { kind: 'clock', text: `${two(hour)}:${two(now.getMinutes())}`, color };
  }
}
