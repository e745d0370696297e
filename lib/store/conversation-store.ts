import type { Kysely, Transaction } from 'kysely';
import type { Conversation } from '../conversation/conversation.ts';
import type { AssistantMessage, Message, ToolCall } from '../conversation/message.ts';
import { hasContent } from '../conversation/reply.ts';
import { readBranch } from './branch.ts';
import { messageRowOn } from './fork.ts';
import { callRow, messageRow, replyColumns, sameCallRow, wellFormed } from './message-row.ts';
import type { Tables } from './schema.ts';
import { NOTHING_WRITTEN, type Written, type WrittenReply } from './written.ts';

/** Messages as rows: written as they come, and read back as a conversation. */
export class ConversationStore {
  readonly #rows: Kysely<Tables>;

  constructor(rows: Kysely<Tables>) {
    this.#rows = rows;
  }

  /**
   * Writes what of `conversation` is new since `written`, at a cost of what is new, within a transaction of the caller's:
   * only when that one is through may the result be taken for what is written.
   */
  async write(
    transaction: Transaction<Tables>,
    id: number,
    written: Written,
    conversation: Conversation,
  ): Promise<Written> {
    if (conversation === written.conversation) return written;
    const writing = new Writing(transaction, id, written);
    await writing.messages(conversation.messages);
    await writing.reply(conversation.reply);
    const { head, current } = writing;
    const next = { conversation, head, reply: current };
    // While a reply streams nothing but its pieces is new.
    if (sameRow(written, next)) return next;
    await transaction
      .updateTable('conversations')
      .set({
        head,
        reply: current?.row ?? null,
        next_message: conversation.nextId,
        input_tokens: conversation.total.input,
        cached_tokens: conversation.total.cached,
        output_tokens: conversation.total.output,
        context_tokens: conversation.contextTokens ?? null,
      })
      .where('id', '=', id)
      .execute();
    return next;
  }

  /** A conversation as it was written last, with no reply that streams: what was cut is marked so. */
  async read(id: number): Promise<Written> {
    const row = await this.#rows.selectFrom('conversations').selectAll().where('id', '=', id).executeTakeFirst();
    if (row === undefined) return NOTHING_WRITTEN;
    const { messages, rows } = await readBranch(this.#rows, row.head);
    const open = row.reply === null ? undefined : (await readBranch(this.#rows, row.reply, 1)).messages[0];
    const read: Conversation = {
      messages,
      reply: undefined,
      nextId: Math.max(row.next_message, 1, ...messages.slice(-50).map((message) => message.id + 1)),
      total: { input: row.input_tokens, cached: row.cached_tokens, output: row.output_tokens },
      contextTokens: row.context_tokens ?? undefined,
    };
    const head = rows.at(-1) ?? null;
    const written: Written = { conversation: read, head, reply: undefined };
    if (row.reply === null) return written;
    const cut = row.reply;
    return await this.#rows.transaction().execute(async (transaction) => {
      if (open?.kind !== 'assistant' || !hasContent(open)) {
        await deleteReply(transaction, cut);
        return await this.write(transaction, id, written, { ...read });
      }
      const nextId = Math.max(read.nextId, open.id + 1);
      const whole = { ...read, messages: [...messages, open], nextId };
      return await this.write(transaction, id, { ...written, reply: writtenReply(cut, open) }, whole);
    });
  }
}

const writtenReply = (row: number, { id, calls }: AssistantMessage): WrittenReply => ({
  row,
  number: id,
  text: 0,
  reasoning: 0,
  pieces: 0,
  // Their states may be others now than their rows say.
  calls: calls.map((call) => ({ ...call, state: { kind: 'waiting' } })),
});

const sameColumns = (a: AssistantMessage, b: AssistantMessage): boolean =>
  a.model === b.model && a.state === b.state && a.finish === b.finish;

/** Whether the same reply streams in both, and nothing else is new in the row of the conversation. */
const sameRow = (a: Written, b: Written): boolean =>
  a.head === b.head &&
  a.reply !== undefined &&
  a.reply.row === b.reply?.row &&
  a.conversation.nextId === b.conversation.nextId &&
  a.conversation.total === b.conversation.total &&
  a.conversation.contextTokens === b.conversation.contextTokens;

async function deleteReply(transaction: Transaction<Tables>, row: number): Promise<void> {
  await transaction.deleteFrom('reply_pieces').where('message_id', '=', row).execute();
  await transaction.deleteFrom('tool_calls').where('message_id', '=', row).execute();
  await transaction.deleteFrom('messages').where('id', '=', row).execute();
}

/** One writing of one conversation. */
class Writing {
  head: number | null;
  current: WrittenReply | undefined;
  readonly #rows: Transaction<Tables>;
  readonly #id: number;
  readonly #written: Written;

  constructor(rows: Transaction<Tables>, id: number, written: Written) {
    this.#rows = rows;
    this.#id = id;
    this.#written = written;
    this.head = written.head;
    this.current = written.reply;
  }

  async messages(messages: readonly Message[]): Promise<void> {
    const before = this.#written.conversation.messages;
    const isContinued = messages[before.length - 1] === before.at(-1);
    const kept = isContinued ? before.length : await this.#goBack(messages, before);
    for (const message of messages.slice(kept)) {
      if (message.kind === 'assistant' && message.id === this.current?.number) {
        await this.#endReply(this.current, message);
      } else {
        const row = await this.#insert(messageRow(message), this.head);
        if (message.kind === 'assistant') await this.#calls(row, [], message);
        this.head = row;
      }
    }
  }

  /**
   * How many messages are the same: what was rewound goes on after the last of them, as a new branch; where nothing is left, a
   * new start was made. The messages that were left stay for search.
   */
  async #goBack(messages: readonly Message[], before: readonly Message[]): Promise<number> {
    const differs = messages.findIndex((message, index) => message !== before[index]);
    const kept = differs < 0 ? messages.length : differs;
    const last = messages[kept - 1];
    const from = this.head;
    this.head = last === undefined || from === null ? null : ((await messageRowOn(this.#rows, from, last.id)) ?? null);
    return this.head === null ? 0 : kept;
  }

  async reply(reply: AssistantMessage | undefined): Promise<void> {
    if (this.current !== undefined && this.current.number !== reply?.id) {
      await deleteReply(this.#rows, this.current.row);
      this.current = undefined;
    }
    if (reply === undefined) return;
    this.current ??= writtenReply(await this.#insert({ ...messageRow(reply), text: '', reasoning: null }, null), {
      ...reply,
      calls: [],
    });
    this.current = await this.#grow(this.current, reply);
  }

  async #insert(row: ReturnType<typeof messageRow>, parent: number | null): Promise<number> {
    const { id } = await this.#rows
      .insertInto('messages')
      .values({ ...row, conversation_id: this.#id, parent })
      .returning('id')
      .executeTakeFirstOrThrow();
    return id;
  }

  /** Adds what came since, and gives what is written now. */
  async #grow(written: WrittenReply, reply: AssistantMessage): Promise<WrittenReply> {
    let { pieces } = written;
    const lengths = { text: written.text, reasoning: written.reasoning };
    for (const field of ['text', 'reasoning'] as const) {
      const text = wholeCharacters(reply[field].since(lengths[field]));
      if (text === '') continue;
      await this.#rows
        .insertInto('reply_pieces')
        .values({ message_id: written.row, field, position: pieces, text: wellFormed(text) })
        .execute();
      pieces += 1;
      lengths[field] += text.length;
    }
    const before = this.#written.conversation.reply;
    if (before?.id !== reply.id || !sameColumns(before, reply))
      await this.#rows.updateTable('messages').set(replyColumns(reply)).where('id', '=', written.row).execute();
    await this.#calls(written.row, written.calls, reply);
    return { ...written, ...lengths, pieces, calls: reply.calls };
  }

  /** The reply is whole: its pieces become its text, and it takes its place in the tree. */
  async #endReply({ row, calls }: WrittenReply, reply: AssistantMessage): Promise<void> {
    const { text, reasoning } = messageRow(reply);
    await this.#rows
      .updateTable('messages')
      .set({ ...replyColumns(reply), text, reasoning, parent: this.head })
      .where('id', '=', row)
      .execute();
    await this.#rows.deleteFrom('reply_pieces').where('message_id', '=', row).execute();
    await this.#calls(row, calls, reply);
    this.head = row;
    this.current = undefined;
  }

  /** Calls that are not as they were, and what the reply cost. */
  async #calls(row: number, before: readonly ToolCall[], { calls, usage }: AssistantMessage): Promise<void> {
    for (const [position, call] of calls.entries()) {
      if (sameCallRow(before[position], call)) continue;
      const values = callRow(call, row, position);
      await this.#rows
        .insertInto('tool_calls')
        .values(values)
        .onConflict((conflict) => conflict.columns(['message_id', 'position']).doUpdateSet(values))
        .execute();
    }
    if (usage === undefined) return;
    const counts = { input: usage.input, cached: usage.cached, output: usage.output };
    await this.#rows
      .insertInto('usage')
      .values({ message_id: row, ...counts })
      .onConflict((conflict) => conflict.column('message_id').doUpdateSet(counts))
      .execute();
  }
}

/** A text without half a character at its end: the other half comes with the next piece. */
function wholeCharacters(text: string): string {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff ? text.slice(0, -1) : text;
}
