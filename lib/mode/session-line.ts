import { isChat } from '../session/chat.ts';
import type { Session } from '../session/session.ts';
import { callsForAttention } from '../session/status.ts';
import { timeSpan } from '../text/amount.ts';
import type { Span } from '../text/line.ts';
import { stripControls } from '../text/sanitize.ts';
import { BOLD, DIM, PLAIN, palette, type Style } from '../text/style.ts';

/** What lists of sessions say of one: each fact is made here, so that picker, sidebar and indicator never differ. */

const NAME: Style = { ...PLAIN, attributes: BOLD };
const FAINT: Style = { ...PLAIN, attributes: DIM };
const WAITING: Style = { ...PLAIN, foreground: palette(3) };
const WAITING_BOLD: Style = { ...WAITING, attributes: BOLD };
const IDLE: Style = { ...PLAIN, foreground: palette(2) };
const BUSY: Style = { ...PLAIN, foreground: palette(4) };
const LOST: Style = { ...PLAIN, foreground: palette(8) };
const FAILED: Style = { ...PLAIN, foreground: palette(1) };

/** Milliseconds below which activity was just now. */
const JUST_NOW = 60_000;
const SECOND = 1000;

/** A chat that cannot reach its endpoint, a program that ended badly. */
export function hasFailed(session: Session): boolean {
  if (isChat(session)) return session.connection.kind === 'error';
  return session.exit !== undefined && (session.exit.exitCode !== 0 || session.exit.signal !== undefined);
}

/** One sign for how it stands, always one column: the shown one has a star, in the colour of its state. */
export function sessionIcon(session: Session, shown: boolean): Span {
  const { text, style } = stateIcon(session);
  return shown ? { text: '★', style } : { text, style };
}

function stateIcon(session: Session): Span {
  if (hasFailed(session)) return { text: '✕', style: FAILED };
  if (isChat(session) && session.connection.kind === 'reconnecting') return { text: '◐', style: WAITING };
  if (callsForAttention(session)) return { text: '●', style: waitingStyle(session) };
  if (session.status === 'processing') return { text: '⟳', style: BUSY };
  if (session.status === 'paused') return { text: 'z', style: LOST };
  if (session.status === 'completed') return { text: '○', style: LOST };
  if (isChat(session) && session.connection.kind === 'disconnected') return { text: '○', style: LOST };
  return { text: '●', style: IDLE };
}

/** Its name: yellow when it waits for a person, bold too when for an approval. */
export function sessionName(session: Session): Span {
  const text = stripControls(session.name);
  return { text, style: callsForAttention(session) ? waitingStyle(session) : NAME };
}

const waitingStyle = ({ waitingReason }: Session): Style => (waitingReason === 'approval' ? WAITING_BOLD : WAITING);

/** How it stands, in words: `processing`, `approval 3m`, `exited 3`. */
export function sessionState(session: Session, now: number): Span {
  const state = timelessState(session);
  const { status, waitingReason, waitingSince } = session;
  if (status !== 'waiting-for-input' || waitingReason === undefined || waitingSince === undefined) return state;
  return { ...state, text: `${state.text} ${timeSpan(now - waitingSince)}` };
}

/** The same without since when: `approval`. */
export function timelessState(session: Session): Span {
  switch (session.status) {
    case 'processing':
      return reconnecting(session) ?? { text: 'processing', style: BUSY };
    case 'waiting-for-input':
      if (session.waitingReason === undefined) return { text: 'idle', style: FAINT };
      return { text: session.waitingReason, style: callsForAttention(session) ? WAITING_BOLD : FAINT };
    case 'paused':
      return { text: 'paused', style: FAINT };
    case 'completed': {
      const { exit } = session;
      if (exit === undefined) return { text: 'completed', style: FAINT };
      const text = exit.signal === undefined ? `exited ${exit.exitCode}` : `ended by signal ${exit.signal}`;
      return { text, style: hasFailed(session) ? FAILED : FAINT };
    }
  }
}

function reconnecting(session: Session): Span | undefined {
  if (!isChat(session) || session.connection.kind !== 'reconnecting') return undefined;
  return { text: `reconnecting ${session.connection.attempt}`, style: WAITING };
}

/** How many replies or bursts of output nobody has seen: `•2`; undefined for none. */
export const unreadBadge = ({ unread }: Session): Span | undefined =>
  unread > 0 ? { text: `•${unread}`, style: WAITING_BOLD } : undefined;

/** What works in it: the model of a chat without its provider, the program in the foreground; empty when not known. */
export function sessionAgent(session: Session): string {
  if (!isChat(session)) return stripControls(session.fact('pane_current_command') ?? '', 100);
  const model = stripControls(session.modelName ?? '', 200);
  return model.slice(model.lastIndexOf('/') + 1);
}

/** The last line with text on it; what a program put far apart stands together. */
export const sessionPreview = ({ preview }: Session): string =>
  stripControls(preview, 400).replace(/\s+/gu, ' ').trim();

/** Since when something last happened in it: `now`, `3m`. */
export function sessionAge({ lastActivity }: Session, now: number): string {
  const age = now - lastActivity;
  return age < JUST_NOW ? 'now' : timeSpan(age);
}

/** Milliseconds until what `sessionState` or `sessionAge` says is out of date by time alone, at least 1. */
export function nextAgeing(session: Session, now: number): number {
  const { lastActivity, status, waitingReason, waitingSince } = session;
  const activity = Math.max(JUST_NOW - (now - lastActivity), untilNext(now - lastActivity));
  const waits = status === 'waiting-for-input' && waitingReason !== undefined && waitingSince !== undefined;
  return Math.max(1, waits ? Math.min(activity, untilNext(now - waitingSince)) : activity);
}

/** Until `timeSpan` gives another text. */
function untilNext(age: number): number {
  const unit = age < 60 * SECOND ? SECOND : age < 3600 * SECOND ? 60 * SECOND : 3600 * SECOND;
  return unit - (((age % unit) + unit) % unit);
}

/** Since when it has something for a person, in milliseconds since the epoch: since it waits, or since its program ended. */
export const calledAt = ({ waitingSince, exit }: Session): number | undefined => waitingSince ?? exit?.time;

/** The order in which sessions that wait are told: approvals before all, then the longest waiting. */
export function longestWaitingFirst(a: Session, b: Session): number {
  const rank = ({ waitingReason }: Session): number => (waitingReason === 'approval' ? 0 : 1);
  return rank(a) - rank(b) || (calledAt(a) ?? 0) - (calledAt(b) ?? 0) || a.index - b.index;
}
