import { PLAIN, type Style } from '../text/style.ts';
import type { Mode } from './mode.ts';
import type { OverlayView } from './overlay-view.ts';

export interface ConfirmModeOptions {
  /** The whole question, `(y/n)` included. */
  readonly question: string;
  /** Called once. */
  readonly answer: (yes: boolean) => void;
  readonly style?: Style;
}

/** A question to be answered with yes or no; any key that is not bound means no, as in tmux. */
export class ConfirmMode implements Mode {
  readonly keyTable = 'confirm';
  readonly actions: readonly string[] = ['yes', 'no'];
  readonly #options: ConfirmModeOptions;
  #answered = false;

  constructor(options: ConfirmModeOptions) {
    this.#options = options;
  }

  action(name: string): boolean {
    if (name !== 'yes' && name !== 'no') return false;
    this.#answer(name === 'yes');
    return true;
  }

  key(): void {
    this.#answer(false);
  }

  /** A paste answers nothing, so that none is taken for a yes. */
  paste(): void {}

  view(): OverlayView {
    const { question, style = PLAIN } = this.#options;
    const label = [{ text: `${question} `, style }];
    return { kind: 'prompt', label, text: '', cursor: 0, style, completions: [], selected: undefined };
  }

  #answer(yes: boolean): void {
    if (this.#answered) return;
    this.#answered = true;
    this.#options.answer(yes);
  }
}
