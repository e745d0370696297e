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
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** `Message.id`; undefined for a program's screen. */
  readonly message: number | undefined;
  /** Some words around, on one line. */
  readonly excerpt: string;
  /** Where in `excerpt` the words are: starts and ends in turn, ascending. */
  readonly matches: readonly number[];
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
  /** The sessions that were closed, the one used last first. */
  closed(limit: number): Promise<readonly ClosedSession[]>;
  /** Opens a closed chat again, under its name, or with a number where that is taken. Rejects with UserError. */
  reopen(id: number): Promise<Session>;
}
