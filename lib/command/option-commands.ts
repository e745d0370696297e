import { UserError } from '../base/user-error.ts';
import type { OptionStore } from '../config/option-store.ts';
import type { Arguments, Command, CommandContext } from './command.ts';
import { quoteWord } from './command-line.ts';
import { expand, targetSession } from './place.ts';

/** The whole name, where `given` begins one alone; what the store knows otherwise, or refuses, as it is. */
function optionName(options: OptionStore, given: string): string {
  const matches = options.names.includes(given) ? [] : options.names.filter((name) => name.startsWith(given));
  return matches.length === 1 ? (matches[0] ?? given) : given;
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
  if (given === undefined) options.toggle(name, session);
  else
    options.set(name, args.has('F') ? expand(context, given) : given, { ...inScope(session), append: args.has('a') });
}

function showOptions(context: CommandContext, args: Arguments): void {
  const { options } = context.server;
  const given = args.positional[0];
  const session = scope(context, args);
  const names =
    given === undefined ? listed(options, session, args) : named(options, expand(context, given), session, args);
  if (args.has('json')) {
    const values = names.map((name) => [name, options.get(name, session)]);
    context.print(JSON.stringify(Object.fromEntries(values), undefined, 2));
    return;
  }
  const lines = names.flatMap((name) => written(options, name, session, args.has('v')));
  if (lines.length > 0) context.print(lines.join('\n'));
}

/** For a session its own options, with -A those that it inherits too; server options with -s, all with -g. */
function listed(options: OptionStore, session: number | undefined, args: Arguments): readonly string[] {
  return [...options.names].sort().filter((name) => {
    const ofServer = options.scope(name) === 'server';
    if (session === undefined) return !args.has('s') || ofServer;
    return !ofServer && (args.has('A') || options.isSet(name, session));
  });
}

/** The one asked for; nothing where tmux says nothing: a session's option that only the global ones set, or -q. */
function named(options: OptionStore, given: string, session: number | undefined, args: Arguments): readonly string[] {
  try {
    const name = optionName(options, given);
    options.get(name, session);
    const silent = isInherited(options, name, session) && !args.has('A') && !args.has('v') && !args.has('json');
    return silent ? [] : [name];
  } catch (error) {
    if (args.has('q') && error instanceof UserError) return [];
    throw error;
  }
}

const isInherited = (options: OptionStore, name: string, session: number | undefined): boolean =>
  session !== undefined && options.scope(name) === 'session' && !options.isSet(name, session);

/** As set-option would read it again; a `*` marks what a session inherits. */
function written(options: OptionStore, name: string, session: number | undefined, bare: boolean): readonly string[] {
  const value = options.get(name, session);
  const shown = isInherited(options, name, session) ? `${name}*` : name;
  if (typeof value === 'object') {
    if (bare) return value;
    return value.length === 0 ? [shown] : value.map((item, index) => `${shown}[${index}] ${quoteWord(item, 1)}`);
  }
  const text = options.string(name, session);
  return [bare ? text : `${shown} ${quoteWord(text, 1)}`];
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
