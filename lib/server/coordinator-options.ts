import type { AgentCatalog } from '../attention/agent-catalog.ts';
import type { Log } from '../base/log.ts';
import type { CommandServer } from '../command/command-server.ts';
import type { Options } from '../config/options.ts';
import type { KeyTables } from '../input/key-table.ts';
import type { AgentLink } from './agent-link.ts';
import type { ChatParts } from './chat-parts.ts';

/** What the coordinator works with; made by the server's main. */
export interface CoordinatorOptions {
  /** The rules of agents as they are now. */
  readonly agents: () => AgentCatalog;
  readonly options: Options;
  readonly keyTables: KeyTables;
  readonly log: Log;
  readonly facts: CommandServer['facts'];
  readonly agentLink: AgentLink;
  /** For doctor: the files and their problems. */
  readonly explainConfiguration: () => readonly string[];
  readonly chats: ChatParts;
  /** Hears the variables of clients, the newest last. */
  readonly noteEnvironment: (environment: Readonly<Record<string, string>>) => void;
  /** Reads files anew; gives their problems. */
  readonly reload: () => readonly string[];
  /** Called once, when the server is about to end: nobody is let in any more. */
  readonly onStopping: () => void;
  /** Called once, when all programs have ended, or do not for too long. */
  readonly onStop: () => void;
}
