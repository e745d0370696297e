import type { Disposable } from '../base/disposable.ts';
import type { Event } from '../base/emitter.ts';
import type { Position, Size } from '../base/geometry.ts';
import type { RowSource } from '../text/row-source.ts';

export type CursorShape = 'block' | 'underline' | 'bar';

export interface Cursor extends Position {
  readonly visible: boolean;
  /** What DECSCUSR asked for; undefined while the program never asked, so that the person's own shape stays. */
  readonly shape: CursorShape | undefined;
  readonly blinking: boolean;
}

/** Which mouse events the program asked for: none, X10 presses (9), presses and releases (1000), drags (1002), all (1003). */
export type MouseTracking = 'none' | 'x10' | 'press' | 'drag' | 'any';
/** How it wants them written: the old way, UTF-8 (1005), SGR (1006), urxvt (1015), SGR in pixels (1016). */
export type MouseEncoding = 'default' | 'utf8' | 'sgr' | 'urxvt' | 'sgr-pixels';

/** What the program has switched on that the outer terminal, or keys sent to the program, must follow. */
export interface TerminalModes {
  readonly applicationCursorKeys: boolean;
  readonly applicationKeypad: boolean;
  readonly bracketedPaste: boolean;
  readonly focusEvents: boolean;
  readonly mouseTracking: MouseTracking;
  readonly mouseEncoding: MouseEncoding;
  readonly alternateScreen: boolean;
  /** Mode 2026: the program is in the middle of a frame; painting waits, but at most 150 ms. */
  readonly synchronizedOutput: boolean;
  readonly reverseScreen: boolean;
  readonly insert: boolean;
  readonly origin: boolean;
  readonly autowrap: boolean;
  /** Flags on top of the kitty keyboard stack, 0 when not asked for. */
  readonly kittyKeyboard: number;
  /** xterm's modifyOtherKeys (CSI > 4 ; n m): 0, 1 or 2. */
  readonly modifyOtherKeys: number;
}

export type TerminalEvent =
  /** Bytes that the program waits for; they go to its input at once. */
  | { readonly type: 'reply'; readonly bytes: Uint8Array }
  | { readonly type: 'bell' }
  | { readonly type: 'title'; readonly title: string }
  /** OSC 7, as an absolute path on this machine. */
  | { readonly type: 'directory'; readonly path: string }
  /** OSC 52 with text to keep; reading the clipboard is never answered. */
  | { readonly type: 'clipboard'; readonly text: string }
  /** OSC 9, 99 and 777;notify, controls removed. */
  | { readonly type: 'notification'; readonly title: string; readonly body: string }
  /** OSC 9;4: 0 none, 1 percent, 2 error, 3 busy, 4 paused. */
  | { readonly type: 'progress'; readonly state: 0 | 1 | 2 | 3 | 4; readonly percent: number }
  /** OSC 133, with the exit code of D where there is one. */
  | { readonly type: 'mark'; readonly mark: 'prompt' | 'input' | 'output' | 'done'; readonly exitCode?: number };

/**
 * What a program's output looks like: bytes in; cells, cursor, modes, history and replies out. The only thing that
 * other rooms know of a terminal engine.
 *
 * A title, a path, a notification or a clipboard text has at most 4 KB (clipboard: 1 MB) and no control characters; a
 * clipboard text keeps its line feeds and tabs. Events go out when `write` has parsed its bytes, before it returns; the
 * bells of one write are one.
 * No input, however broken, makes it throw or grow without bound.
 */
export interface VirtualTerminal extends RowSource, Disposable {
  readonly size: Size;
  readonly cursor: Cursor;
  readonly modes: TerminalModes;
  /** What OSC 0 or 2 set; empty at first. */
  readonly title: string;
  readonly workingDirectory: string | undefined;
  /** Bytes that the history costs now, and may cost at most. */
  readonly historyBytes: number;
  readonly historyLimit: number;
  readonly events: Event<TerminalEvent>;

  /** Parses all of `bytes` before it returns and keeps none of the array. Callers pass slices of at most 64 KB. */
  write(bytes: Uint8Array): void;
  /** Reflows the screen and its history; the cursor stays with its text. */
  resize(size: Size): void;
  /** Forgets the history, not the screen. */
  clearHistory(): void;
  /** RIS: as new, history kept. */
  reset(): void;
}
