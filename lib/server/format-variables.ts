import { hostname, userInfo } from 'node:os';
import type { Position, Size } from '../base/geometry.ts';
import type { CommandClient } from '../command/command-client.ts';
import type { CommandServer, PanePlace } from '../command/command-server.ts';
import { touches } from '../command/pane-word.ts';
import { count, money, share } from '../command/report.ts';
import { rects, zoom } from '../layout/layout.ts';
import { layoutText } from '../layout/layout-text.ts';
import { hasFailed, timelessState } from '../mode/session-line.ts';
import { isChat } from '../session/chat.ts';
import { flag, seconds } from '../session/fact-text.ts';
import type { Session } from '../session/session.ts';
import { callsForAttention } from '../session/status.ts';
import { stripControls } from '../text/sanitize.ts';

/** What a format is about. */
export interface FormatPlace {
  readonly server: CommandServer;
  readonly client: CommandClient | undefined;
  readonly session: Session | undefined;
  /** Copy mode's facts of the client's pane, by tmux's names. */
  readonly modeFact: (name: string) => string | undefined;
}

type Variables<T> = Readonly<Record<string, (item: T, place: FormatPlace) => string | undefined>>;

const host = hostname();

const SERVER: Variables<CommandServer> = {
  host: () => host,
  host_short: () => host.split('.')[0],
  pid: (server) => String(server.facts.pid),
  socket_path: (server) => server.facts.socketPath,
  start_time: (server) => seconds(server.facts.startedAt),
  version: (server) => server.facts.version,
  user: () => userInfo().username,
  uid: () => String(userInfo().uid),
  server_sessions: (server) => String(server.sessions.length),
  session_count: (server) => String(server.sessions.length),
  buffer_name: (server) => server.buffers.get(undefined)?.name,
  buffer_size: (server) => server.buffers.get(undefined)?.text.length.toString(),
  waiting_count: (server) => String(server.sessions.filter(callsForAttention).length),
  notice_count: (server) => String(server.noticeCount),
};

const SESSION: Variables<Session> = {
  session_id: (session) => `$${session.id}`,
  session_name: (session) => session.name,
  session_created: (session) => seconds(session.createdAt),
  session_activity: (session) => seconds(session.lastActivity),
  session_attached: (session, place) => String(showing(session, place).length),
  session_attached_list: (session, place) =>
    showing(session, place)
      .map((client) => client.name)
      .join(','),
  session_many_attached: (session, place) => flag(showing(session, place).length > 1),
  session_windows: () => '1',
  session_group: () => '',
  session_grouped: () => '0',
  session_marked: (session, place) => flag(isMarkedAmong(session, place)),
  session_format: () => '0',
  window_format: () => '0',
  pane_format: () => '1',
  active_window_index: (_, { server }) => String(server.lastSession?.index ?? 0),
  last_window_index: (_, { server }) => String(server.sessions.at(-1)?.index ?? 0),
  session_path: (session) => stripControls(session.fact('pane_start_path') ?? ''),
  session_alerts: (session) => (session.waitingReason === 'bell' && !session.seen ? `${session.index}!` : ''),
  session_kind: (session) => session.kind,
  session_status: (session) => session.status,
  session_state: (session) =>
    session.exit?.withServer === true ? 'paused · Enter starts it' : timelessState(session).text,
  session_waiting_reason: (session) => session.waitingReason ?? '',
  session_waiting_since: (session) => (session.waitingSince === undefined ? '' : seconds(session.waitingSince)),
  session_muted: (session, { server }) => flag(server.options.boolean('mute', session.id)),
  session_seen: (session) => flag(session.seen),
  session_unread: (session) => String(session.unread),
  session_preview: (session) => printable(session.preview),
  session_last_activity: (session) => seconds(session.lastActivity),
  session_type: (session) => session.fact('session_type'),
  session_model: (session) => printable(session.fact('session_model')),
  session_tokens: (session) => session.fact('session_tokens'),
  session_context: (session) => session.fact('session_context'),
  session_cost: (session) => session.fact('session_cost'),
  session_connection: (session) => session.fact('session_connection'),
  session_gauge: gauge,
  session_width: (session) => String(session.size.columns),
  session_height: (session) => String(session.size.rows),
  window_id: (session) => `@${session.id}`,
  window_index: (session) => String(session.index),
  window_name: (session) => session.name,
  window_panes: (session, place) => String(around(session, place).panes.count),
  window_width: (session, place) => String(windowSize(session, place).columns),
  window_height: (session, place) => String(windowSize(session, place).rows),
  window_zoomed_flag: (session, place) => flag(around(session, place).panes.zoomed),
  window_active: (session, { client }) => flag(client?.session === session),
  window_last_flag: (session, { client }) => flag(client?.lastSession === session),
  window_bell_flag: (session) => flag(session.waitingReason === 'bell' && !session.seen),
  window_activity_flag: (session) => flag(session.unread > 0),
  window_activity: (session) => seconds(session.lastActivity),
  window_silence_flag: () => '0',
  window_active_clients: (session, place) => String(showing(session, place).length),
  window_flags: (session, place) => sessionFlags(session, place),
  window_raw_flags: (session, place) => sessionFlags(session, place),
  window_layout: (session, place) => describeLayout(session, place),
  window_visible_layout: (session, place) => describeLayout(session, place),
  window_marked_flag: (session, place) => flag(isMarkedAmong(session, place)),
  window_bigger: () => '0',
  window_offset_x: () => '',
  window_offset_y: () => '',
  window_active_clients_list: (session, place) =>
    showing(session, place)
      .map((client) => client.name)
      .join(','),
  window_linked: () => '0',
  window_start_flag: (session, { server }) => flag(server.sessions[0] === session),
  window_end_flag: (session, { server }) => flag(server.sessions.at(-1) === session),
  pane_id: (session) => `%${session.id}`,
  pane_index: (session, place) =>
    String(
      place.server.options.number('pane-base-index') +
        Math.max(
          0,
          around(session, place).panes.all.findIndex((pane) => pane.session === session),
        ),
    ),
  pane_active: (session, place) => flag(around(session, place).panes.session === session),
  pane_last: (session, place) => {
    const { panes } = around(session, place);
    return flag(panes.last !== undefined && panes.sessionOf(panes.last) === session);
  },
  pane_at_top: (session, place) => flag(paneRect(session, place).top),
  pane_at_bottom: (session, place) => flag(paneRect(session, place).bottom),
  pane_at_left: (session, place) => flag(paneRect(session, place).left),
  pane_at_right: (session, place) => flag(paneRect(session, place).right),
  pane_left: (session, place) => String(paneRect(session, place).rect.x),
  pane_top: (session, place) => String(paneRect(session, place).rect.y),
  pane_right: (session, place) => {
    const { x } = paneRect(session, place).rect;
    return String(x + session.size.columns - 1);
  },
  pane_bottom: (session, place) => {
    const { y } = paneRect(session, place).rect;
    return String(y + session.size.rows - 1);
  },
  pane_marked: (session, { server }) => flag(server.marked === session),
  pane_marked_set: (_, { server }) => flag(server.marked !== undefined),
  pane_synchronized: () => '0',
  pane_pipe: (session, { server }) => flag(server.pipes.has(session)),
  pane_unseen_changes: (session) => flag(session.unread > 0),
  pane_in_mode: (_, { modeFact }) => modeFact('pane_in_mode') ?? '0',
  pane_input_off: (session) => flag(session.isInputOff),
};

const CLIENT: Variables<CommandClient> = {
  client_name: (client) => client.name,
  client_tty: (client) => client.name,
  client_pid: (client) => String(client.pid),
  client_width: (client) => String(client.size.columns),
  client_height: (client) => String(client.size.rows),
  client_termname: (client) => client.term,
  client_session: (client) => client.session?.name,
  client_last_session: (client) => client.lastSession?.name,
  client_readonly: (client) => flag(client.readOnly),
  client_created: (client) => seconds(client.createdAt),
  client_activity: (client) => seconds(client.lastActivity),
  client_key_table: (client) => client.keys.table,
  client_prefix: (client) => flag(client.keys.table === 'prefix'),
  client_control_mode: () => '0',
  client_utf8: (client) => flag(client.utf8),
  client_flags: (client) => ['attached', 'focused', ...(client.readOnly ? ['read-only'] : [])].join(','),
};

const printable = (text: string | undefined): string => stripControls(text ?? '');

/** Model, share of its window, tokens and cost of a chat, as `big 12% 15k 0.12`; empty for a program, and before a model is chosen. */
function gauge(session: Session): string {
  if (!isChat(session) || session.modelName === undefined) return '';
  const { used, window, input, output, cost } = session.context;
  const parts = [printable(session.modelName), share(used, window), count(input + output)];
  return [...parts, ...(cost === undefined ? [] : [money(cost)])].join(' ');
}

/** The panes among which a session stands. */
const around = (session: Session, { server, client }: FormatPlace): PanePlace => server.panesWith(session, client);

/** Whether the marked pane stands among those of a session. */
const isMarkedAmong = (session: Session, place: FormatPlace): boolean =>
  place.server.marked !== undefined && around(session, place).panes.paneOf(place.server.marked) !== undefined;

/** A session alone has its own size, which no client may have. */
function windowSize(session: Session, place: FormatPlace): Size {
  const { panes, area } = around(session, place);
  return panes.count === 1 ? session.size : { columns: area.width, rows: area.height };
}

/** tmux's description of the layout; panes have the numbers of their sessions. */
function describeLayout(session: Session, place: FormatPlace): string {
  const { panes } = around(session, place);
  const { columns, rows } = windowSize(session, place);
  const area = { x: 0, y: 0, width: columns, height: rows };
  return layoutText(panes.layout, area, (pane) => panes.sessionOf(pane)?.id ?? 0);
}

/** Where a session's pane lies within the panes, and which edges it has. */
function paneRect(session: Session, place: FormatPlace): { readonly rect: Position } & ReturnType<typeof touches> {
  const { panes, area } = around(session, place);
  const pane = panes.paneOf(session);
  const rect = (pane === undefined ? undefined : rects(zoom(panes.layout, undefined), area).panes.get(pane)) ?? area;
  return { rect: { x: rect.x - area.x, y: rect.y - area.y }, ...touches(rect, area) };
}

/** The value of a variable of tmux's or ours; undefined when there is none of that name here. */
export function formatVariable(name: string, place: FormatPlace): string | undefined {
  if (Object.hasOwn(SERVER, name)) return SERVER[name]?.(place.server, place) ?? '';
  if (Object.hasOwn(CLIENT, name)) return place.client === undefined ? '' : (CLIENT[name]?.(place.client, place) ?? '');
  const { session } = place;
  if (session === undefined) return undefined;
  if (Object.hasOwn(SESSION, name)) return SESSION[name]?.(session, place) ?? '';
  const fact = place.modeFact(name) ?? session.fact(name);
  // Folders and programs have names that nobody has checked: in a list they would reach the terminal.
  return fact === undefined ? undefined : stripControls(fact);
}

/** `*` shown, `-` last, `M` marked, `!` waiting, `⟳` at work unseen, `•n` unread, `z` paused, `✕` failed; several may stand together. */
function sessionFlags(session: Session, { client, server }: FormatPlace): string {
  const shown = client?.session === session;
  let flags = '';
  if (shown) flags += client.panes.zoomed ? '*Z' : '*';
  else if (client?.lastSession === session) flags += '-';
  if (server.marked === session) flags += 'M';
  if (callsForAttention(session)) flags += '!';
  else if (!shown && session.status === 'processing') flags += '⟳';
  else if (!shown && session.unread > 0) flags += `•${session.unread}`;
  if (session.status === 'paused') flags += 'z';
  if (hasFailed(session)) flags += '✕';
  return flags;
}

const showing = (session: Session, { server }: FormatPlace): readonly CommandClient[] =>
  server.clients.filter((client) => client.shows(session));
