import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'smol-toml';
import { keyText, parseKey } from '../../lib/input/key-name.ts';
import { createKeyTables } from '../../lib/input/key-tables.ts';
import { readKeymap } from '../../lib/input/keymap.ts';
import { Composer } from '../../lib/session/composer.ts';
import type { ComposerOptions } from '../../lib/session/composer-options.ts';
import { textWidth, truncate } from '../../lib/text/width.ts';

const folder = path.resolve(import.meta.dirname, '../../../keymaps');

/** The bindings of a keymap that comes with qmux, by table. */
export const keymapBindings = (name: string) =>
  readKeymap(parse(readFileSync(path.join(folder, `${name}.toml`), 'utf8'))).keymap.bindings;

const tables = createKeyTables();
for (const name of ['overlay', 'compose-emacs', 'compose-vi'])
  for (const { table, binding } of keymapBindings(name)) tables.bind(table, binding);

/** A person at a composer, whose keys mean what the keymaps say. */
export class ComposerTypist {
  readonly composer: Composer;
  readonly history: string[];
  readonly notices: string[] = [];
  changes = 0;

  constructor(keys: 'emacs' | 'vi' = 'emacs', options: Partial<ComposerOptions> = {}) {
    this.history = options.history ?? [];
    this.composer = new Composer({
      keys: () => keys,
      history: this.history,
      completeCommand: () => [],
      completeFile: () => Promise.resolve([]),
      onNotice: (text) => void this.notices.push(text),
      onChange: () => {
        this.changes += 1;
      },
      ...options,
    });
  }

  /** Types keys by their names, with blanks between. */
  press(keys: string): this {
    let table: string | undefined;
    for (const name of keys.split(' ')) {
      const key = parseKey(name);
      const binding = tables.find(table ?? this.composer.keyTable, key);
      table = undefined;
      const words = binding?.command.split(' ') ?? [];
      const text = keyText(key);
      if (words[0] === 'switch-client') table = words[2];
      else if (words[0] === 'send-keys') this.#act(words[2] ?? '', words.slice(3));
      else if (binding === undefined && text !== undefined) this.composer.type(text);
    }
    return this;
  }

  type(text: string): this {
    this.composer.type(text);
    return this;
  }

  /** What is seen, a row a line, with `|` for the cursor. */
  seen(columns = 40, rows = 10, label = ''): readonly string[] {
    const view = this.composer.layout(columns, rows, label);
    return view.rows.map((line, y) => {
      const text = line.map((span) => span.text).join('');
      if (y !== view.cursor.y) return text;
      const before = truncate(text, view.cursor.x);
      return `${before}${' '.repeat(view.cursor.x - textWidth(before))}|${text.slice(before.length)}`;
    });
  }

  /** The draft with `|` for the cursor, as far as it fits 80 columns and 100 rows. */
  get draft(): string {
    return this.seen(80, 100).join('\n');
  }

  #act(name: string, args: readonly string[]): void {
    if (this.composer.action(name, args, 1)) return;
    if (name === 'send') this.composer.submit();
    else if (name === 'escape') this.composer.escape();
    else if (name === 'stop') this.composer.clear();
  }
}
