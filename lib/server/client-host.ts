import type { CommandServer } from '../command/command-server.ts';
import type { CopyTarget } from '../mode/copy-state.ts';
import type { TreePlace } from '../mode/file-tree.ts';
import type { Feed } from '../session/feed-entry.ts';
import type { Session } from '../session/session.ts';
import type { AttachedClient } from './attached-client.ts';
import type { EndpointTrouble } from './endpoint-watch.ts';
import type { LayoutMemory } from './layout-memory.ts';
import type { OuterColors } from './outer-colors.ts';
import type { SidebarMemory } from './sidebar-memory.ts';

/** What runs a command line, and where. */
export interface LineOrigin {
  readonly client: AttachedClient;
  /** The session under the mouse event that the line is bound to. */
  readonly mouseSession?: Session | undefined;
}

/** A place in a tree of files, which holds while the session works in the same directory (in bytes, one a character). */
interface FilePlace {
  readonly directory: string;
  readonly place: TreePlace;
}

/** Where a client says that it changed, was used, or goes. */
interface Desk {
  /** It shows another session, has another size, was used: sizes and seen marks follow. */
  changed(client: AttachedClient): void;
  left(client: AttachedClient): void;
  /** When a person last did something at any client, in milliseconds since the epoch. */
  readonly lastUse: number;
  used(time: number): void;
}

/** What runs the command lines of clients. */
interface Lines {
  /** What goes wrong is shown to the client. The first command has run when this returns, unless it waits for something. */
  runLine(line: string, origin: LineOrigin): void;
  /** Shows what went wrong with something that a client asked for; logs it when it is a bug. */
  showError(client: AttachedClient, error: unknown): void;
}

/** The server as an attached client sees it; the coordinator. */
export interface ClientHost {
  readonly server: CommandServer;
  /** What clients that left showed. */
  readonly layouts: LayoutMemory;
  readonly sidebars: SidebarMemory;
  /** That no endpoint of chats can be reached. */
  readonly endpointTrouble: EndpointTrouble | undefined;
  /** What happened to sessions. */
  readonly feed: Feed;
  /** The server's log; undefined where it has none. */
  readonly logFile: string | undefined;
  /** Where somebody was in the files of a session, for as long as the session lives. */
  readonly filePlaces: WeakMap<Session, FilePlace>;
  /** What the outer terminals say of their colours. */
  readonly outerColors: OuterColors;
  readonly lines: Lines;
  /** Settles when the code that a new session waits for is loaded; undefined while none waits. */
  readonly preparing: Promise<unknown> | undefined;
  /** Candidates for the word before the cursor of a command line. */
  complete(line: string, cursor: number, client: AttachedClient): readonly string[];
  readonly desk: Desk;
  /** A key went to a session: hidden floods wait a moment. */
  noteInput(): void;
  /** Lines typed at command prompts and searches, oldest first; the client adds to them. */
  history(kind: 'command' | 'text'): string[];
  /** Text copied in a client's copy mode. */
  copied(client: AttachedClient, text: string, target: CopyTarget): void;
  /** Logs what should not have happened, with its stack. */
  bug(where: string, error: unknown): void;
  /** Adds a line to what show-messages lists. */
  addMessage(text: string): void;
}
