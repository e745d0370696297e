import type { Connection } from '../session/chat.ts';
import type { FeedEntry } from '../session/feed-entry.ts';
import { stripControls } from '../text/sanitize.ts';

/** Of what is told of one entry for people, in UTF-16 units. */
const LINE_LENGTH = 400;

/** An entry for scripts: one flat object, undefined as null. Its texts have no controls already. */
export function eventJson(entry: FeedEntry): Readonly<Record<string, unknown>> {
  const { seq, time, session, sessionId, kind, type, times, ...facts } = entry;
  const { connection, ...rest } =
    'connection' in facts ? { ...facts, ...connectionJson(facts.connection) } : { ...facts, connection: undefined };
  const own = connection === undefined ? rest : { connection, ...rest };
  const filled = Object.entries(own).map(([name, value]): readonly [string, unknown] => [name, value ?? null]);
  return {
    seq,
    time,
    session,
    sessionId,
    kind,
    type,
    ...Object.fromEntries(filled),
    ...(times === undefined ? {} : { times }),
  };
}

const connectionJson = ({ kind, ...more }: Connection): Readonly<Record<string, unknown>> & { connection: string } => ({
  connection: kind,
  ...more,
});

/** An entry for people: `14:02:07  s3-debug  status     waiting-for-input, approval`; one line without controls. */
export function eventText(entry: FeedEntry): string {
  return stripControls(
    `${timeOfDay(entry.time)}  ${entry.session.padEnd(20)}  ${eventFacts(entry)}`,
    LINE_LENGTH,
  ).trimEnd();
}

/** What happened, without when and where: `status        waiting-for-input, approval`. */
export function eventFacts(entry: FeedEntry): string {
  const { type, times } = entry;
  const told = [detail(entry), times === undefined ? '' : `(${times} times)`].filter((part) => part !== '').join(' ');
  return stripControls(`${type.padEnd(12)}  ${told}`, LINE_LENGTH).trimEnd();
}

function detail(entry: FeedEntry): string {
  switch (entry.type) {
    case 'renamed':
      return `from ${entry.previous}`;
    case 'status':
      return [entry.status, ...(entry.reason === undefined ? [] : [entry.reason])].join(', ');
    case 'refused':
      return `${entry.from} to ${entry.to}`;
    case 'unread':
      return String(entry.unread);
    case 'seen':
      return entry.shown ? 'shown' : 'left';
    case 'title':
      return entry.title;
    case 'connection':
      return connectionText(entry.connection);
    case 'notification':
      return [entry.title, entry.body].filter((text) => text !== '').join(': ');
    case 'exited':
      return entry.signal === undefined ? `code ${entry.exitCode}` : `signal ${entry.signal}`;
    case 'created':
    case 'bell':
    case 'restarted':
    case 'closed':
      return '';
    default:
      return entry satisfies never;
  }
}

function connectionText(connection: Connection): string {
  if (connection.kind === 'reconnecting') return `reconnecting (${connection.attempt})`;
  return connection.kind === 'error' ? `error: ${connection.text}` : connection.kind;
}

function timeOfDay(time: number): string {
  const date = new Date(time);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
