import { UserError } from '../base/user-error.ts';
import { parseCommandText } from '../command/command-line.ts';
import { findCommand } from '../command/command-table.ts';
import { resolve } from '../command/resolve.ts';
import type { Key } from '../input/key.ts';
import { keyName } from '../input/key-name.ts';
import type { Binding, KeyTables } from '../input/key-table.ts';
import type { KeyAction } from '../session/chat-options.ts';

const NOWHERE = { variable: () => undefined, assign: () => undefined, expand: (format: string) => format };
/** The commands that take -X. */
const TYPING: ReadonlySet<string> = new Set(['send-keys', 'send']);
/** Bindings do not change, they are replaced: each is read once. */
const known = new WeakMap<Binding, { readonly action: KeyAction | undefined }>();

/** What a key table says of a key that a script sends: its `send-keys -X ACTION`; undefined for no binding or another command. */
export function keyAction(tables: KeyTables, table: string, key: Key): KeyAction | undefined {
  const binding = tables.find(table, key);
  return binding === undefined ? undefined : read(binding);
}

/** The key of a table that does an action without further words, as it is typed; the first where several do. */
export function keyOfAction(tables: KeyTables, table: string, action: string): string | undefined {
  const binding = tables.bindings(table).find((candidate) => {
    const found = read(candidate);
    return found?.name === action && found.args.length === 0;
  });
  return binding === undefined ? undefined : keyName(binding.key);
}

function read(binding: Binding): KeyAction | undefined {
  const entry = known.get(binding) ?? { action: actionOf(binding.command) };
  known.set(binding, entry);
  return entry.action;
}

function actionOf(line: string): KeyAction | undefined {
  try {
    const [invocation, ...more] = parseCommandText(line, NOWHERE).flat();
    if (invocation === undefined || more.length > 0) return undefined;
    const { command, args } = resolve(invocation, findCommand);
    const [name, ...rest] = args.positional;
    if (!TYPING.has(command.name) || !args.has('X') || name === undefined) return undefined;
    const count = Number(args.value('N') ?? 1);
    return { name, args: rest, count: Number.isInteger(count) && count > 0 ? count : 1 };
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
