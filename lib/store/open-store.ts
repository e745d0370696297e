import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Disposable } from '../base/disposable.ts';
import { ArchiveStore } from './archive-store.ts';
import { asleepFacts, chatMemory, type KeptChat, type WholeChat } from './chat-rows.ts';
import { ConversationStore } from './conversation-store.ts';
import type { Database } from './database.ts';
import type { ConversationRow } from './schema.ts';
import { type Finding, search } from './search.ts';
import { SessionStore } from './session-store.ts';

const DAY = 86_400_000;

/** The database as the rest of the program asks it. */
export class OpenStore implements Disposable {
  readonly database: Database;
  readonly sessions: SessionStore;
  readonly conversations: ConversationStore;
  readonly archive: ArchiveStore;

  constructor(database: Database) {
    this.database = database;
    this.sessions = new SessionStore(database.rows);
    this.conversations = new ConversationStore(database.rows);
    this.archive = new ArchiveStore(database.rows, this.sessions, this.conversations);
  }

  /** A chat as it was kept, to be made again. */
  async chat(row: ConversationRow): Promise<WholeChat> {
    const written = await this.conversations.read(row.id);
    const draft = await this.sessions.draft(row.id);
    return { row, written, memory: { ...chatMemory(row, draft), conversation: written.conversation } };
  }

  /** The same with its conversation unread: it comes back asleep. */
  async sleepingChat(row: ConversationRow): Promise<KeptChat> {
    const draft = await this.sessions.draft(row.id);
    const asleep = asleepFacts(row, await this.sessions.title(row.id));
    return { row, written: undefined, memory: { ...chatMemory(row, draft), conversation: undefined, asleep } };
  }

  search(text: string, limit?: number): Promise<readonly Finding[]> {
    return search(this.database.rows, text, limit);
  }

  /** Forgets closed sessions that were not used for so many days; gives how many. Others have their turn meanwhile. */
  async cleanUp(days: number, now: number): Promise<number> {
    let count = 0;
    for (let some = -1; some !== 0; count += some) {
      if (some > 0) await nextTurn();
      some = await this.sessions.forget(now - days * DAY);
    }
    return count;
  }

  dispose(): void {
    this.database.dispose();
  }
}
