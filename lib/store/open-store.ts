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

  /**
   * Forgets closed sessions that were not used for so many days, and gives their folders. It goes on while `goesOn` says
   * so, and others have their turn meanwhile. Rest is counted only up to a day after anything was used: a clock that is
   * far ahead forgets nothing.
   */
  async cleanUp(days: number, now: number, goesOn: () => boolean = () => true): Promise<readonly string[]> {
    const lastUse = (await this.sessions.lastUse()) ?? now;
    const time = Math.min(now, lastUse + DAY) - days * DAY;
    const folders: string[] = [];
    while (goesOn()) {
      const folder = await this.sessions.forget(time);
      if (folder === undefined) break;
      folders.push(folder);
      await nextTurn();
    }
    while (goesOn() && (await this.sessions.removeForgotten())) await nextTurn();
    while (goesOn() && (await this.sessions.removeEvents(time))) await nextTurn();
    return folders;
  }

  dispose(): void {
    this.database.dispose();
  }
}
