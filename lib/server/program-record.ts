import type { ProgramSession } from '../session/program-session.ts';
import { changedFacts } from '../store/chat-rows.ts';
import type { OpenStore } from '../store/open-store.ts';
import type { KeptScreen, SessionFacts } from '../store/session-store.ts';
import { type KeptProgram, type ProgramStart, programText } from './kept-program.ts';
import { readLastScreen, readScreen } from './program-screen.ts';

/** What is kept of a program that the session itself does not know. */
export interface ProgramChoices {
  readonly start: ProgramStart;
  readonly otherNames: readonly string[];
  /** JSON: its own options. */
  readonly options: string;
}

interface Rows {
  readonly store: OpenStore;
  readonly id: number;
  readonly facts: SessionFacts;
}

interface LastState {
  readonly facts: SessionFacts;
  readonly screen: KeptScreen | undefined;
}

/** One program session, and what of it is written. */
export class ProgramRecord {
  readonly session: ProgramSession;
  readonly #folder: string;
  readonly #choices: () => ProgramChoices;
  #rows: Rows | undefined;
  /** Since when its screen is not what is written, in milliseconds since the epoch; undefined while it is. */
  #dirtySince: number | undefined;
  /** What it was when it was closed. */
  #last: LastState | undefined;
  #lastScreen: KeptScreen | undefined;

  constructor(
    session: ProgramSession,
    folder: string,
    choices: () => ProgramChoices,
    from: { readonly kept: KeptProgram; readonly store: OpenStore } | undefined,
  ) {
    this.session = session;
    this.#folder = folder;
    this.#choices = choices;
    if (from === undefined) return;
    const { id, head, reply, next_message, input_tokens, cached_tokens, output_tokens, context_tokens, ...facts } =
      from.kept.row;
    this.#rows = { store: from.store, id, facts };
  }

  get dirtySince(): number | undefined {
    return this.#dirtySince;
  }

  /** Its screen is not what it was. True the first time since it was written. */
  changed(now: number): boolean {
    // What a program showed before the end of its server is on disk already.
    if (this.#dirtySince !== undefined || this.session.exit?.withServer === true) return false;
    this.#dirtySince = now;
    return true;
  }

  /** The program ended: its screen may be gone soon. */
  ended(now: number): void {
    if (this.#dirtySince === undefined && this.#rows !== undefined) return;
    this.#lastScreen = this.#screen(readLastScreen(this.session), now);
  }

  /** It is no more; nothing of the session is asked from now on. */
  close(now: number): void {
    this.#last = { facts: { ...this.#facts(now), session_status: 'completed', is_open: 0 }, screen: this.#lastScreen };
  }

  /** It is to come back for all that. */
  reopen(): void {
    if (this.#last === undefined) return;
    const { facts, screen } = this.#last;
    this.#last = { facts: { ...facts, session_status: 'paused', is_open: 1 }, screen };
  }

  /** Whether it has a row in that database. */
  isIn(store: OpenStore | undefined): boolean {
    return store !== undefined && this.#rows?.store === store;
  }

  /** Writes what is new of it, with its screen where that is due. Rejects with what the database throws. */
  async write(store: OpenStore, now: number, withScreen: boolean): Promise<void> {
    const { sessions, database } = store;
    const facts = this.#last?.facts ?? this.#facts(now);
    const rows = this.#rows?.store === store ? this.#rows : undefined;
    if (rows === undefined && this.session.exit?.withServer !== true) this.#dirtySince ??= now;
    const changes = rows && changedFacts(rows.facts, facts);
    let id = rows?.id;
    if (rows === undefined || changes !== undefined)
      id = await database.rows.transaction().execute(async (transaction) => {
        if (rows === undefined) return await sessions.add(transaction, facts);
        if (changes !== undefined) await sessions.update(transaction, rows.id, changes);
        return rows.id;
      });
    if (id === undefined) return;
    this.#rows = { store, id, facts };
    if (this.#last !== undefined) await this.#writeLast(store, id, this.#last);
    else if (withScreen && this.#dirtySince !== undefined) await this.#writeScreen(store, id, now);
  }

  async #writeScreen(store: OpenStore, id: number, now: number): Promise<void> {
    const dirtySince = this.#dirtySince;
    this.#dirtySince = undefined;
    try {
      const read = await readScreen(this.session);
      if (read === undefined) this.#dirtySince = dirtySince;
      // What was read may be of a session that is closed by now; its last screen is the newer one.
      else if (this.#last === undefined) await store.sessions.setScreen(id, this.#screen(read, now));
    } catch (error) {
      this.#dirtySince = dirtySince;
      throw error;
    }
  }

  /** Nobody looks for a program that showed nothing, once it is closed. */
  async #writeLast({ sessions }: OpenStore, id: number, { facts, screen }: LastState): Promise<void> {
    if (screen === undefined) return;
    if (screen.text !== '' || facts.is_open === 1) {
      await sessions.setScreen(id, screen);
      return;
    }
    await sessions.remove([id]);
    this.#rows = undefined;
  }

  #screen({ text, snapshot }: { readonly text: string; readonly snapshot: Uint8Array }, time: number): KeptScreen {
    // Behind an alternate screen the normal one stays as it was read last.
    const isAlternate = this.session.modes.alternateScreen;
    return isAlternate
      ? { time, text, snapshot: undefined, alternate: snapshot }
      : { time, text, snapshot, alternate: undefined };
  }

  #facts(now: number): SessionFacts {
    const { session } = this;
    const { start, otherNames, options } = this.#choices();
    return {
      kind: 'program',
      session_name: session.name,
      session_type: null,
      session_status: session.status,
      session_index: session.index,
      is_open: 1,
      waiting_reason: session.waitingReason ?? null,
      seen: session.seen ? 1 : 0,
      unread: session.unread,
      is_paused: 0,
      turn_rest: 'none',
      folder: this.#folder,
      working_directory:
        (session.exit === undefined ? undefined : this.#rows?.facts.working_directory) ?? start.directory,
      model: null,
      wanted_model: null,
      is_name_given: 1,
      is_type_given: 0,
      trusted_tools: '[]',
      preview: session.preview,
      // Where a program stood is not known any more once it has ended.
      program: (session.exit === undefined ? undefined : this.#rows?.facts.program) ?? programText(start),
      options,
      other_names: JSON.stringify(otherNames),
      created_at: Math.round(session.createdAt),
      last_active: Math.min(Math.round(session.lastActivity), now),
    };
  }
}
