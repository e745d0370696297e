import { statSync } from 'node:fs';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { errorText, UserError } from '../base/user-error.ts';
import type { Conversation } from '../conversation/conversation.ts';
import type { Chat } from '../session/chat.ts';
import type { OpenStore } from './open-store.ts';
import { Recorder } from './recorder.ts';
import type { StoreProblem } from './store-problem.ts';
import { storeProblem } from './store-problem.ts';

export interface StoreOptions {
  readonly file: string;
  readonly clock: Clock;
  /** A sentence for the person. Must not throw. */
  readonly tell: (text: string) => void;
  /** Hears what should not happen. Must not throw. */
  readonly onError: (error: unknown) => void;
  /** What this server is called to others that want the same file. */
  readonly owner?: string;
  /** The database is there, the first time: at start, or later when another process had it. Must not throw. */
  readonly onOpen: (store: OpenStore) => void;
  /** Whether anything is to be kept; it is when this is left out. `update` tells of a change. */
  readonly isWanted?: () => boolean;
}

/** How soon it tries again to open what another process has, or what sits on a full disk; in milliseconds. */
const RETRY = 1000;

/** Where everything is kept: opens the database when asked to, and goes on without it where it must. */
export class Store implements Disposable {
  readonly recorder: Recorder;
  readonly #options: StoreOptions;
  #open: OpenStore | undefined;
  #opening: Promise<void> | undefined;
  #timer: Disposable | undefined;
  /** The problem that the person was told last; the same is not told twice. */
  #told: StoreProblem['kind'] | undefined;
  /** Chats of which the person was told that they cannot be kept. */
  readonly #unkeptChats = new WeakSet<Chat>();
  #wasOpen = false;
  #closed = false;

  constructor(options: StoreOptions) {
    this.#options = options;
    this.recorder = new Recorder({
      clock: options.clock,
      onError: (error) => this.failed(error),
      onUnkept: (chat, error) => this.#unkept(chat, error),
      onRecovered: () => this.#recovered(),
    });
  }

  /** The database; undefined while it cannot be used. */
  get database(): OpenStore | undefined {
    return this.#open;
  }

  /** The database to write into; undefined while nothing can be kept, or is to be. */
  get keeping(): OpenStore | undefined {
    return this.#isWanted ? this.#open : undefined;
  }

  /** Whether anything is to be kept may have changed. What was kept before stays. */
  update(): void {
    if (!this.#isWanted) this.recorder.setStore(undefined);
    else if (this.#open === undefined) void this.open();
    else this.recorder.setStore(this.#open);
  }

  /** How it stands; sizes in bytes, times in milliseconds. */
  get figures(): {
    readonly file: string;
    readonly isUsable: boolean;
    readonly size: number;
    readonly unwritten: number;
    readonly lag: number;
  } {
    const { file } = this.#options;
    const size = ['', '-wal'].reduce((sum, end) => sum + fileSize(file + end), 0);
    return { file, isUsable: this.#open !== undefined, size, ...this.recorder.figures };
  }

  /** Opens the database, loading its code; fulfilled when that was tried. Never rejects. */
  open(isDamaged = false): Promise<void> {
    this.#opening ??= this.#tryOpen(isDamaged)
      .catch((error: unknown) => this.#options.onError(error))
      .finally(() => {
        this.#opening = undefined;
      });
    return this.#opening;
  }

  /** The conversation of a chat that sleeps. Rejects with a reason for the person. */
  async read(chat: Chat): Promise<Conversation> {
    await this.#opening;
    try {
      return await this.recorder.read(chat);
    } catch (error) {
      if (error instanceof UserError) throw error;
      this.failed(error);
      throw new UserError(storeProblem(error, this.#options.file).text);
    }
  }

  /** Fulfilled when the chat is on disk as it is now, or cannot be kept now. Never rejects. */
  async saved(chat: Chat): Promise<void> {
    await this.#opening;
    await this.recorder.saved(chat);
  }

  /** Writes what is left, and gives the database free. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#timer?.dispose();
    await this.#opening;
    await this.recorder.flush();
    this.dispose();
  }

  dispose(): void {
    this.#closed = true;
    this.#timer?.dispose();
    this.recorder.dispose();
    const open = this.#open;
    this.#open = undefined;
    open?.dispose();
  }

  async #tryOpen(isDamaged: boolean): Promise<void> {
    if (this.#closed || this.#open !== undefined || !this.#isWanted) return;
    const [{ openDatabase }, { OpenStore }] = await Promise.all([import('./database.ts'), import('./open-store.ts')]);
    const { file, owner = 'a server' } = this.#options;
    const opening = await openDatabase(file, { isDamaged, owner });
    if (opening.kind === 'closed') {
      this.#tell(opening.problem);
      if (opening.problem.kind !== 'newer') this.#tryLater(false);
      return;
    }
    const open = new OpenStore(opening.database);
    if (this.#closed) {
      open.dispose();
      return;
    }
    for (const text of opening.told) this.#options.tell(text);
    opening.database.onDamage((error) => {
      if (this.#open === open) this.failed(error);
    });
    this.#recovered();
    this.#open = open;
    this.recorder.setStore(this.keeping);
    if (this.#wasOpen) return;
    this.#wasOpen = true;
    this.#options.onOpen(open);
  }

  get #isWanted(): boolean {
    return this.#options.isWanted?.() ?? true;
  }

  #tryLater(isDamaged: boolean): void {
    this.#timer?.dispose();
    if (this.#closed) return;
    this.#timer = this.#options.clock.after(RETRY, () => void this.open(isDamaged));
  }

  /** Something could not be written: what is known to pass is waited for, and a damaged file is left for a new one. */
  failed(error: unknown): void {
    // It was given up already; what was under way then fails for that.
    if (this.#open === undefined) return;
    const problem = storeProblem(error, this.#options.file);
    if (problem.kind === 'other') this.#options.onError(error);
    if (problem.kind !== 'damaged') {
      this.#tell(problem);
      return;
    }
    this.recorder.setStore(undefined);
    const open = this.#open;
    this.#open = undefined;
    try {
      open?.dispose();
    } catch (reason) {
      this.#options.onError(reason);
    }
    if (!this.#closed) this.#tryLater(true);
  }

  #unkept(chat: Chat, error: unknown): void {
    this.#options.onError(error);
    if (this.#unkeptChats.has(chat)) return;
    this.#unkeptChats.add(chat);
    this.#options.tell(`What is new in ${chat.name} cannot be kept (${errorText(error)}).`);
  }

  #recovered(): void {
    if (this.#told !== undefined) this.#options.tell('Conversations are kept again.');
    this.#told = undefined;
  }

  #tell(problem: StoreProblem): void {
    if (problem.kind === this.#told) return;
    this.#told = problem.kind;
    this.#options.tell(problem.text);
  }
}

/** In bytes; 0 for a file that cannot be looked at. */
function fileSize(file: string): number {
  try {
    return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  } catch {
    return 0;
  }
}
