import { sessionId } from '../base/id.ts';
import { UserError } from '../base/user-error.ts';
import type { CommandServer } from '../command/command-server.ts';
import type { OptionStore } from '../config/option-store.ts';
import { ProgramSession } from '../session/program-session.ts';
import type { Session, SessionEvent } from '../session/session.ts';
import { nameProblem } from '../session/session-name.ts';
import type { ClientList } from './client-list.ts';
import type { SessionFeed } from './session-feed.ts';
import { SessionList } from './session-list.ts';
import type { SessionMakers, WantedSession } from './session-makers.ts';

export interface SessionKeeperOptions {
  readonly options: OptionStore;
  readonly clients: ClientList;
  readonly log: (text: string) => void;
  readonly makers: SessionMakers;
  readonly fireHook: (name: string, place: { readonly session: Session }) => void;
  /** Is told what happens to sessions. */
  readonly feed: SessionFeed;
  /** Hears the events of each session that is in the list. */
  readonly heard: (session: Session, event: SessionEvent) => void;
  /** Finds a place for one chat more that is awake. Throws UserError where there is none. */
  readonly makeRoom: () => void;
  /** A session is gone from the list: clients that showed it go on to another. */
  readonly removed: (session: Session) => void;
  /** And all that was known of it is forgotten. */
  readonly closed: (session: Session) => void;
  /** Runs a task for a session whose failure must stay there. */
  readonly guard: (name: string, task: () => void) => void;
}

type Restart = Parameters<CommandServer['restartSession']>[1];

/** The life of sessions of all kinds: made, named, placed, started again, ended. */
export class SessionKeeper {
  readonly list = new SessionList();
  readonly #makers: SessionMakers;
  readonly #given: SessionKeeperOptions;
  /** Sessions that a person ended, gone from the list, until what runs in them has ended too. */
  readonly #killing = new Set<Session>();
  /** Sessions whose program ends only to start again. */
  readonly #restarting = new WeakSet<Session>();
  #next = 0;

  constructor(given: SessionKeeperOptions) {
    this.#given = given;
    this.#makers = given.makers;
  }

  create(wanted: WantedSession): Session {
    const { options, log, clients, fireHook, guard, heard, feed } = this.#given;
    this.#checkLimit(wanted);
    if (wanted.name !== undefined) this.#checkName(wanted.name);
    const index = this.list.freeIndex(options.number('base-index'), wanted.index);
    const session = this.#makers.create(wanted, { id: sessionId(this.#next), index });
    this.#next += 1;
    this.list.add(session);
    session.events((event) => {
      if (this.#killing.has(session)) return;
      // Before others hear of it: what they do then is told after it.
      feed.heard(session, event);
      guard(session.name, () => heard(session, event));
    });
    feed.created(session);
    log(`session ${session.name} ($${session.id}) started`);
    clients.statusChanged();
    fireHook('session-created', { session });
    return session;
  }

  /** Gone for everybody at once, so that the next key means the next session; fulfilled when what ran in it has ended. */
  async kill(session: Session): Promise<void> {
    const own = this.own(session);
    this.#killing.add(own);
    this.#given.guard(own.name, () => this.#makers.closing(own));
    const ended = own.kill();
    this.#remove(own);
    await ended.finally(() => this.#discard(own));
  }

  async restart(session: Session, options: Restart): Promise<void> {
    const own = this.program(session, 'start again');
    if (own.exit === undefined) {
      if (!options.kill) throw new UserError(`${own.name} still runs; use -k to end it first`);
      this.#restarting.add(own);
      await own.kill().finally(() => this.#restarting.delete(own));
      this.own(own);
    }
    this.#makers.restart(own, options);
  }

  rename(session: Session, name: string): void {
    if (session.name === name) return;
    const own = this.own(session);
    this.#checkName(name);
    own.rename(name);
  }

  move(session: Session, index: number): void {
    this.list.move(this.own(session), index);
    this.#given.clients.statusChanged();
  }

  swap(a: Session, b: Session): void {
    this.list.swap(this.own(a), this.own(b));
    this.#given.clients.statusChanged();
  }

  /** What runs in it ended by itself: whether the session stays is the option remain-on-exit's to say. */
  exited(session: Session): void {
    const { options, log, clients, fireHook } = this.#given;
    log(`session ${session.name} ended: ${JSON.stringify(session.exit)}`);
    if (this.#restarting.has(session)) return;
    const remain = options.string('remain-on-exit', session.id);
    const failed = session.exit !== undefined && (session.exit.exitCode !== 0 || session.exit.signal !== undefined);
    const stays = remain === 'on' || (remain === 'failed' && failed);
    fireHook(stays ? 'pane-died' : 'pane-exited', { session });
    if (!stays) {
      this.#remove(session);
      return;
    }
    for (const client of clients.showing(session)) client.painter.contentChanged();
    clients.statusChanged();
  }

  /** Finds out what no event tells of programs. */
  look(): void {
    for (const session of this.list.all) {
      if (session instanceof ProgramSession) this.#given.guard(session.name, () => session.look());
    }
  }

  /** A client shows it now. */
  shown(session: Session): void {
    const own = this.list.byId(session.id);
    if (own !== undefined) this.list.shown(own);
  }

  /** Whether a session has the name. */
  isTaken(name: string): boolean {
    return this.list.byName(name) !== undefined;
  }

  /** The session itself, if it is still in the list. Throws UserError. */
  own(session: Session): Session {
    const own = this.list.byId(session.id);
    if (own === undefined) throw new UserError(`session ${session.name} is gone`);
    return own;
  }

  /** The same for what only programs can. Throws UserError that says so. */
  program(session: Session, what: string): ProgramSession {
    const own = this.own(session);
    if (own instanceof ProgramSession) return own;
    throw new UserError(`${own.name} is a ${own.kind}; it has no program to ${what}`);
  }

  /** Ends what runs in all sessions; fulfilled when all have ended. */
  async end(): Promise<void> {
    await Promise.allSettled([...this.list.all, ...this.#killing].map(async (session) => session.kill()));
  }

  #remove(session: Session): void {
    if (this.list.byId(session.id) === undefined) return;
    const { options, clients, feed, removed, closed } = this.#given;
    this.list.remove(session);
    if (options.boolean('renumber-windows')) this.list.renumber(options.number('base-index'));
    removed(session);
    feed.closed(session);
    if (!this.#killing.has(session)) this.#discard(session);
    options.forgetSession(session.id);
    clients.statusChanged();
    closed(session);
  }

  #discard(session: Session): void {
    this.#killing.delete(session);
    this.#given.guard(session.name, () => {
      session.dispose();
      this.#makers.discarded(session);
    });
  }

  #checkLimit({ kind, kept }: WantedSession): void {
    if (kind === 'chat') {
      if (kept?.memory.asleep === undefined) this.#given.makeRoom();
      return;
    }
    const limit = this.#given.options.number('max-programs');
    if (this.list.all.filter((session) => session.kind === kind).length < limit) return;
    throw new UserError(`${limit} programs run already; end one, or raise the option max-programs`);
  }

  #checkName(name: string): void {
    const problem = nameProblem(name, (other) => this.isTaken(other), this.#given.options.number('name-max-length'));
    if (problem !== undefined) throw new UserError(problem);
  }
}
