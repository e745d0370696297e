import type { Key } from '../input/key.ts';
import { keyName } from '../input/key-name.ts';
import { PLAIN, type Style } from '../text/style.ts';
import type { Mode } from './mode.ts';
import type { OverlayView } from './overlay-view.ts';

export interface KeyModeOptions {
  readonly label: string;
  readonly style?: Style;
  /** Gets the name of the key, as bind-key spells it; called once. */
  readonly answer: (name: string) => void;
}

/** Waits for one key and says its name; every key counts, so none leaves it otherwise. */
export class KeyMode implements Mode {
  readonly keyTable = 'key';
  readonly actions: readonly string[] = [];
  readonly #options: KeyModeOptions;

  constructor(options: KeyModeOptions) {
    this.#options = options;
  }

  action(): boolean {
    return false;
  }

  key(key: Key): void {
    this.#options.answer(keyName(key));
  }

  paste(): void {}

  view(): OverlayView {
    const { label, style = PLAIN } = this.#options;
    return {
      kind: 'prompt',
      label: [{ text: label, style }],
      text: '',
      cursor: 0,
      style,
      completions: [],
      selected: undefined,
    };
  }
}
