import path from 'node:path';
import { UserError } from '../base/user-error.ts';
import type { Archive, ClosedSession, KeptPlace } from '../command/archive.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { type SavedConversation, settled } from '../conversation/saved-conversation.ts';
import { DEFAULT_SESSION_TYPE, isSessionType, type SessionType } from '../conversation/session-type.ts';
import { type Chat, isChat } from '../session/chat.ts';
import type { Session } from '../session/session.ts';
import type { KeptChat } from '../store/chat-rows.ts';
import type { OpenStore } from '../store/open-store.ts';
import type { ConversationRow } from '../store/schema.ts';
import { type Finding, MARK_END, MARK_START } from '../store/search.ts';
import type { Store } from '../store/store.ts';
import { searchPrograms } from './program-search.ts';
import { searchReplies } from './reply-search.ts';
import { uniqueFolder } from './unique-folder.ts';

/** Closed sessions whose names completion offers. */
const MAXIMUM_NAMES = 200;

export interface ServerArchiveOptions {
  readonly store: Store;
  readonly sessions: () => readonly Session[];
  /** The folder of a session's conversation, by whose name it is kept. */
  readonly folderOf: (session: Session) => string | undefined;
  /** Loads the code of chats. */
  readonly load: () => Promise<unknown>;
  /** Makes a chat again as it was kept. Throws UserError. */
  readonly restore: (kept: KeptChat) => Session;
  /** Why a session cannot have that name; undefined when it can. */
  readonly nameProblem: (name: string) => string | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** What is kept, as commands ask for it: the database, and what of it is open now. */
export class ServerArchive implements Archive {
  readonly #given: ServerArchiveOptions;
  /** Closed sessions that are being opened or forgotten. */
  readonly #busy = new Set<number>();
  #closedNames: readonly string[] = [];

  constructor(given: ServerArchiveOptions) {
    this.#given = given;
  }

  async search(words: string, limit: number): Promise<readonly KeptPlace[]> {
    const open = await this.#written();
    const byFolder = new Map<string, Session>();
    for (const session of this.#given.sessions()) {
      const folder = this.#given.folderOf(session);
      if (folder !== undefined) byFolder.set(path.basename(folder), session);
    }
    const programs = await searchPrograms(this.#given.sessions(), words);
    const live = [...searchReplies(this.#given.sessions(), words), ...programs];
    const kept = (await open.search(words, limit))
      // What an open program shows was looked at itself.
      .filter(({ kind, isOpen }) => kind !== 'screen' || !isOpen)
      .map((finding) => keptPlace(finding, byFolder.get(finding.folder)));
    return [...live, ...kept].sort((a, b) => b.time - a.time).slice(0, limit);
  }

  async closed(limit: number, name?: string): Promise<readonly ClosedSession[]> {
    const open = await this.#written();
    return (await open.archive.closed(limit, name)).map((row) => ({
      id: row.id,
      kind: row.kind,
      name: row.session_name,
      type: row.kind === 'chat' ? typeOf(row) : undefined,
      lastActive: row.last_active,
      messages: row.messages,
      preview: row.preview,
    }));
  }

  get closedNames(): readonly string[] {
    this.closed(MAXIMUM_NAMES).then(
      (closed) => {
        this.#closedNames = closed.map(({ name }) => name);
      },
      // Whoever asks for the list itself is told why.
      () => undefined,
    );
    return this.#closedNames;
  }

  async reopen(id: number): Promise<Session> {
    return await this.#alone(id, async () => {
      const open = await this.#written();
      return await this.#open(open, await closedRow(open, id));
    });
  }

  async screen(id: number): Promise<string> {
    const open = await this.#written();
    return (await open.sessions.screen(id))?.text ?? '';
  }

  async forget(id: number): Promise<void> {
    await this.#alone(id, async () => {
      const open = await this.#written();
      await closedRow(open, id);
      await open.archive.forget(id);
    });
  }

  async read(source: Session | number): Promise<SavedConversation> {
    if (typeof source !== 'number') {
      const chat = chatOf(source);
      const { name, type, modelName: model, createdAt } = chat;
      const conversation = chat.isAwake ? chat.conversation : await this.#asleep(chat);
      return { name, type, model, createdAt: Math.round(createdAt), conversation: settled(conversation) };
    }
    const open = await this.#written();
    const row = await chatRow(open, source);
    return {
      name: row.session_name,
      type: typeOf(row),
      model: row.model ?? undefined,
      createdAt: row.created_at,
      conversation: await open.archive.conversation(row),
    };
  }

  async add(
    { type, conversation }: SavedConversation,
    { name, workingDirectory }: { readonly name: string; readonly workingDirectory: string },
  ): Promise<Session> {
    const open = await this.#written();
    const now = this.#given.now();
    const id = await open.archive.add(conversation, {
      session_name: this.#given.nameProblem(name) === undefined ? name : 'imported',
      session_type: type,
      folder: uniqueFolder(),
      working_directory: workingDirectory,
      model: null,
      created_at: now,
      last_active: now,
    });
    return await this.#openNew(open, id);
  }

  async fork(
    source: Session | number,
    { message, name }: { readonly message: number | undefined; readonly name: string | undefined },
  ): Promise<Session> {
    const open = await this.#written();
    const row = typeof source === 'number' ? await chatRow(open, source) : await this.#rowOf(open, chatOf(source));
    const now = this.#given.now();
    const id = await open.archive.fork(row, message, {
      session_name: name ?? row.session_name,
      session_type: row.session_type,
      folder: uniqueFolder(),
      working_directory: row.working_directory,
      model: row.model,
      created_at: now,
      last_active: now,
    });
    if (id === undefined)
      throw new UserError(
        message === undefined
          ? `nothing was said in ${row.session_name} yet`
          : `${row.session_name} has no message ${message}`,
      );
    return await this.#openNew(open, id);
  }

  /** One that was made just now is no more when it cannot be opened. */
  async #openNew(open: OpenStore, id: number): Promise<Session> {
    try {
      return await this.#open(open, await closedRow(open, id));
    } catch (error) {
      await open.archive.forget(id);
      throw error;
    }
  }

  async #open(open: OpenStore, row: ConversationRow): Promise<Session> {
    if (row.kind !== 'chat') throw new UserError(`${row.session_name} was a program; only chats can be opened again`);
    await this.#given.load();
    return this.#given.restore(await open.chat(row));
  }

  /** The conversation of a chat that sleeps; it sleeps on. */
  async #asleep(chat: Chat): Promise<Conversation> {
    const open = await this.#written();
    return await open.archive.conversation(await this.#rowOf(open, chat));
  }

  async #rowOf(open: OpenStore, chat: Chat): Promise<ConversationRow> {
    const folder = this.#given.folderOf(chat);
    const row = folder === undefined ? undefined : await open.sessions.byFolder(path.basename(folder));
    if (row === undefined) throw new UserError(`${chat.name} is not kept`);
    return row;
  }

  /** Nobody else may open or forget it meanwhile. */
  async #alone<T>(id: number, task: () => Promise<T>): Promise<T> {
    if (this.#busy.has(id)) throw new UserError('it is being opened or forgotten already');
    this.#busy.add(id);
    try {
      return await task();
    } finally {
      this.#busy.delete(id);
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

function chatOf(session: Session): Chat {
  if (isChat(session)) return session;
  throw new UserError(`${session.name} is a program; this is for chats`);
}

async function keptRow(open: OpenStore, id: number): Promise<ConversationRow> {
  const row = await open.sessions.byId(id);
  if (row === undefined) throw new UserError(`nothing is kept under the number ${id}`);
  return row;
}

async function chatRow(open: OpenStore, id: number): Promise<ConversationRow> {
  const row = await keptRow(open, id);
  if (row.kind !== 'chat') throw new UserError(`${row.session_name} was a program; this is for chats`);
  return row;
}

async function closedRow(open: OpenStore, id: number): Promise<ConversationRow> {
  const row = await keptRow(open, id);
  if (row.is_open === 1) throw new UserError(`${row.session_name} is open`);
  return row;
}

const typeOf = ({ session_type: type }: Pick<ConversationRow, 'session_type'>): SessionType =>
  type !== null && isSessionType(type) ? type : DEFAULT_SESSION_TYPE;

/** What was found, with its marks as places of the excerpt. */
function keptPlace(finding: Finding, session: Session | undefined): KeptPlace {
  const { conversation, sessionKind, sessionName, isOpen, time, message, excerpt, around } = finding;
  const matches: number[] = [];
  let text = '';
  for (const part of excerpt.split(/([\u0002\u0003])/)) {
    if (part === MARK_START || part === MARK_END) matches.push(text.length);
    else text += part;
  }
  return {
    id: conversation,
    kind: sessionKind,
    session: session?.name ?? sessionName,
    isOpen,
    openAs: session?.id,
    time,
    message,
    excerpt: text,
    matches: matches.length % 2 === 0 ? matches : matches.slice(0, -1),
    around: around.replaceAll(/[\u0002\u0003]/g, ''),
  };
}
