import { UserError } from '../base/user-error.ts';
import { type Chat, isChat, type PendingApproval } from '../session/chat.ts';
import type { Session } from '../session/session.ts';
import type { Arguments, Command, CommandContext } from './command.ts';
import type { CommandClient } from './command-client.ts';
import type { ReviewAnswer } from './dialogs.ts';
import { checkPerson } from './insider.ts';
import { targetSession } from './place.ts';
import { answerProgram } from './program-approval.ts';

/** What a tool of a chat asks. */
interface Request {
  readonly chat: Chat;
  readonly approval: PendingApproval;
}

/**
 * The session of `-t`, or with no target the one that has asked longest: of those whose question can be shown and answered
 * here, if there are any. Throws UserError when nothing asks.
 */
function askingSession(context: CommandContext, args: Arguments): Session {
  if (args.has('t')) return targetSession(context, args);
  const asks = (session: Session): boolean =>
    isChat(session) ? session.approvals.length > 0 : session.waitingReason === 'approval';
  const waiting = context.server.sessions.filter(asks).sort((a, b) => (a.waitingSince ?? 0) - (b.waitingSince ?? 0));
  const [first] = waiting;
  if (first === undefined) throw new UserError('no session asks for anything');
  // A script has seen none of them: which one it means must be said.
  if (waiting.length > 1 && context.caller.kind === 'process')
    throw new UserError(`${waiting.map(({ name }) => name).join(', ')} ask: say by -t NAME which one is meant`);
  const { attention } = context.server;
  return waiting.find((session) => isChat(session) || attention.question(session) !== undefined) ?? first;
}

function requestOf(chat: Chat): Request {
  const [approval] = chat.approvals;
  if (approval === undefined) throw new UserError(`${chat.name} asks for nothing`);
  return { chat, approval };
}

/** A call on one line: `shell: npm test`. */
const titleOf = ({ tool, title }: PendingApproval): string => (title === '' ? tool : `${tool}: ${title}`);

/** What is asked, whole: the command as it would run, the diff as it would be written. */
function reviewOf({ chat, approval }: Request): string {
  const { editable, title, why, diff, where } = approval;
  const others = chat.approvals.length - 1;
  const command = editable !== undefined && editable !== title ? `\n\n${editable}` : '';
  const place = where === undefined ? '' : `\n\nin ${where}`;
  const more = others > 0 ? `\n(${others} more wait in this chat)` : '';
  return `${titleOf(approval)}${command}${place}\n\nIt asks because it ${why}.${more}${diff === '' ? '' : `\n\n${diff}`}`;
}

async function approve(context: CommandContext, args: Arguments): Promise<void> {
  const { caller, client } = context;
  const trust = args.has('s');
  const session = askingSession(context, args);
  if (!isChat(session)) {
    await answerProgram(context, args, session, trust ? 'trust' : 'once');
    return;
  }
  await checkPerson(context);
  const request = requestOf(session);
  const { chat, approval } = request;
  if (args.has('a')) {
    await approveAll(context, chat, trust);
    return;
  }
  if (caller.kind === 'client' && client !== undefined) {
    await review(client, request, trust);
    return;
  }
  chat.answer(approval.callId, { kind: trust ? 'trust' : 'once' });
  context.print(
    `${chat.name}: allowed ${titleOf(approval)}${trust ? `, and trusts ${approval.tool} from now on` : ''}`,
  );
}

/** Answers what asks now; behind a page, what was shown there and asks still, and nothing that came meanwhile. */
async function approveAll(context: CommandContext, chat: Chat, trust: boolean): Promise<void> {
  const { caller, client } = context;
  const { approvals } = chat;
  let answer: ReviewAnswer | undefined = trust ? 'trust' : 'once';
  if (caller.kind === 'client' && client !== undefined) {
    const text = approvals.map((approval) => reviewOf({ chat, approval })).join('\n\n');
    const given = await client.dialogs.review(`${chat.name} asks for ${approvals.length}`, text);
    if (given === undefined) return;
    if (given !== 'once') answer = given;
  }
  const asking = (callId: string) => chat.approvals.some((approval) => approval.callId === callId);
  for (const approval of approvals)
    if (asking(approval.callId))
      chat.answer(approval.callId, answer === 'refuse' ? { kind: 'refuse', reason: '' } : { kind: answer });
  const done = answer === 'refuse' ? 'refused' : 'allowed';
  context.print(approvals.map((approval) => `${chat.name}: ${done} ${titleOf(approval)}`).join('\n'));
}

/** Shows what is asked; the answer is for exactly that call. */
async function review(client: CommandClient, request: Request, trust: boolean): Promise<void> {
  const { chat, approval } = request;
  const answer = await client.dialogs.review(`${chat.name} asks: ${titleOf(approval)}`, reviewOf(request));
  if (answer === undefined) return;
  if (answer === 'refuse') chat.answer(approval.callId, { kind: 'refuse', reason: '' });
  else chat.answer(approval.callId, { kind: trust || answer === 'trust' ? 'trust' : 'once' });
}

async function deny(context: CommandContext, args: Arguments): Promise<void> {
  const session = askingSession(context, args);
  if (!isChat(session)) {
    await answerProgram(context, args, session, 'refuse');
    return;
  }
  await checkPerson(context);
  const { chat, approval } = requestOf(session);
  const titles = args.has('a') ? chat.approvals.map(titleOf) : [titleOf(approval)];
  chat.answer(args.has('a') ? undefined : approval.callId, { kind: 'refuse', reason: args.positional.join(' ') });
  context.print(titles.map((title) => `${chat.name}: refused ${title}`).join('\n'));
}

/** Commands that answer what tools ask. */
export const approvalCommands: readonly Command[] = [
  {
    name: 'approve',
    aliases: [],
    summary: 'Allow what a tool or an agent asks: of -t, else what waits longest; -a all of a chat, -s trust it',
    switches: 'as',
    values: { t: 'target-session' },
    longValues: { question: 'number' },
    positional: { usage: '', minimum: 0, maximum: 0 },
    target: 'session',
    run: approve,
  },
  {
    name: 'deny',
    aliases: [],
    summary: 'Refuse what a tool or an agent asks, with a reason for it; -a all of a chat',
    switches: 'a',
    values: { t: 'target-session' },
    longValues: { question: 'number' },
    positional: { usage: '[reason ...]', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
    target: 'session',
    run: deny,
  },
];
