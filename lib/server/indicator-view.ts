import type { CommandClient } from '../command/command-client.ts';
import type { CommandServer } from '../command/command-server.ts';
import { longestWaitingFirst, sessionName } from '../mode/session-line.ts';
import type { IndicatorView } from '../screen/screen-view.ts';
import { callsForAttention } from '../session/status.ts';
import { parseStyle } from '../text/markup.ts';
import { PLAIN } from '../text/style.ts';

/** The sessions that wait and are not on a client's screen; undefined where none does, or nobody wants to know. */
export function indicatorView({ options, sessions }: CommandServer, client: CommandClient): IndicatorView | undefined {
  if (!options.boolean('show-session-indicator')) return undefined;
  const waiting = sessions.filter((session) => callsForAttention(session) && !client.shows(session));
  if (waiting.length === 0) return undefined;
  const named = waiting.sort(longestWaitingFirst).slice(0, options.number('max-indicator-sessions'));
  return {
    corner: cornerOf(options.string('indicator-position')),
    style: parseStyle(options.string('indicator-style'), PLAIN),
    items: named.map((session) => {
      const { text, style } = sessionName(session);
      return { session: session.id, line: [{ text: `[${text}]`, style: { ...PLAIN, attributes: style.attributes } }] };
    }),
    total: waiting.length,
  };
}

const CORNERS: readonly IndicatorView['corner'][] = ['top-right', 'top-left', 'bottom-right', 'bottom-left'];

const cornerOf = (word: string): IndicatorView['corner'] => CORNERS.find((corner) => corner === word) ?? 'top-right';
