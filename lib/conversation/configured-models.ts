import type { Clock } from '../base/clock.ts';
import { nearest } from '../base/nearest.ts';
import type { Provider } from '../base/provider.ts';
import { errorText, UserError } from '../base/user-error.ts';
import type { Environment } from './api-key.ts';
import type { EndpointPlace } from './endpoint.ts';
import { environmentProvider } from './environment-provider.ts';
import { LateModel } from './late-model.ts';
import { LocalServers } from './local-servers.ts';
import type { Model, ModelEntry, Models } from './model.ts';
import { describeSource } from './model-report.ts';
import { ModelSource, type SourceFacts } from './model-source.ts';
import { usualWindow } from './model-window.ts';

export interface ConfiguredModelsOptions {
  /** Those of the configuration file, as it is now. */
  readonly providers: () => readonly Provider[];
  /** The model of new chats as the person set it; empty for the first that there is. */
  readonly defaultModel: () => string;
  /** Ports of the loopback where a model server may be. */
  readonly ports: () => readonly number[];
  /** The variables of the person as they are now. */
  readonly environment: Environment;
  /** Milliseconds without a sign of an endpoint after which a turn is cut. */
  readonly stallTimeout: () => number;
  readonly guide: Model;
  readonly clock: Clock;
}

const CONFIGURED = 'set in config.toml';

/**
 * The models that can be had: from the configuration, else from OPENAI_API_KEY and OPENAI_BASE_URL, else from a server on
 * this machine, else the guide. Everything is looked at when it is asked for, so that what is set later holds at once.
 */
export class ConfiguredModels implements Models {
  readonly #given: ConfiguredModelsOptions;
  readonly #local: LocalServers;
  /** By provider, which stays the same object until the configuration is read again. */
  readonly #sources = new WeakMap<Provider, ModelSource>();
  #environment: { readonly facts: string; readonly source: ModelSource } | undefined;

  constructor(given: ConfiguredModelsOptions) {
    this.#given = given;
    this.#local = new LocalServers(given.ports, given.clock);
  }

  async list(signal: AbortSignal): Promise<readonly ModelEntry[]> {
    const sources = await this.#all();
    const lists = await Promise.all(sources.map((source) => source.list(signal)));
    const entries = sources.flatMap(({ name, origin }, index) => {
      const list = lists[index];
      return Array.isArray(list) ? list.map((model) => ({ name: `${name}/${model}`, origin })) : [];
    });
    return [...entries, { name: this.#given.guide.name, origin: 'built into qmux' }];
  }

  async find(name: string | undefined): Promise<Model> {
    if (name !== undefined) return this.#named(name);
    const wanted = this.#given.defaultModel().trim();
    if (wanted !== '') return this.#wanted(wanted);
    const source = this.#configured()[0] ?? this.#fromEnvironment() ?? (await this.#fromLoopback())[0];
    return source === undefined ? this.#given.guide : source.preferred();
  }

  /** The endpoints that are set, one of which a new chat uses; none where the person chose the guide, or set nothing. */
  get endpoints(): readonly EndpointPlace[] {
    if (this.#given.defaultModel().trim() === this.#given.guide.name) return [];
    const environment = this.#fromEnvironment();
    const sources = [...this.#configured(), ...(environment === undefined ? [] : [environment])];
    return sources.map(({ name, provider: { baseUrl } }) => ({ name, baseUrl }));
  }

  /** What was looked at, in its order, what was found, and what is chosen and why: for people, without any key. */
  async explain(signal: AbortSignal): Promise<readonly string[]> {
    const configured = this.#configured();
    const environment = this.#fromEnvironment();
    const reports = await Promise.all(
      [...configured, ...(environment === undefined ? [] : [environment])].map((source) =>
        describeSource(source, this.#given.environment(), signal),
      ),
    );
    const ports = this.#given.ports();
    const local = await this.#local.find();
    const found = local.map(({ title, port, models }) => `${title} at port ${port} with ${models.length} models`);
    const looked =
      ports.length === 0 ? 'not looked for: discover in [api] is empty' : `none at ports ${ports.join(', ')}`;
    return [
      ...(configured.length === 0 ? ['providers of config.toml: none'] : []),
      ...reports.flat(),
      ...(environment === undefined ? ['OPENAI_API_KEY and OPENAI_BASE_URL: not set'] : []),
      `model servers on this machine: ${found.join('; ') || looked}`,
      `the built-in guide: always there`,
      await this.#choice(),
    ];
  }

  async #choice(): Promise<string> {
    const { name } = await this.find(undefined);
    const wanted = this.#given.defaultModel().trim();
    if (wanted !== '') return `new chats take ${name}: model in [api] says so`;
    if (this.#configured().length > 0)
      return `new chats take ${name}: the first provider of config.toml comes before all else`;
    if (this.#fromEnvironment() !== undefined)
      return `new chats take ${name}: the environment says so, and config.toml names no provider`;
    if (name === this.#given.guide.name) return `new chats take ${name}, as there is nothing else`;
    return `new chats take ${name}: it was found on this machine, and nothing is configured`;
  }

  async #wanted(name: string): Promise<Model> {
    try {
      return await this.#named(name);
    } catch (error) {
      // The person chose it: nothing else may take its place unasked.
      const text = `${errorText(error)}. It is set as model in [api]; choose another one with /model.`;
      const failure = { kind: 'not-found', text, retryable: false, retryAfter: undefined } as const;
      return new LateModel(name, usualWindow(name), () => this.#named(name).catch(() => failure));
    }
  }

  async #named(name: string): Promise<Model> {
    const { guide } = this.#given;
    if (name === guide.name) return guide;
    const sources = await this.#all();
    const whole = sources.find((source) => source.name === name);
    if (whole !== undefined) return whole.preferred();
    const slash = name.indexOf('/');
    const provider = slash < 0 ? undefined : sources.find((source) => source.name === name.slice(0, slash));
    if (provider !== undefined && slash + 1 < name.length) return provider.model(name.slice(slash + 1));
    return this.#byModel(name, sources);
  }

  async #byModel(name: string, sources: readonly ModelSource[]): Promise<Model> {
    const lists = await Promise.all(sources.map((source) => source.list()));
    const having = sources.filter((_, index) => {
      const list = lists[index];
      return Array.isArray(list) && list.includes(name);
    });
    const [only, ...others] = having;
    if (only !== undefined && others.length === 0) return only.model(name);
    if (only !== undefined) {
      const names = having.map((source) => `${source.name}/${name}`);
      throw new UserError(`several providers have ${shown(name)}: say ${names.join(' or ')}`);
    }
    const known = sources.flatMap((source, index) => {
      const list = lists[index];
      return [source.name, ...(Array.isArray(list) ? list.flatMap((model) => [`${source.name}/${model}`, model]) : [])];
    });
    const near = nearest(name, [...known, this.#given.guide.name]);
    throw new UserError(
      `no provider has a model ${shown(name)}${near === undefined ? '' : `; the nearest is ${near}`}`,
    );
  }

  /** All, the first of a name only. */
  async #all(): Promise<readonly ModelSource[]> {
    const environment = this.#fromEnvironment();
    const found = [
      ...this.#configured(),
      ...(environment === undefined ? [] : [environment]),
      ...(await this.#fromLoopback()),
    ];
    return found.filter(({ name }, index) => found.findIndex((other) => other.name === name) === index);
  }

  #configured(): readonly ModelSource[] {
    return this.#given.providers().map((provider) =>
      this.#source({
        provider,
        origin: CONFIGURED,
        addressAdvice: `check base_url of [providers.${provider.name}]`,
        keyAdvice: `name its variable in api_key_env of [providers.${provider.name}]`,
        preferred: undefined,
      }),
    );
  }

  #fromEnvironment(): ModelSource | undefined {
    const found = environmentProvider(this.#given.environment());
    if (found === undefined) return undefined;
    const facts = JSON.stringify([found.provider.baseUrl, found.preferred, [...found.provider.headers]]);
    if (this.#environment?.facts !== facts) this.#environment = { facts, source: new ModelSource(found, this.#given) };
    return this.#environment.source;
  }

  async #fromLoopback(): Promise<readonly ModelSource[]> {
    const servers = await this.#local.find();
    return servers.map(({ provider, port, title, models }) => {
      const source = this.#source({
        provider,
        origin: `${title} answers at port ${port}`,
        addressAdvice: 'start it again',
        keyAdvice: `describe it with its key in [providers.${provider.name}]`,
        preferred: undefined,
      });
      source.remember(models);
      return source;
    });
  }

  #source(facts: SourceFacts): ModelSource {
    const known = this.#sources.get(facts.provider);
    if (known !== undefined) return known;
    const source = new ModelSource(facts, this.#given);
    this.#sources.set(facts.provider, source);
    return source;
  }
}

const shown = (name: string): string => JSON.stringify(name.slice(0, 100));
