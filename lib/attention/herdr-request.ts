import { isTable } from '../config/provider-table.ts';
import { sanitize } from '../text/sanitize.ts';
import { CONVERSATION } from './agent-resume.ts';
import type { Claim } from './evidence.ts';

/** Where a request of herdr's protocol comes from, by what it says itself. */
interface HerdrPlace {
  /** `HERDR_PANE_ID` as its program got it. */
  readonly pane: string;
  /** Who reports; each counts its own reports. */
  readonly source: string;
  /** The agent's name, where it is told. */
  readonly agent: string | undefined;
  /** Later reports have larger numbers; undefined where they are not counted. */
  readonly sequence: number | undefined;
  /** The agent's own name of its conversation. */
  readonly conversation: string | undefined;
}

/** A request of herdr's report protocol, as far as it is spoken here. */
export type HerdrRequest =
  | { readonly type: 'ping' }
  /** What an agent does; undefined where it does not know. */
  | ({ readonly type: 'report'; readonly claim: Claim | undefined; readonly detail: string } & HerdrPlace)
  /** Only which conversation it is in. */
  | ({ readonly type: 'session' } & HerdrPlace)
  /** What it said is past. */
  | ({ readonly type: 'release' } & HerdrPlace);

/** A request, or why a line is none, with the `id` by which the answer is told from others. */
export type HerdrLine = { readonly id: string | number | null } & (
  | { readonly request: HerdrRequest }
  | { readonly error: { readonly code: string; readonly message: string } }
);

/** herdr's `state`: its `blocked` does not say by what. */
const STATES: ReadonlyMap<unknown, Claim | undefined> = new Map<unknown, Claim | undefined>([
  ['working', { kind: 'busy' }],
  ['busy', { kind: 'busy' }],
  ['idle', { kind: 'idle' }],
  ['done', { kind: 'idle' }],
  ['blocked', { kind: 'waiting', reason: 'approval' }],
  ['unknown', undefined],
]);
const MAXIMUM_PANE = 100;
const MAXIMUM_SOURCE = 60;
const MAXIMUM_ID = 200;

/** One line of the protocol, newline-delimited JSON. Pure; never throws. */
export function readHerdrLine(line: string): HerdrLine {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { id: null, error: { code: 'invalid_request', message: 'this is not a line of JSON' } };
  }
  if (!isTable(value)) return { id: null, error: { code: 'invalid_request', message: 'a request is a table' } };
  const id = idOf(value['id']);
  const { method } = value;
  const params = isTable(value['params']) ? value['params'] : {};
  if (method === 'ping') return { id, request: { type: 'ping' } };
  const place = placeOf(params);
  const invalid = (message: string): HerdrLine => ({ id, error: { code: 'invalid_params', message } });
  switch (method) {
    case 'pane.report_agent': {
      if (place === undefined) return invalid('pane_id is missing');
      if (!STATES.has(params['state'])) return invalid('state is one of working, blocked, idle, done, unknown');
      const told = textOf(params['message'], 4 * MAXIMUM_ID);
      const state = String(params['state']);
      const detail = sanitize(told === undefined ? state : `${state} · ${told}`, MAXIMUM_ID);
      return { id, request: { type: 'report', claim: STATES.get(params['state']), detail, ...place } };
    }
    case 'pane.report_agent_session':
      return place === undefined ? invalid('pane_id is missing') : { id, request: { type: 'session', ...place } };
    case 'pane.release_agent':
    case 'pane.clear_agent_authority':
      return place === undefined ? invalid('pane_id is missing') : { id, request: { type: 'release', ...place } };
    default:
      return { id, error: { code: 'method_not_found', message: 'qmux takes reports of agents only' } };
  }
}

/** The answer to a request that was taken. */
export const herdrOk = (id: HerdrLine['id'], type: 'ok' | 'pong'): string =>
  `${JSON.stringify({ id, result: { type } })}\n`;

/** The answer to one that was not. */
export const herdrError = (id: HerdrLine['id'], code: string, message: string): string =>
  `${JSON.stringify({ id, error: { code, message } })}\n`;

function placeOf(params: Readonly<Record<string, unknown>>): HerdrPlace | undefined {
  const pane = textOf(params['pane_id'], MAXIMUM_PANE);
  if (pane === undefined) return undefined;
  const { seq } = params;
  const conversation = textOf(params['agent_session_id'], MAXIMUM_ID);
  return {
    pane,
    source: textOf(params['source'], MAXIMUM_SOURCE) ?? '',
    agent: textOf(params['agent'], MAXIMUM_SOURCE),
    sequence: typeof seq === 'number' && Number.isFinite(seq) ? seq : undefined,
    conversation: conversation !== undefined && CONVERSATION.test(conversation) ? conversation : undefined,
  };
}

const idOf = (value: unknown): HerdrLine['id'] =>
  typeof value === 'number' || (typeof value === 'string' && value.length <= MAXIMUM_ID) ? value : null;

const textOf = (value: unknown, maximum: number): string | undefined =>
  typeof value === 'string' && value !== '' && value.length <= maximum ? value : undefined;
