import { copyFileSync, existsSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { type Conversation, EMPTY_CONVERSATION } from '../../lib/conversation/conversation.ts';
import type { ChatMemory } from '../../lib/session/chat.ts';
import { temporaryFolder } from './folder.ts';
import { openStore, storeFile } from './store-place.ts';

export interface KeptCopy {
  readonly conversation: Conversation;
  readonly memory: ChatMemory;
}

/** What a database holds whose server is dead: read from a copy, so that nobody mends it before the next server does. */
export async function readKept(
  file: string,
): Promise<{ readonly check: unknown; readonly chats: ReadonlyMap<string, KeptCopy> }> {
  const copy = storeFile(temporaryFolder());
  await openStore(copy).then(({ store }) => store.dispose());
  for (const end of ['', '-wal']) if (existsSync(file + end)) copyFileSync(file + end, copy + end);
  const sqlite = new Sqlite(copy);
  const check = sqlite.pragma('integrity_check', { simple: true });
  sqlite.close();
  const { store, told } = await openStore(copy);
  if (told.length > 0) throw new Error(told.join(' '));
  const chats = new Map<string, KeptCopy>();
  for (const row of await store.sessions.open()) {
    const { memory, written } = await store.chat(row);
    chats.set(row.session_name, { memory, conversation: written?.conversation ?? EMPTY_CONVERSATION });
  }
  store.dispose();
  return { check, chats };
}

/** The database of a server whose state is below `state`. */
export const databaseOf = (state: string): string => path.join(state, 'qmux', 'qmux.db');
