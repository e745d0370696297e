import { isTable } from '../config/provider-table.ts';
import { sanitize } from '../text/sanitize.ts';
import type { Claim } from './evidence.ts';

/** What opencode's events have said so far: it works on several conversations at once, each of which may ask. */
export interface OpencodeState {
  /** The conversations that are worked on. */
  readonly busy: ReadonlySet<string>;
  /** What is asked and not answered, by its name. */
  readonly asked: ReadonlyMap<string, { readonly reason: 'approval' | 'question'; readonly what: string }>;
  /** The last turn went wrong. */
  readonly failed: boolean;
  /** Whether anything was said at all. */
  readonly known: boolean;
}

export const OPENCODE_START: OpencodeState = { busy: new Set(), asked: new Map(), failed: false, known: false };

const MAXIMUM_ITEMS = 100;
const MAXIMUM_NAME = 200;

/** The state after one event of `GET /event`; the same for what says nothing of it. Pure, never throws. */
export function opencodeEvent(state: OpencodeState, text: string): OpencodeState {
  let event: unknown;
  try {
    event = JSON.parse(text);
  } catch {
    return state;
  }
  if (!isTable(event)) return state;
  const properties = isTable(event['properties']) ? event['properties'] : {};
  const session = nameOf(properties['sessionID']) ?? '';
  const id = nameOf(properties['requestID']) ?? nameOf(properties['permissionID']) ?? nameOf(properties['id']) ?? '';
  switch (event['type']) {
    case 'session.status':
      return status(state, session, isTable(properties['status']) ? properties['status']['type'] : undefined);
    case 'session.idle':
      return status(state, session, 'idle');
    case 'session.error':
      return { ...state, known: true, failed: true, busy: without(state.busy, session) };
    case 'permission.asked':
    case 'permission.updated':
      return asks(state, id, 'approval', properties);
    case 'question.asked':
      return asks(state, id, 'question', properties);
    case 'permission.replied':
    case 'question.replied':
    case 'question.rejected':
      return { ...state, known: true, asked: new Map([...state.asked].filter(([name]) => name !== id)) };
    default:
      return state;
  }
}

/** What that comes to; undefined while nothing was said. */
export function opencodeClaim({
  busy,
  asked,
  failed,
  known,
}: OpencodeState): { readonly claim: Claim; readonly detail: string } | undefined {
  const [first] = [...asked.values()].sort((a, b) => a.reason.localeCompare(b.reason));
  if (first !== undefined) return { claim: { kind: 'waiting', reason: first.reason }, detail: first.what };
  if (!known) return undefined;
  if (busy.size > 0) return { claim: { kind: 'busy' }, detail: 'session.status busy' };
  return failed
    ? { claim: { kind: 'failed' }, detail: 'session.error' }
    : { claim: { kind: 'idle' }, detail: 'session.idle' };
}

function status(state: OpencodeState, session: string, type: unknown): OpencodeState {
  if (type === 'idle') return { ...state, known: true, busy: without(state.busy, session) };
  if (type !== 'busy' && type !== 'retry') return state;
  if (state.busy.size >= MAXIMUM_ITEMS) return state;
  return { ...state, known: true, failed: false, busy: new Set([...state.busy, session]) };
}

function asks(
  state: OpencodeState,
  id: string,
  reason: 'approval' | 'question',
  properties: Readonly<Record<string, unknown>>,
): OpencodeState {
  if (state.asked.size >= MAXIMUM_ITEMS) return state;
  const patterns = Array.isArray(properties['patterns']) ? properties['patterns'][0] : undefined;
  const told = [properties['title'], properties['permission'], properties['type']].find(
    (one) => typeof one === 'string',
  );
  const what = [told ?? reason, patterns].filter((one) => typeof one === 'string').join(' ');
  return {
    ...state,
    known: true,
    asked: new Map([...state.asked, [id, { reason, what: sanitize(what, MAXIMUM_NAME) }]]),
  };
}

const without = (names: ReadonlySet<string>, name: string): ReadonlySet<string> =>
  new Set([...names].filter((one) => one !== name));

const nameOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length <= MAXIMUM_NAME ? value : undefined;

const PORT = /^--port(?:=(\d{1,5}))?$/;
const HOST = /^--hostname(?:=(.*))?$/;

/** The port on the loopback on which opencode was told to listen, by its words; undefined for none. */
export function opencodePort(words: readonly string[]): number | undefined {
  const given = (flag: RegExp): string | undefined => {
    const index = words.findIndex((word) => flag.test(word));
    return index < 0 ? undefined : (flag.exec(words[index] ?? '')?.[1] ?? words[index + 1]);
  };
  const host = given(HOST);
  const port = Number(given(PORT));
  const isLoopback = host === undefined || host === '127.0.0.1' || host === 'localhost';
  return isLoopback && Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined;
}
