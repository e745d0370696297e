import { UserError } from '../base/user-error.ts';
import type { Feed, FeedEntry } from '../session/feed-entry.ts';
import type { Session } from '../session/session.ts';
import type { Arguments, Command, CommandContext } from './command.ts';
import { eventJson, eventText } from './event-line.ts';
import { targetSession } from './place.ts';

/** Entries that are printed in one go, before it is waited for who reads them. */
const BATCH = 100;

/**
 * Tells what happened to sessions. A process follows until it is interrupted, its session has closed or the server ends; it
 * begins with what happens from now on. The feed itself is what waits for a slow reader: what it has forgotten meanwhile
 * is told as lost, and nothing is kept for anybody.
 */
async function events(context: CommandContext, args: Arguments): Promise<void> {
  const { feed } = context.server;
  const session = args.has('t') ? targetSession(context, args) : undefined;
  const since = sinceOf(args);
  const ends = args.has('p') || context.caller.kind !== 'process';
  const print = (lines: readonly string[]): void => {
    if (lines.length > 0) context.print(lines.join('\n'));
  };
  let told = since ?? (ends ? 0 : feed.lastSeq);
  while (!context.signal.aborted) {
    const { lost, entries } = after(feed, told);
    // What was before the first that is kept is not lost to somebody who asks for all that there is.
    if (lost > 0 && (told > 0 || since !== undefined)) print([lostLine(lost, args)]);
    told = entries.at(-1)?.seq ?? told;
    const own = entries.filter(({ sessionId }) => session === undefined || sessionId === session.id);
    print(own.map((entry) => (args.has('json') ? JSON.stringify(eventJson(entry)) : eventText(entry))));
    if (entries.length > 0) await context.taken();
    if (isOver(own, session)) return;
    if (told < feed.lastSeq) continue;
    if (ends || feed.ended.aborted) return;
    await nextEntry(feed, context.signal);
  }
}

/** The next entries after number `told`, and how many between were forgotten. */
function after(feed: Feed, told: number): { readonly lost: number; readonly entries: readonly FeedEntry[] } {
  if (told >= feed.lastSeq) return { lost: 0, entries: [] };
  const { entries } = feed;
  const oldest = entries[0]?.seq ?? feed.lastSeq + 1;
  const start = Math.max(0, told + 1 - oldest);
  return { lost: Math.max(0, oldest - told - 1), entries: entries.slice(start, start + BATCH) };
}

const isOver = (entries: readonly FeedEntry[], session: Session | undefined): boolean =>
  session !== undefined && entries.some(({ type }) => type === 'closed');

const lostLine = (lost: number, args: Arguments): string =>
  args.has('json') ? JSON.stringify({ type: 'lagged', lost }) : `(${lost} events were lost)`;

function sinceOf(args: Arguments): number | undefined {
  const word = args.value('since');
  if (word === undefined) return undefined;
  if (/^\d{1,15}$/.test(word)) return Number(word);
  throw new UserError(`--since needs the number of an event, not ${word.slice(0, 40)}`);
}

/** Fulfilled when an entry has come, or none will come any more that is wanted. */
function nextEntry(feed: Feed, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      following.dispose();
      signal.removeEventListener('abort', done);
      feed.ended.removeEventListener('abort', done);
      resolve();
    };
    const following = feed.events(done);
    signal.addEventListener('abort', done, { once: true });
    feed.ended.addEventListener('abort', done, { once: true });
  });
}

/** Commands that tell what happened. */
export const eventCommands: readonly Command[] = [
  {
    name: 'events',
    aliases: [],
    summary: 'Follow what happens to sessions, or with -p print what has happened; --json for scripts',
    switches: 'p',
    values: { t: 'target-session' },
    longs: ['json'],
    longValues: { since: 'number' },
    positional: { usage: '', minimum: 0, maximum: 0 },
    target: 'session',
    readOnly: true,
    run: events,
  },
];
