import type { Disposable } from '../base/disposable.ts';
import type { Event } from '../base/emitter.ts';
import type { Size } from '../base/geometry.ts';
import type { SessionId } from '../base/id.ts';
import type { InputEvent } from '../input/key.ts';
import type { Cursor, TerminalModes } from '../terminal/virtual-terminal.ts';
import type { RowSource } from '../text/row-source.ts';
import type { Connection } from './chat.ts';
import type { SessionStatus, WaitingReason } from './status.ts';

export type { Cursor, TerminalModes };

/** How a program ended: by `exitCode`, or by `signal` (its number). */
export interface ExitStatus {
  readonly exitCode: number;
  readonly signal: number | undefined;
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** It ended with its server, nobody knows how; it can be started again. */
  readonly withServer?: boolean;
}

export type SessionEvent =
  /** Rows, cursor or modes are not what they were. May come thousands of times a second. */
  | { readonly type: 'changed' }
  | { readonly type: 'title' }
  | { readonly type: 'renamed'; readonly previous: string }
  /** Its status is another one, or it waits for another reason or anew; `seen` and `unread` may have changed with it. */
  | { readonly type: 'status'; readonly previous: SessionStatus }
  /** A change of status that is not allowed was asked for, by an error of ours; nothing changed. */
  | { readonly type: 'refused'; readonly from: SessionStatus; readonly to: SessionStatus }
  | { readonly type: 'bell' }
  /** A client that shows it saw what was new: `seen` and `unread`; or what waits for a person came on a screen or left it. */
  | { readonly type: 'seen' }
  /** Output arrived while nobody looked, after silence: `unread` has grown. */
  | { readonly type: 'activity' }
  /** How a chat stands with its endpoint is another thing now. */
  | { readonly type: 'connection'; readonly connection: Connection }
  | { readonly type: 'clipboard'; readonly text: string }
  | { readonly type: 'notification'; readonly title: string; readonly body: string }
  | { readonly type: 'exited'; readonly exit: ExitStatus }
  | { readonly type: 'restarted' };

/** One running thing, whatever its kind: all that screen, commands and store may know of it. */
export interface Session extends Disposable {
  readonly id: SessionId;
  readonly kind: 'program' | 'chat';
  /** Unique within the server; changed by the coordinator only. */
  readonly name: string;
  /** Its number in the status line, from 0; changed by the coordinator only. */
  readonly index: number;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly lastActivity: number;
  readonly status: SessionStatus;
  readonly waitingReason: WaitingReason | undefined;
  /** Milliseconds since the epoch since when it waits. */
  readonly waitingSince: number | undefined;
  /** Whether a client has shown it since it began to wait. */
  readonly seen: boolean;
  /** Whether a client shows it now. */
  readonly isShown: boolean;
  /** Bursts of output (or replies) since it was last shown. */
  readonly unread: number;
  /** The last line with text on it, for pickers; plain, without controls, at most 200 characters. */
  readonly preview: string;
  readonly size: Size;
  readonly content: RowSource;
  readonly cursor: Cursor;
  readonly modes: TerminalModes;
  readonly title: string;
  /** Whether a person said that nothing may be typed into it (select-pane -d): input, keys and pastes are dropped. */
  readonly isInputOff: boolean;
  readonly exit: ExitStatus | undefined;
  readonly events: Event<SessionEvent>;
  /** About how many bytes it holds of what was said or printed; found when asked for. */
  readonly memoryUse: number;
  /**
   * The key table that is asked before the root table while a client shows it: its bindings say `send-keys -X ACTION`, and
   * keys that it does not bind are input. Undefined for a program, which gets every key as it is.
   */
  readonly keyTable: string | undefined;
  /** Every name that `action` knows. */
  readonly actions: readonly string[];

  /** Does what `send-keys -X name args` asks, `count` times (at least 1). False for an unknown name. */
  action(name: string, args: readonly string[], count: number): boolean;
  /** Ends what runs in it: a program is hung up and killed after 5 s, a turn is stopped. */
  kill(): Promise<void>;
  rename(name: string): void;
  /** Gives it a title of the person's own, until it says another one by itself. */
  setTitle(title: string): void;
  setInputOff(off: boolean): void;
  setIndex(index: number): void;
  resize(size: Size): void;
  /** What a person did at a client that shows this session; x and y of mouse events count from the session's own corner. */
  input(event: InputEvent): void;
  /** Raw bytes, as send-keys gives them. */
  send(bytes: Uint8Array): void;
  /** Text as if pasted: bracketed when the session asked for it. */
  paste(text: string): void;
  /** How many clients show it now; at 1 or more it is seen, and asked-for focus events are sent. */
  setShown(count: number, focused: boolean): void;
  clearHistory(): void;
  /** The terminal as new (RIS), history kept; nothing for a session without one. */
  resetTerminal(): void;
  /** A fact that formats show, by tmux's name (pane_pid, pane_current_command, ...), found when asked for. */
  fact(name: string): string | undefined;
}
