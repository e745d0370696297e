import type { Message } from '../conversation/message.ts';
import { stripControls } from '../text/sanitize.ts';
import type { ChatMemory } from './chat.ts';
import type { ChatApprovals } from './chat-approvals.ts';
import { messageText } from './chat-outbox.ts';
import type { ChatTurns } from './chat-turns.ts';
import type { StatusChange, WaitingReason } from './status.ts';

/** Of a title, in UTF-16 units. */
const TITLE_LENGTH = 80;

const REASONS = { none: undefined, ended: 'turn-ended', failed: 'turn-failed' } as const;

/** Why a chat waits that comes back: one whose turn was cut is to be asked again. */
export const remainingReason = (rest: ChatMemory['rest'] = 'none'): WaitingReason | undefined =>
  REASONS[rest === 'cut' ? 'failed' : rest];

/** What a chat is seen to do; `isBusy` while it runs a command of the person's. */
export function statusOf(
  { approvals, turns }: { readonly approvals: ChatApprovals; readonly turns: ChatTurns },
  isBusy: boolean,
): StatusChange {
  const asked = approvals.selected;
  if (asked !== undefined) return { status: 'waiting-for-input', reason: asked.kind };
  if (turns.isHeld) return { status: 'paused' };
  if (turns.isRunning || isBusy) return { status: 'processing' };
  if (turns.isPaused) return { status: 'paused' };
  return { status: 'waiting-for-input', reason: REASONS[turns.rest] };
}

/** Whether nothing goes on in a chat, waits for its turn, or asks. */
export const isAtRest = (
  { approvals, turns }: { readonly approvals: ChatApprovals; readonly turns: ChatTurns },
  isBusy: boolean,
): boolean =>
  !isBusy &&
  !turns.isRunning &&
  !turns.isHeld &&
  turns.queued.length === 0 &&
  turns.steering.length === 0 &&
  approvals.count === 0;

/** The beginning of what was said first; empty while nothing was. */
export function titleOf(messages: readonly Message[]): string {
  const first = messages.find((message) => message.kind === 'user');
  if (first === undefined) return '';
  return titleOfText(messageText(first.parts));
}

/** The beginning of a text as a title, on one line. */
export function titleOfText(text: string): string {
  const beginning = text.trimStart().slice(0, 400);
  return stripControls(beginning.split('\n', 1)[0] ?? '', TITLE_LENGTH).trim();
}
