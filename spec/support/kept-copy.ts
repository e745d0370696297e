import { copyFileSync, existsSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import type { KeptChat } from '../../lib/store/chat-rows.ts';
import { temporaryFolder } from './folder.ts';
import { openStore, storeFile } from './store-place.ts';

/** What a database holds whose server is dead: read from a copy, so that nobody mends it before the next server does. */
export async function readKept(
  file: string,
): Promise<{ readonly check: unknown; readonly chats: ReadonlyMap<string, KeptChat> }> {
  const copy = storeFile(temporaryFolder());
  await openStore(copy).then(({ store }) => store.dispose());
  for (const end of ['', '-wal']) if (existsSync(file + end)) copyFileSync(file + end, copy + end);
  const sqlite = new Sqlite(copy);
  const check = sqlite.pragma('integrity_check', { simple: true });
  sqlite.close();
  const { store, told } = await openStore(copy);
  if (told.length > 0) throw new Error(told.join(' '));
  const chats = new Map<string, KeptChat>();
  for (const row of await store.sessions.open()) chats.set(row.session_name, await store.chat(row));
  store.dispose();
  return { check, chats };
}

/** The database of a server whose state is below `state`. */
export const databaseOf = (state: string): string => path.join(state, 'qmux', 'qmux.db');
