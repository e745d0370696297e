import { UserError } from '../base/user-error.ts';
import type { Archive, ClosedSession, KeptPlace } from '../command/archive.ts';
import { isSessionType } from '../conversation/session-type.ts';
import type { Session } from '../session/session.ts';
import type { KeptChat } from '../store/chat-rows.ts';
import type { OpenStore } from '../store/open-store.ts';
import { type Finding, MARK_END, MARK_START } from '../store/search.ts';
import type { Store } from '../store/store.ts';

export interface ServerArchiveOptions {
  readonly store: Store;
  /** Loads the code of chats. */
  readonly load: () => Promise<unknown>;
  /** Makes a chat again as it was kept. Throws UserError. */
  readonly restore: (kept: KeptChat) => Session;
}

/** What is kept, as commands ask for it: the database, and what of it is open now. */
export class ServerArchive implements Archive {
  readonly #given: ServerArchiveOptions;
  /** Sessions that are being opened again. */
  readonly #opening = new Set<number>();

  constructor(given: ServerArchiveOptions) {
    this.#given = given;
  }

  async search(words: string, limit: number): Promise<readonly KeptPlace[]> {
    const open = await this.#written();
    return (await open.search(words, limit)).map(keptPlace);
  }

  async closed(limit: number): Promise<readonly ClosedSession[]> {
    const open = await this.#written();
    return (await open.closed(limit)).map((row) => ({
      id: row.id,
      kind: row.kind,
      name: row.session_name,
      type: row.session_type !== null && isSessionType(row.session_type) ? row.session_type : undefined,
      lastActive: row.last_active,
      messages: row.messages,
      preview: row.preview,
    }));
  }

  async reopen(id: number): Promise<Session> {
    if (this.#opening.has(id)) throw new UserError('it is being opened already');
    this.#opening.add(id);
    try {
      const open = await this.#written();
      const row = await open.sessions.byId(id);
      if (row === undefined) throw new UserError('that conversation is kept no more');
      if (row.is_open === 1) throw new UserError(`${row.session_name} is open`);
      if (row.kind !== 'chat') throw new UserError(`${row.session_name} was a program; only chats can be opened again`);
      await this.#given.load();
      return this.#given.restore(await open.chat(row));
    } finally {
      this.#opening.delete(id);
    }
  }

  /** The database with all in it that was said until now. */
  async #written(): Promise<OpenStore> {
    const { store } = this.#given;
    await store.open();
    await store.recorder.flush();
    if (store.database === undefined) throw new UserError('conversations are not kept now; show-messages says why');
    return store.database;
  }
}

/** What was found, with its marks as places of the excerpt. */
function keptPlace({ conversation, sessionKind, sessionName, isOpen, time, message, excerpt }: Finding): KeptPlace {
  const matches: number[] = [];
  let text = '';
  for (const part of excerpt.split(/([\u0002\u0003])/)) {
    if (part === MARK_START || part === MARK_END) matches.push(text.length);
    else text += part;
  }
  return {
    id: conversation,
    kind: sessionKind,
    session: sessionName,
    isOpen,
    time,
    message,
    excerpt: text,
    matches: matches.length % 2 === 0 ? matches : matches.slice(0, -1),
  };
}
