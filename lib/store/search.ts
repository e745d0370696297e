import type { Kysely } from 'kysely';
import { sql } from './kysely.ts';
import type { Tables } from './schema.ts';

/** A place where the words of a search are. */
export interface Finding {
  /** The row of its session. */
  readonly conversation: number;
  readonly sessionKind: 'chat' | 'program';
  readonly sessionName: string;
  /** Of its row, by which an open session is told. */
  readonly folder: string;
  readonly isOpen: boolean;
  /** `Message.id`; undefined for a program's screen. */
  readonly message: number | undefined;
  readonly kind: 'user' | 'assistant' | 'note' | 'summary' | 'screen';
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** Some words around, on one line; what was found is between `MARK_START` and `MARK_END`. Not sanitized. */
  readonly excerpt: string;
  /** Some lines around, marked as the excerpt is. Not sanitized. */
  readonly around: string;
}

export const MARK_START = '\u0002';
export const MARK_END = '\u0003';

const MAXIMUM_WORDS = 16;
const MAXIMUM_WORD = 64;

/** Words as a query of FTS5: all must be there, the last one may be a beginning. Undefined where there is none. */
export function searchQuery(text: string): string | undefined {
  const words = text
    .replaceAll('\0', ' ')
    .split(/\s+/)
    .map((word) => word.slice(0, MAXIMUM_WORD))
    // Of signs alone nothing is indexed.
    .filter((word) => /[\p{L}\p{N}\p{Co}]/u.test(word))
    .slice(0, MAXIMUM_WORDS)
    .map((word) => `"${word.replaceAll('"', '""')}"`);
  return words.length === 0 ? undefined : `${words.join(' ')}*`;
}

/** What of all conversations and kept screens has the words, the newest first. */
export async function search(rows: Kysely<Tables>, text: string, limit = 50): Promise<readonly Finding[]> {
  const query = searchQuery(text);
  if (query === undefined) return [];
  const messages = await sql<Row>`
    select c.id conversation, c.kind session_kind, c.session_name, c.folder, c.is_open, m.number, m.kind, m.time, found.excerpt, found.around
    from (
      select rowid, snippet(message_search, 0, ${MARK_START}, ${MARK_END}, '…', 12) excerpt,
        snippet(message_search, 0, ${MARK_START}, ${MARK_END}, '…', 64) around
      from message_search where message_search match ${query} order by rowid desc limit ${limit}
    ) found
    join messages m on m.id = found.rowid join conversations c on c.id = m.conversation_id`.execute(rows);
  const screens = await sql<Row>`
    select c.id conversation, c.kind session_kind, c.session_name, c.folder, c.is_open, null number, 'screen' kind, s.time, found.excerpt, found.around
    from (
      select rowid, snippet(screen_search, 0, ${MARK_START}, ${MARK_END}, '…', 12) excerpt,
        snippet(screen_search, 0, ${MARK_START}, ${MARK_END}, '…', 64) around
      from screen_search where screen_search match ${query} order by rowid desc limit ${limit}
    ) found
    join screens s on s.conversation_id = found.rowid join conversations c on c.id = s.conversation_id`.execute(rows);
  return [...messages.rows, ...screens.rows]
    .sort((a, b) => b.time - a.time)
    .slice(0, limit)
    .map((row) => ({
      conversation: row.conversation,
      sessionKind: row.session_kind,
      sessionName: row.session_name,
      folder: row.folder,
      isOpen: row.is_open === 1,
      message: row.number ?? undefined,
      kind: row.kind,
      time: row.time,
      excerpt: row.excerpt.replaceAll(/\s+/g, ' ').trim(),
      around: row.around,
    }));
}

interface Row {
  readonly conversation: number;
  readonly session_kind: Finding['sessionKind'];
  readonly session_name: string;
  readonly folder: string;
  readonly is_open: number;
  readonly number: number | null;
  readonly kind: Finding['kind'];
  readonly time: number;
  readonly excerpt: string;
  readonly around: string;
}
