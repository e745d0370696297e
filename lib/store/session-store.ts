import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Insertable, Kysely, Transaction } from 'kysely';
import { titleOfText } from '../session/chat-status.ts';
import { sql } from './kysely.ts';
import type { ConversationRow, ConversationTable, Tables } from './schema.ts';

/** What of a session has a column: all but what is of its conversation. */
export type SessionFacts = Omit<
  Insertable<ConversationTable>,
  'id' | 'head' | 'reply' | 'next_message' | 'input_tokens' | 'cached_tokens' | 'output_tokens' | 'context_tokens'
>;

/** What happened to a session. */
export interface KeptEvent {
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly kind: string;
  readonly detail: string;
}

export interface KeptDraft {
  /** JSON: a message's parts. */
  readonly parts: string;
  /** JSON: the parts of each message that was sent and not delivered. */
  readonly waiting: string;
}

/** What a client showed. */
export interface KeptLayout {
  /** Its name. */
  readonly client: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** JSON. */
  readonly state: string;
}

/** What a program showed: its text for search, and bytes that rebuild it. */
export interface KeptScreen {
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly text: string;
  /** Of the normal screen with its scrollback; undefined leaves what is kept. */
  readonly snapshot: Uint8Array | undefined;
  /** Of the alternate screen, while it is shown. */
  readonly alternate: Uint8Array | undefined;
}

/** Of a message, what its title is made of; in characters. */
const TITLE_PART = 1000;
/** Messages that are removed in one go: others have their turn before the next ones. */
const REMOVED_AT_ONCE = 200;

/** Sessions as rows: which were open, and what they were called. */
export class SessionStore {
  readonly #rows: Kysely<Tables>;

  constructor(rows: Kysely<Tables>) {
    this.#rows = rows;
  }

  /** Gives a session its row, or the one that its folder had already. */
  async add(transaction: Transaction<Tables>, facts: SessionFacts): Promise<number> {
    const { id } = await transaction
      .insertInto('conversations')
      .values({ ...facts, next_message: 1, input_tokens: 0, cached_tokens: 0, output_tokens: 0 })
      .onConflict((conflict) => conflict.column('folder').doUpdateSet(facts))
      .returning('id')
      .executeTakeFirstOrThrow();
    return id;
  }

  async update(transaction: Transaction<Tables>, id: number, facts: Partial<SessionFacts>): Promise<void> {
    await transaction.updateTable('conversations').set(facts).where('id', '=', id).execute();
  }

  async setDraft(transaction: Transaction<Tables>, id: number, draft: KeptDraft): Promise<void> {
    await transaction
      .insertInto('drafts')
      .values({ conversation_id: id, ...draft })
      .onConflict((conflict) => conflict.column('conversation_id').doUpdateSet(draft))
      .execute();
  }

  async addEvents(transaction: Transaction<Tables>, id: number, events: readonly KeptEvent[]): Promise<void> {
    if (events.length === 0) return;
    await transaction
      .insertInto('events')
      .values(events.map((event) => ({ conversation_id: id, ...event })))
      .execute();
  }

  /** Sessions that nobody closed, by their index. */
  open(): Promise<readonly ConversationRow[]> {
    return this.#rows
      .selectFrom('conversations')
      .selectAll()
      .where('is_open', '=', 1)
      .orderBy('session_index')
      .orderBy('id')
      .execute();
  }

  byId(id: number): Promise<ConversationRow | undefined> {
    return this.#rows.selectFrom('conversations').selectAll().where('id', '=', id).executeTakeFirst();
  }

  /** All, the ones that were used last first. */
  all(limit: number): Promise<readonly ConversationRow[]> {
    return this.#rows.selectFrom('conversations').selectAll().orderBy('last_active', 'desc').limit(limit).execute();
  }

  /** The beginning of what was said first in a chat, as its title; empty for nothing. */
  async title(id: number): Promise<string> {
    const query = this.#rows.selectFrom('messages').select(sql<string>`substr(text, 1, ${TITLE_PART})`.as('text'));
    const first = query.where('conversation_id', '=', id).where('kind', '=', 'user').orderBy('id').limit(1);
    return titleOfText((await first.executeTakeFirst())?.text ?? '');
  }

  /** The session that has that folder. */
  byFolder(folder: string): Promise<ConversationRow | undefined> {
    return this.#rows.selectFrom('conversations').selectAll().where('folder', '=', folder).executeTakeFirst();
  }

  draft(id: number): Promise<KeptDraft | undefined> {
    return this.#rows
      .selectFrom('drafts')
      .select(['parts', 'waiting'])
      .where('conversation_id', '=', id)
      .executeTakeFirst();
  }

  /** Keeps what a program showed. The words of its text are indexed apart from the rest, so that neither takes long. */
  async setScreen(id: number, { time, text, snapshot, alternate }: KeptScreen): Promise<void> {
    const bytes = {
      time,
      ...(snapshot === undefined ? {} : { snapshot: Buffer.from(snapshot) }),
      alternate: alternate === undefined ? null : Buffer.from(alternate),
    };
    await this.#rows
      .insertInto('screens')
      .values({ conversation_id: id, text: '', snapshot: Buffer.alloc(0), ...bytes })
      .onConflict((conflict) => conflict.column('conversation_id').doUpdateSet(bytes))
      .execute();
    await nextTurn();
    await this.#rows.updateTable('screens').set({ text }).where('conversation_id', '=', id).execute();
  }

  /** What a program showed last. */
  async screen(id: number): Promise<KeptScreen | undefined> {
    const row = await this.#rows
      .selectFrom('screens')
      .select(['time', 'text', 'snapshot', 'alternate'])
      .where('conversation_id', '=', id)
      .executeTakeFirst();
    return row && { ...row, alternate: row.alternate ?? undefined };
  }

  /** Keeps what a client shows, and forgets the oldest such rows beyond `maximum`. */
  async setLayout(row: KeptLayout, maximum: number): Promise<void> {
    await this.#rows
      .insertInto('layouts')
      .values(row)
      .onConflict((conflict) => conflict.column('client').doUpdateSet(row))
      .execute();
    const newest = this.#rows.selectFrom('layouts').select('client').orderBy('time', 'desc').limit(maximum);
    await this.#rows.deleteFrom('layouts').where('client', 'not in', newest).execute();
  }

  /** What clients showed, the newest last. */
  async layouts(maximum: number): Promise<readonly KeptLayout[]> {
    const rows = this.#rows.selectFrom('layouts').selectAll().orderBy('time', 'desc').limit(maximum);
    return (await rows.execute()).reverse();
  }

  /** When a session was used last, of all of them; undefined when there is none. */
  async lastUse(): Promise<number | undefined> {
    const query = this.#rows.selectFrom('conversations').select(({ fn }) => fn.max('last_active').as('time'));
    return (await query.executeTakeFirst())?.time ?? undefined;
  }

  /**
   * Forgets one closed session that was used last before `time`, and gives its folder; undefined when there is none left.
   * What it said is gone for everybody at once; `removeForgotten` gives its room free. One whose messages a fork shares
   * stays for its sake.
   */
  async forget(time: number): Promise<string | undefined> {
    return await this.#rows.transaction().execute(async (transaction) => {
      const { rows: found } = await sql<{ id: number; folder: string }>`
        select id, folder from conversations
        where is_open = 0 and last_active < ${time} and not exists (
          select 1 from messages own join messages other on other.parent = own.id
          where own.conversation_id = conversations.id and other.conversation_id <> conversations.id
        ) and not exists (
          select 1 from messages own join conversations other on other.head = own.id
          where own.conversation_id = conversations.id and other.id <> conversations.id
        ) limit 1`.execute(transaction);
      const [first] = found;
      if (first === undefined) return undefined;
      await transaction.insertInto('forgotten').values({ conversation_id: first.id }).execute();
      await transaction.deleteFrom('conversations').where('id', '=', first.id).execute();
      return first.folder;
    });
  }

  /** Removes some of what forgotten sessions said; false when nothing is left of them. */
  async removeForgotten(): Promise<boolean> {
    const row = await this.#rows.selectFrom('forgotten').select('conversation_id').executeTakeFirst();
    if (row === undefined) return false;
    const id = row.conversation_id;
    await this.#rows.transaction().execute(async (transaction) => {
      const messages = await transaction
        .selectFrom('messages')
        .select('id')
        .where('conversation_id', '=', id)
        .limit(REMOVED_AT_ONCE)
        .execute();
      await removeMessages(
        transaction,
        messages.map((message) => message.id),
      );
      if (messages.length === REMOVED_AT_ONCE) return;
      await removeAll(transaction, [id]);
      await transaction.deleteFrom('forgotten').where('conversation_id', '=', id).execute();
    });
    return true;
  }

  /** Removes some events from before `time`, the oldest first; false when none is left. */
  async removeEvents(time: number): Promise<boolean> {
    const oldest = this.#rows.selectFrom('events').select('id').orderBy('id').limit(REMOVED_AT_ONCE);
    const { numDeletedRows } = await this.#rows
      .deleteFrom('events')
      .where('id', 'in', oldest)
      .where('time', '<', time)
      .executeTakeFirst();
    return numDeletedRows > 0n;
  }

  /** Removes sessions with all that they said; within a transaction of the caller's if there is one. */
  async remove(ids: readonly number[], transaction?: Transaction<Tables>): Promise<void> {
    if (transaction !== undefined) await removeAll(transaction, ids);
    else await this.#rows.transaction().execute((own) => removeAll(own, ids));
  }
}

async function removeMessages(transaction: Transaction<Tables>, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  for (const table of ['reply_pieces', 'tool_calls', 'usage'] as const)
    await transaction.deleteFrom(table).where('message_id', 'in', ids).execute();
  await transaction.deleteFrom('messages').where('id', 'in', ids).execute();
}

async function removeAll(transaction: Transaction<Tables>, ids: readonly number[]): Promise<void> {
  const messages = transaction.selectFrom('messages').select('id').where('conversation_id', 'in', ids);
  for (const table of ['reply_pieces', 'tool_calls', 'usage'] as const)
    await transaction.deleteFrom(table).where('message_id', 'in', messages).execute();
  for (const table of ['messages', 'drafts', 'screens', 'events'] as const)
    await transaction.deleteFrom(table).where('conversation_id', 'in', ids).execute();
  await transaction.deleteFrom('conversations').where('id', 'in', ids).execute();
}
