import type { GrowingText } from '../text/growing-text.ts';

/** What is counted of turns, in tokens, as the endpoint tells it. */
export interface Usage {
  readonly input: number;
  /** The part of `input` that the endpoint had already. */
  readonly cached: number;
  readonly output: number;
}

/** Why a reply ended, as the endpoint says. */
export type FinishReason = 'stop' | 'tool-calls' | 'length' | 'content-filter';

/** What a person is asked before a call runs. */
interface Approval {
  /** Why it asks, as a sentence's end: `writes outside of the working directory`. */
  readonly why: string;
  /** A text that may be changed before it is allowed (a command); undefined for none. */
  readonly editable: string | undefined;
}

export type CallState =
  /** Its turn has not come. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'asking'; readonly approval: Approval }
  /** `output` is the end of what it printed so far. */
  | { readonly kind: 'running'; readonly since: number; readonly output: string }
  /** All others are its end; `result` is what the model is told. */
  | { readonly kind: 'done' | 'failed' | 'refused' | 'cancelled'; readonly result: string };

/** One call of a tool by a model, with what became of it. */
export interface ToolCall {
  /** As the endpoint gave it; unique within its message. */
  readonly id: string;
  readonly name: string;
  /** JSON as the model wrote it, which may be none. */
  readonly arguments: string;
  readonly state: CallState;
  /** One line for its card: the path, the command. Empty until it is known. */
  readonly title: string;
  /** A unified diff of what it is to change; empty for none. */
  readonly diff: string;
}

export interface UserPart {
  readonly text: string;
  /** How it is shown when folded (`pasted 23 lines`); undefined shows the text. */
  readonly label: string | undefined;
}

interface MessageFacts {
  /** Unique within the conversation, counted up as messages begin; one that begins while a reply streams is before it. */
  readonly id: number;
  /** Milliseconds since the epoch. */
  readonly time: number;
}

export interface UserMessage extends MessageFacts {
  readonly kind: 'user';
  readonly parts: readonly UserPart[];
}

export interface AssistantMessage extends MessageFacts {
  readonly kind: 'assistant';
  readonly text: GrowingText;
  /** What the model thought aloud; shown dimmed and folded, never sent back. */
  readonly reasoning: GrowingText;
  readonly calls: readonly ToolCall[];
  readonly model: string;
  /**
   * `streaming` until its end; `interrupted` when stopped or cut; `superseded` when another attempt answered after a cut:
   * kept for the person, not sent again.
   */
  readonly state: 'streaming' | 'complete' | 'interrupted' | 'superseded';
  readonly finish: FinishReason | undefined;
  readonly usage: Usage | undefined;
}

/** A line of qmux itself in the conversation (a failure, a compaction, output of a slash command); never sent. */
export interface NoteMessage extends MessageFacts {
  readonly kind: 'note';
  readonly level: 'info' | 'warning' | 'error';
  readonly text: string;
}

/** Stands for all messages before it when a request is made; those stay in the history. */
export interface SummaryMessage extends MessageFacts {
  readonly kind: 'summary';
  readonly text: string;
  /** The id of the first message that is still sent verbatim, although it lies before the summary. */
  readonly keptFrom: number;
}

export type Message = UserMessage | AssistantMessage | NoteMessage | SummaryMessage;

/** Whether a call has its end. */
export const isAnswered = ({ state }: ToolCall): boolean =>
  state.kind === 'done' || state.kind === 'failed' || state.kind === 'refused' || state.kind === 'cancelled';
