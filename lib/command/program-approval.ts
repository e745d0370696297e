import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from '../base/user-error.ts';
import type { Session } from '../session/session.ts';
import type { ScreenQuestion } from './attention.ts';
import type { Arguments, CommandContext } from './command.ts';
import type { CommandClient } from './command-client.ts';
import type { ReviewAnswer } from './dialogs.ts';
import { checkPerson } from './insider.ts';
import { checkOpen, submit } from './submit.ts';

/** How long a refused agent has to take its question back, so that a reason can be told; in milliseconds. */
const TAKE_BACK = 3000;
const LOOK_AGAIN = 50;

/**
 * Answers what an agent asks on its screen, by the keys that its rules name. Nobody answers what he has not seen: a person
 * at a client is shown the question first, a script gives the number of the question that it was shown, or its session
 * stands on a screen now. The server presses the keys only while that same question stands there.
 */
export async function answerProgram(
  context: CommandContext,
  args: Arguments,
  session: Session,
  wanted: ReviewAnswer,
): Promise<void> {
  const { server, caller, client } = context;
  await checkPerson(context);
  checkOpen(session);
  let question = server.attention.question(session);
  if (question === undefined)
    throw new UserError(`${session.name} shows no question that its rules know; show it, and answer it there`);
  const isSeen = args.value('question') === question.id || session.isShown;
  let answer: ReviewAnswer | undefined = wanted;
  if (caller.kind === 'client' && client !== undefined) {
    const seen = await review(client, context, session, question);
    if (seen === undefined) return;
    question = seen.question;
    answer = seen.answer === 'once' ? wanted : seen.answer;
  } else if (!isSeen) {
    context.print(question.lines.join('\n'));
    throw new UserError(
      `nobody has seen this question of ${session.name} yet; to answer it, run this with --question ${question.id}`,
    );
  }
  if (answer === undefined) return;
  await server.attention.answer(session, question, answer);
  context.print(`${session.name}: ${DONE[answer]} ${question.rule}`);
  const reason = args.positional.join(' ');
  if (answer === 'refuse' && reason !== '') await tell(context, session, question, reason);
}

/** Shows a question until the answer is for what is asked by then: in another size it stands otherwise, and is another number. */
async function review(
  client: CommandClient,
  { server }: CommandContext,
  session: Session,
  first: ScreenQuestion,
): Promise<{ readonly question: ScreenQuestion; readonly answer: ReviewAnswer } | undefined> {
  for (let question = first; ; ) {
    const answer = await client.dialogs.review(`${session.name} asks (${question.agent})`, question.lines.join('\n'), {
      fromEnd: question.isScreen === true,
    });
    if (answer === undefined) return undefined;
    const now = server.attention.question(session);
    if (now === undefined || now.id === question.id) return { question, answer };
    question = now;
  }
}

const DONE: Readonly<Record<ReviewAnswer, string>> = {
  once: 'allowed',
  trust: 'allowed from now on',
  refuse: 'refused',
};

/** Why it was refused, as the next message, once the question is gone. */
async function tell(
  { server, signal }: CommandContext,
  session: Session,
  question: ScreenQuestion,
  reason: string,
): Promise<void> {
  const end = Date.now() + TAKE_BACK;
  while (server.attention.question(session)?.id === question.id) {
    if (Date.now() > end || signal.aborted) throw new UserError(`${session.name} asks still: the reason was not told`);
    await delay(LOOK_AGAIN);
  }
  await submit(server, session, reason);
}
