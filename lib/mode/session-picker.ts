import type { SessionId } from '../base/id.ts';
import type { Session } from '../session/session.ts';
import { callsForAttention } from '../session/status.ts';
import type { Line, Span } from '../text/line.ts';
import { BOLD, DIM, PLAIN, type Style } from '../text/style.ts';
import { type ListEntry, ListMode, type ListModeOptions } from './list-mode.ts';
import { sessionName, sessionPreview, sessionState, unreadBadge } from './session-line.ts';

export interface SessionEntry extends ListEntry {
  readonly id: SessionId;
  readonly session: Session;
}

export interface SessionPickerOptions
  extends Pick<ListModeOptions<SessionEntry>, 'exit' | 'filter' | 'hint' | 'style' | 'rows' | 'previewRows'> {
  readonly sessions: () => readonly Session[];
  /** The session that the client shows, and the one before. */
  readonly current: () => SessionId | undefined;
  readonly last: () => SessionId | undefined;
  readonly accept: (session: Session) => void;
  /** Further actions by name, such as kill and rename. */
  readonly actions?: Readonly<Record<string, (session: Session) => void>>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

const NAME: Style = { ...PLAIN, attributes: BOLD };
const FAINT: Style = { ...PLAIN, attributes: DIM };

/** The list of all sessions with a live preview of the selected one. */
export function sessionPicker(options: SessionPickerOptions): ListMode<SessionEntry> {
  const actions: Record<string, (entry: SessionEntry) => void> = {};
  for (const [name, act] of Object.entries(options.actions ?? {})) actions[name] = ({ session }) => act(session);
  return new ListMode<SessionEntry>({
    ...options,
    title: 'Sessions',
    selected: options.current(),
    items: () => options.sessions().map((session) => entry(session, options)),
    accept: ({ session }) => options.accept(session),
    actions,
  });
}

function entry(session: Session, options: SessionPickerOptions): SessionEntry {
  return {
    id: session.id,
    session,
    line: sessionLine(session, options),
    text: `${session.index} ${session.name} ${session.preview}`,
    preview: session.content,
  };
}

/** `2: zsh-src * !  approval 3m  the last line of its text`. */
function sessionLine(session: Session, options: SessionPickerOptions): Line {
  const spans: Span[] = [{ text: `${session.index}: `, style: FAINT }, sessionName(session)];
  const flags = sessionFlags(session, options);
  if (flags !== '') spans.push({ text: ` ${flags}`, style: NAME });
  const badge = unreadBadge(session);
  const preview = sessionPreview(session);
  for (const span of [sessionState(session, options.now()), badge, { text: preview, style: FAINT }])
    if (span !== undefined && span.text !== '') spans.push({ ...span, text: `  ${span.text}` });
  return spans;
}

function sessionFlags(session: Session, options: SessionPickerOptions): string {
  const shown = session.id === options.current() ? '*' : session.id === options.last() ? '-' : '';
  return shown + (callsForAttention(session) ? '!' : '');
}
