import type { ServerFigures } from '../command/stats.ts';
import type { OptionStore } from '../config/option-store.ts';
import { isChat } from '../session/chat.ts';
import type { Session } from '../session/session.ts';
import type { ChatParts } from './chat-parts.ts';

export interface ServerFiguresOptions {
  readonly options: OptionStore;
  readonly chats: ChatParts;
  readonly sessions: readonly Session[];
  readonly clients: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** With something that is not written. */
  readonly programs: number;
  readonly layouts: number;
}

/** What the server holds and does now. */
export function serverFigures(given: ServerFiguresOptions): ServerFigures {
  const { options, chats, sessions, clients, startedAt, programs, layouts } = given;
  const { rss, heapUsed, heapTotal, external } = process.memoryUsage();
  const turns = chats.code?.turns;
  return {
    uptime: Date.now() - startedAt,
    clients,
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
    database: { ...chats.store.figures, programs, layouts },
  };
}
