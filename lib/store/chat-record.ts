import type { Disposable } from '../base/disposable.ts';
import type { UserPart } from '../conversation/message.ts';
import type { Chat, ChatMemory } from '../session/chat.ts';
import type { SessionEvent } from '../session/session.ts';
import { type ChatChoices, changedFacts, chatFacts, type KeptChat, keptDraft } from './chat-rows.ts';
import type { OpenStore } from './open-store.ts';
import type { KeptEvent, SessionFacts } from './session-store.ts';
import { NOTHING_WRITTEN, type Written } from './written.ts';

/** Events that wait to be written, of one chat at most; the newest are kept. */
const MAXIMUM_EVENTS = 100;

/** What of a chat is in which row. */
interface Rows {
  readonly store: OpenStore;
  readonly id: number;
  readonly written: Written;
  readonly facts: SessionFacts;
  readonly draft: readonly UserPart[];
  readonly waiting: string;
}

/** One chat, and what of it is written. */
export class ChatRecord {
  readonly #chat: Chat;
  readonly #folder: string;
  readonly #choices: () => ChatChoices;
  #rows: Rows | undefined;
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
    this.#chat = chat;
    this.#folder = folder;
    this.#choices = choices;
    if (from?.store === undefined) return;
    const { row, written, memory } = from.kept;
    this.#rows = {
      store: from.store,
      id: row.id,
      written,
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
  }

  onEnd(subscription: Disposable): void {
    this.#subscription = subscription;
  }

  heard(event: SessionEvent, time: number): void {
    const { name, status, waitingReason } = this.#chat;
    if (event.type === 'status') {
      const detail = waitingReason === undefined ? status : `${status} ${waitingReason}`;
      this.#note({ time: Math.round(time), kind: 'status', detail });
    } else if (event.type === 'renamed') {
      this.#note({ time: Math.round(time), kind: 'renamed', detail: `${event.previous} ${name}` });
    }
  }

  /** A person closed the chat: its last state is what stays. */
  close(): void {
    const { memory } = this.#chat;
    this.#last = { memory, facts: chatFacts(this.#chat, memory, this.#choices(), this.#folder, false) };
    this.stop();
  }

  stop(): void {
    this.#subscription?.dispose();
  }

  /** Writes what is new; all or nothing. Rejects with what the database throws. */
  async write(store: OpenStore): Promise<void> {
    const memory = this.#last?.memory ?? this.#chat.memory;
    const facts = this.#last?.facts ?? chatFacts(this.#chat, memory, this.#choices(), this.#folder, true);
    const rows = this.#rows;
    // Nobody looks for a chat in which nothing was ever said.
    if (this.#last !== undefined && memory.conversation.nextId === 1) {
      if (rows !== undefined) await store.sessions.remove([rows.id]);
      return;
    }
    const waiting = JSON.stringify(memory.waiting);
    const events = this.#events;
    const changes = rows && changedFacts(rows.facts, facts);
    const isSame = rows?.written.conversation === memory.conversation && rows.draft === memory.draft;
    if (isSame && changes === undefined && rows.waiting === waiting && events.length === 0) return;
    const next = await store.database.rows.transaction().execute(async (transaction): Promise<Rows> => {
      const { sessions, conversations } = store;
      const id = rows?.id ?? (await sessions.add(transaction, facts));
      if (changes !== undefined) await sessions.update(transaction, id, changes);
      const before = rows?.written ?? NOTHING_WRITTEN;
      const written = await conversations.write(transaction, id, before, memory.conversation);
      if (rows?.draft !== memory.draft || rows.waiting !== waiting)
        await sessions.setDraft(transaction, id, keptDraft(memory));
      await sessions.addEvents(transaction, id, events);
      return { store, id, written, facts, draft: memory.draft, waiting };
    });
    this.#rows = next;
    this.#events = this.#events.filter((event) => !events.includes(event));
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
