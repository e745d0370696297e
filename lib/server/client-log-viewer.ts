import type { Disposable } from '../base/disposable.ts';
import { DisposableStore, onDispose } from '../base/disposable.ts';
import type { LogLevel } from '../base/log.ts';
import { eventFacts } from '../command/event-line.ts';
import { type LogEntry, type LoggedSession, mergeEntries } from '../mode/log-line.ts';
import { LogViewer } from '../mode/log-viewer.ts';
import type { FeedEntry } from '../session/feed-entry.ts';
import type { Session } from '../session/session.ts';
import type { AttachedClient } from './attached-client.ts';
import type { ClientDialogs } from './client-dialogs.ts';
import type { ClientHost } from './client-host.ts';
import { LogTail } from './log-tail.ts';

/** How often the file is looked at, and how late an event may be drawn, in milliseconds. */
const INTERVAL = 250;

export interface LogWish {
  readonly session: Session | undefined;
  readonly level: LogLevel | undefined;
}

/** The log viewer of one client while it is open: the server's log and what happened to sessions, as one. */
export class ClientLogViewer implements Disposable {
  readonly mode: LogViewer;
  readonly #client: AttachedClient;
  readonly #host: ClientHost;
  readonly #open = new DisposableStore();
  readonly #tail: LogTail | undefined;
  readonly #events = new Map<number, LogEntry>();
  #merged: readonly LogEntry[] = [];
  /** What is merged is out of date: the file has grown, or events came. */
  #isOld = true;
  #seq = -1;

  constructor(client: AttachedClient, host: ClientHost, dialogs: ClientDialogs, wish: LogWish) {
    this.#client = client;
    this.#host = host;
    if (host.logFile !== undefined) this.#tail = this.#open.add(new LogTail(host.logFile));
    this.mode = new LogViewer({
      entries: () => this.#entries(),
      sessions: () => this.#sessions(),
      session: wish.session,
      level: wish.level,
      size: () => dialogs.pageSize,
      exit: () => dialogs.close(this.mode),
    });
    const timer = setInterval(() => this.#look(), INTERVAL);
    this.#open.add(onDispose(() => clearInterval(timer)));
    this.#look();
  }

  dispose(): void {
    this.#open.dispose();
    this.#events.clear();
  }

  #look(): void {
    if (this.#host.feed.lastSeq !== this.#seq) this.#changed();
    this.#tail
      ?.refresh()
      .then((grew) => {
        if (grew) this.#changed();
      })
      .catch((error: unknown) => this.#host.bug('the log viewer', error));
  }

  #changed(): void {
    this.#isOld = true;
    this.#seq = this.#host.feed.lastSeq;
    this.#client.changed();
  }

  #entries(): readonly LogEntry[] {
    if (!this.#isOld) return this.#merged;
    this.#isOld = false;
    const { entries } = this.#host.feed;
    const first = entries[0]?.seq ?? 0;
    for (const seq of this.#events.keys()) if (seq < first) this.#events.delete(seq);
    const events = entries.map((entry) => this.#event(entry));
    this.#merged = mergeEntries(this.#tail?.entries ?? [], events);
    return this.#merged;
  }

  /** The same object for the same event. */
  #event(entry: FeedEntry): LogEntry {
    const known = this.#events.get(entry.seq);
    if (known !== undefined) return known;
    const session = { id: entry.sessionId, name: entry.session };
    const made = { time: entry.time, level: levelOf(entry), session, text: eventFacts(entry) };
    this.#events.set(entry.seq, made);
    return made;
  }

  /** Those that there are, then those that are gone and have events still, by the name they had last. */
  #sessions(): readonly LoggedSession[] {
    const known = new Map<number, LoggedSession>();
    for (const { id, name } of this.#host.server.sessions) known.set(id, { id, name });
    for (const { session } of this.#merged.toReversed())
      if (session !== undefined && !known.has(session.id)) known.set(session.id, session);
    return [...known.values()];
  }
}

/** What went wrong stands out; what happens all the time is for those who look for it. */
function levelOf(entry: FeedEntry): LogLevel {
  switch (entry.type) {
    case 'seen':
    case 'unread':
    case 'title':
      return 'debug';
    case 'refused':
      return 'warning';
    case 'exited':
      return entry.exitCode === 0 && entry.signal === undefined ? 'info' : 'warning';
    case 'connection':
      return entry.connection.kind === 'error'
        ? 'error'
        : entry.connection.kind === 'reconnecting'
          ? 'warning'
          : 'info';
    case 'status':
      return entry.reason === 'turn-failed' ? 'warning' : 'info';
    default:
      return 'info';
  }
}
