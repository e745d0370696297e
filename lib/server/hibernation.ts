import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { UserError } from '../base/user-error.ts';
import type { OptionStore } from '../config/option-store.ts';
import { type Chat, isChat } from '../session/chat.ts';
import type { Session } from '../session/session.ts';

export interface HibernationOptions {
  readonly options: OptionStore;
  readonly clock: Clock;
  readonly sessions: () => readonly Session[];
  /** Whether a person reads in its history: its place there would be lost. */
  readonly isRead: (session: Session) => boolean;
  /** Writes all chats to the disk, since only what is there may sleep. Never rejects. */
  readonly save: () => Promise<void>;
  /** Tells the person. */
  readonly tell: (text: string) => void;
  readonly log: (text: string) => void;
  /** About so many bytes were given up. */
  readonly freed: (bytes: number) => void;
}

const MINUTE = 60_000;
/** What a timer of Node can wait for, in milliseconds. */
const MAXIMUM_TIMER = 2 ** 31 - 1;
/** How long saving may hold up a new chat, in milliseconds. */
const SAVE_TIMEOUT = 500;

/**
 * Which chats sleep, and when: those that nobody used for the time of option hibernate-after-minutes, and the one that is
 * idle longest when option max-active would be passed. One timer waits for the next; nothing is looked at in between.
 */
export class Hibernation implements Disposable {
  readonly #given: HibernationOptions;
  /** Chats that were awake when they were looked at last. */
  readonly #awake = new WeakSet<Chat>();
  /** Chats that were due and could not sleep: when they are tried again. */
  readonly #later = new WeakMap<Chat, number>();
  #timer: Disposable | undefined;
  #soon: Disposable | undefined;
  #isDisposed = false;

  constructor(given: HibernationOptions) {
    this.#given = given;
  }

  /** Chats that are awake now. */
  get awake(): readonly Chat[] {
    return this.#given.sessions().filter((session): session is Chat => isChat(session) && session.isAwake);
  }

  get limit(): number {
    return this.#given.options.number('max-active');
  }

  /** Sessions came, went, are shown or hidden, or options are others: who is next is found anew, a turn later. */
  update(): void {
    if (this.#isDisposed) return;
    this.#soon ??= this.#given.clock.after(0, () => {
      this.#soon = undefined;
      this.#arm();
    });
  }

  /** Something happened to a session. */
  heard(session: Session): void {
    if (!isChat(session) || session.isAwake === this.#awake.has(session)) return;
    if (!session.isAwake) {
      this.#awake.delete(session);
      return;
    }
    this.#awake.add(session);
    this.update();
    // A person must be able to look, whatever the limit: another one sleeps instead, if one can.
    if (this.awake.length > this.limit) this.#hibernateIdlest(session);
  }

  /** Makes it likely that there is room for one chat more: all that could sleep is on disk. */
  async prepareRoom(): Promise<void> {
    if (this.awake.length < this.limit) return;
    let late: Disposable | undefined;
    const waited = new Promise<void>((resolve) => {
      late = this.#given.clock.after(SAVE_TIMEOUT, resolve);
    });
    await Promise.race([this.#given.save(), waited]);
    late?.dispose();
  }

  /** Lets chats sleep until there is room for one more. Throws UserError where that many cannot. */
  makeRoom(): void {
    const { limit } = this;
    while (this.awake.length >= limit) {
      const slept = this.#hibernateIdlest();
      if (slept === undefined)
        throw new UserError(`${limit} chats are awake, and none can hibernate: close one, or raise max-active`);
      this.#given.tell(`${slept.name} hibernates: at most ${limit} chats may be awake (max-active)`);
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#timer?.dispose();
    this.#soon?.dispose();
  }

  /** The one that is idle longest sleeps now; undefined where none can. */
  #hibernateIdlest(except?: Chat): Chat | undefined {
    const hidden = this.awake.filter((chat) => chat !== except && chat.hiddenSince !== undefined);
    return hidden.toSorted((a, b) => idleSince(a) - idleSince(b)).find((chat) => this.#hibernate(chat));
  }

  #hibernate(chat: Chat): boolean {
    if (this.#given.isRead(chat)) return false;
    const before = chat.memoryUse;
    if (!chat.hibernate()) return false;
    this.#given.freed(before - chat.memoryUse);
    this.#awake.delete(chat);
    this.#given.log(`session ${chat.name} hibernates`);
    return true;
  }

  #arm(): void {
    this.#timer?.dispose();
    this.#timer = undefined;
    const { options, clock } = this.#given;
    const minutes = options.number('hibernate-after-minutes');
    if (this.#isDisposed) return;
    // The limit may be lower than it was.
    while (this.awake.length > this.limit && this.#hibernateIdlest() !== undefined);
    if (minutes === 0) return;
    const dues = this.awake.flatMap((chat) => {
      this.#awake.add(chat);
      if (chat.hiddenSince === undefined) return [];
      return [Math.max(idleSince(chat) + minutes * MINUTE, this.#later.get(chat) ?? 0)];
    });
    if (dues.length === 0) return;
    const next = Math.max(0, Math.min(...dues) - clock.now());
    this.#timer = clock.after(Math.min(next, MAXIMUM_TIMER), () => this.#due(minutes));
  }

  #due(minutes: number): void {
    const now = this.#given.clock.now();
    for (const chat of this.awake) {
      if (chat.hiddenSince === undefined || idleSince(chat) + minutes * MINUTE > now) continue;
      if ((this.#later.get(chat) ?? 0) > now) continue;
      // It works, waits for an answer, or is not on disk yet.
      if (!this.#hibernate(chat)) this.#later.set(chat, now + MINUTE);
    }
    this.#arm();
  }
}

/** Since when nobody used a hidden chat, in milliseconds since the epoch. */
const idleSince = ({ lastActivity, hiddenSince = lastActivity }: Chat): number => Math.max(lastActivity, hiddenSince);
