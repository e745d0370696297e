import { isRecord } from '../base/is-record.ts';
import { nearest } from '../base/nearest.ts';
import type { ModelFacts, Prices, Provider } from '../base/provider.ts';

/** Says what is wrong with what stands at a path of the file. */
export type Report = (path: readonly string[], text: string) => void;

type Table = Readonly<Record<string, unknown>>;

const MAXIMUM_PROVIDERS = 100;
const MAXIMUM_ENTRIES = 1000;
const MAXIMUM_TEXT = 4096;
const MINIMUM_WINDOW = 1000;
const MAXIMUM_WINDOW = 1_000_000_000;
/** The built-in guide, which is no provider. */
const RESERVED = 'guide';
const PROVIDER_NAMES = [
  'base_url',
  'api_key_env',
  'api_key_command',
  'models',
  'api',
  'window',
  'prices',
  'headers',
  'model',
];
const KEY_ADVICE =
  'name the variable that holds the key in api_key_env, or a command that prints it in api_key_command';

/** A table of TOML, and neither a list nor a date. */
export const isTable = (value: unknown): value is Table => isRecord(value) && !(value instanceof Date);

/**
 * The providers of `[providers.NAME]`. What is wrong is reported and left out; a provider without an address is left out
 * as a whole. Never throws, and repeats no value, as that may be a key.
 */
export function readProviders(value: unknown, report: Report): readonly Provider[] {
  if (!isTable(value)) {
    report(['providers'], 'providers must be tables: [providers.NAME]');
    return [];
  }
  return Object.entries(value)
    .slice(0, MAXIMUM_PROVIDERS)
    .flatMap(([name, table]) => new ProviderReader(name, report).read(table) ?? []);
}

class ProviderReader {
  readonly #name: string;
  readonly #report: Report;

  constructor(name: string, report: Report) {
    this.#name = name;
    this.#report = report;
  }

  read(table: unknown): Provider | undefined {
    if (!isTable(table)) return this.#wrong([], `must be a table: [providers.${this.#name.slice(0, 50)}]`);
    if (!/^[\w.-]{1,64}$/.test(this.#name) || this.#name === RESERVED)
      return this.#wrong([], `is no name for a provider; take letters, digits, - and _, and not ${RESERVED}`);
    this.#names([], table, PROVIDER_NAMES);
    const baseUrl = this.#address(table['base_url']);
    const provider = {
      name: this.#name,
      apiKeyEnv: this.#variable(table['api_key_env']),
      apiKeyCommand: this.#text(['api_key_command'], table['api_key_command']),
      models: this.#models(table['models']),
      api: this.#api(table['api']),
      headers: this.#headers(table['headers']),
      modelFacts: this.#modelFacts(table['model']),
      ...this.#facts([], table),
    };
    return baseUrl === undefined ? undefined : { ...provider, baseUrl };
  }

  #address(value: unknown): string | undefined {
    if (value === undefined)
      return this.#wrong([], 'needs base_url, the address of its API, such as "https://host/v1"');
    const text = typeof value === 'string' ? value.trim() : '';
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url === undefined || !/^https?:$/.test(url.protocol) || text.length > MAXIMUM_TEXT)
      return this.#wrong(['base_url'], 'takes an address such as "https://host/v1"');
    if (url.username !== '' || url.password !== '')
      return this.#wrong(['base_url'], `must hold no user and no password; ${KEY_ADVICE}`);
    return url.href.replace(/\/+$/, '');
  }

  #variable(value: unknown): string | undefined {
    if (value === undefined || (typeof value === 'string' && /^[A-Za-z_]\w{0,100}$/.test(value))) return value;
    return this.#wrong(['api_key_env'], 'takes the name of a variable such as "WORK_LLM_KEY", and not the key itself');
  }

  #api(value: unknown): 'chat' | 'responses' {
    if (value === 'responses') return value;
    if (value !== undefined && value !== 'chat') this.#wrong(['api'], 'takes "chat" or "responses"');
    return 'chat';
  }

  #models(value: unknown): readonly string[] {
    if (value === undefined) return [];
    const names = Array.isArray(value) ? value.slice(0, MAXIMUM_ENTRIES) : [undefined];
    const right = names.filter(
      (name): name is string => typeof name === 'string' && /^[^\s\p{Cc}]{1,200}$/u.test(name),
    );
    if (right.length < names.length) this.#wrong(['models'], 'takes a list of names of models in quotes');
    return [...new Set(right)];
  }

  #headers(value: unknown): ReadonlyMap<string, string> {
    const headers = new Map<string, string>();
    if (value === undefined) return headers;
    if (!isTable(value)) this.#wrong(['headers'], 'takes a table of texts in quotes');
    else
      for (const [name, text] of Object.entries(value).slice(0, MAXIMUM_ENTRIES))
        if (
          /^[\w!#$%&'*+.^`|~-]{1,100}$/.test(name) &&
          typeof text === 'string' &&
          /^[\t\x20-\x7e]{0,4096}$/.test(text)
        )
          headers.set(name, text);
        else this.#wrong(['headers', name], 'is no header of HTTP: a name in letters and -, and a text in quotes');
    return headers;
  }

  #modelFacts(value: unknown): ReadonlyMap<string, ModelFacts> {
    const facts = new Map<string, ModelFacts>();
    if (value === undefined) return facts;
    if (!isTable(value)) this.#wrong(['model'], `takes tables: [providers.${this.#name}.model.NAME]`);
    else
      for (const [model, table] of Object.entries(value).slice(0, MAXIMUM_ENTRIES))
        if (!isTable(table)) this.#wrong(['model', model], 'must be a table with window and prices');
        else {
          this.#names(['model', model], table, ['window', 'prices']);
          facts.set(model, this.#facts(['model', model], table));
        }
    return facts;
  }

  #facts(path: readonly string[], table: Table): ModelFacts {
    return {
      window: this.#window([...path, 'window'], table['window']),
      prices: this.#prices([...path, 'prices'], table['prices']),
    };
  }

  #window(path: readonly string[], value: unknown): number | undefined {
    if (value === undefined) return undefined;
    if (Number.isInteger(value) && Number(value) >= MINIMUM_WINDOW && Number(value) <= MAXIMUM_WINDOW)
      return Number(value);
    return this.#wrong(path, `takes a whole number of tokens, at least ${MINIMUM_WINDOW}`);
  }

  #prices(path: readonly string[], value: unknown): Prices | undefined {
    if (value === undefined) return undefined;
    if (!isTable(value)) return this.#wrong(path, 'takes a table: { input = 1.0, cached = 0.1, output = 4.0 }');
    this.#names(path, value, ['input', 'cached', 'output']);
    const { input, cached, output } = value;
    if (isPrice(input) && isPrice(output) && (cached === undefined || isPrice(cached)))
      return { input, cached, output };
    return this.#wrong(path, 'takes input, output and perhaps cached, each the price of a million tokens');
  }

  #text(path: readonly string[], value: unknown): string | undefined {
    if (value === undefined) return undefined;
    if (typeof value === 'string' && value.trim() !== '' && value.length <= MAXIMUM_TEXT) return value;
    return this.#wrong(path, 'takes a text in quotes');
  }

  #names(path: readonly string[], table: Table, known: readonly string[]): void {
    for (const name of Object.keys(table)) {
      if (known.includes(name)) continue;
      const near = /^api_?key$/i.test(name) ? undefined : nearest(name, known);
      const advice = near === undefined ? '' : `; the nearest is ${near}`;
      const text = /^api_?key$/i.test(name) ? `: a key does not belong in the file; ${KEY_ADVICE}` : advice;
      this.#report(['providers', this.#name, ...path, name], `unknown name: ${this.#place([...path, name])}${text}`);
    }
  }

  #wrong(path: readonly string[], text: string): undefined {
    this.#report(['providers', this.#name, ...path], `${this.#place(path)} ${text}`);
  }

  #place(path: readonly string[]): string {
    return ['providers', this.#name, ...path].join('.').slice(0, 100);
  }
}

const isPrice = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0;
