import {
  calledAt,
  sessionAge,
  sessionAgent,
  sessionIcon,
  sessionName,
  sessionPreview,
  sessionState,
  unreadBadge,
} from '../mode/session-line.ts';
import type { SidebarItem } from '../screen/screen-view.ts';
import { isChat } from '../session/chat.ts';
import type { Session } from '../session/session.ts';
import { callsForAttention } from '../session/status.ts';
import { timeSpan } from '../text/amount.ts';
import type { Line, Span } from '../text/line.ts';
import { DIM, PLAIN, type Style } from '../text/style.ts';

const FAINT: Style = { ...PLAIN, attributes: DIM };
const BETWEEN: Span = { text: ' · ', style: FAINT };

/** `★ 1:api •2        waiting 3m`, and below `approval · big · the last line`. */
export function sidebarItem(session: Session, shown: boolean, now: number): SidebarItem {
  const icon = sessionIcon(session, shown);
  const badge = unreadBadge(session);
  return {
    session: session.id,
    left: [
      { ...icon, text: `${icon.text} ` },
      { text: `${session.index}:`, style: FAINT },
      sessionName(session),
      ...(badge === undefined ? [] : [{ ...badge, text: ` ${badge.text}` }]),
    ],
    right: [timeOf(session, now)],
    below: belowOf(session, now),
  };
}

/** Since when it waits, or since when it is at rest. */
function timeOf(session: Session, now: number): Span {
  const since = calledAt(session);
  if (!callsForAttention(session) || since === undefined) return { text: sessionAge(session, now), style: FAINT };
  return { text: `waiting ${timeSpan(now - since)}`, style: sessionName(session).style };
}

function belowOf(session: Session, now: number): Line {
  const parts: Span[] = [
    ...reasonOf(session, now),
    { text: sessionAgent(session), style: FAINT },
    { text: sessionPreview(session), style: FAINT },
  ];
  const said = parts.filter(({ text }) => text !== '');
  return said.flatMap((part, index) => (index === 0 ? [part] : [BETWEEN, part]));
}

/** What its sign does not say: why it waits, what hinders it. */
function reasonOf(session: Session, now: number): readonly Span[] {
  if (isChat(session) && session.connection.kind === 'reconnecting') return [sessionState(session, now)];
  if (session.status === 'paused' || session.status === 'completed') return [sessionState(session, now)];
  if (callsForAttention(session)) return [{ ...sessionState(session, now), text: session.waitingReason ?? '' }];
  return [];
}
