import type { Size } from '../base/geometry.ts';
import { clampSize } from '../base/geometry.ts';
import type { SessionId } from '../base/id.ts';
import type { CommandServer, NewSession } from '../command/command-server.ts';
import type { OptionStore } from '../config/option-store.ts';
import type { ProgramSession } from '../session/program-session.ts';
import type { Session } from '../session/session.ts';
import type { KeptChat } from '../store/chat-rows.ts';
import type { ClientList } from './client-list.ts';
import type { KeptProgram } from './kept-program.ts';

/** Where a new session stands. */
export interface SessionPlace {
  readonly id: SessionId;
  readonly index: number;
}

/** A new session, or one that is made again as it was kept. */
export type WantedSession = NewSession & {
  readonly kept?: KeptChat | undefined;
  readonly keptProgram?: KeptProgram | undefined;
};

/** Makes sessions of one kind. */
export interface SessionMaker {
  /** Throws UserError when it cannot be made. */
  create(wanted: WantedSession, place: SessionPlace & { readonly size: Size }): Session;
  /** A person closes a session of this kind; what runs in it may take its time to end. */
  closing?(session: Session): void;
  /** A session of this kind is closed for good. */
  discarded?(session: Session): void;
}

type Restart = Parameters<CommandServer['restartSession']>[1];

/** The table of kinds: who makes sessions of each. */
type MakerTable = Readonly<Record<Session['kind'], SessionMaker>>;

export interface SessionMakersOptions {
  readonly table: MakerTable;
  readonly options: OptionStore;
  readonly clients: ClientList;
  /** Starts a program again. Throws UserError. */
  readonly restart: (session: ProgramSession, change: Omit<Restart, 'kill'>) => void;
}

/** Makes sessions of every kind. */
export class SessionMakers {
  readonly restart: SessionMakersOptions['restart'];
  readonly #given: SessionMakersOptions;

  constructor(given: SessionMakersOptions) {
    this.#given = given;
    this.restart = given.restart;
  }

  create(wanted: WantedSession, place: SessionPlace): Session {
    const size = wanted.size ?? this.#defaultSize();
    return this.#given.table[wanted.kind].create(wanted, { ...place, size });
  }

  closing(session: Session): void {
    this.#given.table[session.kind].closing?.(session);
  }

  discarded(session: Session): void {
    this.#given.table[session.kind].discarded?.(session);
  }

  /** What a session that nobody shows yet gets: the size of the client used last, else option default-size. */
  #defaultSize(): Size {
    const client = this.#given.clients.leading;
    if (client !== undefined) return client.areaSize;
    const [columns = 80, rows = 24] = this.#given.options.string('default-size').split('x').map(Number);
    return clampSize(columns, rows);
  }
}
