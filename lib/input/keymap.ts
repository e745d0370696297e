import { errorText } from '../base/user-error.ts';
import type { Key } from './key.ts';
import { lookupName, parseKey } from './key-name.ts';
import type { Binding } from './key-table.ts';

/** What a keymap file says, as far as it is right. What it leaves out is undefined. */
export interface Keymap {
  readonly prefix: Key | undefined;
  readonly prefix2: Key | undefined;
  /** Milliseconds, 0–2000 as in tmux. */
  readonly repeatTime: number | undefined;
  readonly bindings: readonly { readonly table: string; readonly binding: Binding }[];
}

/** What is wrong in a keymap; the line counts from 1 and is undefined where it is not known. */
export interface KeymapProblem {
  readonly line: number | undefined;
  readonly text: string;
}

export interface KeymapChecks {
  /** The line of the value at a path of keys. */
  readonly lineOf?: (path: readonly string[]) => number | undefined;
  /** What is wrong with a command line; undefined when nothing is. */
  readonly checkCommand?: (command: string) => string | undefined;
}

const MAXIMUM_REPEAT_TIME = 2000;
const TOP_KEYS = ['prefix', 'prefix2', 'repeat-time', 'tables'];
const BINDING_KEYS = ['run', 'note', 'repeat'];

/**
 * The keymap in the data of a TOML file:
 *
 *     prefix = "C-b"
 *     repeat-time = 500
 *     [tables.prefix]
 *     c = { run = "new-session", note = "New session" }
 *     n = "next-window"
 *
 * What is wrong is left out and named; the rest applies. Two spellings of one key are a double binding, and the first
 * of them stands. Takes any data.
 */
export function readKeymap(
  data: unknown,
  { lineOf = () => undefined, checkCommand = () => undefined }: KeymapChecks = {},
): { readonly keymap: Keymap; readonly problems: readonly KeymapProblem[] } {
  const problems: KeymapProblem[] = [];
  const top = isRecord(data) ? data : {};
  const problem = (path: readonly string[], text: string) => void problems.push({ line: lineOf(path), text });

  const keyAt = (name: string): Key | undefined => {
    const value = top[name];
    if (value === undefined) return undefined;
    if (typeof value === 'string') return parsed(value, [name], problem);
    problem([name], `${name} must be a key in quotes`);
    return undefined;
  };

  for (const name of Object.keys(top)) {
    if (!TOP_KEYS.includes(name)) problem([name], `unknown name: ${name}; a keymap has ${TOP_KEYS.join(', ')}`);
  }
  const bindings: { table: string; binding: Binding }[] = [];
  const tables = top['tables'];
  if (tables !== undefined && !isRecord(tables)) problem(['tables'], 'tables must be a table of key tables');
  for (const [table, entries] of isRecord(tables) ? Object.entries(tables) : []) {
    if (!isRecord(entries)) {
      problem(['tables', table], `tables.${table} must be a table of bindings`);
      continue;
    }
    const seen = new Map<string, string>();
    for (const [spelling, value] of Object.entries(entries)) {
      const path = ['tables', table, spelling];
      const key = parsed(spelling, path, problem);
      if (key === undefined) continue;
      const first = seen.get(lookupName(key));
      if (first !== undefined) {
        problem(path, `${spelling} is bound twice in ${table}: ${first} is the same key`);
        continue;
      }
      seen.set(lookupName(key), spelling);
      const binding = bindingOf(key, value, (text) => problem(path, `${spelling}: ${text}`));
      if (binding === undefined) continue;
      const wrong = checkCommand(binding.command);
      if (wrong === undefined) bindings.push({ table, binding });
      else problem(path, `${spelling}: ${wrong}`);
    }
  }
  const keymap = {
    prefix: keyAt('prefix'),
    prefix2: keyAt('prefix2'),
    repeatTime: repeatTime(top['repeat-time'], (text) => problem(['repeat-time'], text)),
    bindings,
  };
  return { keymap, problems };
}

function parsed(
  spelling: string,
  path: readonly string[],
  problem: (path: readonly string[], text: string) => void,
): Key | undefined {
  try {
    return parseKey(spelling);
  } catch (error) {
    problem(path, errorText(error));
    return undefined;
  }
}

function bindingOf(key: Key, value: unknown, problem: (text: string) => void): Binding | undefined {
  if (typeof value === 'string') return { key, command: value, note: undefined, repeat: false };
  if (!isRecord(value) || typeof value['run'] !== 'string') {
    problem('a binding is a command line in quotes, or { run = "command line", note = "what it does" }');
    return undefined;
  }
  for (const name of Object.keys(value))
    if (!BINDING_KEYS.includes(name)) problem(`unknown name: ${name}; a binding has ${BINDING_KEYS.join(', ')}`);
  const { note, repeat } = value;
  if (note !== undefined && typeof note !== 'string') problem('note must be a text in quotes');
  if (repeat !== undefined && typeof repeat !== 'boolean') problem('repeat must be true or false');
  return { key, command: value['run'], note: typeof note === 'string' ? note : undefined, repeat: repeat === true };
}

function repeatTime(value: unknown, problem: (text: string) => void): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAXIMUM_REPEAT_TIME) return value;
  problem(`repeat-time must be a whole number of milliseconds from 0 to ${MAXIMUM_REPEAT_TIME}`);
  return undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
