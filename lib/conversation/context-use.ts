import type { Conversation } from './conversation.ts';
import type { AssistantMessage, Message } from './message.ts';
import type { ToolDescription } from './model.ts';
import { sentAs, sentPart } from './request.ts';
import {
  estimateCall,
  estimateGrowing,
  estimateMessage,
  estimateResult,
  estimateTokens,
  estimateTools,
} from './token-estimate.ts';

/** How full a model's window is. */
export interface ContextUse {
  /** Tokens of the next request, as far as is known. */
  readonly used: number;
  readonly window: number;
  /** From 0; over 1 when it is too much. 0 for a window of none. */
  readonly share: number;
  /** Whether `used` rests on the endpoint's count of the last turn, or is our estimate alone. */
  readonly counted: boolean;
}

/** What is known of a history up to one message; kept with it, so that only new messages are looked at. */
interface HistoryFacts {
  readonly index: number;
  readonly previous: Message | undefined;
  /** Estimated tokens of all messages so far but summaries. */
  readonly tokens: number;
  /** Those of them that the last summary stands for, less its own. */
  readonly left: number;
  /** Those of them that the endpoint has counted last; undefined when there is no count since the last summary. */
  readonly counted: number | undefined;
}

const NOTHING: HistoryFacts = { index: -1, previous: undefined, tokens: 0, left: 0, counted: undefined };

const known = new WeakMap<Message, HistoryFacts>();

/**
 * The endpoint's count of the last turn with an estimate of what came since, else an estimate of all. To ask again costs
 * in proportion to the messages that are new, so it may be asked for each frame.
 */
export function contextUse(
  conversation: Conversation,
  system: string,
  tools: readonly ToolDescription[],
  window: number,
): ContextUse {
  const { messages, reply, contextTokens } = conversation;
  const facts = factsOf(messages);
  let used: number;
  let counted = true;
  if (reply?.usage !== undefined && contextTokens !== undefined) {
    used = contextTokens + reply.calls.reduce((sum, call) => sum + estimateResult(call), 0);
  } else if (facts.counted !== undefined && contextTokens !== undefined) {
    used = contextTokens + facts.tokens - facts.counted + (reply === undefined ? 0 : estimateReply(reply));
  } else {
    counted = false;
    used = estimateTokens(system) + estimateTools(tools) + facts.tokens - facts.left;
    if (reply !== undefined) used += estimateReply(reply);
  }
  return { used, window, share: window > 0 ? used / window : 0, counted };
}

const estimateReply = (reply: AssistantMessage): number =>
  reply.calls.reduce((sum, call) => sum + estimateCall(call), estimateGrowing(reply.text));

function factsOf(messages: readonly Message[]): HistoryFacts {
  let index = messages.length;
  let facts = NOTHING;
  for (; index > 0; index--) {
    const message = messages[index - 1];
    const found = message && known.get(message);
    if (found?.index !== index - 1 || found.previous !== messages[index - 2]) continue;
    facts = found;
    break;
  }
  for (; index < messages.length; index++) facts = nextFacts(messages, index, facts);
  return facts;
}

/** Facts up to the message at `index`, by those up to the one before it. */
function nextFacts(messages: readonly Message[], index: number, before: HistoryFacts): HistoryFacts {
  const message = messages[index];
  if (message === undefined) return before;
  const facts =
    message.kind === 'summary' ? summaryFacts(messages, index, before) : messageFacts(messages, index, before);
  known.set(message, facts);
  return facts;
}

/** Messages that are counted in one piece. */
const PIECE = 200;

/** Counts a long history ahead, so that `contextUse` finds it counted: to be gone through with turns for others between. */
export function* countedAhead(messages: readonly Message[]): Generator<void> {
  let facts = NOTHING;
  for (let index = 0; index < messages.length; index++) {
    facts = nextFacts(messages, index, facts);
    if (index % PIECE === PIECE - 1) yield;
  }
}

function messageFacts(messages: readonly Message[], index: number, before: HistoryFacts): HistoryFacts {
  const message = messages[index];
  const sent = message === undefined ? [] : sentAs(message);
  const tokens = sent.reduce((sum, part) => sum + estimateMessage(part), before.tokens);
  let { counted } = before;
  if (message?.kind === 'assistant' && message.usage !== undefined) {
    // The answers to its calls came after the count.
    const [reply] = sent;
    counted = before.tokens + (reply === undefined ? 0 : estimateMessage(reply));
  }
  return { index, previous: messages[index - 1], tokens, left: before.left, counted };
}

function summaryFacts(messages: readonly Message[], index: number, before: HistoryFacts): HistoryFacts {
  const { summary, from } = sentPart(messages.slice(0, index + 1));
  const own = summary === undefined ? 0 : sentAs(summary).reduce((sum, part) => sum + estimateMessage(part), 0);
  const last = from > index ? undefined : messages[from - 1];
  const gone = from > index ? before.tokens : ((last && known.get(last)?.tokens) ?? 0);
  return { index, previous: messages[index - 1], tokens: before.tokens, left: gone - own, counted: undefined };
}
