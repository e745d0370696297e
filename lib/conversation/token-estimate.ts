import type { GrowingText } from '../text/growing-text.ts';
import type { ToolCall } from './message.ts';
import type { ModelMessage, ToolDescription } from './model.ts';

/** A text longer than this, in UTF-16 units, is judged by samples of it. */
const WHOLE = 65_536;
const SAMPLES = 64;
const SAMPLE = WHOLE / SAMPLES;
/** What is looked at of a text that grows. */
const TAIL = 4096;
/** What a message costs beside its text, and a call beside its name and arguments. */
const PER_MESSAGE = 4;
const PER_CALL = 8;

/**
 * About how many tokens a text is: four ASCII characters each, two letters of other alphabets, one and a third of Indic
 * and South-East Asian scripts, one of Chinese, Japanese and Korean, half an emoji. Common tokenizers are within a third
 * of it for prose and code. A long text costs no more than 65,536 units of it.
 */
export function estimateTokens(text: string): number {
  if (text.length <= WHOLE) return Math.ceil(quarters(text, 0, text.length) / 4);
  let found = 0;
  const step = (text.length - SAMPLE) / (SAMPLES - 1);
  for (let sample = 0; sample < SAMPLES; sample++) {
    const start = Math.floor(sample * step);
    found += quarters(text, start, start + SAMPLE);
  }
  return Math.ceil(((found / WHOLE) * text.length) / 4);
}

/** The same of a text that grows, judged by its end. */
export function estimateGrowing(text: GrowingText): number {
  if (text.length <= TAIL) return estimateTokens(text.toString());
  return Math.ceil((estimateTokens(text.since(text.length - TAIL)) / TAIL) * text.length);
}

/** Quarters of tokens in a part of a text. */
function quarters(text: string, start: number, end: number): number {
  let sum = 0;
  for (let index = start; index < end; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) sum += 1;
    else if (unit < 0x900) sum += 2;
    else if (unit < 0x1100) sum += 3;
    else if (unit >= 0x1200 && unit < 0x2e80) sum += 3;
    else sum += 4;
  }
  return sum;
}

const messageEstimates = new WeakMap<ModelMessage, number>();
const callEstimates = new WeakMap<ToolCall, number>();
const toolEstimates = new WeakMap<readonly ToolDescription[], number>();

/** What a message of a request costs; counted once for each object. */
export function estimateMessage(message: ModelMessage): number {
  return remembered(messageEstimates, message, () => {
    let sum = PER_MESSAGE + estimateTokens(message.text);
    if (message.role !== 'assistant') return sum;
    for (const { name, arguments: args } of message.calls)
      sum += PER_CALL + estimateTokens(name) + estimateTokens(args);
    return sum;
  });
}

/** What the text of a message costs, and the arguments of each of its calls. */
export function estimateTexts(message: ModelMessage): readonly number[] {
  if (message.role !== 'assistant' || message.calls.length === 0) return [estimateMessage(message) - PER_MESSAGE];
  return [estimateTokens(message.text), ...message.calls.map((call) => estimateTokens(call.arguments))];
}

/** What a call of a reply in progress costs, with its result as far as there is one. */
export function estimateCall(call: ToolCall): number {
  return remembered(callEstimates, call, () => PER_CALL + estimateTokens(call.arguments) + estimateResult(call));
}

/** What the answer to a call costs. */
export function estimateResult({ state }: ToolCall): number {
  const isOpen = state.kind === 'waiting' || state.kind === 'asking' || state.kind === 'running';
  return isOpen ? 0 : PER_MESSAGE + estimateTokens(state.result);
}

/** What the descriptions of tools cost; counted once for each array. */
export const estimateTools = (tools: readonly ToolDescription[]): number =>
  remembered(toolEstimates, tools, () => (tools.length === 0 ? 0 : estimateTokens(JSON.stringify(tools))));

function remembered<Key extends object>(known: WeakMap<Key, number>, key: Key, count: () => number): number {
  let tokens = known.get(key);
  if (tokens === undefined) {
    tokens = count();
    known.set(key, tokens);
  }
  return tokens;
}
