import Sqlite from 'better-sqlite3';

/** In which order tables are copied; triggers index the words of messages anew meanwhile. */
const COPIED = [
  'conversations',
  'messages',
  'reply_pieces',
  'tool_calls',
  'usage',
  'drafts',
  'screens',
  'layouts',
] as const;
/** Rows taken over of each table at most: a damaged file must not hold up the start for long. */
const MAXIMUM_ROWS = 20_000;

/** What a table lost is made good as far as others tell of it. */
const REPAIRS = [
  // Messages of a conversation that is lost are found again under a name of their own.
  `insert into conversations (
    kind, session_name, session_type, session_status, session_index, is_open, seen, unread, is_paused, turn_rest, folder,
    working_directory, trusted_tools, preview, next_message, input_tokens, cached_tokens, output_tokens, created_at,
    last_active, id
  ) select 'chat', 'saved-' || conversation_id, 'development', 'completed', 0, 0, 1, 0, 0, 'none',
    'saved-' || conversation_id || '-' || hex(randomblob(4)), '/', '[]', '', max(number) + 1, 0, 0, 0, min(time),
    max(time), conversation_id
  from messages where conversation_id not in (select id from conversations) group by conversation_id`,
  // A branch goes on behind a message that is lost.
  `update messages set parent = (
    select max(id) from messages other where other.conversation_id = messages.conversation_id and other.id < messages.id
  ) where parent not in (select id from messages)`,
  `update conversations set head = (
    select max(id) from messages where conversation_id = conversations.id and id is not reply
  ) where head is null and reply is null and kind = 'chat' or head not in (select id from messages)`,
  'update conversations set reply = null where reply not in (select id from messages)',
];

/**
 * Takes over what can be read of a damaged database, the newest rows first; where their reading fails, the oldest ones
 * too, up to the other side of the damage. Gives the number of conversations. Never throws.
 */
export function salvage(from: string, to: Sqlite.Database): number {
  let source: Sqlite.Database | undefined;
  try {
    // It stays as it is, its log beside it.
    source = new Sqlite(from, { timeout: 0, readonly: true });
    for (const table of COPIED) copyTable(source, to, table);
  } catch {
    // nothing more of it can be read
  }
  try {
    source?.close();
  } catch {
    // it was hardly open
  }
  for (const repair of REPAIRS) {
    try {
      to.exec(repair);
    } catch {
      // what was taken over stays as it is
    }
  }
  return Number(to.prepare('select count(*) from conversations').pluck().get());
}

function copyTable(source: Sqlite.Database, to: Sqlite.Database, table: (typeof COPIED)[number]): void {
  try {
    const columns = columnsOf(to, table).filter((name) => columnsOf(source, table).includes(name));
    const [key = 'rowid'] = columns;
    const names = columns.join(', ');
    const insert = to.prepare(
      `insert or ignore into ${table} (${names}) values (${columns.map(() => '?').join(', ')})`,
    );
    to.exec('begin');
    for (const direction of ['desc', 'asc']) {
      const rows = source.prepare(`select ${names} from ${table} order by ${key} ${direction} limit ${MAXIMUM_ROWS}`);
      if (copyRows(rows.raw(), insert)) break;
    }
    to.exec('commit');
  } catch {
    // the table cannot be read at all, or there is no room for it
    if (to.inTransaction) to.exec('rollback');
  }
}

/** Whether all were read; a row that fits nowhere is left out. */
function copyRows(rows: Sqlite.Statement, insert: Sqlite.Statement): boolean {
  try {
    for (const row of rows.iterate())
      try {
        insert.run(row);
      } catch {
        // its values were damaged
      }
    return true;
  } catch {
    // what came before stays
    return false;
  }
}

const columnsOf = (database: Sqlite.Database, table: string): readonly string[] =>
  database
    .prepare<[string], { name: string }>('select name from pragma_table_info(?)')
    .all(table)
    .map(({ name }) => name);
