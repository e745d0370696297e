import { UserError } from '../base/user-error.ts';
import type { Arguments, Command, CommandContext } from './command.ts';
import { expand } from './place.ts';

function setEnvironment(context: CommandContext, args: Arguments): void {
  const { server } = context;
  const [name = '', given] = args.positional;
  if (name === '') throw new UserError('empty variable name');
  if (name.includes('=') || name.includes('\0')) throw new UserError('variable name contains =');
  if (args.has('u') || args.has('r')) {
    if (given !== undefined) throw new UserError(`can't specify a value with -${args.has('u') ? 'u' : 'r'}`);
    server.hiddenEnvironment.delete(name);
    if (args.has('u')) server.environment.delete(name);
    else server.environment.set(name, undefined);
    return;
  }
  if (given === undefined) throw new UserError('no value specified');
  const value = args.has('F') ? expand(context, given) : given;
  if (args.has('h')) {
    server.environment.delete(name);
    server.hiddenEnvironment.set(name, value);
  } else {
    server.hiddenEnvironment.delete(name);
    server.environment.set(name, value);
  }
}

/** Variables as new programs get them: the server's own with the changes over them, or the hidden ones. */
function variables({ server }: CommandContext, args: Arguments): Map<string, string | undefined> {
  if (args.has('h')) return new Map(server.hiddenEnvironment);
  return new Map([...(args.has('g') ? Object.entries(process.env) : []), ...server.environment]);
}

function showEnvironment(context: CommandContext, args: Arguments): void {
  const [name] = args.positional;
  const all = variables(context, args);
  if (name !== undefined) {
    if (!all.has(name)) throw new UserError(`unknown variable: ${name}`);
    context.print(written(name, all.get(name), args.has('s')));
    return;
  }
  const lines = [...all]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([variable, value]) => written(variable, value, args.has('s')));
  if (lines.length > 0) context.print(lines.join('\n'));
}

/** `NAME=value` or `-NAME`; for a shell, what sets or unsets it. */
function written(name: string, value: string | undefined, shell: boolean): string {
  if (!shell) return value === undefined ? `-${name}` : `${name}=${value}`;
  if (value === undefined) return `unset ${name};`;
  return `${name}="${value.replace(/[$`"\\]/g, '\\$&')}"; export ${name};`;
}

/** Commands on the variables that programs get. */
export const environmentCommands: readonly Command[] = [
  {
    name: 'set-environment',
    aliases: ['setenv'],
    summary: 'Set, unset or remove a variable of new programs',
    switches: 'Fghru',
    values: { t: 'target-session' },
    positional: { usage: 'name [value]', minimum: 1, maximum: 2 },
    target: 'session',
    run: setEnvironment,
  },
  {
    name: 'show-environment',
    aliases: ['showenv'],
    summary: 'List the variables set for new programs, with -g all they get',
    switches: 'ghs',
    values: { t: 'target-session' },
    positional: { usage: '[name]', minimum: 0, maximum: 1 },
    target: 'session',
    readOnly: true,
    run: showEnvironment,
  },
];
