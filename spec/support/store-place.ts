import path from 'node:path';
import type { Conversation } from '../../lib/conversation/conversation.ts';
import { applyEvent, type ConversationEvent, EMPTY_CONVERSATION } from '../../lib/conversation/conversation.ts';
import { openDatabase } from '../../lib/store/database.ts';
import { OpenStore } from '../../lib/store/open-store.ts';
import type { SessionFacts } from '../../lib/store/session-store.ts';
import { NOTHING_WRITTEN, type Written } from '../../lib/store/written.ts';

/** Opens a store that must open; gives it with what a person is told. */
export async function openStore(file: string): Promise<{ store: OpenStore; told: readonly string[] }> {
  const opening = await openDatabase(file);
  if (opening.kind === 'closed') throw new Error(opening.problem.text);
  return { store: new OpenStore(opening.database), told: opening.told };
}

export const storeFile = (folder: string): string => path.join(folder, 'state', 'qmux.db');

export const sessionFacts = (name: string, changes: Partial<SessionFacts> = {}): SessionFacts => ({
  kind: 'chat',
  session_name: name,
  session_type: 'development',
  session_status: 'waiting-for-input',
  session_index: 0,
  is_open: 1,
  waiting_reason: null,
  seen: 1,
  unread: 0,
  is_paused: 0,
  turn_rest: 'none',
  folder: `folder-of-${name}`,
  working_directory: '/work',
  model: null,
  trusted_tools: '[]',
  preview: '',
  program: null,
  created_at: 1000,
  last_active: 2000,
  ...changes,
});

/** One conversation in a store, written after each event that it is told. */
export class KeptConversation {
  readonly id: number;
  readonly #store: OpenStore;
  value: Conversation;
  #written: Written;

  static async create(store: OpenStore, facts: SessionFacts): Promise<KeptConversation> {
    const id = await store.database.rows.transaction().execute((transaction) => store.sessions.add(transaction, facts));
    return new KeptConversation(store, id, NOTHING_WRITTEN);
  }

  constructor(store: OpenStore, id: number, written: Written) {
    this.#store = store;
    this.id = id;
    this.#written = written;
    this.value = written.conversation === NOTHING_WRITTEN.conversation ? EMPTY_CONVERSATION : written.conversation;
  }

  /** Folds events in without writing. */
  fold(...events: readonly ConversationEvent[]): void {
    this.value = events.reduce(applyEvent, this.value);
  }

  async write(): Promise<void> {
    const { rows } = this.#store.database;
    this.#written = await rows
      .transaction()
      .execute((transaction) => this.#store.conversations.write(transaction, this.id, this.#written, this.value));
  }

  async tell(...events: readonly ConversationEvent[]): Promise<void> {
    for (const event of events) {
      this.fold(event);
      await this.write();
    }
  }

  said(text: string): Promise<void> {
    return this.tell({ type: 'said', parts: [{ text, label: undefined }], time: 5 });
  }
}
