import type { SessionId } from '../base/id.ts';
import type { SavedConversation } from '../conversation/saved-conversation.ts';
import type { SessionType } from '../conversation/session-type.ts';
import type { Session } from '../session/session.ts';

/** A place in what is kept, or in what a program shows, that has the words of a search; nothing of it is sanitized. */
export interface KeptPlace {
  /** The kept session, for `Archive.reopen`; undefined for one that is not kept. */
  readonly id: number | undefined;
  readonly kind: Session['kind'];
  /** Its name. */
  readonly session: string;
  readonly isOpen: boolean;
  /** The session that it is in now; undefined for a closed one. */
  readonly openAs: SessionId | undefined;
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** `Message.id`; undefined for a program's screen. */
  readonly message: number | undefined;
  /** Some words around, on one line. */
  readonly excerpt: string;
  /** Where in `excerpt` the words are: starts and ends in turn, ascending. */
  readonly matches: readonly number[];
  /** Some lines around, for a preview. */
  readonly around: string;
}

/** A session that a person closed, as it is kept; nothing of it is sanitized. */
export interface ClosedSession {
  /** For `Archive.reopen`; never given twice. */
  readonly id: number;
  readonly kind: Session['kind'];
  readonly name: string;
  /** Undefined for a program. */
  readonly type: SessionType | undefined;
  /** Milliseconds since the epoch. */
  readonly lastActive: number;
  /** How many were said in it. */
  readonly messages: number;
  /** The last line with text on it. */
  readonly preview: string;
}

/** What is kept of sessions, open and closed. All reject with UserError where nothing can be kept now. */
export interface Archive {
  /** Where the words are in all that is kept, and in what open programs show; the newest first. */
  search(words: string, limit: number): Promise<readonly KeptPlace[]>;
  /** The sessions that were closed, the one used last first; with a name those alone that had it. */
  closed(limit: number, name?: string): Promise<readonly ClosedSession[]>;
  /** The names of those as they were listed last, for completion; looking at them has them listed anew. */
  readonly closedNames: readonly string[];
  /** Opens a closed chat again, under its name, or with a number where that is taken. Rejects with UserError. */
  reopen(id: number): Promise<Session>;
  /** What a closed program showed last, as text; empty where nothing is kept. */
  screen(id: number): Promise<string>;
  /** Forgets a closed session for good; what a fork shares with it stays the fork's. Rejects with UserError. */
  forget(id: number): Promise<void>;
  /** The conversation of an open chat, also where nothing is kept, or of a closed one. Rejects with UserError. */
  read(source: Session | number): Promise<SavedConversation>;
  /** A new chat with a conversation from elsewhere, of which nothing is trusted. Rejects with UserError. */
  add(saved: SavedConversation, wanted: { readonly name: string; readonly workingDirectory: string }): Promise<Session>;
  /**
   * A new chat that shares all that was said in a chat up to a message (`Message.id`), or all; that chat stays as it is.
   * Rejects with UserError.
   */
  fork(
    source: Session | number,
    wanted: { readonly message: number | undefined; readonly name: string | undefined },
  ): Promise<Session>;
}
