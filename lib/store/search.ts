import type { Kysely } from 'kysely';
import { lastExcerpt } from './excerpt.ts';
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

const wordsOf = (text: string): readonly string[] =>
  text
    .replaceAll('\0', ' ')
    .split(/\s+/)
    .map((word) => word.slice(0, MAXIMUM_WORD))
    // Of signs alone nothing is indexed.
    .filter((word) => /[\p{L}\p{N}\p{Co}]/u.test(word))
    .slice(0, MAXIMUM_WORDS);

/** Words as a query of FTS5: all must be there, the last one may be a beginning. Undefined where there is none. */
export function searchQuery(text: string): string | undefined {
  const words = wordsOf(text).map((word) => `"${word.replaceAll('"', '""')}"`);
  return words.length === 0 ? undefined : `${words.join(' ')}*`;
}

/** Longer texts are not given to FTS5 for its excerpts: those take it longer than linear time where a word is frequent. */
const LONG = 8000;
/** Units at the end of a long text that are looked at for an excerpt. */
const MAXIMUM_TEXT = 500_000;

/** What of all conversations and kept screens has the words, the newest first. */
export async function search(rows: Kysely<Tables>, text: string, limit = 50): Promise<readonly Finding[]> {
  const query = searchQuery(text);
  if (query === undefined) return [];
  const part = (tokens: number) => sql`case when length(found.text) > ${LONG} then null
    else snippet(message_search, 0, ${MARK_START}, ${MARK_END}, '…', ${sql.lit(tokens)}) end`;
  const long = sql`case when length(found.text) > ${LONG} then substr(found.text, -${sql.lit(MAXIMUM_TEXT)}) end`;
  const messages = await sql<Row>`
    select c.id conversation, c.kind session_kind, c.session_name, c.folder, c.is_open, found.number, found.kind,
      found.time, ${part(12)} excerpt, ${part(64)} around, ${long} long
    from message_search join messages found on found.id = message_search.rowid
      join conversations c on c.id = found.conversation_id
    where message_search match ${query} order by message_search.rowid desc limit ${limit}`.execute(rows);
  const screens = await sql<Row>`
    select c.id conversation, c.kind session_kind, c.session_name, c.folder, c.is_open, null number, 'screen' kind,
      s.time, null excerpt, null around, substr(s.text, -${sql.lit(MAXIMUM_TEXT)}) long
    from screen_search join screens s on s.conversation_id = screen_search.rowid
      join conversations c on c.id = s.conversation_id
    where screen_search match ${query} order by screen_search.rowid desc limit ${limit}`.execute(rows);
  const words = wordsOf(text).map((word) => word.toLowerCase());
  return [...messages.rows, ...screens.rows]
    .sort((a, b) => b.time - a.time)
    .slice(0, limit)
    .map((row) => finding(row, words));
}

function finding(row: Row, words: readonly string[]): Finding {
  const { excerpt, around } =
    row.excerpt === null
      ? lastExcerpt(row.long ?? '', words, { start: MARK_START, end: MARK_END })
      : { excerpt: row.excerpt, around: row.around ?? '' };
  return {
    conversation: row.conversation,
    sessionKind: row.session_kind,
    sessionName: row.session_name,
    folder: row.folder,
    isOpen: row.is_open === 1,
    message: row.number ?? undefined,
    kind: row.kind,
    time: row.time,
    excerpt: excerpt.replaceAll(/\s+/g, ' ').trim(),
    around,
  };
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
  readonly excerpt: string | null;
  readonly around: string | null;
  readonly long: string | null;
}
