import { isTable } from '../config/provider-table.ts';
import { CONVERSATION } from './agent-resume.ts';
import type { Claim } from './evidence.ts';

/** When a process began: in ticks since the system did, as proc(5)'s stat has it, and in milliseconds since the epoch. */
export interface ProcessStart {
  readonly ticks: string;
  readonly time: number;
}

/** What Claude Code's own file of a session says, `sessions/PID.json`. */
export interface SessionFile {
  /** Undefined where it says nothing of that. */
  readonly claim: Claim | undefined;
  readonly detail: string;
  readonly conversation: string | undefined;
  /** When the process that wrote it began, as it says. */
  readonly began: string | undefined;
}

/** A file is larger only if it is another's, in bytes. */
export const MAXIMUM_SESSION_FILE = 64 * 1024;
/** Clocks differ by so much at most, in milliseconds. */
const TOLERANCE = 3000;
/** `shell` says that commands run behind it, whatever it does itself. */
const STATUSES: ReadonlyMap<unknown, Claim> = new Map<unknown, Claim>([
  ['idle', { kind: 'idle' }],
  ['busy', { kind: 'busy' }],
  ['waiting', { kind: 'waiting', reason: 'approval' }],
]);

/** Reads the text of such a file; undefined for anything else. Pure, never throws. */
export function readSessionFile(text: string): SessionFile | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isTable(value) || typeof value['status'] !== 'string') return undefined;
  const { sessionId, procStart, status } = value;
  const claim = STATUSES.get(status);
  return {
    claim,
    detail: claim === undefined ? 'another status' : status,
    conversation: typeof sessionId === 'string' && CONVERSATION.test(sessionId) ? sessionId : undefined,
    began: typeof procStart === 'string' || typeof procStart === 'number' ? String(procStart) : undefined,
  };
}

/** Whether the file is of the process that has its number now: it outlives the one that wrote it. */
export function isOfProcess({ began }: SessionFile, start: ProcessStart): boolean {
  if (began === undefined || began === '') return false;
  if (began === start.ticks) return true;
  const number = Number(began);
  const time = Number.isFinite(number) ? number : Date.parse(began);
  return Math.abs(time - start.time) <= TOLERANCE;
}
