import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { Emitter, type Event } from '../base/emitter.ts';
import type { SessionId } from '../base/id.ts';
import type { Connection } from '../session/chat.ts';
import type { Feed, FeedEntry, FeedFact, FeedType } from '../session/feed-entry.ts';
import type { Session, SessionEvent } from '../session/session.ts';
import { stripControls } from '../text/sanitize.ts';

/** Entries that are kept; the oldest leave first. */
const MAXIMUM_ENTRIES = 2000;
/** What the entries weigh at most, in bytes, by the estimate of `weightOf`. */
const MAXIMUM_WEIGHT = 1024 * 1024;
/** What an entry weighs without its texts, in bytes: about what V8 takes for the object. */
const ENTRY_WEIGHT = 160;
/** Of a title, a notification and a failure, in UTF-16 units. */
const TEXT_LENGTH = 200;

type Heard = Exclude<FeedType, 'created' | 'closed'>;
type HeardFact = Extract<FeedFact, { readonly type: Heard }>;

/** How many entries of a type one session may give within `SPAN`; what comes above that becomes one at its end. */
const BUDGET: Readonly<Record<Heard, number>> = {
  renamed: 20,
  status: 20,
  refused: 5,
  seen: 20,
  unread: 5,
  title: 1,
  connection: 10,
  bell: 1,
  notification: 5,
  exited: 20,
  restarted: 20,
};
/** In milliseconds. */
const SPAN = 1000;

/** What one session gave of one type within the span that runs. */
interface Burst {
  readonly end: Disposable;
  count: number;
  /** The newest that was held back, and how many. */
  held: { readonly session: Session; readonly fact: HeardFact; readonly times: number } | undefined;
}

export interface SessionFeedOptions {
  readonly clock: Clock;
  /** Hears what a follower threw; must not throw. */
  readonly onError: (error: unknown) => void;
}

/**
 * What happened to sessions, in order: for `events`, the log viewer and whoever follows. Output as such is no entry, and a
 * program that rings or changes its title without end gives one a second.
 */
export class SessionFeed implements Feed {
  readonly #clock: Clock;
  readonly #events: Emitter<FeedEntry>;
  readonly #bursts = new Map<SessionId, Map<Heard, Burst>>();
  readonly #ended = new AbortController();
  #entries: FeedEntry[] = [];
  /** Where the oldest that is kept stands in `#entries`: what is before it has left. */
  #first = 0;
  #weight = 0;
  #lastSeq = 0;

  constructor({ clock, onError }: SessionFeedOptions) {
    this.#clock = clock;
    this.#events = new Emitter(onError);
  }

  get entries(): readonly FeedEntry[] {
    return this.#entries.slice(this.#first);
  }

  get events(): Event<FeedEntry> {
    return this.#events.event;
  }

  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  get lastSeq(): number {
    return this.#lastSeq;
  }

  created(session: Session): void {
    this.#add(session, { type: 'created' });
  }

  /** It is gone: what was held back comes before the end. */
  closed(session: Session): void {
    for (const burst of this.#bursts.get(session.id)?.values() ?? []) this.#settle(burst);
    this.#bursts.delete(session.id);
    this.#add(session, { type: 'closed' });
  }

  /** The server ends: who follows goes. */
  end(): void {
    this.#ended.abort();
  }

  heard(session: Session, event: SessionEvent): void {
    const fact = factOf(session, event);
    if (fact !== undefined) this.#take(session, fact);
  }

  #take(session: Session, fact: HeardFact): void {
    const ofSession = this.#bursts.get(session.id) ?? new Map<Heard, Burst>();
    this.#bursts.set(session.id, ofSession);
    const burst = ofSession.get(fact.type);
    if (burst === undefined) {
      const end = this.#clock.after(SPAN, () => this.#end(session.id, fact.type));
      ofSession.set(fact.type, { end, count: 1, held: undefined });
      this.#add(session, fact);
      return;
    }
    burst.count += 1;
    if (burst.count <= BUDGET[fact.type]) this.#add(session, fact);
    else burst.held = { session, fact: joined(burst.held?.fact, fact), times: (burst.held?.times ?? 0) + 1 };
  }

  #end(id: SessionId, type: Heard): void {
    const ofSession = this.#bursts.get(id);
    const burst = ofSession?.get(type);
    if (ofSession === undefined || burst === undefined) return;
    ofSession.delete(type);
    if (ofSession.size === 0) this.#bursts.delete(id);
    this.#settle(burst);
  }

  #settle({ end, held }: Burst): void {
    end.dispose();
    if (held !== undefined) this.#add(held.session, held.fact, held.times);
  }

  #add(session: Session, fact: FeedFact, times = 1): void {
    this.#lastSeq += 1;
    const { id, name, kind } = session;
    const place = { seq: this.#lastSeq, time: this.#clock.now(), sessionId: id, session: name, kind };
    const entry: FeedEntry = times > 1 ? { ...place, ...fact, times } : { ...place, ...fact };
    this.#entries.push(entry);
    this.#weight += weightOf(entry);
    this.#trim();
    this.#events.fire(entry);
  }

  /** Lets the oldest go; the array is made anew only when half of it is gone, so that an entry costs the same always. */
  #trim(): void {
    while (this.#entries.length - this.#first > MAXIMUM_ENTRIES || this.#weight > MAXIMUM_WEIGHT) {
      const oldest = this.#entries[this.#first];
      if (oldest === undefined) return;
      this.#weight -= weightOf(oldest);
      this.#first += 1;
    }
    if (this.#first < MAXIMUM_ENTRIES) return;
    this.#entries = this.#entries.slice(this.#first);
    this.#first = 0;
  }
}

/** What an event of a session is in the feed; undefined for what is only of its screen. */
function factOf(session: Session, event: SessionEvent): HeardFact | undefined {
  const { seen, unread } = session;
  switch (event.type) {
    case 'changed':
    case 'clipboard':
      return undefined;
    case 'title':
      return { type: 'title', title: text(session.title) };
    case 'status': {
      const { status, waitingReason: reason } = session;
      return { type: 'status', previous: event.previous, status, reason, seen, unread };
    }
    case 'seen':
      return { type: 'seen', seen, unread, shown: session.isShown };
    case 'activity':
      return { type: 'unread', seen, unread };
    case 'connection':
      return { type: 'connection', connection: cleaned(event.connection) };
    case 'notification':
      return { type: 'notification', title: text(event.title), body: text(event.body) };
    case 'exited':
      return { type: 'exited', exitCode: event.exit.exitCode, signal: event.exit.signal };
    case 'renamed':
    case 'refused':
    case 'bell':
    case 'restarted':
      return event;
    default:
      return event satisfies never;
  }
}

/** Two of one type as one: from where the first began to where the second ended. */
function joined(first: HeardFact | undefined, second: HeardFact): HeardFact {
  if (first?.type === 'status' && second.type === 'status') return { ...second, previous: first.previous };
  if (first?.type === 'renamed' && second.type === 'renamed') return first;
  return second;
}

const text = (raw: string): string => stripControls(raw, TEXT_LENGTH);

const cleaned = (connection: Connection): Connection =>
  connection.kind === 'error' ? { kind: 'error', text: text(connection.text) } : connection;

/** About what an entry takes, in bytes. */
function weightOf(entry: FeedEntry): number {
  const texts =
    entry.type === 'title'
      ? entry.title.length
      : entry.type === 'notification'
        ? entry.title.length + entry.body.length
        : entry.type === 'connection' && entry.connection.kind === 'error'
          ? entry.connection.text.length
          : 0;
  return ENTRY_WEIGHT + 2 * (texts + entry.session.length);
}
