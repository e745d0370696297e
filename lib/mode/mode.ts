import type { Key } from '../input/key.ts';
import type { OverlayView } from './overlay-view.ts';

/**
 * Something of one client that takes its keys instead of the session: copy mode, a prompt, a list, a page of text.
 * Keys reach it through a key table, whose bindings say `send-keys -X ACTION`; no mode compares keys. A mode holds
 * state and draws nothing; after any call its client asks it for a view again.
 */
export interface Mode {
  /** The key table that is asked first while this mode is on top. */
  readonly keyTable: string;
  /** Every name that `action` knows, for completion and for the spec that checks the keymaps. */
  readonly actions: readonly string[];
  /** Does what `send-keys -X name args` asks, `count` times (at least 1). False for an unknown name. */
  action(name: string, args: readonly string[], count: number): boolean;
  /** A key that its table does not bind; text is typed where there is something to type into. */
  key(key: Key): void;
  paste(text: string): void;
  /** What to draw over the panes; undefined for a mode that changes how the pane itself is drawn (copy mode). */
  view(): OverlayView | undefined;
}
