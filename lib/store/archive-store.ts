import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { conversationPreview } from '../conversation/chat-text.ts';
import { type Conversation, EMPTY_CONVERSATION } from '../conversation/conversation.ts';
import { readBranch } from './branch.ts';
import type { ConversationStore } from './conversation-store.ts';
import { handOver, messageRowOn } from './fork.ts';
import { sql } from './kysely.ts';
import type { ConversationRow, Tables } from './schema.ts';
import type { SessionFacts, SessionStore } from './session-store.ts';
import { NOTHING_WRITTEN } from './written.ts';

/** A closed session as its rows tell it. */
export interface ClosedRow {
  readonly id: number;
  readonly kind: 'chat' | 'program';
  readonly session_name: string;
  readonly session_type: string | null;
  readonly last_active: number;
  readonly preview: string;
  /** How many were said in it, the ones not counted that it shares with what it was forked from. */
  readonly messages: number;
}

/** What a new conversation is called and where it works; the rest is as of a chat in which nobody did anything yet. */
export type NewConversation = Pick<
  SessionFacts,
  'session_name' | 'session_type' | 'folder' | 'working_directory' | 'model' | 'created_at' | 'last_active'
>;

/** Messages that are written at once; others have their turn before the next ones. */
const AT_ONCE = 200;

/** Conversations that were closed, and those that are made of others. */
export class ArchiveStore {
  readonly #rows: Kysely<Tables>;
  readonly #sessions: SessionStore;
  readonly #conversations: ConversationStore;

  constructor(rows: Kysely<Tables>, sessions: SessionStore, conversations: ConversationStore) {
    this.#rows = rows;
    this.#sessions = sessions;
    this.#conversations = conversations;
  }

  /** Closed sessions, the one used last first; with a name those alone that had it. */
  async closed(limit: number, name?: string): Promise<readonly ClosedRow[]> {
    const named = name === undefined ? sql`` : sql`and session_name = ${name}`;
    const { rows: found } = await sql<ClosedRow>`
      select id, kind, session_name, session_type, last_active, preview,
        (select count(*) from messages where conversation_id = conversations.id) messages
      from conversations where is_open = 0 ${named} order by last_active desc, id desc limit ${limit}`.execute(
      this.#rows,
    );
    return found;
  }

  /** A conversation as it was written last; nothing is changed by reading, and a reply that streams is left out. */
  async conversation(row: ConversationRow): Promise<Conversation> {
    const { messages } = await readBranch(this.#rows, row.head);
    return {
      messages,
      reply: undefined,
      nextId: messages.reduce((next, { id }) => Math.max(next, id + 1), row.next_message),
      total: { input: row.input_tokens, cached: row.cached_tokens, output: row.output_tokens },
      contextTokens: row.context_tokens ?? undefined,
    };
  }

  /**
   * Makes a closed conversation that shares all messages of `source` up to the one with that number (`Message.id`), or
   * all; undefined when there is no such message on its branch.
   */
  async fork(
    source: ConversationRow,
    number: number | undefined,
    wanted: NewConversation,
  ): Promise<number | undefined> {
    if (source.head === null) return undefined;
    const head = number === undefined ? source.head : await messageRowOn(this.#rows, source.head, number);
    if (head === undefined) return undefined;
    const { messages } = await readBranch(this.#rows, head, 20);
    const preview = conversationPreview({ ...EMPTY_CONVERSATION, messages });
    return await this.#rows.transaction().execute(async (transaction) => {
      const id = await this.#sessions.add(transaction, newFacts(wanted, preview));
      const changes = { head, next_message: source.next_message };
      await transaction.updateTable('conversations').set(changes).where('id', '=', id).execute();
      return id;
    });
  }

  /** Keeps a conversation from elsewhere as a closed one, or nothing of it. */
  async add(conversation: Conversation, wanted: NewConversation): Promise<number> {
    const { messages } = conversation;
    const facts = newFacts(wanted, conversationPreview(conversation));
    const id = await this.#rows.transaction().execute((transaction) => this.#sessions.add(transaction, facts));
    try {
      let written = NOTHING_WRITTEN;
      for (let end = 0; written.conversation !== conversation; await nextTurn()) {
        end += AT_ONCE;
        const next = end < messages.length ? { ...conversation, messages: messages.slice(0, end) } : conversation;
        const before = written;
        written = await this.#rows
          .transaction()
          .execute((transaction) => this.#conversations.write(transaction, id, before, next));
      }
      return id;
    } catch (error) {
      await this.#sessions.remove([id]).catch(() => {
        // It is the first error that says what is wrong.
      });
      throw error;
    }
  }

  /** Forgets a closed session with all that it said; what others share with it stays theirs. False when it is open or unknown. */
  async forget(id: number): Promise<boolean> {
    const row = await this.#sessions.byId(id);
    if (row === undefined || row.is_open === 1) return false;
    await this.#rows.transaction().execute((transaction) => handOver(transaction, id));
    await this.#sessions.remove([id]);
    return true;
  }
}

const newFacts = (wanted: NewConversation, preview: string): SessionFacts => ({
  kind: 'chat',
  session_status: 'completed',
  session_index: 0,
  is_open: 0,
  waiting_reason: null,
  seen: 1,
  unread: 0,
  is_paused: 0,
  turn_rest: 'none',
  trusted_tools: '[]',
  program: null,
  preview,
  ...wanted,
});
