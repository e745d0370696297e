import { UserError } from '../base/user-error.ts';
import type { Key } from '../input/key.ts';
import { keyName, parseKey } from '../input/key-name.ts';
import type { Binding, KeyTables } from '../input/key-table.ts';
import type { Arguments, Command, CommandContext } from './command.ts';
import { parseCommandText, splitWords, writeSequence } from './command-line.ts';
import { aliasesOf } from './executor.ts';
import { currentClient } from './place.ts';
import { type CommandLookup, checkLine } from './resolve.ts';

const MANY = Number.MAX_SAFE_INTEGER;

const tableOf = (args: Arguments): string => args.value('T') ?? (args.has('n') ? 'root' : 'prefix');

function knownTable(tables: KeyTables, name: string): string {
  if (tables.names.includes(name)) return name;
  throw new UserError(`table ${name} doesn't exist`);
}

function bind(context: CommandContext, args: Arguments, lookup: CommandLookup): void {
  const [spelling = '', ...words] = args.positional;
  const key = parseKey(spelling);
  const { keyTables } = context.server;
  const old = keyTables.find(tableOf(args), key);
  const [only = ''] = words;
  const command =
    words.length === 0 ? old?.command : words.length === 1 ? only.trim() : writeSequence(splitWords(words));
  if (command === undefined) throw new UserError(`no command for ${spelling}`);
  checkLine(command, lookup, aliasesOf(context.server));
  keyTables.bind(tableOf(args), {
    key,
    command,
    note: args.value('N') ?? (words.length === 0 ? old?.note : undefined),
    repeat: args.has('r') || (words.length === 0 && (old?.repeat ?? false)),
  });
}

function unbind(context: CommandContext, args: Arguments): void {
  const { keyTables } = context.server;
  const [spelling] = args.positional;
  try {
    if (args.has('a')) {
      if (spelling !== undefined) throw new UserError('key given with -a');
      keyTables.unbindAll(knownTable(keyTables, tableOf(args)));
      return;
    }
    if (spelling === undefined) throw new UserError('missing key');
    const key = parseKey(spelling);
    keyTables.unbind(args.has('T') ? knownTable(keyTables, tableOf(args)) : tableOf(args), key);
  } catch (error) {
    if (!args.has('q')) throw error;
  }
}

interface Bound {
  readonly table: string;
  readonly binding: Binding;
}

/** The prefix as it is shown before a key of the prefix table. */
const prefixOf = ({ server }: CommandContext): string =>
  server.options.names.includes('prefix') ? server.options.string('prefix') : 'C-b';

function wanted(context: CommandContext, args: Arguments, tables: readonly string[]): readonly Bound[] {
  const [spelling] = args.positional;
  const key = spelling === undefined ? undefined : keyName(parseKey(spelling));
  const bound = tables.flatMap((table) =>
    context.server.keyTables.bindings(table).map((binding) => ({ table, binding })),
  );
  return key === undefined ? bound : bound.filter(({ binding }) => keyName(binding.key) === key);
}

function listKeys(context: CommandContext, args: Arguments): void {
  const { keyTables } = context.server;
  const table = args.value('T');
  if (table !== undefined) knownTable(keyTables, table);
  const notes = args.has('N');
  const tables = table !== undefined ? [table] : notes ? ['root', 'prefix'] : [...keyTables.names].sort();
  const bound = wanted(context, args, tables).filter(({ binding }) => !notes || args.has('a') || binding.note);
  const listed = args.has('1') ? bound.slice(0, 1) : bound;
  if (args.has('json')) {
    context.print(JSON.stringify(listed.map(keyJson), undefined, 2));
    return;
  }
  if (listed.length === 0 && args.positional[0] !== undefined)
    throw new UserError(`unknown key: ${args.positional[0]}`);
  const lines = notes ? noteLines(listed, args.value('P') ?? prefixOf(context), args.has('P')) : bindLines(listed);
  if (lines.length > 0) context.print(lines.join('\n'));
}

const keyJson = ({ table, binding }: Bound) => ({
  table,
  key: keyName(binding.key),
  command: binding.command,
  note: binding.note ?? null,
  repeat: binding.repeat,
});

/** `C-b c     Create a new window`; a prefix that was given stands before every key. */
function noteLines(bound: readonly Bound[], prefix: string, always: boolean): readonly string[] {
  const width = Math.max(0, ...bound.map(({ binding }) => keyName(binding.key).length));
  return bound.map(({ table, binding }) => {
    const before = always ? prefix : table === 'prefix' ? `${prefix} ` : '';
    const blank = always || table === 'prefix' ? '' : ' '.repeat(prefix.length + 1);
    return `${before}${keyName(binding.key).padEnd(width)}${blank} ${binding.note ?? oneLine(binding.command)}`;
  });
}

/** `bind-key -r -T prefix Up select-pane -U`, in columns, each line fit for a file. */
function bindLines(bound: readonly Bound[]): readonly string[] {
  const repeats = bound.some(({ binding }) => binding.repeat);
  const tableWidth = Math.max(0, ...bound.map(({ table }) => table.length));
  const keyWidth = Math.max(0, ...bound.map(({ binding }) => writeKey(binding.key).length));
  return bound.map(({ table, binding }) => {
    const repeat = repeats ? (binding.repeat ? '-r ' : '   ') : '';
    const key = writeKey(binding.key).padEnd(keyWidth);
    return `bind-key ${repeat}-T ${table.padEnd(tableWidth)} ${key} ${oneLine(binding.command)}`;
  });
}

/** As tmux writes it: one special character with a backslash, a longer name with one in it between quotes. */
function writeKey(key: Key): string {
  const name = keyName(key);
  if (name.length === 1) return name.replace(/["#$%';\\{}~]/, '\\$&');
  return /[ "#$%';\\{}]/.test(name) ? `"${name.replace(/["\\$]/g, '\\$&')}"` : name;
}

/** A command line as the end of a bind-key: commands joined by `\;`. */
function oneLine(line: string): string {
  try {
    const place = { variable: (name: string) => `$${name}`, assign: () => undefined, expand: () => '' };
    const sequences = parseCommandText(line, place);
    const simple = sequences.length < 2 && (sequences[0]?.length ?? 0) < 2 && !line.includes('\n');
    return simple ? line : sequences.map((sequence) => writeSequence(sequence, '\\;')).join(' \\; ');
  } catch {
    return line.replaceAll('\n', ' ');
  }
}

/** What a key does, in every table that a person reaches by keys. */
async function describe(context: CommandContext, args: Arguments): Promise<void> {
  const given =
    args.positional[0] ?? (await currentClient(context).dialogs.prompt({ kind: 'key', label: 'key ', initial: '' }));
  if (given === undefined) return;
  const key = parseKey(given);
  const { keyTables } = context.server;
  const table = args.value('T');
  const tables = table === undefined ? ['prefix', 'root'] : [knownTable(keyTables, table)];
  const lines = tables.flatMap((name) => {
    const binding = keyTables.find(name, key);
    if (binding === undefined) return [];
    const before = name === 'prefix' ? `${prefixOf(context)} ` : name === 'root' ? '' : `${name}: `;
    return [
      `${before}${keyName(key)}: ${binding.note === undefined ? '' : `${binding.note}: `}${oneLine(binding.command)}`,
    ];
  });
  const text = lines.length > 0 ? lines.join('\n') : `${keyName(key)} is not bound`;
  if (context.client !== undefined && lines.length < 2 && context.caller.kind === 'client')
    context.client.message(text);
  else context.print(text);
}

/** Commands on key tables. */
export const keyCommands = (lookup: CommandLookup): readonly Command[] => [
  {
    name: 'bind-key',
    aliases: ['bind'],
    summary: 'Bind a key to a command line',
    switches: 'nr',
    values: { N: 'note', T: 'key-table' },
    positional: { usage: 'key [command [argument ...]]', minimum: 1, maximum: MANY },
    target: 'none',
    run: (context, args) => bind(context, args, lookup),
  },
  {
    name: 'unbind-key',
    aliases: ['unbind'],
    summary: 'Take the binding from a key, or with -a from all of a table',
    switches: 'anq',
    values: { T: 'key-table' },
    positional: { usage: '[key]', minimum: 0, maximum: 1 },
    target: 'none',
    run: unbind,
  },
  {
    name: 'list-keys',
    aliases: ['lsk'],
    summary: 'List key bindings, or with -N their notes',
    switches: '1aN',
    values: { P: 'prefix-string', T: 'key-table' },
    longs: ['json'],
    positional: { usage: '[key]', minimum: 0, maximum: 1 },
    target: 'none',
    readOnly: true,
    run: listKeys,
  },
  {
    name: 'describe-key',
    aliases: [],
    summary: 'Tell what a key does; without one, ask for it',
    switches: '',
    values: { T: 'key-table' },
    positional: { usage: '[key]', minimum: 0, maximum: 1 },
    target: 'none',
    readOnly: true,
    run: describe,
  },
];
