import { isChat } from '../session/chat.ts';
import type { Session } from '../session/session.ts';
import { stripControls } from '../text/sanitize.ts';
import type { ClosedSession } from './archive.ts';
import type { CommandServer } from './command-server.ts';

/** Of a text from outside, in UTF-16 units. */
const TEXT_LENGTH = 4096;

/** A text from outside for a script, which may well print it. */
const clean = (text: string): string => stripControls(text, TEXT_LENGTH);

/** A session's facts for scripts. Times are in milliseconds since the epoch; what it does not have is null. */
export function sessionJson(session: Session, { clients }: CommandServer): Readonly<Record<string, unknown>> {
  const { exit } = session;
  return {
    id: session.id,
    name: session.name,
    index: session.index,
    kind: session.kind,
    status: session.status,
    waitingReason: session.waitingReason ?? null,
    waitingSince: session.waitingSince ?? null,
    seen: session.seen,
    unread: session.unread,
    preview: clean(session.preview),
    ...(isChat(session)
      ? {
          type: session.type,
          model: session.modelName === undefined ? null : clean(session.modelName),
          awake: session.isAwake,
          connection: session.connection.kind,
          approvals: session.approvals.map(({ tool, title, why }) => ({
            tool: clean(tool),
            title: clean(title),
            why: clean(why),
          })),
          queued: session.queued.length,
        }
      : {}),
    title: clean(session.title),
    createdAt: session.createdAt,
    lastActivity: session.lastActivity,
    columns: session.size.columns,
    rows: session.size.rows,
    attached: clients.filter((client) => client.shows(session)).length,
    pid: Number(session.fact('pane_pid') ?? 0) || null,
    command: session.fact('pane_current_command') ?? null,
    workingDirectory: session.fact('pane_current_path') ?? null,
    exit:
      exit === undefined || exit.withServer === true
        ? null
        : { code: exit.exitCode, signal: exit.signal ?? null, time: exit.time },
  };
}

/** The same of a session that was closed; `kept` is its number in what is kept. */
export const closedJson = (session: ClosedSession): Readonly<Record<string, unknown>> => ({
  closed: true,
  kept: session.id,
  name: clean(session.name),
  kind: session.kind,
  status: 'completed',
  ...(session.type === undefined ? {} : { type: session.type }),
  messages: session.messages,
  preview: clean(session.preview),
  lastActivity: session.lastActive,
});
