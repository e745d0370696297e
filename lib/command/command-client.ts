import type { Size } from '../base/geometry.ts';
import type { ShownPanes } from '../layout/shown-panes.ts';
import type { Session } from '../session/session.ts';
import type { Dialogs } from './dialogs.ts';

/** An attached client as commands see it. */
export interface CommandClient {
  /** The tty's name, as in tmux; unique. */
  readonly name: string;
  readonly pid: number;
  readonly size: Size;
  readonly term: string;
  readonly readOnly: boolean;
  /** Whether its terminal shows UTF-8. */
  readonly utf8: boolean;
  readonly session: Session | undefined;
  readonly lastSession: Session | undefined;
  /** Its panes; `session` is what the active one shows. */
  readonly panes: ShownPanes<Session>;
  /** Whether a session is on its screen. */
  shows(session: Session): boolean;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly lastActivity: number;
  show(session: Session): void;
  detach(reason: { readonly hangup: boolean; readonly execute?: string }): void;
  suspend(): void;
  lock(): void;
  /** Paints everything afresh. */
  refresh(): void;
  setReadOnly(readOnly: boolean): void;
  /** In the status line for `milliseconds` (0: until a key); logged for show-messages. */
  message(text: string, milliseconds?: number, markup?: string): void;
  readonly dialogs: Dialogs;
  /** The list of sessions beside its panes. */
  readonly sidebar: SidebarControl;
  enterCopyMode(options: CopyModeOptions): void;
  readonly modes: ModeControl;
  readonly keys: KeyControl;
  /** Text for the person's own clipboard (OSC 52). */
  copyToClipboard(text: string): void;
}

/** The keys and the mouse of one client. */
interface KeyControl {
  /** The key table that the next key is looked up in. */
  readonly table: string;
  switchTable(name: string): void;
  /** Bytes of the key that runs the present command, for send-prefix and send-keys without words. */
  readonly current: Uint8Array | undefined;
  /** Gives the mouse event whose binding runs to a session, as if it were not bound (send-keys -M). */
  forwardMouse(session: Session): void;
  /** The mouse, in whose event this runs, moves the border that it went down on (resize-pane -M). */
  dragBorder(): void;
}

/** What takes the keys of one client instead of its session. */
interface ModeControl {
  /** `send-keys -X`: an action of the mode on top; throws UserError when there is none or nothing here knows it. */
  action(name: string, args: readonly string[], count: number): void;
  /** Whether copy mode is on in a session, shown or not. */
  reads(session: Session): boolean;
  /** `send-keys -X -t`: an action of copy mode of one session. Throws UserError where it is not on, or does not know it. */
  copyAction(session: Session, name: string, args: readonly string[], count: number): void;
}

/** How copy mode begins; in what the client shows, unless a session is named. */
export interface CopyModeOptions {
  readonly pageUp: boolean;
  readonly exitAtBottom: boolean;
  readonly mouse: boolean;
  readonly session?: Session | undefined;
}

/** The sidebar of one client. */
export interface SidebarControl {
  readonly open: boolean;
  /** Opens it and gives it the keys; where it is on the screen already, closes it. Throws UserError where it has no room. */
  toggle(): void;
  /** Throws UserError where it has no room. */
  show(focus: boolean): void;
  close(): void;
  /** Down by so many sessions, up by a negative number. */
  scroll(items: number): void;
}
