import { UserError } from '../base/user-error.ts';
import { GrowingText } from '../text/growing-text.ts';
import { FORMAT, FORMAT_VERSION } from './export-json.ts';
import { Fields } from './file-fields.ts';
import type { AssistantMessage, CallState, Message, ToolCall, Usage, UserPart } from './message.ts';
import { MAXIMUM_MESSAGES, type SavedConversation } from './saved-conversation.ts';
import { SESSION_TYPES } from './session-type.ts';

const KINDS = ['user', 'assistant', 'note', 'summary'] as const;
const STATES = ['complete', 'interrupted', 'superseded', 'streaming'] as const;
const FINISHES = ['stop', 'tool-calls', 'length', 'content-filter'] as const;
const LEVELS = ['info', 'warning', 'error'] as const;
const CALL_STATES = ['done', 'failed', 'refused', 'cancelled', 'waiting', 'asking', 'running'] as const;
/** Calls of one message at most. */
const MAXIMUM_CALLS = 512;

/** What the model is told of a call of a file that has no end. */
const NOT_RUN = 'The conversation was imported before this call had ended; it was not run.';

/** The conversation of a file's values, which may be anything. Throws UserError that says what is wrong, and where. */
export function readConversation(value: unknown): SavedConversation {
  const file = new Fields(value, '');
  if (file.value('format') !== FORMAT)
    throw new UserError(`this JSON is no conversation of qmux: its "format" is not "${FORMAT}"`);
  const version = file.value('version');
  if (version !== FORMAT_VERSION)
    throw new UserError(
      typeof version === 'number' && version > FORMAT_VERSION
        ? `this conversation was exported by a newer qmux (its version is ${version}, this one knows ${FORMAT_VERSION})`
        : `the "version" of this conversation is not ${FORMAT_VERSION}`,
    );
  const list = file.list('messages', MAXIMUM_MESSAGES);
  const messages = list.map((value, index) => message(new Fields(value, `messages[${index}].`)));
  const nextId = file.whole('nextId', 1);
  const ids = new Set<number>();
  for (const { id } of messages) {
    if (ids.has(id)) throw new UserError(`two messages have the id ${id}`);
    if (id >= nextId) throw new UserError(`"nextId" has to be larger than the id ${id} of a message`);
    ids.add(id);
  }
  return {
    name: file.text('name'),
    type: file.word('type', SESSION_TYPES),
    model: file.optional('model', (name) => file.text(name)),
    createdAt: file.time('createdAt'),
    conversation: {
      messages,
      reply: undefined,
      nextId,
      total: usage(file.record('total')),
      contextTokens: file.optional('contextTokens', (name) => file.whole(name, 0)),
    },
  };
}

function message(fields: Fields): Message {
  const facts = { id: fields.whole('id', 1), time: fields.time('time') };
  const kind = fields.word('kind', KINDS);
  switch (kind) {
    case 'user':
      return { kind, ...facts, parts: fields.records('parts', MAXIMUM_MESSAGES).map(part) };
    case 'assistant':
      return reply(fields, facts);
    case 'note':
      return { kind, ...facts, level: fields.word('level', LEVELS), text: fields.text('text') };
    case 'summary':
      return { kind, ...facts, text: fields.text('text'), keptFrom: fields.whole('keptFrom', 0) };
  }
}

const part = (fields: Fields): UserPart => ({
  text: fields.text('text'),
  label: fields.optional('label', (name) => fields.text(name)),
});

function reply(fields: Fields, facts: { readonly id: number; readonly time: number }): AssistantMessage {
  const state = fields.word('state', STATES);
  const calls = fields.records('calls', MAXIMUM_CALLS).map(call);
  const ids = new Set(calls.map(({ id }) => id));
  if (ids.size < calls.length) throw new UserError(`two calls of ${fields.place} have the same id`);
  return {
    kind: 'assistant',
    ...facts,
    text: GrowingText.of(fields.text('text')),
    reasoning: GrowingText.of(fields.text('reasoning')),
    calls,
    model: fields.text('model'),
    state: state === 'streaming' ? 'interrupted' : state,
    finish: fields.optional('finish', (name) => fields.word(name, FINISHES)),
    usage: fields.optional('usage', (name) => usage(fields.record(name))),
  };
}

function call(fields: Fields): ToolCall {
  return {
    id: fields.text('id'),
    name: fields.text('name'),
    arguments: fields.text('arguments'),
    state: callState(fields.word('state', CALL_STATES), fields.text('result')),
    title: fields.text('title'),
    diff: fields.text('diff'),
  };
}

/** How a call of a file came out: one without an end is cancelled, nothing of a file is ever run. */
function callState(kind: (typeof CALL_STATES)[number], result: string): CallState {
  if (kind === 'waiting' || kind === 'asking' || kind === 'running') return { kind: 'cancelled', result: NOT_RUN };
  return { kind, result };
}

const usage = (fields: Fields): Usage => ({
  input: fields.whole('input', 0),
  cached: fields.whole('cached', 0),
  output: fields.whole('output', 0),
});
