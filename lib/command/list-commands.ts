import { isTrue } from '../config/format.ts';
import type { Session } from '../session/session.ts';
import { CLIENT_FORMAT } from './client-commands.ts';
import type { Arguments, Command, CommandContext } from './command.ts';
import type { CommandClient } from './command-client.ts';
import { expand, type FormatPlace, targetSession } from './place.ts';
import { sessionJson } from './session-json.ts';

const NOTHING = { usage: '', minimum: 0, maximum: 0 } as const;

const SESSIONS =
  '#{session_name}: #{session_windows} windows (created #{t:session_created})#{?session_attached, (attached),}#{?session_type, (#{session_type} chat),}';
const WINDOWS =
  '#{window_index}: #{window_name}#{window_raw_flags} (#{window_panes} panes) [#{window_width}x#{window_height}] #{window_id}#{?window_active, (active),}';
const PANES =
  '#{pane_index}: [#{pane_width}x#{pane_height}] [history #{history_size}/#{history_limit}, #{history_bytes} bytes] #{pane_id}#{?pane_active, (active),}#{?pane_dead, (dead),}';

/** Prints one line, or with --json one object, for each place that the filter lets through. */
function list<T>(
  context: CommandContext,
  args: Arguments,
  items: readonly T[],
  { place, format, json }: { place: (item: T) => FormatPlace; format: string; json: (item: T) => unknown },
): void {
  const filter = args.value('f');
  const kept = filter === undefined ? items : items.filter((item) => isTrue(expand(context, filter, place(item))));
  if (args.has('json')) {
    context.print(JSON.stringify(kept.map(json), undefined, 2));
    return;
  }
  const template = args.value('F') ?? format;
  if (kept.length > 0) context.print(kept.map((item) => expand(context, template, place(item))).join('\n'));
}

function clientJson(client: CommandClient): unknown {
  return {
    name: client.name,
    pid: client.pid,
    session: client.session?.name ?? null,
    columns: client.size.columns,
    rows: client.size.rows,
    term: client.term,
    readOnly: client.readOnly,
    createdAt: client.createdAt,
    lastActivity: client.lastActivity,
  };
}

function listSessions(context: CommandContext, args: Arguments, sessions: readonly Session[], format: string): void {
  context.server.lookAtSessions();
  list(context, args, sessions, {
    place: (session) => ({ session }),
    format,
    json: (session) => sessionJson(session, context.server),
  });
}

const LISTED = { longs: ['json'], positional: NOTHING, readOnly: true } as const;

/** Commands that list sessions and clients. */
export const listCommands: readonly Command[] = [
  {
    name: 'list-sessions',
    aliases: ['ls'],
    summary: 'List all sessions',
    switches: '',
    values: { F: 'format', f: 'filter' },
    target: 'none',
    ...LISTED,
    run: (context, args) => listSessions(context, args, context.server.sessions, SESSIONS),
  },
  {
    name: 'list-windows',
    aliases: ['lsw'],
    summary: 'List all sessions as windows, or with -t one',
    switches: 'a',
    values: { F: 'format', f: 'filter', t: 'target-session' },
    target: 'session',
    ...LISTED,
    run: (context, args) => {
      const one = args.has('t') && !args.has('a');
      const sessions = one ? [targetSession(context, args)] : context.server.sessions;
      listSessions(context, args, sessions, args.has('a') ? `#{session_name}:${WINDOWS}` : WINDOWS);
    },
  },
  {
    name: 'list-panes',
    aliases: ['lsp'],
    summary: 'List the panes of a client, or with -a all sessions',
    switches: 'as',
    values: { F: 'format', f: 'filter', t: 'target-session' },
    target: 'window',
    ...LISTED,
    run: (context, args) => {
      if (args.has('a'))
        listSessions(context, args, context.server.sessions, `#{session_name}:#{window_index}.${PANES}`);
      else {
        const { panes } = context.server.panesWith(targetSession(context, args), context.client);
        const sessions = panes.all.map((pane) => pane.session);
        listSessions(context, args, sessions, args.has('s') ? `#{window_index}.${PANES}` : PANES);
      }
    },
  },
  {
    name: 'list-clients',
    aliases: ['lsc'],
    summary: 'List all attached clients, or those that show a session',
    switches: '',
    values: { F: 'format', f: 'filter', t: 'target-session' },
    target: 'session',
    ...LISTED,
    run: (context, args) => {
      const session = args.has('t') ? targetSession(context, args) : undefined;
      const clients = context.server.clients.filter((client) => session === undefined || client.session === session);
      list(context, args, clients, {
        place: (client) => ({ client, session: client.session }),
        format: CLIENT_FORMAT,
        json: clientJson,
      });
    },
  },
];
