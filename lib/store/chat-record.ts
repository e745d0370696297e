import type { Transaction } from 'kysely';
import type { Disposable } from '../base/disposable.ts';
import { UserError } from '../base/user-error.ts';
import { type Conversation, EMPTY_CONVERSATION } from '../conversation/conversation.ts';
import type { UserPart } from '../conversation/message.ts';
import type { Chat, ChatMemory } from '../session/chat.ts';
import type { SessionEvent } from '../session/session.ts';
import { type ChatChoices, changedFacts, chatFacts, type KeptChat, keptDraft } from './chat-rows.ts';
import type { OpenStore } from './open-store.ts';
import type { Tables } from './schema.ts';
import type { KeptEvent, SessionFacts } from './session-store.ts';
import { NOTHING_WRITTEN, type Written } from './written.ts';

/** Events that wait to be written, of one chat at most; the newest are kept. */
const MAXIMUM_EVENTS = 100;

/** How old preview and time of use may be while a reply comes, in milliseconds. */
const FOLLOWING = 1000;

/** What of a chat is in which row. */
interface Rows {
  readonly store: OpenStore;
  readonly id: number;
  readonly facts: SessionFacts;
  readonly draft: readonly UserPart[];
  readonly waiting: string;
}

/** What is new of a chat. */
export interface Change {
  /** Rejects with what the database throws. */
  write(transaction: Transaction<Tables>): Promise<void>;
  /** Only when the transaction is through may it be taken for written. */
  done(): void;
}

/** One chat, and what of it is written. */
export class ChatRecord {
  readonly chat: Chat;
  readonly folder: string;
  readonly #choices: () => ChatChoices;
  #rows: Rows | undefined;
  /** What of its conversation is in the rows; undefined while it sleeps, and before there are any. */
  #written: Written | undefined;
  /** Grows when the conversation is released: what a writing that began before it has written counts no more. */
  #releases = 0;
  /** Whether nothing was said in it when it was released. */
  #isEmpty = false;
  /** What was there when `isSentMore` was asked last. */
  #heard: Conversation;
  #waiting: number;
  /** When preview and time of use were written last. */
  #factsAt = Number.NEGATIVE_INFINITY;
  #events: readonly KeptEvent[] = [];
  #subscription: Disposable | undefined;
  /** What it was when it was closed. */
  #last: { readonly memory: ChatMemory; readonly facts: SessionFacts } | undefined;

  constructor(
    chat: Chat,
    folder: string,
    choices: () => ChatChoices,
    from: { kept: KeptChat; store: OpenStore | undefined } | undefined,
  ) {
    this.chat = chat;
    this.folder = folder;
    this.#choices = choices;
    this.#heard = chat.conversation;
    this.#waiting = from?.kept.memory.waiting.length ?? 0;
    if (from?.store === undefined) return;
    const { row, written, memory } = from.kept;
    this.#written = written;
    this.#isEmpty = row.next_message <= 1 && row.reply === null;
    this.#rows = {
      store: from.store,
      id: row.id,
      facts: factsOf(row),
      draft: [],
      waiting: keptDraft(memory).waiting,
    };
  }

  get isClosed(): boolean {
    return this.#last !== undefined;
  }

  /** Whether its rows are in that store. */
  isOf(store: OpenStore): boolean {
    return this.#rows?.store === store;
  }

  /** All of it is to be written anew. */
  forgetRows(): void {
    this.#rows = undefined;
    this.#written = undefined;
  }

  /** Whether all of the conversation is in that store; if so nothing of it is written until it was read. */
  release(store: OpenStore, conversation: Conversation): boolean {
    if (this.#last !== undefined || !this.isOf(store) || this.#written?.conversation !== conversation) return false;
    this.#written = undefined;
    this.#releases += 1;
    this.#heard = EMPTY_CONVERSATION;
    this.#isEmpty = conversation.nextId === 1;
    return true;
  }

  /** The conversation that was released. Rejects with UserError where it is not in the store, else with what that throws. */
  async read(store: OpenStore): Promise<Conversation> {
    const rows = this.#rows ?? (await this.#findRows(store));
    if (rows?.store !== store || (await store.sessions.byId(rows.id)) === undefined)
      throw new UserError('the database does not have it any more');
    const written = await store.conversations.read(rows.id);
    this.#written = written;
    return written.conversation;
  }

  /** Whether messages were sent, or ended, since this was asked last. */
  isSentMore(): boolean {
    const { conversation } = this.chat;
    const before = this.#heard;
    this.#heard = conversation;
    if (conversation !== before) return conversation.messages.length > before.messages.length;
    // It comes here for no token of a reply: what waits is gathered only when something else changed.
    const waiting = this.#waiting;
    this.#waiting = this.chat.memory.waiting.length;
    return this.#waiting > waiting;
  }

  onEnd(subscription: Disposable): void {
    this.#subscription = subscription;
  }

  heard(event: SessionEvent, time: number): void {
    const { name, status, waitingReason } = this.chat;
    if (event.type === 'status') {
      const detail = waitingReason === undefined ? status : `${status} ${waitingReason}`;
      this.#note({ time: Math.round(time), kind: 'status', detail });
    } else if (event.type === 'renamed') {
      this.#note({ time: Math.round(time), kind: 'renamed', detail: `${event.previous} ${name}` });
    }
  }

  /** A person closed the chat: its last state is what stays. */
  close(): void {
    const { memory } = this.chat;
    this.#last = { memory, facts: chatFacts(this.chat, memory, this.#choices(), this.folder, false) };
    this.stop();
  }

  stop(): void {
    this.#subscription?.dispose();
  }

  /** Whether its rows must be found before it can tell what is new: it sleeps, and the database is another than its own. */
  get isAstray(): boolean {
    return this.#rows === undefined && (this.#last?.memory ?? this.chat.memory).conversation === undefined;
  }

  /** Looks for the rows of a chat that is astray; it has none where the database has none of it. */
  async find(store: OpenStore): Promise<void> {
    await this.#findRows(store);
  }

  /** What is new of it as it is now; undefined for nothing. */
  change(store: OpenStore): Change | undefined {
    const memory = this.#last?.memory ?? this.chat.memory;
    const facts = this.#last?.facts ?? chatFacts(this.chat, memory, this.#choices(), this.folder, true);
    const { conversation } = memory;
    const rows = this.#rows;
    // What sleeps is never written as new: its rows are there, or were lost with their database.
    if (rows === undefined && conversation === undefined) return undefined;
    // Nobody looks for a chat in which nothing was ever said.
    if (this.#last !== undefined && (conversation === undefined ? this.#isEmpty : conversation.nextId === 1)) {
      if (rows === undefined) return undefined;
      return { write: (transaction) => store.sessions.remove([rows.id], transaction), done: () => undefined };
    }
    const waiting = JSON.stringify(memory.waiting);
    const events = this.#events;
    const isDue = rows !== undefined && this.#isDue(rows.facts, facts);
    const changes = isDue ? changedFacts(rows.facts, facts) : undefined;
    const before = this.#written;
    const releases = this.#releases;
    const isSameConversation = conversation === undefined || before?.conversation === conversation;
    const isSameDraft = rows?.draft === memory.draft && rows.waiting === waiting;
    if (isSameConversation && isSameDraft && changes === undefined && events.length === 0) return undefined;
    let written = before;
    let next: Rows | undefined;
    return {
      write: async (transaction) => {
        const { sessions, conversations } = store;
        const id = rows?.id ?? (await sessions.add(transaction, facts));
        if (changes !== undefined) await sessions.update(transaction, id, changes);
        if (conversation !== undefined)
          written = await conversations.write(transaction, id, before ?? NOTHING_WRITTEN, conversation);
        if (!isSameDraft) await sessions.setDraft(transaction, id, keptDraft(memory));
        await sessions.addEvents(transaction, id, events);
        const known = rows !== undefined && changes === undefined ? rows.facts : facts;
        next = { store, id, facts: known, draft: memory.draft, waiting };
      },
      done: () => {
        if (changes !== undefined) this.#factsAt = performance.now();
        this.#rows = next;
        if (conversation !== undefined && releases === this.#releases) this.#written = written;
        this.#events = this.#events.filter((event) => !events.includes(event));
      },
    };
  }

  /** The rows of a chat that sleeps in a database that took the place of its own; undefined where that has none of it. */
  async #findRows(store: OpenStore): Promise<Rows | undefined> {
    const row = await store.sessions.byFolder(this.folder);
    if (row === undefined) return undefined;
    this.#rows = { store, id: row.id, facts: factsOf(row), draft: [], waiting: '' };
    return this.#rows;
  }

  /** While a reply comes, what only follows it is written now and then: each time it would cost more than the reply. */
  #isDue(before: SessionFacts, facts: SessionFacts): boolean {
    if (facts.session_status !== 'processing' || performance.now() - this.#factsAt >= FOLLOWING) return true;
    const { last_active, preview } = before;
    return changedFacts(before, { ...facts, last_active, preview }) !== undefined;
  }

  #note(event: KeptEvent): void {
    this.#events = [...this.#events.slice(1 - MAXIMUM_EVENTS), event];
  }
}

/** A row as the facts that it was written from. */
function factsOf(row: KeptChat['row']): SessionFacts {
  const { id, head, reply, next_message, input_tokens, cached_tokens, output_tokens, context_tokens, ...facts } = row;
  return facts;
}
