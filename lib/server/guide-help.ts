import { usage } from '../command/arguments.ts';
import { COMMANDS } from '../command/command-table.ts';
import { SLASH_COMMANDS } from '../command/slash-commands.ts';
import type { OptionStore } from '../config/option-store.ts';
import { OPTIONS } from '../config/option-table.ts';
import type { GuideHelp, GuideKey } from '../conversation/guide-help.ts';
import { keyName } from '../input/key-name.ts';
import type { Binding, KeyTables } from '../input/key-table.ts';
import { GUIDE_TOPICS } from './guide-topics.ts';

export interface GuideHelpOptions {
  readonly keyTables: KeyTables;
  readonly options: OptionStore;
}

/** A place for a key: `[[new-session]]`, `[[compose/send]]`. */
const PLACEHOLDER = /\[\[([\w :=/.+-]{1,80})\]\]/g;
/** How many tables a key may lead through. */
const DEPTH = 3;

/** The guide's help from the real tables: commands, options, and the keys of this server as they are now. */
export function createGuideHelp(given: GuideHelpOptions): GuideHelp {
  const keys = new KeyNames(given);
  const fill = (markdown: string) => markdown.replaceAll(PLACEHOLDER, (_, wanted: string) => keys.describe(wanted));
  return {
    get topics() {
      return GUIDE_TOPICS.map(({ title, text, words }) => ({ title, words, text: fill(text) }));
    },
    get keys() {
      return keys.noted();
    },
    commands: [
      ...SLASH_COMMANDS.map(({ name, aliases, usage: takes, summary }) => ({
        name: `/${name}`,
        aliases: aliases.map((alias) => `/${alias}`),
        usage: `/${name} ${takes}`.trimEnd(),
        summary,
      })),
      ...COMMANDS.map((command) => ({
        name: command.name,
        aliases: command.aliases,
        usage: usage(command),
        summary: command.summary,
      })),
    ],
    options: OPTIONS.map((option) => ({
      name: option.name,
      default: Array.isArray(option.default) ? option.default.join(' ') : String(option.default),
      description: option.description,
    })),
    fill,
  };
}

/** Names in texts for tables that the person chooses, and for bindings that are more than their command. */
const COMMANDS_BY_NAME: Readonly<Record<string, (command: string) => boolean>> = {
  'new-session-with-a-command': (command) => /^command-prompt\b.*\bnew-session\b/.test(command),
  'rename-session': (command) => /^command-prompt\b.*\brename-(session|window)\b/.test(command),
  'kill-window': (command) => /^(confirm-before\b.*\b)?kill-(window|pane|session)\b/.test(command),
};

/** What is typed at the prompt for them where there is no key. */
const WITHOUT_KEY: Readonly<Record<string, string>> = {
  'new-session-with-a-command': 'new-session COMMAND',
  'rename-session': 'rename-session NAME',
};

/** Looks up which key does what. */
class KeyNames {
  readonly #tables: KeyTables;
  readonly #options: OptionStore;

  constructor({ keyTables, options }: GuideHelpOptions) {
    this.#tables = keyTables;
    this.#options = options;
  }

  /** As code, or how to do it without a key. */
  describe(wanted: string): string {
    if (wanted === 'prefix') return `\`${this.#options.string('prefix')}\``;
    const [group = '', action] = wanted.split('/');
    const found = action === undefined ? this.#ofCommand(wanted) : this.#ofAction(group, action);
    if (found !== undefined) return found.includes('`') ? `\`\` ${found} \`\`` : `\`${found}\``;
    return this.#withoutKey(action === undefined ? (WITHOUT_KEY[wanted] ?? wanted) : `send-keys -X ${action}`);
  }

  /** All keys that have a note, as they are typed. */
  noted(): readonly GuideKey[] {
    // The same key means the same in several tables.
    const found = new Map<string, GuideKey>();
    for (const table of this.#tables.names) {
      const path = this.#path(table, DEPTH);
      if (path === undefined) continue;
      for (const { key, note } of this.#tables.bindings(table)) {
        const keys = [...path, keyName(key)].join(' ');
        if (note !== undefined) found.set(`${keys} ${note}`, { keys, note });
      }
    }
    return [...found.values()];
  }

  /** A command line that has no key: at the prompt, else in a shell. */
  #withoutKey(line: string): string {
    const prompt = this.#ofCommand('command-prompt');
    return prompt === undefined ? `\`qmux ${line}\`` : `\`${prompt}\` \`${line}\``;
  }

  #ofCommand(wanted: string): string | undefined {
    const special = Object.hasOwn(COMMANDS_BY_NAME, wanted) ? COMMANDS_BY_NAME[wanted] : undefined;
    const fits = [
      special ?? ((command: string) => command === wanted),
      (command: string) => command.startsWith(`${wanted} -`),
    ];
    const tables = ['prefix', 'root', ...this.#tables.names.filter((name) => name !== 'prefix' && name !== 'root')];
    for (const fit of fits)
      for (const table of tables) {
        const path = this.#path(table, DEPTH);
        const binding = path && this.#tables.bindings(table).find(({ command }) => fit(command));
        if (path !== undefined && binding !== undefined) return [...path, keyName(binding.key)].join(' ');
      }
    return undefined;
  }

  #ofAction(group: string, action: string): string | undefined {
    const wanted = `send-keys -X ${action}`;
    for (const table of this.#tablesOf(group)) {
      const bindings = this.#tables.bindings(table);
      // An action that asks first is in the template of a prompt.
      const binding =
        bindings.find(({ command }) => command === wanted) ??
        bindings.find(({ command }) => command.startsWith('command-prompt ') && command.includes(`${wanted} `));
      if (binding !== undefined) return keyName(binding.key);
    }
    return undefined;
  }

  /** The tables that a group of texts stands for, by the person's choice of keys. */
  #tablesOf(group: string): readonly string[] {
    const isVi = (option: string) => this.#options.string(option) === 'vi';
    if (group === 'compose') return isVi('composer-keys') ? ['compose-vi', 'compose-vi-normal'] : ['compose-emacs'];
    if (group === 'copy') return isVi('mode-keys') ? ['copy-mode-vi'] : ['copy-mode'];
    return [group];
  }

  /** The keys that lead to a table; undefined for one that is not reached by keys of this person. */
  #path(table: string, depth: number): readonly string[] | undefined {
    if (table === 'prefix') return [this.#options.string('prefix')];
    if (table === 'root' || ['compose', 'approval'].some((group) => this.#tablesOf(group).includes(table))) return [];
    if (depth === 0) return undefined;
    const wanted = `switch-client -T ${table}`;
    for (const from of ['root', 'prefix', ...this.#tablesOf('compose')]) {
      const binding: Binding | undefined = this.#tables.bindings(from).find(({ command }) => command === wanted);
      const path = binding && this.#path(from, depth - 1);
      if (binding !== undefined && path !== undefined) return [...path, keyName(binding.key)];
    }
    return undefined;
  }
}
