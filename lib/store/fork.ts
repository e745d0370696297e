import type { Kysely, Transaction } from 'kysely';
import { sql } from './kysely.ts';
import type { Tables } from './schema.ts';

/** The row of the message with that number (`Message.id`) on the branch that leads to `head`. */
export async function messageRowOn(rows: Kysely<Tables>, head: number, number: number): Promise<number | undefined> {
  const { rows: found } = await sql<{ id: number }>`
    with recursive branch (id, parent, number) as (
      select id, parent, number from messages where id = ${head}
      union
      select messages.id, messages.parent, messages.number
      from messages join branch on messages.id = branch.parent where branch.number <> ${number}
    )
    select id from branch where number = ${number}`.execute(rows);
  return found[0]?.id;
}

/**
 * Gives the messages of a session that is to be forgotten to the sessions that share them: what was forked stays whole
 * when that which it was forked from goes.
 */
export async function handOver(transaction: Transaction<Tables>, id: number): Promise<void> {
  const { rows: others } = await sql<{ id: number; head: number }>`
    select child.conversation_id id, own.id head
    from messages own join messages child on child.parent = own.id
    where own.conversation_id = ${id} and child.conversation_id <> ${id}
    union
    select other.id, own.id from conversations other join messages own on own.id = other.head
    where own.conversation_id = ${id} and other.id <> ${id}
    order by 2 desc`.execute(transaction);
  for (const other of others)
    await sql`
      with recursive branch (id, parent) as (
        select id, parent from messages where id = ${other.head} and conversation_id = ${id}
        union
        select messages.id, messages.parent
        from messages join branch on messages.id = branch.parent where conversation_id = ${id}
      )
      update messages set conversation_id = ${other.id} where id in (select id from branch)`.execute(transaction);
}
