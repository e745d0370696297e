import type { Key } from './key.ts';

/** A key bound to a command line. */
export interface Binding {
  readonly key: Key;
  /** A command line in tmux's grammar. */
  readonly command: string;
  readonly note: string | undefined;
  /** Whether the key may follow again within repeat-time without the prefix. */
  readonly repeat: boolean;
}

/** All key tables of a server, by name: `prefix`, `root`, `copy-mode`, `copy-mode-vi`, `prompt`, `list`, `text`, ... */
export interface KeyTables {
  readonly names: readonly string[];
  readonly bindings: (table: string) => readonly Binding[];
  readonly find: (table: string, key: Key) => Binding | undefined;
  /** Makes the table if need be; replaces a binding of the same key. */
  readonly bind: (table: string, binding: Binding) => void;
  /** False when it was not bound. */
  readonly unbind: (table: string, key: Key) => boolean;
  readonly unbindAll: (table: string) => void;
  /** Another number after each change: what was found out from the tables holds as long as it stays. */
  readonly generation: number;
}
