import type { Event } from '../base/emitter.ts';
import type { SessionId } from '../base/id.ts';
import type { Connection } from './chat.ts';
import type { Session } from './session.ts';
import type { SessionStatus, WaitingReason } from './status.ts';

/** What happened to a session; texts are free of controls and cut to a line. */
export type FeedFact =
  /** It began, or came back after the server was started anew. */
  | { readonly type: 'created' }
  | { readonly type: 'renamed'; readonly previous: string }
  /** Its status is another one, or it waits for another reason or anew. */
  | {
      readonly type: 'status';
      readonly previous: SessionStatus;
      readonly status: SessionStatus;
      readonly reason: WaitingReason | undefined;
      readonly seen: boolean;
      readonly unread: number;
    }
  /** A client saw what was new; or what waits for a person came on a screen (`shown`) or left it without an answer. */
  | { readonly type: 'seen'; readonly seen: boolean; readonly unread: number; readonly shown: boolean }
  /** A change of status that is not allowed was asked for; nothing changed. */
  | { readonly type: 'refused'; readonly from: SessionStatus; readonly to: SessionStatus }
  /** Output or a reply came that nobody looks at. */
  | { readonly type: 'unread'; readonly seen: boolean; readonly unread: number }
  | { readonly type: 'title'; readonly title: string }
  | { readonly type: 'connection'; readonly connection: Connection }
  | { readonly type: 'bell' }
  | { readonly type: 'notification'; readonly title: string; readonly body: string }
  | { readonly type: 'exited'; readonly exitCode: number; readonly signal: number | undefined }
  | { readonly type: 'restarted' }
  /** It is gone from the list. */
  | { readonly type: 'closed' };

export type FeedType = FeedFact['type'];

/** One thing that happened to a session. */
export type FeedEntry = FeedFact & {
  /** Grows by one with each entry, from 1, while the server runs. */
  readonly seq: number;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly sessionId: SessionId;
  /** Its name then. */
  readonly session: string;
  readonly kind: Session['kind'];
  /** How many of this type it stands for, when one session had very many within a second. */
  readonly times?: number;
};

/** What happened to all sessions, in order. */
export interface Feed {
  /** The newest, oldest first; bounded. */
  readonly entries: readonly FeedEntry[];
  /** Each entry as it comes. */
  readonly events: Event<FeedEntry>;
  /** Aborts when the server ends: nothing comes any more. */
  readonly ended: AbortSignal;
  /** The number of the newest entry; 0 before the first. */
  readonly lastSeq: number;
}
