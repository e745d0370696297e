import type { ProgramClaim } from '../session/program-claim.ts';

/** What a source says that a program does. */
export type Claim = ProgramClaim;

/** Where evidence comes from; each has one file in this room, or one place in the server that hears it. */
export type EvidenceSource =
  /** `qmux report-status`, and herdr's report protocol. */
  | 'report'
  /** A hook of the agent that calls `report-status` with its event. */
  | 'hook'
  | 'session-file'
  | 'event-stream'
  /** OSC 133. */
  | 'mark'
  /** OSC 9;4. */
  | 'progress'
  /** OSC 0 and 2. */
  | 'title'
  /** OSC 9, 99 and 777. */
  | 'notification'
  | 'screen'
  /** The foreground process is blocked in a read of the tty, or is not. */
  | 'kernel'
  | 'bell'
  /** Output came, or did not for a while. */
  | 'output';

/** What one source says of a program now. A source has one claim at a time: the next one takes its place. */
export interface Evidence {
  readonly source: EvidenceSource;
  readonly claim: Claim;
  /** Since when it says so, in milliseconds since the epoch; saying the same again does not change it. */
  readonly since: number;
  /** When it said so last. */
  readonly heard: number;
  /** What it saw, for `explain`: a rule's name, a hook's event, a title. Plain text, at most 200 characters. */
  readonly detail: string;
}

/** How far a source is believed: what the agent says itself, what it shows on purpose, what it looks like, what it does. */
export const RANKS: Readonly<Record<EvidenceSource, 1 | 2 | 3 | 4>> = {
  report: 4,
  hook: 4,
  'session-file': 4,
  'event-stream': 4,
  mark: 3,
  progress: 3,
  title: 3,
  notification: 3,
  screen: 2,
  kernel: 1,
  bell: 1,
  output: 1,
};

/** What is said once, at a moment, and does not tell when it is over. */
const MOMENTARY: ReadonlySet<EvidenceSource> = new Set(['notification', 'bell']);
/** So long after such a moment, in milliseconds, what still shows something is newer. */
const MOMENT = 1000;

/** Whether another source that tells what lasts was heard since: what was said at a moment is past then. */
export const isPast = ({ source, heard }: Evidence, all: readonly Evidence[]): boolean =>
  MOMENTARY.has(source) &&
  all.some((other) => !MOMENTARY.has(other.source) && RANKS[other.source] > 1 && other.heard >= heard + MOMENT);

export const sameClaim = (a: Claim, b: Claim): boolean =>
  a.kind === b.kind && (a.kind !== 'waiting' || b.kind !== 'waiting' || a.reason === b.reason);
