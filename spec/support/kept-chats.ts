import { systemClock } from '../../lib/base/clock.ts';
import type { ChatSessionOptions } from '../../lib/session/chat-options.ts';
import type { ChatSession } from '../../lib/session/chat-session.ts';
import type { OpenStore } from '../../lib/store/open-store.ts';
import { Store } from '../../lib/store/store.ts';
import { type ChatPerson, ChatPlace } from './chat-place.ts';
import { temporaryFolder } from './folder.ts';
import { storeFile } from './store-place.ts';

/** Chats that are kept in a real database, and so can sleep. */
export class KeptChats {
  static async open(): Promise<KeptChats> {
    const kept = new KeptChats(await ChatPlace.open());
    await kept.store.open();
    return kept;
  }

  readonly place: ChatPlace;
  readonly file = storeFile(temporaryFolder());
  readonly told: string[] = [];
  readonly errors: unknown[] = [];
  store: Store;

  private constructor(place: ChatPlace) {
    this.place = place;
    this.store = this.#createStore();
  }

  get database(): OpenStore {
    if (this.store.database === undefined) throw new Error(`it is not open: ${this.told.join()}`);
    return this.store.database;
  }

  chat(changes: Partial<ChatSessionOptions> = {}): ChatPerson {
    return this.#watched(changes, true, (session) => this.store.recorder.watch(session, `folder-${session.id}`));
  }

  /** A hidden chat that said and heard something, and is on disk. */
  async hidden(said: string, changes: Partial<ChatSessionOptions> = {}): Promise<ChatPerson> {
    const person = this.chat(changes);
    this.place.server.reply(`Reply to ${said}.`);
    person.send(said);
    await person.waits('turn-ended');
    person.session.setShown(0, false);
    await this.store.recorder.flush();
    return person;
  }

  /** The open chats as a server that starts anew makes them: asleep. The server before is to be closed. */
  async restore(): Promise<readonly ChatPerson[]> {
    const { database } = this;
    const people: ChatPerson[] = [];
    for (const row of await database.sessions.open()) {
      const kept = await database.sleepingChat(row);
      const changes = { name: row.session_name, index: row.session_index, memory: kept.memory };
      const person = this.#watched(changes, false, (session) => this.store.recorder.watch(session, row.folder, kept));
      people.push(person);
    }
    return people;
  }

  /** The server ends, and another one opens the same file. */
  async reopen(): Promise<void> {
    await this.store.close();
    this.store = this.#createStore();
    await this.store.open();
  }

  /** Closes all; gives what was thrown where nothing may. */
  async close(): Promise<readonly unknown[]> {
    await this.store.close();
    return [...(await this.place.close()), ...this.errors];
  }

  #watched(changes: Partial<ChatSessionOptions>, isShown: boolean, watch: (session: ChatSession) => void): ChatPerson {
    const store = () => this.store;
    let session: ChatSession | undefined;
    const own = (): ChatSession => {
      if (session === undefined) throw new Error('the chat is not made yet');
      return session;
    };
    const person = this.place.chat(
      {
        saved: () => store().saved(own()),
        keeper: {
          release: (conversation) => store().recorder.release(own(), conversation),
          read: () => store().read(own()),
        },
        ...changes,
      },
      isShown,
    );
    session = person.session;
    watch(session);
    return person;
  }

  #createStore(): Store {
    return new Store({
      file: this.file,
      clock: systemClock,
      tell: (text) => void this.told.push(text),
      onError: (error) => void this.errors.push(error),
      onOpen: () => {},
    });
  }
}
