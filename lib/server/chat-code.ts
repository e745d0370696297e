import { systemClock } from '../base/clock.ts';
import { askName } from '../conversation/asked-name.ts';
import { conversationType } from '../conversation/conversation-type.ts';
import type { EndpointPlace } from '../conversation/endpoint.ts';
import type { Models } from '../conversation/model.ts';
import { conversationName } from '../conversation/namer.ts';
import { whyUnreachable } from '../conversation/reachable.ts';
import { TurnQueue } from '../conversation/turn-queue.ts';
import type { Chat } from '../session/chat.ts';
import type { ChatSessionOptions } from '../session/chat-options.ts';
import { ChatSession } from '../session/chat-session.ts';
import type { Tool } from '../tools/tool.ts';
import { TOOLS } from '../tools/tool-table.ts';
import { type ChatModelsOptions, createModels } from './chat-models.ts';

export interface ChatCodeOptions extends ChatModelsOptions {
  /** Hears what an attempt of a turn threw. */
  readonly onError: (error: unknown) => void;
}

const NAMING = { conversationName, conversationType, askName };

/** What chats are made of. */
export interface ChatCode {
  readonly models: Models;
  /** What doctor tells of the models. */
  explain(signal: AbortSignal): Promise<readonly string[]>;
  /** The endpoints that a new chat may use. */
  endpoints(): readonly EndpointPlace[];
  /** What hinders a connection to an endpoint, if anything does. */
  whyUnreachable(baseUrl: string): Promise<string | undefined>;
  /** All turns of all chats. */
  readonly turns: TurnQueue;
  readonly tools: readonly Tool[];
  /** What gives chats their names and types. */
  readonly naming: typeof NAMING;
  create(options: ChatSessionOptions): Chat;
}

/** The part of the server that only chats need: imported when the first one is wanted, since it is nearly half of all code. */
export function createChatCode(given: ChatCodeOptions): ChatCode {
  const { options, onError } = given;
  const { models, explain, endpoints } = createModels(given);
  const turns = new TurnQueue({
    limit: () => options.number('max-concurrent'),
    maximumRetries: () => options.number('max-retries'),
    clock: systemClock,
    onError,
  });
  options.changed(() => turns.update());
  return {
    models,
    explain,
    endpoints,
    whyUnreachable: (baseUrl) => whyUnreachable(baseUrl),
    turns,
    tools: TOOLS,
    naming: NAMING,
    create: (wanted) => new ChatSession(wanted),
  };
}
