import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { sql } from '../../lib/store/kysely.ts';
import { openStore, sessionFacts } from '../support/store-place.ts';

/** Conversations of one kind. */
export interface Filling {
  readonly count: number;
  readonly isOpen: boolean;
  readonly messages: number;
  /** Characters of each message, about. */
  readonly length: number;
}

/** The character in the last message of an open conversation, on its first line: `index` counts from 0. */
export const markOf = (index: number): string => String.fromCharCode(MARKS + index);

const MARKS = 0x0400;

/** A database with conversations that a server brings back or that are closed, written in bulk. */
export async function fillDatabase(file: string, fillings: readonly Filling[]): Promise<void> {
  for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const { store } = await openStore(file);
  const { rows } = store.database;
  const names = Object.keys(sessionFacts('x'));
  let first = 0;
  let message = 0;
  for (const { count, isOpen, messages, length } of fillings) {
    const facts = sessionFacts('x', { is_open: isOpen ? 1 : 0, last_active: Date.now(), preview: 'the end of it' });
    const values = Object.entries(facts).map(([name, value]) => {
      if (name === 'folder' || name === 'session_name') return sql`'chat-' || value`;
      return name === 'session_index' ? sql`value` : sql`${value}`;
    });
    await sql`insert into conversations (${sql.raw(names.join(', '))}, next_message, input_tokens, cached_tokens, output_tokens, head)
      select ${sql.join(values)}, ${whole(messages + 1)}, 0, 0, 0, ${whole(message)} + (value - ${whole(first)}) * ${whole(messages)} from (
        with recursive n (value) as (select ${whole(first)} + 1 union all select value + 1 from n where value < ${whole(first + count)})
        select value from n
      )`.execute(rows);
    const words = 'some common words, and others, of which a message is made; ';
    const text = words.repeat(Math.ceil(length / words.length)).slice(0, length);
    await sql`insert into messages (conversation_id, number, parent, kind, time, text)
      select ${whole(first)} + 1 + value / ${whole(messages)}, value % ${whole(messages)} + 1,
        case when value % ${whole(messages)} = 0 then null else ${whole(message)} + value end, 'user', value,
        case when value % ${whole(messages)} = ${whole(messages - 1)} then char(${whole(MARKS)} + value / ${whole(messages)}) || char(10) else '' end
          || 'rare' || (value % 997) || ' ' || ${text} || char(10) || 'the end of it'
      from (
        with recursive n (value) as (select 0 union all select value + 1 from n where value < ${whole(count * messages - 1)})
        select value from n
      )`.execute(rows);
    first += count;
    message += count * messages;
  }
  store.dispose();
}

/** A number as it stands in SQL: a bound one would be a real. */
const whole = (value: number) => sql.raw(String(value));
