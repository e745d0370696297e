import { UserError } from '../base/user-error.ts';
import type { Arguments, Command, CommandContext } from './command.ts';
import type { CommandClient } from './command-client.ts';
import { currentClient, expand, isReadOnly, targetClient, targetSession } from './place.ts';
import { fillTemplate } from './template.ts';

const NOTHING = { usage: '', minimum: 0, maximum: 0 } as const;

function attach(context: CommandContext, args: Arguments): void {
  const { caller, client, server } = context;
  if (server.sessions.length === 0) throw new UserError('no sessions');
  const session = targetSession(context, args);
  if (caller.kind === 'process') caller.checkAttach();
  context.use(session);
  const readOnly = args.has('r');
  if (args.has('x'))
    for (const other of server.clients)
      if (other.session === session && other !== client) other.detach({ hangup: true });
  if (caller.kind === 'process') caller.attach(session, { readOnly, detachOthers: args.has('d') });
  else {
    const shown = currentClient(context);
    if (args.has('d'))
      for (const other of server.clients)
        if (other.session === session && other !== client) other.detach({ hangup: false });
    if (readOnly) shown.setReadOnly(true);
    shown.show(session);
  }
}

function detach(context: CommandContext, args: Arguments): void {
  const execute = args.value('E');
  const reason = { hangup: args.has('P'), ...(execute === undefined ? {} : { execute }) };
  for (const client of leaving(context, args)) client.detach(reason);
}

function leaving(context: CommandContext, args: Arguments): readonly CommandClient[] {
  const { clients } = context.server;
  if (isReadOnly(context)) return [currentClient(context)];
  if (args.has('s')) {
    const session = targetSession(context, args, 's');
    return clients.filter((client) => client.session === session);
  }
  const client = targetClient(context, args);
  return args.has('a') ? clients.filter((other) => other !== client) : [client];
}

async function chooseClient(context: CommandContext, args: Arguments): Promise<void> {
  const client = currentClient(context);
  const clients = context.server.clients;
  const format = args.value('F') ?? CLIENT_FORMAT;
  const chosen = await client.dialogs.choose({
    title: 'Clients',
    items: clients.map((item) => expand(context, format, { client: item, session: item.session })),
    selected: Math.max(0, clients.indexOf(client)),
  });
  const target = chosen === undefined ? undefined : clients[chosen];
  if (target !== undefined)
    await context.runLine(fillTemplate(args.positional[0] ?? "detach-client -t '%%'", [target.name]));
}

/** tmux's, without the user of a shared socket. */
export const CLIENT_FORMAT =
  '#{client_name}: #{session_name} [#{client_width}x#{client_height} #{client_termname}]#{?client_flags, (,}#{client_flags}#{?client_flags,),}';

function lock(clients: readonly CommandClient[]): void {
  for (const client of clients) client.lock();
}

const ON_CLIENT = { switches: '', values: { t: 'target-client' }, positional: NOTHING, target: 'client' } as const;

/** Commands on attached terminals. */
export const clientCommands: readonly Command[] = [
  {
    name: 'attach-session',
    aliases: ['attach', 'at'],
    summary: 'Show a session in this terminal',
    switches: 'dErx',
    values: { t: 'target-session' },
    positional: NOTHING,
    target: 'session',
    run: attach,
  },
  {
    name: 'detach-client',
    aliases: ['detach'],
    summary: 'Leave; everything goes on',
    switches: 'aP',
    values: { E: 'shell-command', s: 'target-session', t: 'target-client' },
    positional: NOTHING,
    target: 'client',
    readOnly: true,
    run: detach,
  },
  {
    name: 'refresh-client',
    aliases: ['refresh'],
    summary: 'Paint a client afresh',
    switches: 'S',
    values: { t: 'target-client' },
    positional: NOTHING,
    target: 'client',
    readOnly: true,
    run: (context, args) => targetClient(context, args).refresh(),
  },
  {
    name: 'suspend-client',
    aliases: ['suspendc'],
    summary: 'Stop a client, as C-z does a program',
    ...ON_CLIENT,
    readOnly: true,
    run: (context, args) => targetClient(context, args).suspend(),
  },
  {
    name: 'lock-client',
    aliases: ['lockc'],
    summary: 'Run lock-command on a client',
    ...ON_CLIENT,
    run: (context, args) => lock([targetClient(context, args)]),
  },
  {
    name: 'lock-session',
    aliases: ['locks'],
    summary: 'Lock every client that shows a session',
    switches: '',
    values: { t: 'target-session' },
    positional: NOTHING,
    target: 'session',
    run: (context, args) => {
      const session = targetSession(context, args);
      lock(context.server.clients.filter((client) => client.session === session));
    },
  },
  {
    name: 'lock-server',
    aliases: ['lock'],
    summary: 'Lock every client',
    switches: '',
    values: {},
    positional: NOTHING,
    target: 'none',
    run: (context) => lock(context.server.clients),
  },
  {
    name: 'choose-client',
    aliases: [],
    summary: 'Choose a client from a list; Enter detaches it, or runs the template',
    switches: 'NrZ',
    values: { F: 'format', t: 'target-session' },
    positional: { usage: '[template]', minimum: 0, maximum: 1 },
    target: 'pane',
    run: chooseClient,
  },
];
