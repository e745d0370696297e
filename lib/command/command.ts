import type { Rect, Size } from '../base/geometry.ts';
import type { LogLevel } from '../base/log.ts';
import type { FormatContext } from '../config/format.ts';
import type { OptionStore } from '../config/option-store.ts';
import type { Models } from '../conversation/model.ts';
import type { SessionType } from '../conversation/session-type.ts';
import type { KeyTables } from '../input/key-table.ts';
import type { ShownPanes } from '../layout/shown-panes.ts';
import type { Feed } from '../session/feed-entry.ts';
import type { Session } from '../session/session.ts';
import type { Agents } from './agents.ts';
import type { Archive } from './archive.ts';
import type { Attention } from './attention.ts';
import type { ServerFigures } from './stats.ts';
import type { WaitChannels } from './wait-channels.ts';

/** What a `-t` of a command may name; a window or a pane is a session, and refusals call it as tmux does. */
type TargetKind = 'session' | 'window' | 'pane' | 'client' | 'none';

/**
 * One command, as a record: its name, aliases and flags make table, help, completion and refusals.
 * `run` throws UserError for what the person did wrong; anything else that it throws is logged as a bug.
 */
export interface Command {
  readonly name: string;
  readonly aliases: readonly string[];
  /** One line for help: what it does, in the imperative. */
  readonly summary: string;
  /** Flags without a value, each one letter. */
  readonly switches: string;
  /** Flags with a value, by letter: what the value is, for usage and completion (`target-session`, `format`, `path`). */
  readonly values: Readonly<Record<string, string>>;
  /** Long flags without a value, such as `json`. */
  readonly longs?: readonly string[];
  /** Long flags with a value, such as `--type debug`: what the value is, by name. */
  readonly longValues?: Readonly<Record<string, string>>;
  /** Names of the positional arguments for usage, such as `[shell-command]`; how many are allowed. */
  readonly positional: {
    readonly usage: string;
    readonly minimum: number;
    readonly maximum: number;
    /** Whether flags may follow them as well, since none of them begins with a dash. */
    readonly flagsAfter?: true;
  };
  readonly target: TargetKind;
  /** Whether a read-only client may run it. */
  readonly readOnly?: boolean;
  run(context: CommandContext, args: Arguments): void | Promise<void>;
}

/** The words of one command, checked against its record. */
export interface Arguments {
  has(flag: string): boolean;
  /** The last value given for the flag. */
  value(flag: string): string | undefined;
  /** All values of a flag that may be repeated (-e). */
  all(flag: string): readonly string[];
  readonly positional: readonly string[];
  /** What the command's target is, for refusals. */
  readonly target: Command['target'];
}

/** Everything a command may touch; implemented by the coordinator and the attached clients. */
export interface CommandContext {
  readonly server: CommandServer;
  /** The attached client that the command acts on: the one whose key it was, or -c, or the last used one. */
  readonly client: CommandClient | undefined;
  /** Where `-t` is not given: the session the caller runs in (QMUX_SESSION), else the one its client shows, else the last shown. */
  readonly session: Session | undefined;
  /** Who asked. A key binding has the server's own environment and its session's directory. */
  readonly caller: CommandCaller;
  readonly signal: AbortSignal;
  /** The session under the mouse event whose binding runs: `{mouse}` or `=` in a target. */
  readonly mouseSession?: Session | undefined;
  /** In the command lines of an event's hook: what it is about, by tmux's names (`hook`, `hook_session_name`, ...). */
  readonly hookFacts?: Readonly<Record<string, string>>;
  /** From now on `session` is this one, for the later commands of the same line (new-session). */
  use(session: Session): void;
  /** What a CLI call exits with when no error follows (run-shell); elsewhere it does nothing. */
  setExitCode(code: number): void;
  /** One or more lines of output: to the caller's standard output, or on a page over its client's panes. `raw` adds no line end. */
  print(text: string, options?: { readonly raw: boolean }): void;
  /** Fulfilled when what was printed has been taken, or nobody takes it any more: who prints without end waits for it. */
  taken(): Promise<void>;
  /** Runs further command lines in the same place (if-shell, source-file, confirm-before), and waits for their end. */
  runLine(commandLine: string): Promise<void>;
}

export interface CommandCaller {
  /** A key or the prompt of an attached client, a `qmux COMMAND` process, or the server itself (configuration, hooks). */
  readonly kind: 'client' | 'process' | 'server';
  /** It may look and change nothing: a command that a tool of a chat runs. Read-only clients say it themselves. */
  readonly readOnly?: boolean;
  /** The session in which the calling process runs; undefined for one outside, and for a person's key. */
  readonly ownSession?: Session | undefined;
  /** Whether the calling process is the one that it says it is, as far as the system tells; left out where nobody calls from outside. */
  isProven?(): Promise<boolean>;
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string>>;
  /** The whole of the caller's standard input, at most 64 MB; empty where it has none. */
  readStdin(): Promise<Uint8Array>;
  /** One line of the caller's standard input, at most 4 KB, where it has one; empty at its end. */
  readLine?(): Promise<string>;
  /** Whether `attach` can work: a CLI call with a terminal that is not attached yet. */
  readonly terminal: Size | undefined;
  /** Throws UserError when `attach` would be refused: no terminal, nesting. */
  checkAttach(): void;
  /** Makes the calling process a client that shows `session`; refuses nesting. */
  attach(session: Session, options: { readonly readOnly: boolean; readonly detachOthers: boolean }): void;
}

export interface NewSession {
  readonly kind: Session['kind'];
  readonly name: string | undefined;
  /** A shell command line as one word, or a program with its arguments; empty for the default command, and for a chat. */
  readonly command: readonly string[];
  /** What a chat is for; the default type otherwise. */
  readonly type?: SessionType | undefined;
  /** The model of a chat; the default one otherwise. */
  readonly model?: string | undefined;
  readonly workingDirectory: string;
  /** Over the server's environment. */
  readonly environment: Readonly<Record<string, string>>;
  readonly size: Size | undefined;
  /** At this index, if free; otherwise the lowest free one. */
  readonly index?: number;
}

/** A tool as people are told of it. */
interface ToolFacts {
  readonly name: string;
  readonly risk: string;
  /** When it asks, where `risk` does not say it. */
  readonly asks?: string;
  readonly description: string;
}

/** What a terminal is judged by. */
export interface TerminalFacts {
  readonly term: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly utf8: boolean;
}

/** The panes of one client, or a layout that waits for one to attach. */
export interface PanePlace {
  readonly panes: ShownPanes<Session>;
  /** What the layout has, without lines for names at its edge. */
  readonly area: Rect;
  /** Whose panes these are; undefined for a layout that waits. */
  readonly client: CommandClient | undefined;
}

/** The server as commands see it. */
export interface CommandServer {
  /** By index. */
  readonly sessions: readonly Session[];
  readonly clients: readonly CommandClient[];
  readonly options: OptionStore;
  readonly keyTables: KeyTables;
  readonly buffers: PasteBuffers;
  /** Variables given to new programs, over the server's own; undefined removes one. */
  readonly environment: Map<string, string | undefined>;
  /** Variables for formats and configuration only (`set-environment -h`), never given to programs. */
  readonly hiddenEnvironment: Map<string, string>;
  /** What happened to sessions. */
  readonly feed: Feed;
  /** Named channels of wait-for. */
  readonly channels: WaitChannels;
  readonly messages: readonly { readonly time: number; readonly text: string }[];
  readonly hooks: Map<string, string[]>;
  /** Further names by which targets find a session: its window's (new-session -n), and those before rename-window. */
  readonly otherNames: WeakMap<Session, readonly string[]>;
  readonly facts: {
    readonly pid: number;
    readonly socketPath: string;
    readonly version: string;
    readonly startedAt: number;
  };
  /** Which endpoint chats use, what was looked at, in order, and why; the last line says what to do. Never rejects; no keys. */
  explainModels(signal: AbortSignal): Promise<readonly string[]>;
  /** The configuration and keymap files as they were read last, with their problems. */
  explainConfiguration(): readonly string[];
  /** What a terminal is taken for; `term` is empty for none. */
  explainTerminal(terminal: TerminalFacts): string;
  /** What programs are seen to do. */
  readonly attention: Attention;
  /** How many sessions the title tells of: those that wait and that nobody looks at, but for muted ones. */
  readonly noticeCount: number;
  /** The coding agents that are known. */
  readonly agents: Agents;
  /** What is kept of sessions, also of closed ones. */
  readonly archive: Archive;
  /** The models that chats can use. */
  readonly models: Models;
  /** Names of models as they were listed last, for completion; looking at them has them listed anew. */
  readonly knownModels: readonly string[];
  /** The tools that chats offer to models. */
  readonly tools: readonly ToolFacts[];
  /** The folder of a conversation, `@session/`; undefined for a session that has none. */
  sessionFolder(session: Session): string | undefined;
  /** Fulfilled when sessions of that kind can be made; before the first of a kind, its code is loaded. */
  prepare(kind: Session['kind']): Promise<void>;
  /** Of a kind that is prepared. */
  createSession(session: NewSession): Session;
  /** HUP, then KILL after 5 s; the session is gone when the promise is fulfilled. */
  killSession(session: Session): Promise<void>;
  restartSession(
    session: Session,
    options: {
      readonly kill: boolean;
      readonly command: readonly string[] | undefined;
      readonly workingDirectory: string | undefined;
      readonly environment: Readonly<Record<string, string>>;
      /** An agent that comes back is not told to go on with its last conversation. */
      readonly plain?: boolean;
    },
  ): Promise<void>;
  /** Finds out what no event tells: whether programs were stopped from outside. Before sessions are listed. */
  lookAtSessions(): void;
  /** Checks the name (§3) and gives it; throws UserError with the reason. */
  renameSession(session: Session, name: string): void;
  moveSession(session: Session, index: number): void;
  swapSessions(a: Session, b: Session): void;
  /**
   * The panes among which a session stands: those of `client` if it is one of them, else of the client used last that
   * has it, else those of a layout that a client takes over when it attaches to the session.
   */
  panesWith(session: Session, client?: CommandClient): PanePlace;
  /** The session shown before, for `-t !` and last-window without a client. */
  readonly lastSession: Session | undefined;
  /** Output of a session, copied to a shell command (pipe-pane); undefined ends it. */
  pipe(
    session: Session,
    command: string | undefined,
    directions: { readonly output: boolean; readonly input: boolean },
  ): void;
  isPiped(session: Session): boolean;
  /** The context in which formats are expanded. */
  formatContext(place: {
    readonly client?: CommandClient | undefined;
    readonly session?: Session | undefined;
  }): FormatContext;
  /** Reads the keymap and the configuration files anew; problems are returned as lines `file:line: text`. */
  reload(): readonly string[];
  /** The person knows that no endpoint can be reached: the line that says so goes. */
  dismissBanner(): void;
  /** What the server holds and does now. */
  figures(): ServerFigures;
  log(text: string): void;
  /** Goes on also without a session, although a command that began it made none. */
  stay(): void;
  stop(): void;
}

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
  /** A list of the places where words are, which the person types; Enter leads there. Acts by itself. */
  openSearch(words: string): void;
  /** A list of the sessions that were closed; Enter opens one again. Acts by itself. */
  openClosed(): void;
  openPicker(options: { readonly filter: string | undefined }): void;
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

export interface PasteBuffer {
  readonly name: string;
  readonly text: string;
  readonly createdAt: number;
}

/** The paste buffers, newest first; bounded by the option `buffer-limit`. */
export interface PasteBuffers {
  readonly all: readonly PasteBuffer[];
  get(name: string | undefined): PasteBuffer | undefined;
  /** Without a name a new automatic one (buffer0, buffer1, ...). */
  set(text: string, name?: string, append?: boolean): void;
  delete(name: string | undefined): boolean;
  rename(from: string | undefined, to: string): void;
}
