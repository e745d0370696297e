import type { CommandClient } from '../command/command-client.ts';
import type { CommandServer } from '../command/command-server.ts';
import { expandMarkup } from '../config/format.ts';
import type { StatusItem, StatusView } from '../screen/screen-view.ts';
import type { Session } from '../session/session.ts';
import { callsForAttention } from '../session/status.ts';
import type { Line } from '../text/line.ts';
import { parseMarkup, parseStyle } from '../text/markup.ts';
import { BOLD, PLAIN, type Style } from '../text/style.ts';
import { cutLine } from '../text/wrap.ts';

/** The status line of a client as it is now, or undefined where it is switched off. */
export function statusView(server: CommandServer, client: CommandClient): StatusView | undefined {
  const { options } = server;
  const id = client.session?.id;
  if (!options.boolean('status', id)) return undefined;
  const style = parseStyle(options.string('status-style', id), PLAIN);
  const line = (template: string, session: Session | undefined, base: Style): Line =>
    parseMarkup(expandMarkup(template, server.formatContext({ client, session }), { time: true }), base);
  const side = (name: 'left' | 'right'): Line =>
    cutLine(
      line(
        options.string(`status-${name}`, id),
        client.session,
        parseStyle(options.string(`status-${name}-style`, id), style),
      ),
      options.number(`status-${name}-length`, id),
    );
  return {
    position: options.string('status-position', id) === 'top' ? 'top' : 'bottom',
    style,
    left: side('left'),
    items: server.sessions.map((session): StatusItem => {
      const shown = session === client.session;
      const template = options.string(shown ? 'window-status-current-format' : 'window-status-format', session.id);
      return {
        session: session.id,
        line: line(template, session, itemStyle(server, client, session, style)),
        shown,
        waiting: callsForAttention(session),
      };
    }),
    separator: line(options.string('window-status-separator', id), client.session, style),
    justify: justification(options.string('status-justify', id)),
    right: side('right'),
  };
}

function itemStyle(server: CommandServer, client: CommandClient, session: Session, base: Style): Style {
  const style = (name: string, over: Style): Style => parseStyle(server.options.string(name, session.id), over);
  let result = style('window-status-style', base);
  if (session === client.lastSession) result = style('window-status-last-style', result);
  if (session === client.session) return style('window-status-current-style', result);
  if (callsForAttention(session)) {
    const waiting = style('window-status-bell-style', result);
    return session.waitingReason === 'approval' ? { ...waiting, attributes: waiting.attributes | BOLD } : waiting;
  }
  if (session.unread > 0) return style('window-status-activity-style', result);
  return result;
}

const justification = (text: string): StatusView['justify'] =>
  text === 'right' ? 'right' : text === 'centre' || text === 'absolute-centre' ? 'centre' : 'left';
