import { UserError } from '../base/user-error.ts';
import type { ProgramClaim } from '../session/program-claim.ts';
import type { Session } from '../session/session.ts';
import type { Explanation, ToldEvidence } from './attention.ts';
import type { Arguments, Command, CommandContext } from './command.ts';
import { checkProven } from './insider.ts';
import { expand, isReadOnly, resolvePath, targetSession } from './place.ts';
import { columns } from './report.ts';
import { reportHook } from './report-hook.ts';
import { writeFileWhole } from './write-file.ts';

const NOTHING = { usage: '', minimum: 0, maximum: 0 } as const;

const STATUSES: Readonly<Record<string, ProgramClaim['kind'] | 'none'>> = {
  busy: 'busy',
  processing: 'busy',
  working: 'busy',
  idle: 'idle',
  done: 'idle',
  failed: 'failed',
  waiting: 'waiting',
  none: 'none',
};

function claimOf(args: Arguments): ProgramClaim | undefined {
  const word = args.positional[0] ?? '';
  const reason = args.value('reason');
  const kind = Object.hasOwn(STATUSES, word) ? STATUSES[word] : undefined;
  if (kind === undefined)
    throw new UserError(`no status ${word.slice(0, 40)}; there are ${Object.keys(STATUSES).join(', ')}`);
  if (reason !== undefined && kind !== 'waiting') throw new UserError('--reason is for the status waiting');
  if (kind === 'none') return undefined;
  if (kind !== 'waiting') return { kind };
  if (reason === undefined || reason === 'question') return { kind, reason: 'question' };
  if (reason === 'approval') return { kind, reason };
  throw new UserError(`no reason ${reason.slice(0, 40)}; there are approval and question`);
}

/**
 * What runs in a session speaks for that session alone: otherwise any program could make another one's session call. A
 * person outside may say it of each.
 */
async function reportStatus(context: CommandContext, args: Arguments): Promise<void> {
  const own = context.caller.ownSession;
  const session = args.has('t') || own === undefined ? targetSession(context, args) : own;
  if (own !== undefined && session !== own)
    throw new UserError(
      `this runs in the session ${own.name}, and can tell its status only, not that of ${session.name}`,
    );
  if (own === undefined && !args.has('t') && context.caller.kind === 'process')
    throw new UserError('this runs in no session: say by -t NAME whose status it is');
  await checkProven(context.caller);
  context.server.attention.report(session, claimOf(args), args.value('message') ?? 'report-status');
}

async function explain(context: CommandContext, args: Arguments): Promise<void> {
  const session = targetSession(context, args);
  const file = args.value('record');
  if (file !== undefined) {
    await record(context, session, resolvePath(context, expand(context, file)));
    return;
  }
  const told = context.server.attention.explain(session);
  if (args.has('json')) context.print(JSON.stringify({ ...facts(session), ...told }, undefined, 2));
  else context.print([statusLine(session), ...explanation(session, told)].join('\n'));
}

async function record(context: CommandContext, session: Session, file: string): Promise<void> {
  if (isReadOnly(context)) throw new UserError('client is read-only');
  const recorded = context.server.attention.record(session);
  if (recorded === undefined) throw new UserError(`${session.name} is a ${session.kind}; only programs are recorded`);
  if (!(await writeFileWhole(file, `${JSON.stringify(recorded, undefined, 2)}\n`, false)))
    throw new UserError(`${file} is there already: give another name`);
  context.print(`${session.name}: its screen is in ${file}; say there by "expect" what is true`);
}

const facts = (session: Session) => ({
  session: session.name,
  kind: session.kind,
  status: session.status,
  reason: session.waitingReason ?? null,
  seen: session.seen,
  title: session.title,
});

function statusLine({ name, status, waitingReason, waitingSince, seen }: Session): string {
  const reason = waitingReason === undefined ? '' : `, ${waitingReason}`;
  const since = waitingSince === undefined ? '' : `, for ${ageText(Date.now() - waitingSince)}`;
  return `${name}: ${status}${reason}${since}${waitingReason === undefined ? '' : seen ? ', seen' : ', not seen'}`;
}

function explanation({ status, exit }: Session, told: Explanation | undefined): readonly string[] {
  if (told === undefined) return [];
  if (status === 'completed') return [`its program has ended${exit === undefined ? '' : endText(exit)}`];
  if (status === 'paused')
    return ['its program was not started again since the server was; Enter in the session starts it'];
  const { agent, foreground, evidence, verdict, shown, looks } = told;
  const [program = 'nothing that can be seen'] = foreground;
  const who =
    agent === undefined
      ? `foreground: ${program}; no agent that is known`
      : `foreground: ${program}; by the rules of ${agent.title} (${agent.name}.toml, version ${agent.version})`;
  if (verdict === undefined) {
    const why =
      agent === undefined ? 'its output, bell and marks decide' : 'no rule fits what it shows: its output decides';
    return [who, why, looked(looks)];
  }
  const { because, overruled } = verdict;
  return [
    who,
    `${verdict.claim}, because of ${sentence(because)}`,
    ...(overruled === undefined ? [] : [`although of ${sentence(overruled)}: ${overruled.claim}`]),
    ...(shown === verdict.claim ? [] : [`shown as ${shown ?? 'its output has it'} until that has settled`]),
    looked(looks),
    '',
    columns([
      ['SOURCE', 'RANK', 'CLAIM', 'SINCE', 'HEARD', 'WHAT'],
      ...evidence.map((one) => [
        one.source,
        String(one.rank),
        one.claim,
        ageText(one.age),
        ageText(one.heard),
        one.detail,
      ]),
    ]),
  ];
}

const sentence = ({ source, rank, detail, age }: ToldEvidence): string =>
  `${source} "${detail}" (rank ${rank}, ${ageText(age)} old)`;
const looked = (looks: number): string => `its screen was looked at ${looks === 1 ? 'once' : `${looks} times`}`;

const endText = ({ exitCode, signal }: NonNullable<Session['exit']>): string =>
  signal === undefined ? `, with ${exitCode}` : `, by signal ${signal}`;

/** Ages as people say them: tenths of a second while that matters. */
function ageText(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)}s`;
  if (seconds < 120) return `${Math.floor(seconds)}s`;
  return seconds < 7200 ? `${Math.floor(seconds / 60)}m` : `${Math.floor(seconds / 3600)}h`;
}

/** Commands about what programs are seen to do. */
export const attentionCommands: readonly Command[] = [
  {
    name: 'report-status',
    aliases: [],
    summary: 'Say what the program of a session does: busy, idle, failed, waiting, or none to take it back',
    switches: '',
    values: { t: 'target-session' },
    longValues: { reason: 'reason', message: 'text', hook: 'event' },
    positional: { usage: '[claim]', minimum: 0, maximum: 1, flagsAfter: true },
    target: 'session',
    run: (context, args) => (args.has('hook') ? reportHook(context, args) : reportStatus(context, args)),
  },
  {
    name: 'explain',
    aliases: [],
    summary: 'Say why a session is thought to work or to wait, or keep its screen with --record',
    switches: '',
    values: { t: 'target-session' },
    longs: ['json'],
    longValues: { record: 'path' },
    positional: NOTHING,
    target: 'session',
    readOnly: true,
    run: explain,
  },
];
