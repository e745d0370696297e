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

/**
 * Takes over what can be read of a damaged database, the newest rows first, each table up to where its reading fails.
 * Gives the number of conversations. Never throws.
 */
export function salvage(from: string, to: Sqlite.Database): number {
  let source: Sqlite.Database | undefined;
  let conversations = 0;
  try {
    source = new Sqlite(from, { timeout: 0 });
    for (const table of COPIED) {
      const count = copyTable(source, to, table);
      if (table === 'conversations') conversations = count;
    }
  } catch {
    // nothing more of it can be read
  }
  try {
    source?.close();
  } catch {
    // it was hardly open
  }
  return conversations;
}

function copyTable(source: Sqlite.Database, to: Sqlite.Database, table: (typeof COPIED)[number]): number {
  let copied = 0;
  try {
    const columns = columnsOf(to, table).filter((name) => columnsOf(source, table).includes(name));
    const [key = 'rowid'] = columns;
    const names = columns.join(', ');
    const rows = source.prepare(`select ${names} from ${table} order by ${key} desc limit ${MAXIMUM_ROWS}`).raw();
    const insert = to.prepare(
      `insert or ignore into ${table} (${names}) values (${columns.map(() => '?').join(', ')})`,
    );
    to.exec('begin');
    try {
      for (const row of rows.iterate()) copied += insert.run(row).changes;
    } catch {
      // what came before stays
    }
    to.exec('commit');
  } catch {
    // the table cannot be read at all
  }
  return copied;
}

const columnsOf = (database: Sqlite.Database, table: string): readonly string[] =>
  database
    .prepare<[string], { name: string }>('select name from pragma_table_info(?)')
    .all(table)
    .map(({ name }) => name);
