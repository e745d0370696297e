import type { Size } from '../base/geometry.ts';
import type { LogLevel } from '../base/log.ts';
import type { ShownPanes } from '../layout/shown-panes.ts';
import type { Session } from '../session/session.ts';

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
  readonly keyTable: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly lastActivity: number;
  show(session: Session): void;
  detach(reason: { readonly hangup: boolean; readonly execute?: string }): void;
  suspend(): void;
  lock(): void;
  /** Paints everything afresh. */
  refresh(): void;
  switchKeyTable(name: string): void;
  setReadOnly(readOnly: boolean): void;
  /** In the status line for `milliseconds` (0: until a key); logged for show-messages. */
  message(text: string, milliseconds?: number, markup?: string): void;
  /** A page of text over the panes, left with q. */
  showText(title: string, text: string): void;
  /** The same with a text that is asked for again once a second while the page is open. */
  showLive(title: string, text: () => string): void;
  /** The line typed at a prompt; undefined when it was left. `onChange` hears every edit (incremental search). */
  prompt(options: PromptOptions): Promise<string | undefined>;
  /** Whether the person said yes. */
  confirm(question: string): Promise<boolean>;
  /**
   * Shows a page of what a tool is to do, with `fromEnd` its last lines first; what the person said of it, undefined when the
   * page was left.
   */
  review(title: string, text: string, options?: { readonly fromEnd?: boolean }): Promise<ReviewAnswer | undefined>;
  /** What was chosen of a list, by index; undefined when it was left. */
  choose(options: ChooseOptions): Promise<number | undefined>;
  /** The picker of sessions, with preview; acts by itself. */
  openPicker(options: { readonly filter: string | undefined }): void;
  /** A list of the places where words are, which the person types; Enter leads there. Acts by itself. */
  openSearch(words: string): void;
  /** A list of the sessions that were closed; Enter opens one again. Acts by itself. */
  openClosed(): void;
  /** The list of sessions beside its panes. */
  readonly sidebar: SidebarControl;
  /** The server's log and what happened to sessions, or to one, as it comes; acts by itself once it is open. */
  showLog(wish: { readonly session: Session | undefined; readonly level: LogLevel | undefined }): Promise<void>;
  /** The files of a session's directory, to look at and to put into its input; acts by itself once it is open. */
  browseFiles(session: Session): Promise<void>;
  showClock(): void;
  /** Numbers over the panes; the pane of the one that is pressed, undefined when they were left. */
  choosePane(milliseconds: number | undefined): Promise<Session | undefined>;
  /** The mouse, in whose event this runs, moves the border that it went down on (resize-pane -M). */
  dragBorder(): void;
  enterCopyMode(options: { readonly pageUp: boolean; readonly exitAtBottom: boolean; readonly mouse: boolean }): void;
  /** `send-keys -X`: an action of the mode on top; a sentence when there is none or it does not know it. */
  modeAction(name: string, args: readonly string[], count: number): void;
  /** Bytes of the key that runs the present command, for send-prefix and send-keys without words. */
  readonly currentKey: Uint8Array | undefined;
  /** Gives the mouse event whose binding runs to a session, as if it were not bound (send-keys -M). */
  forwardMouse(session: Session): void;
  /** Text for the person's own clipboard (OSC 52). */
  copyToClipboard(text: string): void;
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

export interface PromptOptions {
  /** `command`: completed from the command table and with history; `text`: a name or a value; `key`: the name of one key pressed. */
  readonly kind: 'command' | 'text' | 'key';
  readonly label: string;
  readonly initial: string;
  readonly onChange?: (text: string) => void;
  /** Answers to one key at once (command-prompt -1). */
  readonly single?: boolean;
}

/** `once` lets it run, `trust` also all further ones of its tool in that session. */
export type ReviewAnswer = 'once' | 'trust' | 'refuse';

export interface ChooseOptions {
  readonly title: string;
  readonly items: readonly string[];
  readonly selected?: number;
}
