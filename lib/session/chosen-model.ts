import type { Model, Models } from '../conversation/model.ts';

/** The name of the model inside qmux: an endpoint that can be had later is taken instead of it. */
export const GUIDE = 'guide';

/** Which model a chat talks to. It is looked up for each turn, so that what is configured later counts. */
export class ChosenModel {
  readonly #models: Models;
  /** As a person or an option named it; undefined for the default one. */
  #wanted: string | undefined;
  #found: Model | undefined;
  /** The name of the last one, from before the server was started anew. */
  readonly #last: string | undefined;

  constructor(models: Models, wanted: string | undefined, last?: string) {
    this.#models = models;
    this.#wanted = wanted;
    this.#last = last;
  }

  get wanted(): string | undefined {
    return this.#wanted;
  }

  /** The name of the one of the last turn, or of the one chosen since. */
  get name(): string | undefined {
    return this.#found?.name ?? this.#last;
  }

  /** The one of the last turn, or the one chosen since. */
  get model(): Model | undefined {
    return this.#found;
  }

  /** The name of the one that the next turn would take; the choice stays open. Rejects as `find`. */
  async nameNext(): Promise<string> {
    return (await this.#look()).name;
  }

  /** Rejects with UserError for a name that no provider has; then the choice stays. */
  async choose(name: string): Promise<void> {
    this.#found = await this.#models.find(name);
    this.#wanted = this.#found.name;
  }

  /**
   * The model for the next turn: the chosen one, else the one that the conversation began with as long as it can be had,
   * else the default one. Rejects with UserError when a person chose one that is gone.
   */
  async find(): Promise<Model> {
    this.#found = await this.#look();
    return this.#found;
  }

  async #look(): Promise<Model> {
    if (this.#wanted !== undefined) return await this.#models.find(this.#wanted);
    const last = this.name;
    if (last === undefined || last === GUIDE) return await this.#models.find(undefined);
    try {
      return await this.#models.find(last);
    } catch {
      return await this.#models.find(undefined);
    }
  }
}
