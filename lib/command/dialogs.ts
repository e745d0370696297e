import type { LogLevel } from '../base/log.ts';
import type { Session } from '../session/session.ts';

/** What a client asks its person, and shows over its panes. */
export interface Dialogs {
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
  openPicker(filter: string | undefined): void;
  /** A list of the places where words are, which the person types; Enter leads there. Acts by itself. */
  openSearch(words: string): void;
  /** A list of the sessions that were closed; Enter opens one again. Acts by itself. */
  openClosed(): void;
  /** The server's log and what happened to sessions, or to one, as it comes; acts by itself once it is open. */
  showLog(wish: { readonly session: Session | undefined; readonly level: LogLevel | undefined }): Promise<void>;
  /** The files of a session's directory, to look at and to put into its input; acts by itself once it is open. */
  browseFiles(session: Session): Promise<void>;
  showClock(): void;
  /** Numbers over the panes; the pane of the one that is pressed, undefined when they were left. */
  choosePane(milliseconds: number | undefined): Promise<Session | undefined>;
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
