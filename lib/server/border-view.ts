import type { PaneId } from '../base/id.ts';
import type { CommandServer } from '../command/command-server.ts';
import { expandMarkup } from '../config/format.ts';
import type { BorderView } from '../screen/screen-view.ts';
import type { Line } from '../text/line.ts';
import { parseMarkup, parseStyle } from '../text/markup.ts';
import { INVERSE, PLAIN } from '../text/style.ts';
import type { AttachedClient } from './attached-client.ts';
import type { ClientPanes } from './client-panes.ts';

/** How the lines between a client's panes look now. */
export function borderView({ options }: CommandServer, { panes, names }: ClientPanes): BorderView {
  const { id } = panes.session;
  return {
    style: parseStyle(options.string('pane-border-style', id), PLAIN),
    activeStyle: parseStyle(options.string('pane-active-border-style', id), PLAIN),
    titles: names,
  };
}

/** Name and status of the session in each pane, by option pane-border-format; none where nothing shows them. */
export function paneTitles(server: CommandServer, client: AttachedClient): ReadonlyMap<PaneId, Line> {
  const titles = new Map<PaneId, Line>();
  const { names, visible } = client.places;
  if (names === undefined) return titles;
  const { options } = server;
  for (const { id, session, active } of visible) {
    const style = options.string(active ? 'pane-active-border-style' : 'pane-border-style', client.session.id);
    const format = options.string('pane-border-format', session.id);
    const text = expandMarkup(format, server.formatContext({ client, session }), { time: true });
    const look = parseStyle(style, PLAIN);
    const isMarked = server.marked === session;
    titles.set(id, parseMarkup(text, isMarked ? { ...look, attributes: look.attributes ^ INVERSE } : look));
  }
  return titles;
}
