import path from 'node:path';
import type { Disposable } from '../base/disposable.ts';
import type { Provider } from '../base/provider.ts';
import { errorText } from '../base/user-error.ts';
import { applyConfig } from '../config/config-file.ts';
import type { OptionStore } from '../config/option-store.ts';
import { configFile, isShippedKeymap, keymapFile, keymapFolders } from '../config/paths.ts';
import { problemText, readTomlFile } from '../config/toml-file.ts';
import { keyName } from '../input/key-name.ts';
import type { KeyTables } from '../input/key-table.ts';
import { type Keymap, readKeymap } from '../input/keymap.ts';
import { amount } from '../text/amount.ts';
import { FolderWatch } from './folder-watch.ts';
import { KeymapBindings } from './keymap-bindings.ts';

/** Keymaps that hold whatever the person's own is: copy mode, prompts, lists, the composer. */
const COMMON_KEYMAPS = ['overlay', 'copy-emacs', 'copy-vi', 'compose-emacs', 'compose-vi'];
const FALLBACK_KEYMAP = 'tmux';

export interface ConfigurationOptions {
  readonly options: OptionStore;
  readonly keyTables: KeyTables;
  /** The file given with -f; undefined for the person's own. */
  readonly file: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What is wrong with a command line; undefined when nothing is. */
  readonly checkCommand: (command: string) => string | undefined;
  /** Runs a command line of the configuration file; `place` is `file:line`. */
  readonly runCommand: (command: string, place: string) => void;
  /** Says what is wrong with a keymap that was chosen at run time. */
  readonly tell: (problems: readonly string[]) => void;
}

/** The configuration and keymap files of a server: read at the start, on request, and when they change. */
export class Configuration implements Disposable {
  readonly #given: ConfigurationOptions;
  readonly #file: string | undefined;
  #names: ReadonlySet<string> = new Set();
  #providers: readonly Provider[] = [];
  #prompts: ReadonlyMap<string, string> = new Map();
  readonly #bindings: KeymapBindings;
  /** The keymap whose bindings are in the tables, and the prefixes that it set. */
  #keymap: Keymap | undefined;
  #prefixes: Readonly<Record<'prefix' | 'prefix2' | 'repeat-time', string | undefined>> = {
    prefix: undefined,
    prefix2: undefined,
    'repeat-time': undefined,
  };
  /** What was wrong when all was read last. */
  #problems: { readonly config: readonly string[]; readonly keymap: readonly string[] } = { config: [], keymap: [] };
  #isThere = false;
  #loading = false;
  #watch: FolderWatch | undefined;

  constructor(given: ConfigurationOptions) {
    this.#given = given;
    this.#file = given.file ?? configFile(given.environment);
    this.#bindings = new KeymapBindings(given.keyTables);
    given.options.changed((names) => {
      if (!names.includes('keymap') || this.#loading) return;
      const problems = this.#loadKeymap();
      this.#problems = { ...this.#problems, keymap: problems };
      if (problems.length > 0) given.tell(problems);
    });
  }

  /** The endpoints of the file as it was read last. */
  get providers(): readonly Provider[] {
    return this.#providers;
  }

  /** The system prompts of the file as it was read last, by type; `default` is for all. */
  get prompts(): ReadonlyMap<string, string> {
    return this.#prompts;
  }

  /** Reads all files; what is wrong is returned as `file:line: text`, and the rest applies. */
  load(): readonly string[] {
    this.#loading = true;
    try {
      const config = this.#loadConfig();
      this.#problems = { config, keymap: this.#loadKeymap() };
      return [...config, ...this.#problems.keymap];
    } finally {
      this.#loading = false;
    }
  }

  /** The files as they were read last, with their problems, for people. */
  explain(): readonly string[] {
    const { options, environment } = this.#given;
    const { config, keymap } = this.#problems;
    const file = this.#file === undefined ? 'none: there is no home folder' : this.#file;
    const name = options.string('keymap');
    return [
      `configuration: ${file}${this.#file === undefined || this.#isThere ? counted(config) : ' (not there)'}`,
      ...config.map((problem) => `  ${problem}`),
      `keymap: ${keymapPath(name, environment)}, prefix ${options.string('prefix')}${counted(keymap)}`,
      ...keymap.map((problem) => `  ${problem}`),
    ];
  }

  /** Reads them again when they change. */
  watch(onChange: (problems: readonly string[]) => void): void {
    const folders = [
      ...(this.#file === undefined ? [] : [path.dirname(this.#file)]),
      ...keymapFolders(this.#given.environment).slice(0, 1),
    ];
    this.#watch = new FolderWatch(folders, () => onChange(this.load()));
  }

  dispose(): void {
    this.#watch?.dispose();
  }

  #loadConfig(): readonly string[] {
    if (this.#file === undefined) return [];
    const toml = readTomlFile(this.#file);
    this.#isThere = toml !== undefined;
    if (toml === undefined) {
      this.#providers = [];
      this.#prompts = new Map();
      return this.#given.file === undefined ? [] : [`${this.#file}: no such file`];
    }
    const { names, commands, providers, prompts, problems } = applyConfig(toml, this.#given.options, this.#names);
    this.#names = names;
    this.#providers = providers;
    this.#prompts = prompts;
    const wrong: string[] = [];
    for (const { command, line } of commands) {
      const problem = this.#given.checkCommand(command);
      if (problem === undefined) this.#given.runCommand(command, `${toml.file}:${line}`);
      else wrong.push(problemText({ file: toml.file, line, text: problem }));
    }
    return [...[...toml.problems, ...problems].map(problemText), ...wrong];
  }

  /** A keymap that cannot be read leaves the one before in place: nobody shall be without keys. */
  #loadKeymap(): readonly string[] {
    const common = COMMON_KEYMAPS.map((name) => this.#readKeymap(name));
    const own = this.#readKeymap(this.#given.options.string('keymap'));
    const wanted = own.keymap ?? this.#keymap ?? this.#readKeymap(FALLBACK_KEYMAP).keymap;
    if (wanted !== undefined) {
      this.#keymap = wanted;
      this.#bindings.replace([...common.flatMap(({ keymap }) => keymap ?? []), wanted]);
      this.#setPrefixes(wanted);
    }
    return [...common.flatMap(({ problems }) => problems), ...own.problems];
  }

  #readKeymap(name: string): { readonly keymap: Keymap | undefined; readonly problems: readonly string[] } {
    const { environment, checkCommand } = this.#given;
    try {
      const file = keymapFile(name, keymapFolders(environment));
      const toml = readTomlFile(file);
      if (toml === undefined) return { keymap: undefined, problems: [`keymap ${name}: no such file`] };
      const { keymap, problems } = readKeymap(toml.data, {
        lineOf: toml.lineOf,
        // A start does not parse some 400 lines for nothing.
        ...(isShippedKeymap(file) ? {} : { checkCommand }),
      });
      const wrong = problems.map(({ line, text }) => problemText({ file: toml.file, line, text }));
      return { keymap, problems: [...toml.problems.map(problemText), ...wrong] };
    } catch (error) {
      return { keymap: undefined, problems: [errorText(error)] };
    }
  }

  /** The keymap's prefixes hold where the person set none. */
  #setPrefixes({ prefix, prefix2, repeatTime }: Keymap): void {
    const { options } = this.#given;
    const wanted = {
      prefix: prefix && keyName(prefix),
      prefix2: prefix2 && keyName(prefix2),
      'repeat-time': repeatTime?.toString(),
    };
    for (const name of ['prefix', 'prefix2', 'repeat-time'] as const) {
      const own = options.isSet(name) && String(options.get(name)) !== this.#prefixes[name];
      if (own) continue;
      if (wanted[name] === undefined) options.unset(name);
      else options.set(name, wanted[name]);
    }
    this.#prefixes = wanted;
  }
}

const counted = ({ length }: readonly string[]): string => (length === 0 ? '' : ` (${amount(length, 'problem')})`);

/** The file of a keymap, or why there is none. */
function keymapPath(name: string, environment: ConfigurationOptions['environment']): string {
  try {
    return keymapFile(name, keymapFolders(environment));
  } catch (error) {
    return errorText(error);
  }
}
