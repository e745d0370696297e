import type { SessionId } from '../base/id.ts';
import type { Session } from '../session/session.ts';
import { asksPerson, callsForAttention, waitsForPerson } from '../session/status.ts';
import type { Line, Span } from '../text/line.ts';
import type { RowSource } from '../text/row-source.ts';
import { BOLD, DIM, PLAIN, type Style } from '../text/style.ts';
import type { ListEntry, ListModeOptions } from './list-entry.ts';
import { ranked } from './list-filter.ts';
import { ListMode } from './list-mode.ts';
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
  /** Where a session works, for the filter; asked for only while one is typed. */
  readonly directory?: (session: Session) => string;
  /** Which sessions have the words of a filter in their texts, as far as is known now. */
  readonly withText?: (filter: string) => ReadonlySet<number>;
  /** Whether it gives no notices. */
  readonly isMuted?: (session: Session) => boolean;
  /** What is shown of the selected session. */
  readonly preview: (session: Session) => RowSource;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

const NAME: Style = { ...PLAIN, attributes: BOLD };
const FAINT: Style = { ...PLAIN, attributes: DIM };

/**
 * The list of all sessions with a live preview of the selected one. They stand by index, as in the status line, so that
 * nothing moves under a finger; `waiting` goes to the next that waits, `order` puts those that wait first, until it is
 * asked again.
 */
export function sessionPicker(options: SessionPickerOptions): ListMode<SessionEntry> {
  const actions: Record<string, (entry: SessionEntry) => void> = {};
  for (const [name, act] of Object.entries(options.actions ?? {})) actions[name] = ({ session }) => act(session);
  let waitingFirst = false;
  const mode = new ListMode<SessionEntry>({
    ...options,
    table: 'picker',
    title: () => (waitingFirst ? 'Sessions, waiting first' : 'Sessions'),
    selected: options.current(),
    items: () => inOrder(options.sessions(), waitingFirst).map((session) => entry(session, options)),
    match: (entries, filter) => matching(entries, filter, options.withText?.(filter)),
    accept: ({ session }) => options.accept(session),
    actions,
    preview: ({ session }) => options.preview(session),
    anytime: {
      waiting: () => selectWaiting(mode),
      order: () => {
        waitingFirst = !waitingFirst;
      },
    },
  });
  return mode;
}

/** Those whose name, directory or preview fits, the best first, then those that have the words in their text. */
function matching(
  entries: readonly SessionEntry[],
  filter: string,
  withText: ReadonlySet<number> | undefined,
): readonly SessionEntry[] {
  const fitting = ranked(entries, filter);
  if (withText === undefined || withText.size === 0) return fitting;
  const known = new Set(fitting.map(({ id }) => id));
  return [...fitting, ...entries.filter(({ id }) => withText.has(id) && !known.has(id))];
}

/** What a person must answer comes before what has only ended; of the same kind, what waits longest. */
function inOrder(sessions: readonly Session[], waitingFirst: boolean): readonly Session[] {
  if (!waitingFirst) return sessions;
  const rank = (session: Session) => (waitsForPerson(session) ? (asksPerson(session.waitingReason) ? 0 : 1) : 2);
  const since = (session: Session) => (waitsForPerson(session) ? (session.waitingSince ?? 0) : session.index);
  return sessions.toSorted((a, b) => rank(a) - rank(b) || since(a) - since(b));
}

/** The next session that waits, around the end; stays where none does. */
function selectWaiting(mode: ListMode<SessionEntry>): void {
  const { entries, index } = mode;
  const after = [...entries.slice(index + 1), ...entries.slice(0, index + 1)];
  const next = after.find(({ session }) => waitsForPerson(session));
  if (next !== undefined) mode.selectEntry(next.id);
}

function entry(session: Session, options: SessionPickerOptions): SessionEntry {
  return {
    id: session.id,
    session,
    // Both are made for what is drawn, or compared, alone.
    get line() {
      return sessionLine(session, options);
    },
    get text() {
      return `${session.index} ${session.name} ${options.directory?.(session) ?? ''} ${session.preview}`;
    },
  };
}

/** `2: zsh-src * !  approval 3m  the last line of its text`. */
function sessionLine(session: Session, options: SessionPickerOptions): Line {
  const spans: Span[] = [{ text: `${session.index}: `, style: FAINT }, sessionName(session)];
  const flags = sessionFlags(session, options);
  if (flags !== '') spans.push({ text: ` ${flags}`, style: NAME });
  const badge = unreadBadge(session);
  const muted = options.isMuted?.(session) === true ? { text: 'muted', style: FAINT } : undefined;
  const preview = sessionPreview(session);
  for (const span of [sessionState(session, options.now()), badge, muted, { text: preview, style: FAINT }])
    if (span !== undefined && span.text !== '') spans.push({ ...span, text: `  ${span.text}` });
  return spans;
}

function sessionFlags(session: Session, options: SessionPickerOptions): string {
  const shown = session.id === options.current() ? '*' : session.id === options.last() ? '-' : '';
  return shown + (callsForAttention(session) ? '!' : '');
}
