import type { Clock } from '../base/clock.ts';
import { nearest } from '../base/nearest.ts';
import type { Provider } from '../base/provider.ts';
import { UserError } from '../base/user-error.ts';
import { CommandKey, type Environment, firstKey, noKey, variableKey } from './api-key.ts';
import type { Endpoint, KeySource } from './endpoint.ts';
import { LateModel } from './late-model.ts';
import type { Model } from './model.ts';
import { askForModels, LIST_TIMEOUT, type ListedModel, type ModelList } from './model-list.ts';
import { usualWindow } from './model-window.ts';
import { OpenAiModel } from './openai-model.ts';
import type { TurnFailure } from './turn-event.ts';

/** What all sources share. */
export interface SourceTools {
  readonly environment: Environment;
  /** Milliseconds. */
  readonly stallTimeout: () => number;
  readonly clock: Clock;
}

/** A provider with where it comes from. */
export interface SourceFacts {
  readonly provider: Provider;
  /** A sentence's end: `set in config.toml`. */
  readonly origin: string;
  /** What a person can do about the address and, where the provider names no key, about that: `set WORK_LLM_KEY`. */
  readonly addressAdvice: string;
  readonly keyAdvice: string;
  /** The model to take when none is asked for; undefined takes the first. */
  readonly preferred: string | undefined;
}

/** Milliseconds for which a list of models, and that there is none, is kept. */
const LIST_AGE = 300_000;
const FAILURE_AGE = 3000;

/** The models of one provider: its list, and each as a Model, made once. */
export class ModelSource {
  readonly name: string;
  readonly origin: string;
  readonly provider: Provider;
  readonly endpoint: Endpoint;
  readonly #preferred: string | undefined;
  readonly #tools: SourceTools;
  readonly #models = new Map<string, OpenAiModel>();
  #asked: { readonly list: ModelList; readonly time: number } | undefined;

  constructor({ provider, origin, addressAdvice, keyAdvice, preferred }: SourceFacts, tools: SourceTools) {
    this.name = provider.name;
    this.origin = origin;
    this.provider = provider;
    const { baseUrl, api, headers } = provider;
    const key = keyOf(provider, keyAdvice, tools);
    this.endpoint = { provider: provider.name, baseUrl, api, headers, key, addressAdvice };
    this.#preferred = preferred;
    this.#tools = tools;
  }

  /** What was found out otherwise. */
  remember(models: readonly ListedModel[]): void {
    this.#asked = { list: { kind: 'models', models }, time: this.#tools.clock.now() };
  }

  /** The models that may be chosen here, or what hinders asking for them. Never rejects. */
  async list(signal?: AbortSignal): Promise<readonly string[] | TurnFailure> {
    const { models } = this.provider;
    if (models.length > 0) return models;
    const list = await this.#ask(signal);
    if (list.kind === 'failed') return list.failure;
    const listed = list.kind === 'models' ? list.models.map(({ id }) => id) : [];
    return [...new Set([...(this.#preferred === undefined ? [] : [this.#preferred]), ...listed])];
  }

  /** What the endpoint itself lists now or a while ago. Never rejects. */
  async #ask(signal: AbortSignal | undefined): Promise<ModelList> {
    const { clock } = this.#tools;
    const age = clock.now() - (this.#asked?.time ?? 0);
    if (this.#asked !== undefined && age < (this.#asked.list.kind === 'models' ? LIST_AGE : FAILURE_AGE))
      return this.#asked.list;
    const list = await askForModels(this.endpoint, LIST_TIMEOUT, signal);
    if (signal?.aborted !== true) this.#asked = { list, time: clock.now() };
    return list;
  }

  /** The model to take when none is asked for. Where its name cannot be had now, it is asked for with each turn. */
  async preferred(): Promise<Model> {
    const own = this.#preferred ?? this.provider.models[0];
    if (own !== undefined) return this.#model(own);
    const found = await this.#first();
    return 'stream' in found ? found : new LateModel(this.name, usualWindow(''), () => this.#first());
  }

  /** The model of that name. Rejects with UserError when there is surely none. */
  async model(name: string): Promise<Model> {
    const list = await this.list();
    const isKnown =
      !Array.isArray(list) || list.length === 0 || list.includes(name) || this.provider.modelFacts.has(name);
    if (isKnown) return this.#model(name);
    const near = nearest(name, list);
    throw new UserError(
      `${this.name} has no model ${name}${near === undefined ? '' : `; the nearest is ${this.name}/${near}`}`,
    );
  }

  async #first(): Promise<Model | TurnFailure> {
    const list = await this.list();
    if (!Array.isArray(list)) return list as TurnFailure;
    const [first] = list;
    if (first !== undefined) return this.#model(first);
    const text = `${this.name} lists no models. Say which with /model ${this.name}/NAME, or name them in config.toml.`;
    return { kind: 'not-found', text, retryable: false, retryAfter: undefined };
  }

  #model(name: string): OpenAiModel {
    const { provider } = this;
    const listed =
      this.#asked?.list.kind === 'models' ? this.#asked.list.models.find(({ id }) => id === name) : undefined;
    const facts = provider.modelFacts.get(name);
    const window = facts?.window ?? provider.window ?? listed?.window ?? usualWindow(name);
    const known = this.#models.get(name);
    if (known?.window === window) return known;
    const { stallTimeout, clock } = this.#tools;
    const prices = facts?.prices ?? provider.prices;
    const model = new OpenAiModel({ endpoint: this.endpoint, model: name, window, prices, stallTimeout, clock });
    this.#models.set(name, model);
    return model;
  }
}

function keyOf({ name, apiKeyEnv, apiKeyCommand }: Provider, advice: string, tools: SourceTools): KeySource {
  const { environment, clock } = tools;
  const variable = apiKeyEnv === undefined ? undefined : variableKey(apiKeyEnv, environment);
  if (apiKeyCommand === undefined) return variable ?? noKey(advice);
  const command = new CommandKey(`[providers.${name}]`, apiKeyCommand, environment, clock);
  return variable === undefined ? command : firstKey(variable, command);
}
