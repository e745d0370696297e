import { expandFormat } from '../config/format.ts';
import { usage } from './arguments.ts';
import type { Arguments, Command, CommandContext } from './command.ts';
import { formatsFor } from './place.ts';
import type { CommandLookup } from './resolve.ts';

const NOTHING = { usage: '', minimum: 0, maximum: 0 } as const;

/** The usage without the name, as tmux's #{command_list_usage}. */
const flagsOf = (command: Command): string => usage(command).slice(command.name.length).trim();

function listCommands(
  context: CommandContext,
  args: Arguments,
  commands: readonly Command[],
  lookup: CommandLookup,
): void {
  const [word] = args.positional;
  const shown = word === undefined ? [...commands].sort((a, b) => (a.name < b.name ? -1 : 1)) : [lookup(word)];
  if (args.has('json')) {
    const facts = shown.map((command) => ({
      name: command.name,
      aliases: command.aliases,
      summary: command.summary,
      usage: usage(command),
    }));
    context.print(JSON.stringify(facts, undefined, 2));
    return;
  }
  context.print(shown.map((command) => line(context, args.value('F'), command)).join('\n'));
}

function line(context: CommandContext, format: string | undefined, command: Command): string {
  const aliases = command.aliases.join(', ');
  if (format === undefined)
    return `${command.name}${aliases === '' ? '' : ` (${aliases})`} ${flagsOf(command)}`.trimEnd();
  const outer = formatsFor(context);
  const own: Readonly<Record<string, string>> = {
    command_list_name: command.name,
    command_list_alias: aliases,
    command_list_usage: flagsOf(command),
    command_list_summary: command.summary,
  };
  return expandFormat(format, {
    ...outer,
    lookup: (name) => (Object.hasOwn(own, name) ? own[name] : outer.lookup(name)),
  });
}

/** With a word, how that command is called; otherwise what each does. */
function help(context: CommandContext, args: Arguments, commands: readonly Command[], lookup: CommandLookup): void {
  const [word] = args.positional;
  if (word !== undefined) {
    const command = lookup(word);
    const aliases = command.aliases.length === 0 ? '' : ` (alias: ${command.aliases.join(', ')})`;
    context.print(`${command.name}${aliases}: ${command.summary}\nusage: ${usage(command)}`);
    return;
  }
  const sorted = [...commands].sort((a, b) => (a.name < b.name ? -1 : 1));
  const width = Math.max(...sorted.map(({ name }) => name.length));
  context.print(sorted.map(({ name, summary }) => `${name.padEnd(width)}  ${summary}`).join('\n'));
}

/** With -f nothing comes back: all sessions are closed first, as `kill-session` does. */
function killServer({ server }: CommandContext, args: Arguments): void {
  if (args.has('f')) {
    // Whatever a program does about its end, the server waits for it.
    for (const session of [...server.sessions]) server.killSession(session).catch(() => undefined);
  }
  server.end.stop();
}

function info(context: CommandContext): void {
  const { server } = context;
  const { facts } = server;
  const memory = process.memoryUsage();
  context.print(
    [
      `qmux ${facts.version}, pid ${facts.pid}, socket ${facts.socketPath}`,
      `started ${new Date(facts.startedAt).toString()}`,
      `node ${process.version}, ${process.platform} ${process.arch}`,
      `${server.sessions.length} sessions, ${server.clients.length} clients, ${server.buffers.all.length} buffers`,
      `memory ${megabytes(memory.rss)} (heap ${megabytes(memory.heapUsed)}, outside it ${megabytes(memory.external)})`,
    ].join('\n'),
  );
}

const megabytes = (bytes: number): string => `${(bytes / (1 << 20)).toFixed(1)} MB`;

/** Commands on the server and on the table of commands. */
export const serverCommands = (commands: () => readonly Command[], lookup: CommandLookup): readonly Command[] => [
  {
    name: 'kill-server',
    aliases: [],
    summary: 'End all sessions and the server; they come back with the next one, but for -f',
    switches: 'f',
    values: {},
    positional: NOTHING,
    target: 'none',
    run: killServer,
  },
  {
    name: 'start-server',
    aliases: ['start'],
    summary: 'Start the server when it does not run, without a session',
    switches: '',
    values: {},
    positional: NOTHING,
    target: 'none',
    readOnly: true,
    run: ({ server }) => server.end.stay(),
  },
  {
    name: 'server-info',
    aliases: ['info'],
    summary: 'Tell about the server: version, socket, counts, memory',
    switches: '',
    values: {},
    positional: NOTHING,
    target: 'none',
    readOnly: true,
    run: info,
  },
  {
    name: 'list-commands',
    aliases: ['lscm'],
    summary: 'List all commands, or one, with how they are called',
    switches: '',
    values: { F: 'format' },
    longs: ['json'],
    positional: { usage: '[command]', minimum: 0, maximum: 1, flagsAfter: true },
    target: 'none',
    readOnly: true,
    run: (context, args) => listCommands(context, args, commands(), lookup),
  },
  {
    name: 'help',
    aliases: [],
    summary: 'Tell what each command does, or how one is called',
    switches: '',
    values: {},
    positional: { usage: '[command]', minimum: 0, maximum: 1, flagsAfter: true },
    target: 'none',
    readOnly: true,
    run: (context, args) => help(context, args, commands(), lookup),
  },
];
