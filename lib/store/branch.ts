import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Message, ToolCall, Usage } from '../conversation/message.ts';
import { sql } from './kysely.ts';
import { callOf, messageOf } from './message-row.ts';
import type { MessageRow, Tables } from './schema.ts';

/** Messages of one branch at most: a tree that was damaged into a ring comes to an end too. */
const MAXIMUM_MESSAGES = 100_000;

/** Messages that are read in one piece: the database holds nobody up, and others have their turn between two. */
const PIECE = 200;

/**
 * The messages that lead to a row, oldest first, and their rows; `limit` of them at most, the newest. They are read from the
 * newest to the oldest, a piece a turn: what is added to the branch meanwhile is not among them.
 */
export async function readBranch(
  rows: Kysely<Tables>,
  head: number | null,
  limit = MAXIMUM_MESSAGES,
): Promise<{ readonly messages: readonly Message[]; readonly rows: readonly number[] }> {
  const pieces: (readonly MessageRow[])[] = [];
  const read: (readonly Message[])[] = [];
  let next = head;
  for (let left = limit; next !== null && left > 0; left -= PIECE) {
    if (pieces.length > 0) await nextTurn();
    const found = await readPiece(rows, next, Math.min(left, PIECE));
    pieces.unshift(found);
    read.unshift(await withAll(rows, found));
    next = found[0]?.parent ?? null;
  }
  return { messages: read.flat(), rows: pieces.flat().map(({ id }) => id) };
}

async function readPiece(rows: Kysely<Tables>, head: number, limit: number): Promise<readonly MessageRow[]> {
  const { rows: found } = await sql<MessageRow>`
    with recursive branch (id, parent, depth) as (
      select id, parent, 1 from messages where id = ${head}
      union all
      select messages.id, messages.parent, depth + 1 from messages join branch on messages.id = branch.parent
      where depth < ${limit}
    )
    select messages.* from branch join messages using (id) order by depth desc`.execute(rows);
  return found;
}

/** Rows as messages, with their calls and what they cost. */
async function withAll(rows: Kysely<Tables>, found: readonly MessageRow[]): Promise<readonly Message[]> {
  const replies = found.flatMap(({ id, kind }) => (kind === 'assistant' ? [id] : []));
  const calls = await readCalls(rows, replies);
  const usage = await readUsage(rows, replies);
  const messages: Message[] = [];
  for (const row of found) {
    // A reply that has not ended has no text of its own yet.
    const whole = row.kind === 'assistant' && row.text === '' ? await withPieces(rows, row) : row;
    messages.push(messageOf(whole, calls.get(row.id) ?? [], usage.get(row.id)));
  }
  return messages;
}

/** How many ids go into one question. */
const AT_ONCE = 500;

function* parts(ids: readonly number[]): Generator<readonly number[]> {
  for (let start = 0; start < ids.length; start += AT_ONCE) yield ids.slice(start, start + AT_ONCE);
}

async function readCalls(rows: Kysely<Tables>, replies: readonly number[]): Promise<ReadonlyMap<number, ToolCall[]>> {
  const found = new Map<number, ToolCall[]>();
  for (const ids of parts(replies)) {
    const calls = await rows
      .selectFrom('tool_calls')
      .selectAll()
      .where('message_id', 'in', ids)
      .orderBy('message_id')
      .orderBy('position')
      .execute();
    for (const row of calls) {
      const list = found.get(row.message_id);
      if (list === undefined) found.set(row.message_id, [callOf(row)]);
      else list.push(callOf(row));
    }
  }
  return found;
}

async function readUsage(rows: Kysely<Tables>, replies: readonly number[]): Promise<ReadonlyMap<number, Usage>> {
  const found = new Map<number, Usage>();
  for (const ids of parts(replies)) {
    const counts = await rows.selectFrom('usage').selectAll().where('message_id', 'in', ids).execute();
    for (const { message_id, input, cached, output } of counts) found.set(message_id, { input, cached, output });
  }
  return found;
}

/** A reply that was cut, as far as it came. */
async function withPieces(rows: Kysely<Tables>, row: MessageRow): Promise<MessageRow> {
  const pieces = await rows
    .selectFrom('reply_pieces')
    .select(['field', 'text'])
    .where('message_id', '=', row.id)
    .orderBy('position')
    .execute();
  const join = (field: string) => pieces.flatMap((piece) => (piece.field === field ? [piece.text] : [])).join('');
  return { ...row, text: join('text'), reasoning: (row.reasoning ?? '') + join('reasoning') };
}
