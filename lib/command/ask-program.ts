import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from '../base/user-error.ts';
import type { Session } from '../session/session.ts';
import { stripControls } from '../text/sanitize.ts';
import type { CommandContext } from './command.ts';
import { screenMoment, screenNews } from './screen-news.ts';
import { submit } from './submit.ts';
import { untilStatus, type WaitEnd } from './until-status.ts';

/** How long an agent has to begin to work on a text, and any other program, in milliseconds. */
const BEGIN_AGENT = 5000;
const BEGIN = 1500;
/** It must be at rest for so long, in milliseconds: between two of its steps it seems to rest as well. */
const SETTLED = 400;

const works = ({ status }: Session): boolean => status === 'processing';
const rests = (session: Session): boolean => !works(session);

/** The ask of each session that began last: the next one waits for its end, so that each gets its own reply. */
const asking = new WeakMap<Session, Promise<void>>();

/**
 * Types a text into a program, waits until it has worked on it and rests or asks, and prints what its screen shows since.
 * Rejects with UserError when it asks for an approval, before or after, when it fails, ends, or does not begin.
 * @param timeout in milliseconds, for all of it; undefined for as long as it takes
 */
export async function askProgram(
  context: CommandContext,
  session: Session,
  text: string,
  timeout: number | undefined,
): Promise<void> {
  const end = timeout === undefined ? undefined : Date.now() + timeout;
  const before = asking.get(session) ?? Promise.resolve();
  let done = (): void => undefined;
  const turn = new Promise<void>((resolve) => {
    done = resolve;
  });
  asking.set(
    session,
    before.then(() => turn),
  );
  try {
    if (!(await isOver(before, context.signal, timeout))) return checkLate(context, session);
    await askNow(context, session, text, end);
  } finally {
    done();
  }
}

/** Whether a promise is fulfilled before the caller leaves and the time is over. */
function isOver(promise: Promise<void>, signal: AbortSignal, timeout: number | undefined): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const timer = timeout === undefined ? undefined : setTimeout(() => give(false), timeout);
    const left = () => give(false);
    const give = (isDone: boolean) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', left);
      resolve(isDone);
    };
    signal.addEventListener('abort', left, { once: true });
    void promise.then(() => give(true));
  });
}

function checkLate({ signal }: CommandContext, { name }: Session): void {
  if (!signal.aborted) throw new UserError(`${name} is asked something else still`);
}

async function askNow(context: CommandContext, session: Session, text: string, end: number | undefined): Promise<void> {
  const started = Date.now();
  const left = (most = Number.POSITIVE_INFINITY): number | undefined => {
    const rest = Math.min(most, end === undefined ? Number.POSITIVE_INFINITY : Math.max(0, end - Date.now()));
    return Number.isFinite(rest) ? rest : undefined;
  };
  await checkReady(context, session, left());
  if (context.signal.aborted) return;
  const before = screenMoment(session.content);
  const isAgent = context.server.attention.explain(session)?.agent !== undefined;
  const since = session.waitingSince;
  await submit(context.server, session, text);
  const begun = (one: Session): boolean => works(one) || one.exit !== undefined || one.waitingSince !== since;
  const began = await untilStatus(context, session, begun, left(isAgent ? BEGIN_AGENT : BEGIN));
  const ended = began === 'is' ? await atRest(context, session, left) : began;
  if (ended === 'aborted') return;
  if (ended === 'gone') throw new UserError(`${session.name} has ended`);
  const news = screenNews(before, session.content, text);
  const plain = stripControls(news, news.length, '\n\t');
  if (plain !== '') context.print(plain);
  checkEnd(session, {
    ended,
    isSilent: isAgent && began === 'late' && plain === '',
    seconds: Math.round((Date.now() - started) / 100) / 10,
  });
}

/** What works already is waited for: its end would be taken for the end of this. */
async function checkReady(context: CommandContext, session: Session, timeout: number | undefined): Promise<void> {
  if (session.exit !== undefined) throw new UserError(`${session.name} has ended; nobody reads there`);
  if (session.status === 'paused') throw new UserError(`${session.name} is paused`);
  const free = await untilStatus(context, session, rests, timeout);
  if (free === 'late') throw new UserError(`${session.name} works on something else still`);
  if (free === 'gone' || session.exit !== undefined) throw new UserError(`${session.name} has ended`);
  if (session.waitingReason === 'approval') throw new UserError(approvalFirst(session));
}

async function atRest(context: CommandContext, session: Session, left: () => number | undefined): Promise<WaitEnd> {
  for (;;) {
    const end = await untilStatus(context, session, rests, left());
    if (end !== 'is' || session.exit !== undefined) return end;
    await delay(SETTLED);
    if (!works(session)) return 'is';
  }
}

function checkEnd(
  session: Session,
  { ended, isSilent, seconds }: { readonly ended: WaitEnd; readonly isSilent: boolean; readonly seconds: number },
): void {
  const { name, exit, waitingReason } = session;
  if (exit !== undefined) throw new UserError(`${name} has ended`);
  if (ended === 'late' && works(session)) throw new UserError(`${name} works still after ${seconds} seconds`);
  if (isSilent)
    throw new UserError(`${name} did not begin to work on it; look at its screen: capture-pane -p -t ${name}`);
  if (waitingReason === 'approval') throw new UserError(approvalFirst(session));
  if (waitingReason === 'turn-failed') throw new UserError(`${name} failed`);
}

const approvalFirst = ({ name }: Session): string =>
  `${name} asks for an approval, which is yours to give: approve -t ${name}`;
