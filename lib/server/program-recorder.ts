import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import type { ProgramSession } from '../session/program-session.ts';
import type { ExitStatus, Session, SessionEvent } from '../session/session.ts';
import type { Store } from '../store/store.ts';
import type { KeptProgram } from './kept-program.ts';
import { type ProgramChoices, ProgramRecord } from './program-record.ts';

export interface ProgramRecorderOptions {
  readonly store: Store;
  readonly clock: Clock;
}

/** From a change that a person made until it is written, and between two looks at who is due, in milliseconds. */
const SOON = 150;
const TICK = 1000;
/** So long output rests before a screen is written, and so long at most it is not where output does not rest. */
const REST = 2000;
const FLOOD = 30_000;
/** From a failure until it is tried again. */
const RETRY = 5000;
/** How long the end of the server may take to write what is left. */
const LAST = 3000;
/** Programs that ended so long before their server, in milliseconds, ended with it. */
const TOGETHER = 2000;
/** Closed programs that wait for a database at most. */
const MAXIMUM_CLOSED = 100;

/**
 * Writes what programs show into the database, so that they come back: when their output rests, one at a time, in pieces
 * between which keys have their turn. A timer runs only while something is to be written.
 */
export class ProgramRecorder {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #records = new Map<ProgramSession, ProgramRecord>();
  readonly #folders = new WeakMap<Session, string>();
  /** Whose facts are to be written. */
  readonly #waiting = new Set<ProgramRecord>();
  /** Whose screens are. */
  readonly #dirty = new Set<ProgramRecord>();
  #timer: { readonly due: number; readonly timer: Disposable } | undefined;
  #writing: Promise<void> | undefined;
  #ending: Promise<void> | undefined;
  /** What is being written. */
  #current: ProgramRecord | undefined;
  /** Programs that ended by themselves lately, and when. */
  #ended: { readonly record: ProgramRecord; readonly time: number }[] = [];
  #isOver = false;

  constructor({ store, clock }: ProgramRecorderOptions) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Keeps a program from now on; `folder` names it for ever. `choices` must not throw. */
  watch(session: ProgramSession, folder: string, choices: () => ProgramChoices, kept?: KeptProgram): void {
    const { keeping } = this.#store;
    const from = kept === undefined || keeping === undefined ? undefined : { kept, store: keeping };
    const record = new ProgramRecord(session, folder, choices, from);
    this.#records.set(session, record);
    this.#folders.set(session, folder);
    session.events((event) => this.#heard(record, event));
    this.#later(record, SOON);
    if (kept === undefined) this.#changed(record);
  }

  /** What names its row. */
  folderOf(session: Session): string | undefined {
    return this.#folders.get(session);
  }

  /** Whether a session of this server has the row of that folder. */
  keeps(folder: string): boolean {
    for (const { session } of this.#records.values()) if (this.#folders.get(session) === folder) return true;
    return false;
  }

  /** How many programs have something to be kept that is not on disk. */
  get unwritten(): number {
    if (this.#store.keeping === undefined) return 0;
    return new Set([...this.#waiting, ...this.#dirty, ...(this.#current === undefined ? [] : [this.#current])]).size;
  }

  /** A person closes it, though its program may take its time to end: it does not come back. */
  closing(session: ProgramSession): void {
    const record = this.#records.get(session);
    if (record === undefined || this.#isOver) return;
    record.ended(this.#clock.now());
    this.#close(record);
  }

  /** Its program ended, and the session with it: it does not come back, unless the whole server ends at once. */
  closed(session: ProgramSession): void {
    const record = this.#records.get(session);
    if (record === undefined || this.#isOver) return;
    const now = this.#clock.now();
    this.#ended = this.#ended.filter(({ time }) => isTogether(time, now)).slice(1 - MAXIMUM_CLOSED);
    this.#ended.push({ record, time: now });
    this.#close(record);
  }

  /**
   * The server is told to end, or ends since its last session did. A shutdown ends programs at the same time, some of them
   * before us: with `all`, those that ended just now come back; without it, only those that HUP or TERM ended. Gives how
   * many do.
   */
  reopen(all: boolean): number {
    const now = this.#clock.now();
    const taken = this.#ended.filter(
      ({ record, time }) => isTogether(time, now) && (all || wasToldToEnd(record.session.exit)),
    );
    for (const { record } of taken) {
      record.reopen();
      this.#waiting.add(record);
    }
    this.#ended = this.#ended.filter((ended) => !taken.includes(ended));
    return taken.length;
  }

  /** Something of programs is not as it was of which they do not tell themselves. */
  choicesChanged(only?: ProgramSession): void {
    for (const [session, record] of this.#records)
      if (only === undefined || only === session) this.#later(record, SOON);
  }

  /** The database is there: what waited for it is written. */
  opened(): void {
    for (const record of this.#records.values()) this.#waiting.add(record);
    this.#arm(0);
  }

  /** The server ends: all is written as it is now, and what becomes of it after that is not. Called again, it waits for the same. */
  async end(): Promise<void> {
    if (!this.#isOver) for (const record of this.#records.values()) this.#waiting.add(record);
    this.#isOver = true;
    this.#timer?.timer.dispose();
    const late = new Promise((resolve) => setTimeout(resolve, LAST).unref());
    this.#ending = (this.#ending ?? this.#writing ?? Promise.resolve()).then(async () => {
      await this.#writeAll(true);
    });
    await Promise.race([late, this.#ending]);
  }

  #close(record: ProgramRecord): void {
    this.#records.delete(record.session);
    this.#dirty.delete(record);
    record.close(this.#clock.now());
    if (this.#waiting.size < MAXIMUM_CLOSED || this.#store.keeping !== undefined) this.#later(record, 0);
  }

  #heard(record: ProgramRecord, event: SessionEvent): void {
    if (this.#isOver || !this.#records.has(record.session)) return;
    switch (event.type) {
      case 'changed':
        this.#changed(record);
        return;
      case 'exited':
        record.ended(this.#clock.now());
        this.#later(record, TICK);
        return;
      case 'renamed':
      case 'restarted':
        this.#later(record, SOON);
        return;
      case 'status':
        this.#later(record, TICK);
        return;
      default:
        return;
    }
  }

  #changed(record: ProgramRecord): void {
    if (!record.changed(this.#clock.now())) return;
    this.#dirty.add(record);
    this.#arm(TICK);
  }

  #later(record: ProgramRecord, delay: number): void {
    if (this.#isOver) return;
    this.#waiting.add(record);
    this.#arm(delay);
  }

  #arm(delay: number): void {
    if (this.#isOver) return;
    const wait = this.#store.keeping === undefined ? Math.max(delay, RETRY) : delay;
    const due = this.#clock.now() + wait;
    if (this.#timer !== undefined && this.#timer.due <= due) return;
    this.#timer?.timer.dispose();
    this.#timer = { due, timer: this.#clock.after(wait, () => this.#tick()) };
  }

  #tick(): void {
    this.#timer = undefined;
    if (this.#writing !== undefined) {
      this.#arm(TICK);
      return;
    }
    this.#writing = this.#writeAll(false).then((isWritten) => {
      this.#writing = undefined;
      if (this.#dirty.size > 0 || this.#waiting.size > 0) this.#arm(isWritten ? TICK : RETRY);
    });
  }

  /** Writes what is due, or with `all` everything; false where the database refused. Never rejects. */
  async #writeAll(all: boolean): Promise<boolean> {
    for (const record of new Set([...this.#waiting, ...this.#dirty])) {
      const { keeping, database } = this.#store;
      // What was closed is not to come back, even where nothing new is kept.
      const store = keeping ?? (!this.#records.has(record.session) && record.isIn(database) ? database : undefined);
      if (store === undefined) {
        if (database !== undefined) continue;
        return false;
      }
      const withScreen = all || this.#isDue(record);
      if (!withScreen && !this.#waiting.has(record)) continue;
      this.#waiting.delete(record);
      this.#current = record;
      try {
        await record.write(store, this.#clock.now(), withScreen);
        if (record.dirtySince === undefined) this.#dirty.delete(record);
        else if (this.#records.has(record.session)) this.#dirty.add(record);
      } catch (error) {
        this.#waiting.add(record);
        this.#store.failed(error);
        return false;
      } finally {
        this.#current = undefined;
      }
      await nextTurn();
    }
    return this.#store.keeping !== undefined;
  }

  #isDue(record: ProgramRecord): boolean {
    const { dirtySince } = record;
    if (dirtySince === undefined) return false;
    const now = this.#clock.now();
    // Where the clock was set back it is written, too.
    const since = (time: number): number => Math.abs(now - time);
    return since(record.session.lastActivity) >= REST || since(dirtySince) >= FLOOD;
  }
}

// Where the clock was set back nothing is known.
const isTogether = (time: number, now: number): boolean => now >= time && now - time <= TOGETHER;

/** HUP and TERM, and how programs say that one of them ended them: 128 and its number. */
const TOLD = [1, 15];

const wasToldToEnd = (exit: ExitStatus | undefined): boolean =>
  exit !== undefined && TOLD.some((signal) => exit.signal === signal || exit.exitCode === 128 + signal);
