import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import type { OptionStore } from '../config/option-store.ts';
import type { Store } from '../store/store.ts';

export interface ConversationCleanupOptions {
  readonly options: OptionStore;
  readonly store: Store;
  /** Where conversations have their folders. */
  readonly folder: string;
  readonly clock: Clock;
  readonly log: (text: string) => void;
  /** Hears what should not happen. Must not throw. */
  readonly onError: (error: unknown) => void;
}

const OPTION = 'cleanup-after-days';
const DAY = 86_400_000;

/** Forgets closed conversations after option cleanup-after-days: at start, once a day, and when the option changes. */
export class ConversationCleanup implements Disposable {
  readonly #given: ConversationCleanupOptions;
  readonly #subscription: Disposable;
  #timer: Disposable | undefined;
  #running: Promise<void> | undefined;

  constructor(given: ConversationCleanupOptions) {
    this.#given = given;
    this.#subscription = given.options.changed((names) => {
      if (names.includes(OPTION)) void this.run();
    });
  }

  /** Forgets what is due; at most one at a time does. Never rejects. */
  run(): Promise<void> {
    this.#timer?.dispose();
    this.#timer = this.#given.clock.after(DAY, () => void this.run());
    this.#running ??= this.#forget()
      .catch(this.#given.onError)
      .finally(() => {
        this.#running = undefined;
      });
    return this.#running;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#timer?.dispose();
  }

  async #forget(): Promise<void> {
    const { options, store, clock, folder, log } = this.#given;
    const days = options.number(OPTION);
    const open = store.database;
    if (days === 0 || open === undefined) return;
    const goesOn = () => store.database === open && options.number(OPTION) === days;
    const folders = await open.cleanUp(days, clock.now(), goesOn);
    if (folders.length > 0) log(`forgot ${folders.length} conversations after ${days} days of rest`);
    for (const name of folders) {
      // A damaged name must not lead elsewhere.
      if (/^[\w-]+$/.test(name)) await rm(path.join(folder, name), { recursive: true, force: true });
    }
  }
}
