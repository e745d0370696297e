import type { Session } from '../session/session.ts';
import type { SessionStatus, WaitingReason } from '../session/status.ts';
import { timeSpan } from '../text/amount.ts';
import { columns } from './report.ts';

/** One session in the figures of a server. */
interface SessionFigures {
  readonly name: string;
  readonly kind: Session['kind'];
  readonly status: SessionStatus;
  readonly waitingReason?: WaitingReason | undefined;
  /** False for a chat that gave its memory back. */
  readonly isAwake: boolean;
  /** About how many bytes it holds of what was said or printed. */
  readonly memory: number;
}

/** What a server holds and does now, and how much of it it may. Sizes are in bytes, times in milliseconds. */
export interface ServerFigures {
  readonly uptime: number;
  readonly clients: number;
  /** Of the whole process. */
  readonly memory: {
    readonly resident: number;
    readonly heapUsed: number;
    readonly heapTotal: number;
    readonly external: number;
  };
  readonly sessions: readonly SessionFigures[];
  readonly limits: {
    readonly awakeChats: number;
    readonly programs: number;
    readonly turns: number;
    /** Of each program's scrollback. */
    readonly scrollback: number;
    /** 0 for never. */
    readonly hibernateAfterMinutes: number;
  };
  readonly turns: { readonly inFlight: number; readonly queued: number };
  readonly database: {
    readonly file: string;
    readonly isUsable: boolean;
    /** With what was written last and is not in its place yet. */
    readonly size: number;
    /** Chats with something that is not written, and since when at most. */
    readonly unwritten: number;
    readonly lag: number;
    /** Programs with something that is not written: their screens follow when their output rests. */
    readonly programs: number;
    /** 1 while what clients show is not written. */
    readonly layouts: number;
  };
}

/** A number of bytes for people: 980 B, 3.4 kB, 12 MB. */
export function bytes(size: number): string {
  if (size < 1000) return `${Math.round(size)} B`;
  for (const [unit, factor] of [
    ['kB', 1e3],
    ['MB', 1e6],
    ['GB', 1e9],
  ] as const) {
    const value = size / factor;
    if (value < 9.95) return `${value.toFixed(1).replace(/\.0$/, '')} ${unit}`;
    if (value < 999.5) return `${Math.round(value)} ${unit}`;
  }
  return `${(size / 1e12).toFixed(1)} TB`;
}

const sizeOf = (sessions: readonly SessionFigures[]): number => sessions.reduce((sum, { memory }) => sum + memory, 0);

/** How it stands, as lists of sessions say it. */
const stateOf = ({ isAwake, status, waitingReason }: SessionFigures): string =>
  !isAwake ? 'hibernated' : status === 'waiting-for-input' ? (waitingReason ?? 'idle') : status;

/** The figures as lines for people. */
export function figuresText(figures: ServerFigures): string {
  const { sessions, limits, turns, memory, database, clients, uptime } = figures;
  const chats = sessions.filter(({ kind }) => kind === 'chat');
  const awake = chats.filter(({ isAwake }) => isAwake);
  const programs = sessions.filter(({ kind }) => kind === 'program');
  const asleep = chats.length - awake.length;
  const rest = limits.hibernateAfterMinutes === 0 ? 'never' : `after ${limits.hibernateAfterMinutes} min of rest`;
  const facts = columns([
    ['server', `up ${timeSpan(uptime)}, ${clients === 1 ? '1 client' : `${clients} clients`}`],
    ['memory', `${bytes(memory.resident)}, ${bytes(memory.heapUsed)} of ${bytes(memory.heapTotal)} heap in use`],
    ['', `${bytes(memory.external)} outside of the heap, about ${bytes(sizeOf(sessions))} of it all in sessions`],
    ['chats', `${awake.length} of ${limits.awakeChats} awake (max-active), ${asleep} hibernated (${rest})`],
    [
      'programs',
      `${programs.length} of ${limits.programs} (max-programs), ${bytes(limits.scrollback)} of history each`,
    ],
    ['turns', `${turns.inFlight} of ${limits.turns} in flight (max-concurrent), ${turns.queued} queued`],
    ['database', databaseText(database)],
  ]);
  const rows = sessions
    .toSorted((a, b) => b.memory - a.memory)
    .map((session) => [session.name, session.kind, stateOf(session), bytes(session.memory)]);
  return rows.length === 0 ? facts : `${facts}\n\n${columns([['session', 'kind', 'status', 'memory'], ...rows])}`;
}

function databaseText(database: ServerFigures['database']): string {
  const { file, isUsable, size, unwritten, lag, programs, layouts } = database;
  if (!isUsable) return `not usable now: ${file} (show-messages says why)`;
  const late = [
    ...(unwritten === 0 ? [] : [`${unwritten} to write, ${Math.round(lag)} ms behind`]),
    ...(programs === 0 ? [] : [`${programs === 1 ? '1 program' : `${programs} programs`} to write`]),
    ...(layouts === 0 ? [] : ['a layout to write']),
  ];
  return `${bytes(size)}, ${late.join(', ') || 'all is written'}: ${file}`;
}
