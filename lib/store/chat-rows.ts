import { type Conversation, EMPTY_CONVERSATION } from '../conversation/conversation.ts';
import type { UserPart } from '../conversation/message.ts';
import type { AsleepFacts, Chat, ChatMemory } from '../session/chat.ts';
import { stripControls } from '../text/sanitize.ts';
import { jsonArray } from './message-row.ts';
import type { ConversationRow, Flag } from './schema.ts';
import type { KeptDraft, SessionFacts } from './session-store.ts';
import type { Written } from './written.ts';

/** A chat as it was kept, with all that was said in it. */
export interface WholeChat extends KeptChat {
  readonly written: Written;
  readonly memory: ChatMemory & { readonly conversation: Conversation };
}

/** Of a preview, in UTF-16 units. */
const PREVIEW_LENGTH = 200;

/** A chat as it was kept. */
export interface KeptChat {
  readonly row: ConversationRow;
  /** Undefined for one that comes back asleep: of its conversation nothing was read. */
  readonly written: Written | undefined;
  readonly memory: ChatMemory;
}

const flag = (value: boolean): Flag => (value ? 1 : 0);

/** What is kept of a chat that the chat itself does not know. */
export interface ChatChoices {
  /** Whether a person gave the name. */
  readonly isNameGiven: boolean;
  /** The values of its own options, by name. */
  readonly options: SessionOptions;
}

/** Values of options as people would write them; of an array its entries. */
export type SessionOptions = Readonly<Record<string, string | readonly string[]>>;

export const NO_CHOICES: ChatChoices = { isNameGiven: false, options: {} };

/** What is kept of a chat besides its conversation and its draft. */
export function chatFacts(
  chat: Chat,
  memory: ChatMemory,
  { isNameGiven, options }: ChatChoices,
  folder: string,
  isOpen: boolean,
): SessionFacts {
  return {
    kind: 'chat',
    session_name: chat.name,
    session_type: chat.type,
    session_status: isOpen ? chat.status : 'completed',
    session_index: chat.index,
    is_open: flag(isOpen),
    waiting_reason: chat.waitingReason ?? null,
    seen: flag(memory.seen),
    unread: memory.unread,
    is_paused: flag(memory.isPaused),
    turn_rest: memory.rest,
    folder,
    working_directory: chat.workingDirectory,
    model: memory.lastModel ?? null,
    wanted_model: memory.wantedModel ?? null,
    is_name_given: flag(isNameGiven),
    is_type_given: flag(memory.isTypeGiven),
    options: JSON.stringify(options),
    trusted_tools: JSON.stringify(memory.trustedTools),
    preview: chat.preview,
    program: null,
    created_at: Math.round(memory.createdAt),
    last_active: Math.round(memory.lastActivity),
  };
}

/** What of `facts` is not as it was `before`; undefined for nothing. */
export function changedFacts(before: SessionFacts, facts: SessionFacts): Partial<SessionFacts> | undefined {
  const old = new Map<string, unknown>(Object.entries(before));
  const changed = Object.entries(facts).filter(([name, value]) => old.get(name) !== value);
  return changed.length === 0 ? undefined : Object.fromEntries(changed);
}

export const keptDraft = ({ draft, waiting }: Pick<ChatMemory, 'draft' | 'waiting'>): KeptDraft => ({
  parts: JSON.stringify(draft),
  waiting: JSON.stringify(waiting),
});

/** What is known of a chat whose conversation is not read. */
export function asleepFacts(row: ConversationRow, title: string): AsleepFacts {
  const contextTokens = row.context_tokens ?? undefined;
  return {
    preview: stripControls(row.preview, PREVIEW_LENGTH),
    title,
    conversation: {
      ...EMPTY_CONVERSATION,
      nextId: Math.max(1, row.next_message),
      total: { input: row.input_tokens, cached: row.cached_tokens, output: row.output_tokens },
      contextTokens,
    },
    used: contextTokens ?? 0,
    counted: contextTokens !== undefined,
    isPaused: row.session_status === 'paused',
  };
}

/** Rows as what a chat is made of again besides its conversation; what cannot be read is left out. */
export function chatMemory(
  row: ConversationRow,
  draft: KeptDraft | undefined,
): Omit<ChatMemory, 'asleep' | 'conversation'> {
  const rests = ['none', 'ended', 'failed', 'cut'] as const;
  return {
    draft: partsOf(jsonArray(draft?.parts ?? '[]')),
    waiting: (jsonArray(draft?.waiting ?? '[]') ?? []).flatMap((parts) => {
      const found = partsOf(Array.isArray(parts) ? parts : []);
      return found.length === 0 ? [] : [found];
    }),
    trustedTools: (jsonArray(row.trusted_tools) ?? []).filter((name) => typeof name === 'string'),
    isTypeGiven: row.is_type_given === 1,
    wantedModel: row.wanted_model ?? undefined,
    lastModel: row.model ?? undefined,
    isPaused: row.is_paused === 1,
    rest: rests.find((rest) => rest === row.turn_rest) ?? 'none',
    seen: row.seen === 1,
    unread: row.unread,
    createdAt: row.created_at,
    lastActivity: row.last_active,
  };
}

/** What was set for a session alone; what cannot be read is left out. */
export function keptOptions(text: string): SessionOptions {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return {};
  }
  if (typeof value !== 'object' || value === null) return {};
  const found: Record<string, string | readonly string[]> = {};
  for (const [name, own] of Object.entries(value))
    if (typeof own === 'string') found[name] = own;
    else if (Array.isArray(own)) found[name] = own.filter((item) => typeof item === 'string');
  return found;
}

function partsOf(list: readonly unknown[] = []): readonly UserPart[] {
  return list.flatMap((part) => {
    if (typeof part !== 'object' || part === null || !('text' in part) || typeof part.text !== 'string') return [];
    const label = 'label' in part && typeof part.label === 'string' ? part.label : undefined;
    return [{ text: part.text, label }];
  });
}
