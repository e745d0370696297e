import type { Generated, Selectable } from 'kysely';

/** A flag as SQLite holds it. */
export type Flag = 0 | 1;

/** A session of any kind; times are milliseconds since the epoch. */
export interface ConversationTable {
  id: Generated<number>;
  kind: 'chat' | 'program';
  session_name: string;
  /** Null for a program. */
  session_type: string | null;
  session_status: string;
  session_index: number;
  /** 1 until a person closes it: such sessions come back at start. */
  is_open: Flag;
  waiting_reason: string | null;
  seen: Flag;
  unread: number;
  is_paused: Flag;
  /** How its last turn ended: `ChatMemory.rest`. */
  turn_rest: string;
  /** The name of its folder; never given twice. */
  folder: string;
  working_directory: string;
  /** The one of the last turn. */
  model: string | null;
  /** The one that a person chose, where one did. */
  wanted_model: Generated<string | null>;
  /** Whether a person gave the name, and the type. */
  is_name_given: Generated<Flag>;
  is_type_given: Generated<Flag>;
  /** A JSON array of names. */
  trusted_tools: string;
  preview: string;
  /** For a program, what starts it again, as JSON. */
  program: string | null;
  /** The last message of the branch that it is on; the others follow by `parent`. */
  head: number | null;
  /** The reply that streams, or whose calls are not all answered. */
  reply: number | null;
  next_message: number;
  input_tokens: number;
  cached_tokens: number;
  output_tokens: number;
  context_tokens: number | null;
  /** A JSON object: options set for this session alone, as `set-option` reads them. */
  options: Generated<string>;
  /** A JSON array: further names that targets find it by. */
  other_names: Generated<string>;
  created_at: number;
  last_active: number;
}

/** A tree: a fork shares all messages up to its own. */
export interface MessageTable {
  id: Generated<number>;
  /** Where it was said first. */
  conversation_id: number;
  /** `Message.id`. */
  number: number;
  parent: number | null;
  kind: 'user' | 'assistant' | 'note' | 'summary';
  time: number;
  /** Whole once it has ended; before that its pieces hold it. */
  text: string;
  /** For a user's message of several parts: a JSON array of `[length, label]`. */
  parts: string | null;
  level: string | null;
  reasoning: string | null;
  model: string | null;
  state: string | null;
  finish: string | null;
  kept_from: number | null;
}

/** A reply as it comes: what was new each time, so that writing a long one costs no more than its length. */
interface ReplyPieceTable {
  message_id: number;
  field: 'text' | 'reasoning';
  position: number;
  text: string;
}

export interface ToolCallTable {
  message_id: number;
  position: number;
  call_id: string;
  name: string;
  arguments: string;
  title: string;
  diff: string;
  state: string;
  /** Null while it has none. */
  result: string | null;
}

interface UsageTable {
  message_id: number;
  input: number;
  cached: number;
  output: number;
}

interface DraftTable {
  conversation_id: number;
  /** JSON: a message's parts. */
  parts: string;
  /** JSON: the parts of each message that was sent and not delivered. */
  waiting: string;
}

interface ScreenTable {
  conversation_id: number;
  time: number;
  /** Scrollback and screen without styles, for search. */
  text: string;
  /** Bytes that rebuild scrollback and screen; of the normal screen, so far as it was seen. */
  snapshot: Uint8Array;
  /** The same of the alternate screen, while the program shows that. */
  alternate: Uint8Array | null;
}

/** What a client showed last. */
interface LayoutTable {
  /** The client's name. */
  client: string;
  time: number;
  /** JSON. */
  state: string;
}

interface EventTable {
  id: Generated<number>;
  conversation_id: number;
  time: number;
  kind: string;
  detail: string;
}

/** Conversations that are gone, of which messages may be left. */
interface ForgottenTable {
  conversation_id: number;
}

export interface Tables {
  forgotten: ForgottenTable;
  conversations: ConversationTable;
  messages: MessageTable;
  reply_pieces: ReplyPieceTable;
  tool_calls: ToolCallTable;
  usage: UsageTable;
  drafts: DraftTable;
  screens: ScreenTable;
  layouts: LayoutTable;
  events: EventTable;
}

export type ConversationRow = Selectable<ConversationTable>;
export type MessageRow = Selectable<MessageTable>;
export type ToolCallRow = Selectable<ToolCallTable>;
