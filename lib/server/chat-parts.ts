import type { Models } from '../conversation/model.ts';
import type { ChatCode } from './chat-code.ts';

export interface ChatPartsOptions {
  /** Imports the code of chats; called once, and again after it failed. */
  readonly load: () => Promise<ChatCode>;
  /** System prompts of the person's own, by type. */
  readonly prompts: () => ReadonlyMap<string, string>;
  /** Where conversations have their folders. */
  readonly folder: string;
}

/** What all chats share. Most of it is there only after `load`, so that no start of a program waits for it. */
export class ChatParts {
  readonly prompts: () => ReadonlyMap<string, string>;
  readonly folder: string;
  readonly models: Models;
  readonly #load: () => Promise<ChatCode>;
  #loading: Promise<ChatCode> | undefined;
  #code: ChatCode | undefined;

  constructor({ load, prompts, folder }: ChatPartsOptions) {
    this.prompts = prompts;
    this.folder = folder;
    this.#load = load;
    this.models = {
      list: async (signal) => (await this.load()).models.list(signal),
      find: async (name) => (await this.load()).models.find(name),
    };
  }

  /** Undefined before `load` has come to its end. */
  get code(): ChatCode | undefined {
    return this.#code;
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
