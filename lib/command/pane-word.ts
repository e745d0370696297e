import type { Rect } from '../base/geometry.ts';
import type { PaneId } from '../base/id.ts';
import { UserError } from '../base/user-error.ts';
import { rects, zoom } from '../layout/layout.ts';
import type { ShownPanes } from '../layout/shown-panes.ts';
import type { Session } from '../session/session.ts';
import type { PanePlace } from './command-server.ts';

/** As tmux takes them without braces too. */
const BARE = /^(?:(?:top|bottom)(?:-left|-right)?|left|right)$/;
const DIRECTIONS = { '{left-of}': 'left', '{right-of}': 'right', '{up-of}': 'up', '{down-of}': 'down' } as const;

/**
 * The session in the pane that `word` means among those beside `session`: an index, `+` and `-`, `!`, `{left}`,
 * `{bottom-right}`, `{up-of}`; indexes begin with `first`. Undefined where the session stands alone; throws UserError where there is no such pane.
 */
export function paneBeside(
  { panes, area }: PanePlace,
  session: Session,
  word: string,
  first: number,
): Session | undefined {
  const from = panes.paneOf(session);
  if (panes.count === 1 || from === undefined) return undefined;
  const found = /^\d+$/.test(word)
    ? panes.all[Number(word) - first]?.id
    : byWord(panes, area, from, BARE.test(word) ? `{${word}}` : word);
  const beside = found === undefined ? undefined : panes.sessionOf(found);
  if (beside === undefined) throw new UserError(`can't find pane: ${word}`);
  return beside;
}

function byWord(panes: ShownPanes<Session>, area: Rect, from: PaneId, word: string): PaneId | undefined {
  switch (word) {
    case '+':
    case '{next}':
      return panes.after(from, 1);
    case '-':
    case '{previous}':
      return panes.after(from, -1);
    case '!':
    case '{last}':
      return panes.last;
    case '{active}':
      return panes.active;
    case '{left-of}':
    case '{right-of}':
    case '{up-of}':
    case '{down-of}':
      return panes.beside(from, area, DIRECTIONS[word]);
    default:
      return atEdge(panes, area, word);
  }
}

/** The pane at an edge or a corner; of several at an edge the first in reading order. */
function atEdge(panes: ShownPanes<Session>, area: Rect, word: string): PaneId | undefined {
  const sides = /^\{(?:(top|bottom)(?:-(left|right))?|(left|right))\}$/.exec(word);
  if (sides === null) return undefined;
  const [vertical, horizontal] = [sides[1], sides[2] ?? sides[3]];
  for (const [id, rect] of rects(zoom(panes.layout, undefined), area).panes) {
    const fitsRows =
      vertical === undefined || (vertical === 'top' ? touches(rect, area).top : touches(rect, area).bottom);
    const fitsColumns =
      horizontal === undefined || (horizontal === 'left' ? touches(rect, area).left : touches(rect, area).right);
    if (fitsRows && fitsColumns) return id;
  }
  return undefined;
}

/** Which edges of the area a pane lies at. */
export const touches = (rect: Rect, area: Rect) => ({
  left: rect.x <= area.x,
  right: rect.x + rect.width >= area.x + area.width,
  top: rect.y <= area.y,
  bottom: rect.y + rect.height >= area.y + area.height,
});
