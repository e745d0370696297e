import type { Kysely } from 'kysely';
import { sql } from './kysely.ts';
import type { Tables } from './schema.ts';

/** `qmux` as a number: by it a file is told from the databases of others. */
export const APPLICATION_ID = 0x716d7578;

/** One step forward: SQL statements, run in one transaction with the new version. */
type Migration = readonly string[];

const FIRST: Migration = [
  `create table conversations (
    id integer primary key autoincrement,
    kind text not null,
    session_name text not null,
    session_type text,
    session_status text not null,
    session_index integer not null,
    is_open integer not null,
    waiting_reason text,
    seen integer not null,
    unread integer not null,
    is_paused integer not null,
    turn_rest text not null,
    folder text not null unique,
    working_directory text not null,
    model text,
    trusted_tools text not null,
    preview text not null,
    program text,
    head integer,
    reply integer,
    next_message integer not null,
    input_tokens integer not null,
    cached_tokens integer not null,
    output_tokens integer not null,
    context_tokens integer,
    created_at integer not null,
    last_active integer not null
  )`,
  'create index conversations_by_status on conversations (session_status)',
  'create index conversations_by_rest on conversations (is_open, last_active)',
  `create table messages (
    id integer primary key autoincrement,
    conversation_id integer not null,
    number integer not null,
    parent integer,
    kind text not null,
    time integer not null,
    text text not null,
    parts text,
    level text,
    reasoning text,
    model text,
    state text,
    finish text,
    kept_from integer
  )`,
  'create index messages_by_conversation on messages (conversation_id)',
  'create index messages_by_parent on messages (parent)',
  `create table reply_pieces (
    message_id integer not null,
    field text not null,
    position integer not null,
    text text not null,
    primary key (message_id, field, position)
  ) without rowid`,
  `create table tool_calls (
    message_id integer not null,
    position integer not null,
    call_id text not null,
    name text not null,
    arguments text not null,
    title text not null,
    diff text not null,
    state text not null,
    result text,
    primary key (message_id, position)
  )`,
  `create table usage (
    message_id integer primary key,
    input integer not null,
    cached integer not null,
    output integer not null
  )`,
  `create table drafts (
    conversation_id integer primary key,
    parts text not null,
    waiting text not null
  )`,
  `create table screens (
    conversation_id integer primary key,
    time integer not null,
    text text not null,
    snapshot blob not null
  )`,
  `create table events (
    id integer primary key autoincrement,
    conversation_id integer not null,
    time integer not null,
    kind text not null,
    detail text not null
  )`,
  'create index events_by_conversation on events (conversation_id)',
  ...fullText('message_search', 'messages', 'id'),
  ...fullText('screen_search', 'screens', 'conversation_id'),
];

/** What programs come back with, and what clients showed. The words of screens are indexed without beginnings: in a third of the time. */
const PROGRAMS: Migration = [
  `alter table conversations add column options text not null default '{}'`,
  `alter table conversations add column other_names text not null default '[]'`,
  'drop table screen_search',
  'drop table screens',
  `create table screens (
    conversation_id integer primary key,
    time integer not null,
    text text not null,
    snapshot blob not null,
    alternate blob
  )`,
  ...fullText('screen_search', 'screens', 'conversation_id', ''),
  `create table layouts (
    client text primary key,
    time integer not null,
    state text not null
  )`,
];

/** What people chose for a chat is told from what it became by itself; and what is being forgotten, a little at a time. */
const CHOICES: Migration = [
  'alter table conversations add column wanted_model text',
  'alter table conversations add column is_name_given integer not null default 0',
  'alter table conversations add column is_type_given integer not null default 0',
  // It is not known any more who gave a name, unless it is one that nobody gives.
  `update conversations set is_type_given = 1, is_name_given = not (
    session_name glob 'development-[0-9]*' or session_name glob 'debug-[0-9]*'
    or session_name glob 'planning-[0-9]*' or session_name glob 'code-review-[0-9]*'
  )`,
  'create index conversations_by_head on conversations (head)',
  'create table forgotten (conversation_id integer primary key)',
];

/** All steps, oldest first: a file's `user_version` counts those that it has. Only ever added to. */
export const MIGRATIONS: readonly Migration[] = [FIRST, PROGRAMS, CHOICES];

/** An index of the words of `table.text` that triggers keep true, without a copy of the text; `prefix` lists lengths of beginnings that it has too. */
function fullText(index: string, table: string, key: string, prefix = '2 3'): Migration {
  const forget = `insert into ${index} (${index}, rowid, text) values ('delete', old.${key}, old.text);`;
  const learn = `insert into ${index} (rowid, text) values (new.${key}, new.text);`;
  return [
    `create virtual table ${index} using fts5(
      text, content='${table}', content_rowid='${key}'${prefix && `, prefix='${prefix}'`}, tokenize='unicode61 remove_diacritics 2'
    )`,
    `create trigger ${index}_insert after insert on ${table} begin ${learn} end`,
    `create trigger ${index}_update after update of text on ${table} begin ${forget} ${learn} end`,
    `create trigger ${index}_delete after delete on ${table} begin ${forget} end`,
  ];
}

/** Brings a database from `version` to the newest one; all or nothing. */
export async function migrate(
  database: Kysely<Tables>,
  version: number,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    for (const statement of migrations.slice(version).flat()) await sql.raw(statement).execute(transaction);
    await sql.raw(`pragma application_id = ${APPLICATION_ID}`).execute(transaction);
    await sql.raw(`pragma user_version = ${migrations.length}`).execute(transaction);
  });
}
