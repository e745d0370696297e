import type { Conversation } from '../conversation/conversation.ts';
import type { UserPart } from '../conversation/message.ts';
import type { SessionType } from '../conversation/session-type.ts';
import type { Session } from './session.ts';

/** How a chat stands with its endpoint; `attempt` counts retries from 1. */
export type Connection =
  | { readonly kind: 'connected' | 'connecting' | 'streaming' | 'disconnected' }
  | { readonly kind: 'reconnecting'; readonly attempt: number }
  | { readonly kind: 'error'; readonly text: string };

/** A person's answer to a call that asks. */
export type ApprovalAnswer =
  | { readonly kind: 'once' }
  /** And its tool is trusted from now on in this session. */
  | { readonly kind: 'trust' }
  | { readonly kind: 'refuse'; readonly reason: string }
  | { readonly kind: 'edited'; readonly text: string };

/** A call that waits for an answer. */
export interface PendingApproval {
  /** Of this question; never given twice in a session. */
  readonly callId: string;
  readonly tool: string;
  readonly title: string;
  readonly why: string;
  readonly diff: string;
  readonly editable: string | undefined;
  /** Where it happens, when that is not the working directory. */
  readonly where?: string | undefined;
}

/** How a turn that a script asked for came out. */
export interface AskResult {
  readonly ok: boolean;
  /** The whole reply, or the failure. */
  readonly text: string;
}

export interface ContextReport {
  readonly model: string;
  /** Tokens of the next request, as far as is known, of `window`. */
  readonly used: number;
  readonly window: number;
  /** Whether `used` is the endpoint's count or our estimate. */
  readonly counted: boolean;
  readonly input: number;
  readonly cached: number;
  readonly output: number;
  /** In the person's currency; undefined where no prices are configured. */
  readonly cost: number | undefined;
}

/** What is known of a chat whose conversation is on disk only. */
export interface AsleepFacts {
  readonly preview: string;
  readonly title: string;
  /** Without its messages. */
  readonly conversation: Conversation;
  /** Tokens of the next request, as far as was known. */
  readonly used: number;
  readonly counted: boolean;
  /** Whether its status is `paused`: it had nothing to tell, or a person holds it. */
  readonly isPaused: boolean;
}

/** Where the conversation of a chat is kept, so that it can sleep. */
export interface ConversationKeeper {
  /** Whether all of it is on disk; if so it is from now on as it was written, until it is read. Never throws. */
  release(conversation: Conversation): boolean;
  /** The conversation that was released. Rejects with a reason that people can read. */
  read(): Promise<Conversation>;
}

/** What a chat is made of again when the server was started anew. */
export interface ChatMemory {
  /** With no reply that streams; undefined while the chat sleeps: then it is as it was written last. */
  readonly conversation: Conversation | undefined;
  /** What is known of it while it sleeps, to come back asleep. */
  readonly asleep?: AsleepFacts | undefined;
  /** The same object while the draft is the same. */
  readonly draft: readonly UserPart[];
  /** What was sent and not delivered, the oldest first. */
  readonly waiting: readonly (readonly UserPart[])[];
  readonly trustedTools: readonly string[];
  /** Whether a person chose the type. */
  readonly isTypeGiven: boolean;
  /** The model that a person chose; undefined where nobody did. */
  readonly wantedModel: string | undefined;
  /** The model of the last turn, or the one chosen since. */
  readonly lastModel: string | undefined;
  readonly isPaused: boolean;
  /** How its last turn ended; `cut`: it did not. */
  readonly rest: 'none' | 'ended' | 'failed' | 'cut';
  readonly seen: boolean;
  readonly unread: number;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly lastActivity: number;
}

/** A conversation as a session: what commands and the server may do with it. */
export interface Chat extends Session {
  readonly kind: 'chat';
  readonly type: SessionType;
  readonly connection: Connection;
  readonly conversation: Conversation;
  /** `provider/model`: that of the last turn, or the one chosen since; undefined until there is one. */
  readonly modelName: string | undefined;
  readonly context: ContextReport;
  /** In the order in which the model made the calls. */
  readonly approvals: readonly PendingApproval[];
  readonly trustedTools: readonly string[];
  /** Messages that wait for the end of the turn, in order. */
  readonly queued: readonly string[];
  readonly isPaused: boolean;
  readonly workingDirectory: string;
  /** As if typed and sent: begins a turn, or steers the running one. Refuses (UserError) an empty text. */
  say(text: string): void;
  /** The row of `content` in which a message (`Message.id`) begins; undefined when it is not shown, or lies too far back. */
  rowOf(message: number): number | undefined;
  /** Sent when the turn has ended; at once when none runs. */
  enqueue(text: string): void;
  /** Says it and waits for the end of its turn. An abort leaves the turn alone. */
  ask(text: string, signal: AbortSignal): Promise<AskResult>;
  /** Stops the turn; keeps what came, and gives queued text back to the draft. */
  stopTurn(): void;
  /** Makes the last request again. Throws UserError when there is nothing to try again. */
  retry(): void;
  /** Summarises older turns now. Throws UserError while a turn runs, and when there is too little. */
  compact(): Promise<void>;
  clear(): void;
  /**
   * Goes back to before a message of the person's, the last one unless named (`Message.id`), and gives its text; what came
   * after stays on disk, as another branch. Throws UserError while a turn runs, and where there is no such message.
   */
  rewind(message?: number): string;
  /** A person's choice. */
  setType(type: SessionType): void;
  /** Taken unless a person has chosen one. */
  suggestType(type: SessionType): void;
  /** From the next turn on. Rejects with UserError for a name that no provider has. */
  setModel(name: string): Promise<void>;
  /** One call's answer, or with undefined that of all that ask. Throws UserError when it does not ask any more. */
  answer(callId: string | undefined, answer: ApprovalAnswer): void;
  setTrust(tool: string, trusted: boolean): void;
  pause(): void;
  resume(): void;
  /** A line of qmux itself in the transcript; not sent to the model. */
  note(text: string, level?: 'info' | 'warning' | 'error'): void;
  /** The draft of the composer, as text; what is folded in it is whole. */
  readonly draft: string;
  /** Whether its conversation is in memory; while it is not, `conversation` has no messages. */
  readonly isAwake: boolean;
  /** Since when no client shows it, in milliseconds since the epoch; undefined while one does. */
  readonly hiddenSince: number | undefined;
  /** Gives the memory of a hidden chat at rest back. False where it is not at rest, not all on disk, or sleeps already. */
  hibernate(): boolean;
  /** Reads a sleeping chat again. Rejects with UserError where that cannot be done now; it then goes on sleeping. */
  wake(): Promise<void>;
  /** What is kept of it, besides what every session has. */
  readonly memory: ChatMemory;
  setDraft(text: string): void;
}

export const isChat = (session: Session): session is Chat => session.kind === 'chat';
