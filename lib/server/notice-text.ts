import type { Session } from '../session/session.ts';
import type { WaitingReason } from '../session/status.ts';

/** For what a session calls: what it waits for, or its end. */
export type NoticeReason = WaitingReason | 'exited';

/** One session of a notice, as it was when it began to wait. */
export interface Noticed {
  readonly session: Session;
  readonly reason: NoticeReason;
}

/** Sessions that are named in one notice; the others are counted. */
const MAXIMUM_NAMES = 5;

const SENTENCES: Readonly<Record<NoticeReason, string>> = {
  approval: 'asks for approval',
  question: 'asks a question',
  'turn-ended': 'has ended its turn',
  'turn-failed': 'has failed',
  'command-ended': 'has ended its command',
  bell: 'rang the bell',
  exited: 'has exited',
};

/** For what a session calls now; undefined for nothing. */
export const noticeReason = ({ status, waitingReason }: Session): NoticeReason | undefined =>
  status === 'completed' ? 'exited' : waitingReason;

/**
 * What is told of sessions that began to wait, most urgent first: `api asks for approval`, or all of them in one sentence.
 * It has their names alone, and nothing that a program wrote.
 */
export function noticeText(noticed: readonly Noticed[]): string {
  const [first] = noticed;
  if (first === undefined) return '';
  if (noticed.length === 1) return `${first.session.name} ${sentenceOf(first)}`;
  const named = noticed.slice(0, MAXIMUM_NAMES).map(({ session, reason }) => `${session.name} (${reason})`);
  const others = noticed.length - named.length;
  return `${noticed.length} sessions wait: ${named.join(', ')}${others > 0 ? `, and ${others} more` : ''}`;
}

function sentenceOf({ session: { exit }, reason }: Noticed): string {
  if (reason !== 'exited' || exit === undefined) return SENTENCES[reason];
  return exit.signal === undefined ? `has exited with ${exit.exitCode}` : `was ended by signal ${exit.signal}`;
}
