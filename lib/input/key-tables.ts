import type { Key } from './key.ts';
import { lookupName } from './key-name.ts';
import type { Binding, KeyTables } from './key-table.ts';

/** Key tables with nothing in them. */
export function createKeyTables(): KeyTables {
  const tables = new Map<string, Map<string, Binding>>();
  return {
    get names() {
      return [...tables.keys()];
    },
    bindings: (table) => [...(tables.get(table)?.values() ?? [])],
    find: (table, key: Key) => tables.get(table)?.get(lookupName(key)),
    bind: (table, binding) => {
      const bindings = tables.get(table) ?? new Map<string, Binding>();
      tables.set(table, bindings.set(lookupName(binding.key), binding));
    },
    unbind: (table, key) => tables.get(table)?.delete(lookupName(key)) ?? false,
    unbindAll: (table) => {
      tables.delete(table);
    },
  };
}
