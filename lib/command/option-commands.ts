import { UserError } from '../base/user-error.ts';
import type { OptionStore, OptionValue } from '../config/option-store.ts';
import type { Arguments, Command, CommandContext } from './command.ts';
import { quoteWord } from './command-line.ts';
import { expand, targetSession } from './place.ts';

/** The name meant: whole, or the beginning of one name alone. An unknown one is left for the store to refuse. */
function optionName(options: OptionStore, given: string): string {
  if (given.startsWith('@') || options.names.includes(given)) return given;
  const matches = options.names.filter((name) => name.startsWith(given));
  if (matches.length > 1)
    throw new UserError(`ambiguous option: ${given}, could be: ${matches.slice(0, 10).join(', ')}`);
  return matches[0] ?? given;
}

/** The session whose own value is meant; undefined for the global one. */
function scope(context: CommandContext, args: Arguments): number | undefined {
  if (args.has('g') || args.has('s')) return undefined;
  if (args.has('t')) return targetSession(context, args).id;
  return context.caller.kind === 'server' ? undefined : context.session?.id;
}

const inScope = (session: number | undefined): { readonly session?: number } =>
  session === undefined ? {} : { session };

function setOption(context: CommandContext, args: Arguments): void {
  try {
    setChecked(context, args);
  } catch (error) {
    if (!args.has('q') || !(error instanceof UserError)) throw error;
  }
}

function setChecked(context: CommandContext, args: Arguments): void {
  const { options } = context.server;
  const name = optionName(options, expand(context, args.positional[0] ?? ''));
  const session = scope(context, args);
  if (args.has('u') || args.has('U')) {
    options.unset(name, session);
    return;
  }
  if (args.has('o') && options.isSet(name, session)) throw new UserError(`already set: ${name}`);
  const given = args.positional[1];
  const text = given === undefined ? toggled(options, name, session) : args.has('F') ? expand(context, given) : given;
  options.set(name, text, { ...inScope(session), append: args.has('a') });
}

/** Without a value a switch is turned over. */
function toggled(options: OptionStore, name: string, session: number | undefined): string {
  const value = options.get(name, session);
  if (typeof value !== 'boolean') throw new UserError('empty value');
  return value ? 'off' : 'on';
}

function showOptions(context: CommandContext, args: Arguments): void {
  const { options } = context.server;
  const given = args.positional[0];
  const session = scope(context, args);
  if (given !== undefined) {
    const name = optionName(options, expand(context, given));
    const lines = showOne(options, name, session, args);
    if (lines.length > 0) context.print(lines.join('\n'));
    return;
  }
  const names = [...options.names]
    .sort()
    .filter((name) => session === undefined || args.has('A') || options.isSet(name, session));
  if (args.has('json')) {
    context.print(
      JSON.stringify(Object.fromEntries(names.map((name) => [name, options.get(name, session)])), undefined, 2),
    );
    return;
  }
  const lines = names.flatMap((name) => {
    const inherited = session !== undefined && !options.isSet(name, session);
    return written(inherited ? `${name}*` : name, options.get(name, session), args.has('v'));
  });
  if (lines.length > 0) context.print(lines.join('\n'));
}

function showOne(options: OptionStore, name: string, session: number | undefined, args: Arguments): readonly string[] {
  try {
    const value = options.get(name, session);
    const inherited = session !== undefined && !options.isSet(name, session);
    // Without -A only what the session itself has, as in tmux; its value alone is what scripts ask for.
    if (inherited && !args.has('A') && !args.has('v') && !args.has('json')) return [];
    if (args.has('json')) return [JSON.stringify({ [name]: value }, undefined, 2)];
    return written(inherited && !args.has('v') ? `${name}*` : name, value, args.has('v'));
  } catch (error) {
    if (args.has('q') && error instanceof UserError) return [];
    throw error;
  }
}

/** As set-option would read it again. */
function written(name: string, value: OptionValue, bare: boolean): readonly string[] {
  if (typeof value === 'object') {
    if (bare) return value;
    return value.length === 0 ? [name] : value.map((item, index) => `${name}[${index}] ${quoteWord(item)}`);
  }
  const text = typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value);
  return [bare ? text : `${name} ${quoteWord(text)}`];
}

const SET = {
  values: { t: 'target-session' },
  positional: { usage: 'option [value]', minimum: 1, maximum: 2 },
  target: 'session',
  run: setOption,
} as const;
const SHOW = {
  values: { t: 'target-session' },
  longs: ['json'],
  positional: { usage: '[option]', minimum: 0, maximum: 1 },
  target: 'session',
  readOnly: true,
  run: showOptions,
} as const;

/** Commands on options. */
export const optionCommands: readonly Command[] = [
  {
    name: 'set-option',
    aliases: ['set'],
    summary: 'Set an option for a session, or with -g for all',
    switches: 'aFgopqsuUw',
    ...SET,
  },
  {
    name: 'set-window-option',
    aliases: ['setw'],
    summary: 'Set an option for a session, or with -g for all',
    switches: 'aFgoqu',
    ...SET,
  },
  { name: 'show-options', aliases: ['show'], summary: 'List options with their values', switches: 'Agpqsvw', ...SHOW },
  {
    name: 'show-window-options',
    aliases: ['showw'],
    summary: 'List options with their values',
    switches: 'gqv',
    ...SHOW,
  },
];
