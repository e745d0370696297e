import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { errorCode } from '../base/error-code.ts';
import { UserError } from '../base/user-error.ts';
import type { Conversation } from '../conversation/conversation.ts';
import type { Chat } from '../session/chat.ts';
import type { SessionEvent } from '../session/session.ts';
import { type Change, ChatRecord } from './chat-record.ts';
import { type ChatChoices, type KeptChat, NO_CHOICES } from './chat-rows.ts';
import type { OpenStore } from './open-store.ts';

export interface RecorderOptions {
  readonly clock: Clock;
  /** Hears what could not be written; it is tried again. Must not throw. */
  readonly onError: (error: unknown) => void;
  /** Hears that one chat cannot be written while others can; it is tried again when it changes. Must not throw. */
  readonly onUnkept: (chat: Chat, error: unknown) => void;
  /** Hears that writing works again after it did not. Must not throw. */
  readonly onRecovered: () => void;
}

/** From one writing to the next, in milliseconds: with the writing itself well under 250. */
const DELAY = 100;
/** From a change after a rest until it is written, in milliseconds: a frame comes before it, and what came with it goes along. */
const FIRST = 20;
/** From a failure until it is tried again, in milliseconds. */
const RETRY = 2000;
/** Closed chats that wait for a database at most; the oldest are given up. */
const MAXIMUM_CLOSED = 200;
/** Whether an error is of what is written, and not of the database. */
const isOfOne = (error: unknown): boolean =>
  /^SQLITE_(CONSTRAINT|TOOBIG|MISMATCH|RANGE)|^(?!SQLITE_|E[A-Z])/.test(errorCode(error) ?? '');

/** How long it writes until others have their turn, in milliseconds: a key waits for no more than this and one chat. */
const SLICE = 2;

/**
 * Writes what chats become into the database, one writer for all. It keeps no copies and no list of events: each chat is
 * compared with what of it is written, so that whatever could not be written is still there to be written later.
 */
export class Recorder implements Disposable {
  readonly #options: RecorderOptions;
  readonly #records = new Map<Chat, ChatRecord>();
  readonly #waiting = new Set<ChatRecord>();
  /** Since when something waits without a pause, in milliseconds since the epoch. */
  #since: number | undefined;
  #store: OpenStore | undefined;
  #timer: Disposable | undefined;
  /** When the timer runs. */
  #due = Number.POSITIVE_INFINITY;
  /** When all that waited was written last, on the clock of `performance`. */
  #wroteAt = Number.NEGATIVE_INFINITY;
  #hasFailed = false;
  /** Ends when all that was asked to be written is. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: RecorderOptions) {
    this.#options = options;
  }

  /** Chats that are recorded now. */
  get chats(): readonly Chat[] {
    return [...this.#records.keys()];
  }

  /** Whether the chat of that folder is recorded now. */
  keeps(folder: string): boolean {
    return [...this.#records.values()].some((record) => record.folder === folder);
  }

  /** Writes there from now on; undefined keeps all for later. A new one gets everything anew, unless it is the first. */
  setStore(store: OpenStore | undefined): void {
    if (store !== undefined && store !== this.#store) {
      const isKept = (record: ChatRecord) => record.isOf(store);
      for (const record of this.#records.values()) if (!isKept(record)) record.forgetRows();
    }
    this.#store = store;
    if (store === undefined) return;
    for (const record of this.#records.values()) this.#await(record);
    this.#schedule(0);
  }

  /**
   * Keeps a chat from now on; `kept` is what the open store gave of it. `folder` names it for ever. `choices` is asked at
   * each writing, and once more when the chat is closed; it must not throw.
   */
  watch(chat: Chat, folder: string, kept?: KeptChat, choices: () => ChatChoices = () => NO_CHOICES): void {
    const record = new ChatRecord(chat, folder, choices, kept === undefined ? undefined : { kept, store: this.#store });
    this.#records.set(chat, record);
    const subscription = chat.events((event: SessionEvent) => {
      record.heard(event, this.#options.clock.now());
      this.#await(record);
      // What a person sent is seen at once, and so it is kept at once.
      if (record.isSentMore()) this.#writeNow();
      else this.#schedule(this.#delay);
    });
    record.onEnd(subscription);
    this.#await(record);
    this.#schedule(this.#delay);
  }

  /** Something of chats is not as it was of which they do not tell themselves. */
  choicesChanged(): void {
    if (this.#records.size === 0) return;
    for (const record of this.#records.values()) this.#await(record);
    this.#schedule(this.#delay);
  }

  /** Fulfilled when the chat is on disk as it is now, or cannot be written now. Never rejects. */
  async saved(chat: Chat): Promise<void> {
    const record = this.#records.get(chat);
    const store = this.#store;
    if (record === undefined || store === undefined) return;
    await this.#inTurn(() => this.#write([record]));
    if (this.#waiting.has(record)) return;
    try {
      await store.database.sync();
    } catch (error) {
      this.#options.onError(error);
    }
  }

  /** Whether all of the chat's conversation is on disk, and can be read again: then nothing is kept of it here. */
  release(chat: Chat, conversation: Conversation): boolean {
    const store = this.#store;
    return store !== undefined && this.#records.get(chat)?.release(store, conversation) === true;
  }

  /** The conversation that was released. Rejects with UserError, or with what the database throws. */
  async read(chat: Chat): Promise<Conversation> {
    const store = this.#store;
    const record = this.#records.get(chat);
    if (store === undefined || record === undefined)
      throw new UserError('the database cannot be used; show-messages says why');
    return await record.read(store);
  }

  /** A person closed it: it does not come back by itself. */
  async closed(chat: Chat): Promise<void> {
    const record = this.#records.get(chat);
    if (record === undefined) return;
    record.close();
    this.#records.delete(chat);
    this.#await(record);
    const [oldest] = [...this.#waiting].filter((other) => other.isClosed).slice(0, -MAXIMUM_CLOSED);
    if (oldest !== undefined) this.#waiting.delete(oldest);
    await this.#inTurn(() => this.#write([record]));
  }

  /** Fulfilled when everything is written, or cannot be. */
  async flush(): Promise<void> {
    for (const record of this.#records.values()) this.#await(record);
    await this.#inTurn(() => this.#writeAll());
  }

  /** The server ends: all is written as it is now, and what becomes of it after that is not, unless nothing could be. */
  async end(): Promise<void> {
    await this.flush();
    if (this.#waiting.size === 0) this.dispose();
  }

  dispose(): void {
    this.#timer?.dispose();
    for (const record of this.#records.values()) record.stop();
    this.#records.clear();
    this.#waiting.clear();
    this.#store = undefined;
  }

  /** How many chats have something that is not written, and for how long the first of them has, in milliseconds. */
  get figures(): { readonly unwritten: number; readonly lag: number } {
    const lag = this.#since === undefined ? 0 : Math.max(0, this.#options.clock.now() - this.#since);
    return { unwritten: this.#waiting.size, lag: this.#waiting.size === 0 ? 0 : lag };
  }

  #await(record: ChatRecord): void {
    if (this.#waiting.size === 0) this.#since = this.#options.clock.now();
    this.#waiting.add(record);
  }

  #schedule(delay: number): void {
    if (this.#store === undefined) return;
    const due = performance.now() + delay;
    if (due >= this.#due) return;
    this.#timer?.dispose();
    this.#due = due;
    this.#timer = this.#options.clock.after(delay, () => {
      this.#timer = undefined;
      this.#due = Number.POSITIVE_INFINITY;
      void this.#inTurn(() => this.#writeAll());
    });
  }

  /** No frame shows, and nobody is told, what is not written yet: it is written before others have their turn. */
  #writeNow(): void {
    if (this.#store !== undefined) void this.#inTurn(() => this.#writeAll());
  }

  #inTurn(task: () => Promise<unknown>): Promise<unknown> {
    const run = this.#last.then(task).catch((error: unknown) => this.#options.onError(error));
    this.#last = run;
    return run;
  }

  /** After a rest what changes is written soon: a machine that is busy then takes less of it. */
  get #delay(): number {
    return Math.max(FIRST, this.#wroteAt + DELAY - performance.now());
  }

  async #writeAll(): Promise<void> {
    this.#wroteAt = performance.now();
    await this.#write([...this.#waiting]);
  }

  /** Writes those chats; what cannot be written waits. */
  async #write(records: readonly ChatRecord[]): Promise<void> {
    for (let rest = records; rest.length > 0; ) {
      const count = await this.#writeSome(rest);
      if (count === 0) return;
      rest = rest.slice(count);
      if (rest.length > 0) await nextTurn();
    }
  }

  /**
   * Writes the first of some chats, as many as a slice has room for, in one transaction: for each of its own it would cost
   * more than what is in it. Gives how many; 0 when nothing can be written.
   */
  async #writeSome(records: readonly ChatRecord[]): Promise<number> {
    const store = this.#store;
    if (store === undefined) return 0;
    const began = performance.now();
    const taken: ChatRecord[] = [];
    const written: Change[] = [];
    /** The next change; what comes while it is written is written next time. */
    const take = (): Change | undefined => {
      for (const record of records.slice(taken.length)) {
        taken.push(record);
        this.#waiting.delete(record);
        const change = record.change(store);
        if (change !== undefined) return change;
      }
      return undefined;
    };
    try {
      for (const record of records) if (record.isAstray) await record.find(store);
      let change = take();
      if (change !== undefined)
        await store.database.rows.transaction().execute(async (transaction) => {
          for (; change !== undefined; change = performance.now() - began < SLICE ? take() : undefined) {
            await change.write(transaction);
            written.push(change);
          }
        });
      for (const change of written) change.done();
      if (this.#hasFailed) this.#options.onRecovered();
      this.#hasFailed = false;
      return taken.length;
    } catch (error) {
      for (const record of taken) this.#await(record);
      // It was given up meanwhile.
      if (this.#store !== store) return 0;
      if (isOfOne(error)) return await this.#writeApart(taken, error);
      this.#hasFailed = true;
      this.#options.onError(error);
      this.#schedule(RETRY);
      return 0;
    }
  }

  /** Writes chats of which one cannot be written, each of its own; gives as `#writeSome` does. */
  async #writeApart(records: readonly ChatRecord[], error: unknown): Promise<number> {
    const [first] = records;
    if (records.length > 1) {
      for (const record of records) if ((await this.#writeSome([record])) === 0) return 0;
    } else if (first !== undefined) {
      this.#waiting.delete(first);
      this.#options.onUnkept(first.chat, error);
    }
    return records.length;
  }
}
