import type { ModelEntry, Models } from '../conversation/model.ts';
import type { Store } from '../store/store.ts';
import type { ChatCode } from './chat-code.ts';

export interface ChatPartsOptions {
  /** Imports the code of chats; called once, and again after it failed. */
  readonly load: () => Promise<ChatCode>;
  /** System prompts of the person's own, by type. */
  readonly prompts: () => ReadonlyMap<string, string>;
  /** Where conversations have their folders. */
  readonly folder: string;
  /** Where chats are kept. */
  readonly store: Store;
  /** The variables that hold keys of endpoints. */
  readonly keyNames: () => readonly string[];
}

/** How old the known names of models may be, and how long listing them behind may take, in milliseconds. */
const LIST_AGE = 10_000;
const LIST_TIMEOUT = 5000;

/** What all chats share. Most of it is there only after `load`, so that no start of a program waits for it. */
export class ChatParts {
  readonly prompts: () => ReadonlyMap<string, string>;
  readonly folder: string;
  readonly store: Store;
  readonly keyNames: () => readonly string[];
  readonly models: Models;
  readonly #load: () => Promise<ChatCode>;
  #loading: Promise<ChatCode> | undefined;
  #code: ChatCode | undefined;
  #known: readonly string[] = [];
  #listedAt = Number.NEGATIVE_INFINITY;

  constructor({ load, prompts, folder, store, keyNames }: ChatPartsOptions) {
    this.keyNames = keyNames;
    this.prompts = prompts;
    this.folder = folder;
    this.store = store;
    this.#load = load;
    this.models = {
      list: (signal) => this.#list(signal),
      find: async (name) => (await this.load()).models.find(name),
    };
  }

  /** Undefined before `load` has come to its end. */
  get code(): ChatCode | undefined {
    return this.#code;
  }

  /** Settles when what loads now is there, or could not be loaded; undefined while nothing loads. */
  get loading(): Promise<unknown> | undefined {
    return this.#code === undefined ? this.#loading : undefined;
  }

  /** Names of the models listed last; they are listed anew behind, now and then. */
  knownModels(): readonly string[] {
    if (this.#code !== undefined && performance.now() - this.#listedAt > LIST_AGE)
      void this.#list(AbortSignal.timeout(LIST_TIMEOUT));
    return this.#known;
  }

  async #list(signal: AbortSignal): Promise<readonly ModelEntry[]> {
    this.#listedAt = performance.now();
    const { models } = await this.load();
    const entries = await models.list(signal);
    this.#known = entries.map(({ name }) => name);
    return entries;
  }

  load(): Promise<ChatCode> {
    this.#loading ??= this.#load().then(
      (code) => {
        this.#code = code;
        return code;
      },
      (error: unknown) => {
        this.#loading = undefined;
        throw error;
      },
    );
    return this.#loading;
  }
}
