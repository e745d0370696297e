import type { Chat } from './chat.ts';
import { flag, seconds } from './fact-text.ts';

/** The facts of a chat by tmux's names, each found only when asked for; qmux's own begin with `session_`. */
const FACTS: Readonly<Record<string, (chat: Chat) => string | undefined>> = {
  pane_current_command: () => 'chat',
  pane_current_path: ({ workingDirectory }) => workingDirectory,
  pane_path: ({ workingDirectory }) => workingDirectory,
  pane_start_path: ({ workingDirectory }) => workingDirectory,
  pane_dead: () => '0',
  pane_title: ({ title }) => title,
  pane_width: ({ size }) => String(size.columns),
  pane_height: ({ size }) => String(size.rows),
  cursor_x: ({ cursor }) => String(cursor.x),
  cursor_y: ({ cursor }) => String(cursor.y),
  cursor_flag: () => '1',
  alternate_on: () => '0',
  history_size: ({ content }) => String(content.screenTop - content.firstRow),
  bracket_paste_flag: () => '1',
  session_status: ({ status }) => status,
  session_waiting_reason: ({ waitingReason }) => waitingReason,
  session_waiting_since: ({ waitingSince }) => (waitingSince === undefined ? undefined : seconds(waitingSince)),
  session_seen: ({ seen }) => flag(seen),
  session_unread: ({ unread }) => String(unread),
  session_activity: ({ lastActivity }) => seconds(lastActivity),
  session_preview: ({ preview }) => preview,
  session_kind: ({ kind }) => kind,
  session_type: ({ type }) => type,
  session_model: ({ modelName }) => modelName,
  session_tokens: ({ conversation: { total } }) => String(total.input + total.output),
  session_cost: ({ context }) => context.cost?.toFixed(2),
  session_context: ({ context: { used, window } }) =>
    window > 0 ? String(Math.min(100, Math.round((100 * used) / window))) : undefined,
  session_connection: ({ connection }) => connection.kind,
};

export const chatFact = (name: string, chat: Chat): string | undefined =>
  Object.hasOwn(FACTS, name) ? FACTS[name]?.(chat) : undefined;
