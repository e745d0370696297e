import { nearest } from '../base/nearest.ts';
import { UserError } from '../base/user-error.ts';
import type { Arguments, Command, CommandContext } from './command.ts';
import { splitWords, writeSequence } from './command-line.ts';
import { aliasesOf, executeText } from './executor.ts';
import { type CommandLookup, checkLine } from './resolve.ts';

/** Events with hooks, besides `after-COMMAND` of every command. */
const HOOK_EVENTS: readonly string[] = [
  'alert-activity',
  'alert-bell',
  'client-attached',
  'client-detached',
  'client-resized',
  'client-session-changed',
  'pane-died',
  'pane-exited',
  'session-closed',
  'session-created',
  'session-renamed',
];
/** Command lines that one hook may have. */
const MAXIMUM_LINES = 1000;

/** Every hook that can be set. */
export const hookNames = (commands: readonly Command[]): readonly string[] => [
  ...HOOK_EVENTS,
  ...commands.map((command) => `after-${command.name}`),
];

interface HookName {
  readonly name: string;
  readonly index: number | undefined;
}

/** `name` or `name[3]`. Throws UserError for a hook that never fires. */
function hookName(text: string, commands: readonly Command[]): HookName {
  const [, name = text, digits] = /^([a-z-]+)(?:\[(\d{1,4})\])?$/.exec(text) ?? [];
  const known = hookNames(commands);
  if (known.includes(name)) return { name, index: digits === undefined ? undefined : Number(digits) };
  const near = nearest(name, known);
  throw new UserError(
    `invalid option: ${text.slice(0, 64)}${near === undefined ? '' : ` (the nearest hook is ${near})`}`,
  );
}

async function setHook(
  context: CommandContext,
  args: Arguments,
  commands: readonly Command[],
  lookup: CommandLookup,
): Promise<void> {
  const [given = '', ...words] = args.positional;
  const { name, index } = hookName(given, commands);
  const { hooks } = context.server;
  const lines = hooks.get(name) ?? [];
  if (args.has('R')) {
    for (const line of lines) await executeText(line, context, { lookup });
    return;
  }
  if (args.has('u')) {
    if (index === undefined || lines.length < 2) hooks.delete(name);
    else hooks.set(name, lines.toSpliced(index, 1));
    return;
  }
  if (words.length === 0) throw new UserError('empty value');
  const line = words.length === 1 ? (words[0] ?? '').trim() : writeSequence(splitWords(words));
  checkLine(line, lookup, aliasesOf(context.server));
  if (lines.length >= MAXIMUM_LINES) throw new UserError(`too many commands for ${name} (at most ${MAXIMUM_LINES})`);
  if (index !== undefined && index < lines.length) hooks.set(name, lines.with(index, line));
  else hooks.set(name, args.has('a') || index !== undefined ? [...lines, line] : [line]);
}

function showHooks(context: CommandContext, args: Arguments, commands: readonly Command[]): void {
  const given = args.positional[0];
  const only = given === undefined ? undefined : hookName(given, commands).name;
  const shown = [...context.server.hooks].filter(([name]) => only === undefined || name === only);
  const lines = shown
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, commandLines]) => commandLines.map((line, index) => `${name}[${index}] ${line}`));
  if (lines.length > 0) context.print(lines.join('\n'));
}

/** Commands on hooks. */
export const hookCommands = (commands: () => readonly Command[], lookup: CommandLookup): readonly Command[] => [
  {
    name: 'set-hook',
    aliases: [],
    summary: 'Run a command line at an event, or after a command',
    switches: 'agpRuw',
    values: { t: 'target-session' },
    positional: { usage: 'hook [command [argument ...]]', minimum: 1, maximum: Number.MAX_SAFE_INTEGER },
    target: 'session',
    run: (context, args) => setHook(context, args, commands(), lookup),
  },
  {
    name: 'show-hooks',
    aliases: [],
    summary: 'List the hooks that are set',
    switches: 'gpw',
    values: { t: 'target-session' },
    positional: { usage: '[hook]', minimum: 0, maximum: 1, flagsAfter: true },
    target: 'session',
    readOnly: true,
    run: (context, args) => showHooks(context, args, commands()),
  },
];
