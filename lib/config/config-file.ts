import { nearest } from '../base/nearest.ts';
import type { Provider } from '../base/provider.ts';
import { errorText, UserError } from '../base/user-error.ts';
import type { OptionDefinition } from './option-definition.ts';
import type { OptionStore } from './option-store.ts';
import { OPTIONS } from './option-table.ts';
import { readPrompts } from './prompt-table.ts';
import { isTable, readProviders } from './provider-table.ts';
import type { FileProblem, TomlFile } from './toml-file.ts';

/** What the configuration file did. */
export interface AppliedConfig {
  /** Options that it set; given to the next time, so that what was taken out of the file is no longer set. */
  readonly names: ReadonlySet<string>;
  /** Command lines of `commands = [...]`, to run after the options are set. */
  readonly commands: readonly { readonly command: string; readonly line: number | undefined }[];
  /** The endpoints of `[providers.NAME]`, in their order. */
  readonly providers: readonly Provider[];
  /** System prompts of `[prompts]`, by type; `default` is for all. */
  readonly prompts: ReadonlyMap<string, string>;
  /** What is wrong with names and values; what is wrong with the TOML itself is in the file's own problems. */
  readonly problems: readonly FileProblem[];
}

const BY_PATH: ReadonlyMap<string, OptionDefinition> = new Map(
  OPTIONS.flatMap((definition) => (definition.path === undefined ? [] : [[definition.path, definition] as const])),
);
const BY_NAME: ReadonlyMap<string, OptionDefinition> = new Map(OPTIONS.map((each) => [each.name, each]));
const SECTIONS: readonly string[] = [
  ...new Set([...BY_PATH.keys()].map((path) => path.split('.')[0] ?? path)),
  'options',
  'commands',
  'providers',
  'prompts',
];
const MAXIMUM_COMMANDS = 1000;

/**
 * Sets the options that a configuration file names: places of its own such as [sessions] max_programs, and any option by
 * its name in [options]. What is wrong is named, the rest applies; never throws.
 */
export function applyConfig(
  toml: TomlFile,
  options: OptionStore,
  before: ReadonlySet<string> = new Set(),
): AppliedConfig {
  const reader = new ConfigReader(toml, options);
  for (const [name, value] of Object.entries(toml.data)) {
    if (name === 'commands') reader.commands(value);
    else if (name === 'providers') reader.readProviders(value);
    else if (name === 'prompts') reader.readPrompts(value);
    else if (SECTIONS.includes(name) && !BY_PATH.has(name)) reader.table(name, value);
    else reader.place([name], value);
  }
  for (const name of before) if (!reader.names.has(name)) options.unset(name);
  const { names, lines: commands, providers, prompts, problems } = reader;
  return { names, commands, providers, prompts, problems };
}

class ConfigReader {
  readonly names = new Set<string>();
  readonly lines: { command: string; line: number | undefined }[] = [];
  readonly problems: FileProblem[] = [];
  providers: readonly Provider[] = [];
  prompts: ReadonlyMap<string, string> = new Map();
  readonly #toml: TomlFile;
  readonly #options: OptionStore;

  constructor(toml: TomlFile, options: OptionStore) {
    this.#toml = toml;
    this.#options = options;
  }

  table(section: string, value: unknown): void {
    if (!isTable(value)) {
      this.#problem([section], `${section} must be a table: [${section}]`);
      return;
    }
    for (const [key, item] of Object.entries(value))
      if (section === 'options') this.#set(key, item, [section, key]);
      else this.place([section, key], item);
  }

  /** Something that has a place of its own in the file. */
  place(path: readonly string[], value: unknown): void {
    const place = path.join('.');
    const definition = BY_PATH.get(place);
    if (definition !== undefined) this.#set(definition.name, value, path);
    else this.#problem(path, `unknown name: ${place.slice(0, 100)}${advice(path)}`);
  }

  commands(value: unknown): void {
    if (!Array.isArray(value)) this.#problem(['commands'], 'commands must be a list of command lines in quotes');
    else
      for (const command of value.slice(0, MAXIMUM_COMMANDS))
        if (typeof command === 'string') this.lines.push({ command, line: this.#toml.lineOf(['commands']) });
        else this.#problem(['commands'], 'a command must be a text in quotes');
  }

  readProviders(value: unknown): void {
    this.providers = readProviders(value, (path, text) => this.#problem(path, text));
  }

  readPrompts(value: unknown): void {
    this.prompts = readPrompts(value, (path, text) => this.#problem(path, text));
  }

  #set(name: string, value: unknown, path: readonly string[]): void {
    this.#attempt(path, () => {
      const definition = BY_NAME.get(name);
      if (Array.isArray(value)) this.#setArray(name, value, definition, path);
      else this.#options.set(name, valueText(value, definition));
      this.names.add(name);
    });
  }

  /** What is wrong in the list is named, and the rest of it holds. */
  #setArray(
    name: string,
    items: readonly unknown[],
    definition: OptionDefinition | undefined,
    path: readonly string[],
  ): void {
    if (definition?.kind !== 'array') throw new UserError(`${name} takes one value, not a list`);
    const texts = items.map((item) => valueText(item, definition));
    this.#options.set(name, '');
    for (const [index, text] of texts.entries())
      this.#attempt(path, () => this.#options.set(`${name}[${index}]`, text));
  }

  #attempt(path: readonly string[], task: () => void): void {
    try {
      task();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      this.#problem(path, errorText(error));
    }
  }

  #problem(path: readonly string[], text: string): void {
    this.problems.push({ file: this.#toml.file, line: this.#toml.lineOf(path), text });
  }
}

/** A value of the file as `set-option` takes it; a number of bytes is one, not one of lines. Throws UserError. */
function valueText(value: unknown, definition: OptionDefinition | undefined): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'number') return definition?.kind === 'bytes' ? `${value}B` : String(value);
  throw new UserError('the value must be a text in quotes, a number, true or false');
}

/** What may have been meant by a place that is none. */
function advice(path: readonly string[]): string {
  const name = path.at(-1)?.replaceAll('_', '-') ?? '';
  if (BY_NAME.has(name)) return `; ${name} belongs in [options]`;
  const near = nearest(path.join('.'), [...BY_PATH.keys(), ...SECTIONS]);
  return near === undefined ? '' : `; the nearest is ${near}`;
}
