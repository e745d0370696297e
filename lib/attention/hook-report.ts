import { isTable } from '../config/provider-table.ts';
import { sanitize } from '../text/sanitize.ts';
import { CONVERSATION } from './agent-resume.ts';
import type { Claim } from './evidence.ts';
import type { HookMeaning, HookRecipe } from './hook-recipe.ts';

/** What a call of a hook says. */
export interface HookReport {
  /** `keep` where it says nothing of what the agent does; undefined where what was said before is past. */
  readonly claim: Claim | undefined | 'keep';
  /** The event, with what is asked: plain text of one line. */
  readonly detail: string;
  /** The agent's own name of its conversation, by which it can go on. */
  readonly conversation: string | undefined;
}

/** What hooks tell on standard input at most, in bytes; of more only the event counts. */
export const MAXIMUM_PAYLOAD = 1 << 20;
const MAXIMUM_DETAIL = 200;
/** Where agents tell of what kind an event is, and what conversation it is about. */
const KINDS = ['notification_type', 'notificationType', 'tool_name', 'toolName', 'type', 'status', 'source', 'reason'];
const CONVERSATIONS = ['session_id', 'sessionId', 'conversation_id', 'thread-id', 'thread_id'];
/** What a person recognises a tool's call by. */
const SUBJECTS = [
  'command',
  'cmd',
  'file_path',
  'filePath',
  'path',
  'url',
  'pattern',
  'query',
  'description',
  'question',
];

/** The payload of a hook as data; an empty table where it is none, is cut in half or is too long. Never throws. */
export function readPayload(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  if (bytes.length > MAXIMUM_PAYLOAD) return {};
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return isTable(value) ? value : {};
  } catch {
    return {};
  }
}

/** What an event of an agent says, by the recipe; undefined for an event that it does not name. Pure, never throws. */
export function hookReport(
  { events }: Pick<HookRecipe, 'events'>,
  event: string,
  payload: Readonly<Record<string, unknown>>,
): HookReport | undefined {
  const kinds = KINDS.flatMap((name) => textOf(payload, name) ?? []);
  const kind = kinds.find((one) => events.has(`${event}/${one}`));
  const meaning = kind === undefined ? events.get(event) : events.get(`${event}/${kind}`);
  const isNamed = meaning !== undefined || [...events.keys()].some((name) => name.startsWith(`${event}/`));
  if (!isNamed) return undefined;
  const named = CONVERSATIONS.map((name) => textOf(payload, name)).find((text) => text !== undefined);
  return {
    claim: meaning === undefined ? 'keep' : claimOf(meaning, isOfSubagent(payload)),
    detail: detailOf(kind === undefined ? event : `${event}/${kind}`, payload),
    conversation: named !== undefined && CONVERSATION.test(named) ? named : undefined,
  };
}

function claimOf(meaning: HookMeaning, isOfSubagent: boolean): HookReport['claim'] {
  switch (meaning) {
    case 'busy':
      return { kind: meaning };
    case 'idle':
    case 'failed':
      // An agent works on when one of its helpers is done.
      return isOfSubagent ? 'keep' : { kind: meaning };
    case 'approval':
    case 'question':
      return { kind: 'waiting', reason: meaning };
    case 'gone':
      return isOfSubagent ? 'keep' : undefined;
    case 'session':
      return 'keep';
  }
}

const isOfSubagent = (payload: Readonly<Record<string, unknown>>): boolean =>
  textOf(payload, 'agent_id') !== undefined || textOf(payload, 'subagent_id') !== undefined;

function detailOf(event: string, payload: Readonly<Record<string, unknown>>): string {
  const tool = textOf(payload, 'tool_name') ?? textOf(payload, 'toolName');
  const input = [payload['tool_input'], payload['toolArgs'], payload['details']].find(isTable) ?? {};
  const subject = SUBJECTS.map((name) => textOf(input, name)).find((text) => text !== undefined);
  const called = tool === undefined ? subject : subject === undefined ? tool : `${tool}: ${subject}`;
  const told = called ?? textOf(payload, 'message') ?? textOf(payload, 'error');
  const text = told === undefined ? event : `${event} · ${told}`;
  return sanitize(text.slice(0, 2 * MAXIMUM_DETAIL))
    .replaceAll(/\s+/g, ' ')
    .slice(0, MAXIMUM_DETAIL);
}

function textOf(table: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = Object.hasOwn(table, name) ? table[name] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}
