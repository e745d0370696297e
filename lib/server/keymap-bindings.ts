import { keyName } from '../input/key-name.ts';
import type { Binding, KeyTables } from '../input/key-table.ts';
import type { Keymap } from '../input/keymap.ts';

interface Entry {
  readonly table: string;
  readonly binding: Binding;
}

/** The bindings of keymaps in the key tables; a key that a person bound or unbound since stays as it is. */
export class KeymapBindings {
  readonly #tables: KeyTables;
  /** By table and key. */
  #own: ReadonlyMap<string, Entry> = new Map();

  constructor(tables: KeyTables) {
    this.#tables = tables;
  }

  /** Puts these keymaps in the place of those before; later ones go over earlier ones. */
  replace(keymaps: readonly Keymap[]): void {
    const wanted = new Map<string, Entry>();
    for (const { bindings } of keymaps)
      for (const entry of bindings) wanted.set(`${entry.table} ${keyName(entry.binding.key)}`, entry);
    for (const [id, { table, binding }] of this.#own)
      if (!wanted.has(id) && this.#tables.find(table, binding.key) === binding) this.#tables.unbind(table, binding.key);
    for (const [id, { table, binding }] of wanted)
      if (this.#tables.find(table, binding.key) === this.#own.get(id)?.binding) this.#tables.bind(table, binding);
    this.#own = wanted;
  }
}
