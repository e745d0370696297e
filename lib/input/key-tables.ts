import type { Key } from './key.ts';
import { lookupName } from './key-name.ts';
import type { Binding, KeyTables } from './key-table.ts';

/** Key tables with nothing in them. */
export function createKeyTables(): KeyTables {
  const tables = new Map<string, Map<string, Binding>>();
  let generation = 0;
  return {
    get generation() {
      return generation;
    },
    get names() {
      return [...tables.keys()];
    },
    bindings: (table) => [...(tables.get(table)?.values() ?? [])],
    find: (table, key: Key) => tables.get(table)?.get(lookupName(key)),
    bind: (table, binding) => {
      generation += 1;
      const bindings = tables.get(table) ?? new Map<string, Binding>();
      tables.set(table, bindings.set(lookupName(binding.key), binding));
    },
    unbind: (table, key) => {
      generation += 1;
      return tables.get(table)?.delete(lookupName(key)) ?? false;
    },
    unbindAll: (table) => {
      generation += 1;
      tables.delete(table);
    },
  };
}
