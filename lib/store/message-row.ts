import type { Insertable } from 'kysely';
import type { AssistantMessage, CallState, Message, ToolCall, Usage, UserPart } from '../conversation/message.ts';
import { GrowingText } from '../text/growing-text.ts';
import type { MessageRow, MessageTable, ToolCallRow, ToolCallTable } from './schema.ts';

/** What the model is told of a call that the server did not see the end of. */
const NOT_RUN = 'qmux ended before this call was run.';
const CUT = 'qmux ended while this call ran: it may have done a part of its work, and was not run again.';

type NewMessage = Omit<Insertable<MessageTable>, 'conversation_id' | 'parent'>;

const NOTHING = {
  parts: null,
  level: null,
  reasoning: null,
  model: null,
  state: null,
  finish: null,
  kept_from: null,
} as const;

/** A message as its row. */
export function messageRow(message: Message): NewMessage {
  const { kind, id: number, time } = message;
  const row = { ...NOTHING, kind, number, time: Math.round(time) };
  switch (message.kind) {
    case 'user':
      return { ...row, text: message.parts.map(({ text }) => wellFormed(text)).join(''), parts: folds(message.parts) };
    case 'assistant':
      return {
        ...row,
        ...replyColumns(message),
        text: wellFormed(`${message.text}`),
        reasoning: wellFormed(`${message.reasoning}`),
      };
    case 'note':
      return { ...row, text: wellFormed(message.text), level: message.level };
    case 'summary':
      return { ...row, text: wellFormed(message.text), kept_from: message.keptFrom };
  }
}

/** A text of the same length that UTF-8 can hold: half a character is shown as one that is unknown. */
export const wellFormed = (text: string): string => text.replaceAll(/\p{Cs}/gu, '\ufffd');

/** What of a reply is not its text. */
export const replyColumns = ({ model, state, finish }: AssistantMessage) => ({ model, state, finish: finish ?? null });

/** A row as its message; one that nobody can read becomes a note that says so. */
export function messageOf(row: MessageRow, calls: readonly ToolCall[], usage: Usage | undefined): Message {
  const facts = { id: row.number, time: row.time };
  switch (row.kind) {
    case 'user':
      return { ...facts, kind: 'user', parts: unfolded(row.text, row.parts) };
    case 'assistant':
      return {
        ...facts,
        kind: 'assistant',
        text: GrowingText.of(row.text),
        reasoning: GrowingText.of(row.reasoning ?? ''),
        calls,
        model: row.model ?? '',
        state: row.state === 'complete' || row.state === 'superseded' ? row.state : 'interrupted',
        finish: oneOf(FINISHES, row.finish),
        usage,
      };
    case 'summary':
      return { ...facts, kind: 'summary', text: row.text, keptFrom: row.kept_from ?? row.number };
    default:
      return { ...facts, kind: 'note', level: oneOf(LEVELS, row.level) ?? 'info', text: row.text };
  }
}

const FINISHES = ['stop', 'tool-calls', 'length', 'content-filter'] as const;
const LEVELS = ['info', 'warning', 'error'] as const;
const ENDS = ['done', 'failed', 'refused', 'cancelled'] as const;

const oneOf = <T extends string>(words: readonly T[], word: string | null): T | undefined =>
  words.find((other) => other === word);

/** A call as its row. */
export function callRow(call: ToolCall, message: number, position: number): Insertable<ToolCallTable> {
  const { id, name, title, diff, state } = call;
  const result = 'result' in state ? state.result : null;
  return {
    message_id: message,
    position,
    call_id: wellFormed(id),
    name: wellFormed(name),
    arguments: wellFormed(call.arguments),
    title: wellFormed(title),
    diff: wellFormed(diff),
    state: state.kind,
    result: result === null ? null : wellFormed(result),
  };
}

/** Whether both have the same row: what a running call prints is not kept. */
export const sameCallRow = (a: ToolCall | undefined, b: ToolCall): boolean =>
  a === b ||
  (a !== undefined &&
    a.state.kind === b.state.kind &&
    a.title === b.title &&
    a.diff === b.diff &&
    a.arguments === b.arguments &&
    a.id === b.id);

/** A row as its call. One that had no end is cancelled: it is not known what it did, so it is never run again. */
export function callOf(row: ToolCallRow): ToolCall {
  const end = oneOf(ENDS, row.state);
  const state: CallState =
    end === undefined
      ? { kind: 'cancelled', result: row.state === 'running' ? CUT : NOT_RUN }
      : { kind: end, result: row.result ?? '' };
  const { name, title, diff } = row;
  return { id: row.call_id, name, arguments: row.arguments, title, diff, state };
}

/** Where a message's folded texts lie; null for a message that is one plain text. */
function folds(parts: readonly UserPart[]): string | null {
  if (parts.length === 1 && parts[0]?.label === undefined) return null;
  return JSON.stringify(parts.map(({ text, label }) => [text.length, label ?? null]));
}

function unfolded(text: string, parts: string | null): readonly UserPart[] {
  const plain = [{ text, label: undefined }];
  const list = parts === null ? undefined : jsonArray(parts);
  if (list === undefined) return plain;
  const found: UserPart[] = [];
  let start = 0;
  for (const part of list) {
    const [length, label]: readonly unknown[] = Array.isArray(part) ? part : [];
    if (typeof length !== 'number') return plain;
    found.push({ text: text.slice(start, start + length), label: typeof label === 'string' ? label : undefined });
    start += length;
  }
  return start === text.length ? found : plain;
}

/** What a text holds as JSON, when that is an array. */
export function jsonArray(text: string): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
