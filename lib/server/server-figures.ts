import type { CommandServer } from '../command/command-server.ts';
import type { ServerFigures } from '../command/stats.ts';
import { isChat } from '../session/chat.ts';
import type { ChatParts } from './chat-parts.ts';
import type { CoordinatorParts } from './coordinator-parts.ts';

/** What the server holds and does now. */
export function serverFigures(
  { options, sessions, clients, facts }: Pick<CommandServer, 'options' | 'sessions' | 'clients' | 'facts'>,
  chats: ChatParts,
  { recorder, layoutKeeper }: Pick<CoordinatorParts, 'recorder' | 'layoutKeeper'>,
): ServerFigures {
  const { rss, heapUsed, heapTotal, external } = process.memoryUsage();
  const turns = chats.code?.turns;
  return {
    uptime: Date.now() - facts.startedAt,
    clients: clients.length,
    memory: { resident: rss, heapUsed, heapTotal, external },
    sessions: sessions.map((session) => ({
      name: session.name,
      kind: session.kind,
      status: session.status,
      waitingReason: session.waitingReason,
      isAwake: !isChat(session) || session.isAwake,
      memory: session.memoryUse,
    })),
    limits: {
      awakeChats: options.number('max-active'),
      programs: options.number('max-programs'),
      turns: options.number('max-concurrent'),
      scrollback: options.number('history-limit'),
      hibernateAfterMinutes: options.number('hibernate-after-minutes'),
    },
    turns: { inFlight: turns?.inFlight ?? 0, queued: turns?.waiting ?? 0 },
    database: {
      ...chats.store.figures,
      programs: recorder.unwritten,
      layouts: layoutKeeper.isWritten ? 0 : 1,
    },
  };
}
