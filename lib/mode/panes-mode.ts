import type { Rect } from '../base/geometry.ts';
import type { Mode } from './mode.ts';
import type { OverlayView } from './overlay-view.ts';

/** A pane with its number. */
interface NumberedPane {
  readonly index: number;
  readonly rect: Rect;
  readonly active: boolean;
}

export interface PanesModeOptions {
  readonly panes: () => readonly NumberedPane[];
  /** Hears the number of the chosen pane, undefined when none was chosen. */
  readonly answer: (index: number | undefined) => void;
}

/** The numbers of the panes over them; choosing one ends it, and so does any other key. */
export class PanesMode implements Mode {
  readonly keyTable = 'panes';
  readonly actions: readonly string[] = ['choose', 'cancel'];
  readonly #options: PanesModeOptions;

  constructor(options: PanesModeOptions) {
    this.#options = options;
  }

  action(name: string, args: readonly string[]): boolean {
    const { panes, answer } = this.#options;
    if (name === 'cancel') answer(undefined);
    else if (name === 'choose') answer(panes().find(({ index }) => String(index) === args[0])?.index);
    else return false;
    return true;
  }

  key(): void {
    this.#options.answer(undefined);
  }

  paste(): void {
    this.#options.answer(undefined);
  }

  view(): OverlayView {
    return { kind: 'panes', panes: this.#options.panes() };
  }
}
