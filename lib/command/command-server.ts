import type { Rect, Size } from '../base/geometry.ts';
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
import type { CommandClient } from './command-client.ts';
import type { PasteBuffers } from './paste-buffer.ts';
import type { ServerFigures } from './stats.ts';
import type { WaitChannels } from './wait-channels.ts';

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
  /** The session whose name means a waiting layout as a whole, since a script began it with that one. */
  readonly owner?: Session | undefined;
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
  readonly doctor: Doctor;
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
  /** Gives a layout that nobody shows another size, with all that stands in it; false for a session that stands in none. */
  resizeLayout(session: Session, size: Size): boolean;
  /** The session of the marked pane (select-pane -m): what `~` means, and where joining and swapping take their source. */
  marked: Session | undefined;
  /** The session shown before, for `-t !` and last-window without a client. */
  readonly lastSession: Session | undefined;
  readonly pipes: Pipes;
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
  readonly end: End;
}

/** What helps to find out what is wrong. */
interface Doctor {
  /** What a terminal is taken for; `term` is empty for none. */
  terminal(terminal: TerminalFacts): string;
  /** The configuration and keymap files as they were read last, with their problems. */
  configuration(): readonly string[];
  /** Which endpoint chats use, what was looked at, in order, and why; the last line says what to do. Never rejects; no keys. */
  models(signal: AbortSignal): Promise<readonly string[]>;
}

/** Output of sessions that is copied to shell commands, and theirs that is typed there (pipe-pane). */
export interface Pipes {
  has(session: Session): boolean;
  /** Undefined ends what is there. Throws UserError for a session without a program. */
  set(
    session: Session,
    command: string | undefined,
    directions: { readonly output: boolean; readonly input: boolean },
  ): void;
}

/** How the server ends. */
interface End {
  /** Goes on also without a session, although a command that began it made none. */
  stay(): void;
  stop(): void;
}
