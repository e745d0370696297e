import type { HookDecision } from '../attention/hook-question.ts';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { randomBytes } from '../base/random-bytes.ts';
import { UserError } from '../base/user-error.ts';
import type { ScreenQuestion } from '../command/attention.ts';
import type { ReviewAnswer } from '../command/dialogs.ts';
import type { Session } from '../session/session.ts';

/** So long an agent's hook waits for a person, in milliseconds: agents give up on hooks after a minute. */
const LIMIT = 50_000;
/** How often it is asked meanwhile whether somebody looks at the agent itself, in milliseconds. */
const LOOK = 200;
/** Questions of one session that wait at once; of further ones the agent asks itself. */
const MAXIMUM_QUESTIONS = 8;

interface Waiting {
  readonly question: ScreenQuestion;
  readonly decide: (decision: HookDecision | undefined) => void;
}

/**
 * What agents ask by hooks that can decide. Each call of a hook is one question, and an answer is for exactly that call:
 * it is known by a number that nobody can guess, and is gone with the call.
 */
export class HookQuestions {
  readonly #clock: Clock;
  readonly #waiting = new Map<Session, readonly Waiting[]>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Waits for a person's answer; undefined is for the agent to ask on its own screen: at once where somebody sees the
   * session, or comes to see it, after some time, and when the hook was ended. Never rejects.
   */
  ask(
    session: Session,
    {
      agent,
      lines,
      signal,
    }: { readonly agent: string; readonly lines: readonly string[]; readonly signal: AbortSignal },
  ): Promise<HookDecision | undefined> {
    const others = this.#waiting.get(session) ?? [];
    if (session.isShown || signal.aborted || others.length >= MAXIMUM_QUESTIONS) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const end = this.#clock.now() + LIMIT;
      let timer: Disposable | undefined;
      const decide = (decision: HookDecision | undefined): void => {
        timer?.dispose();
        signal.removeEventListener('abort', cancel);
        this.#remove(session, waiting);
        resolve(decision);
      };
      const cancel = (): void => decide(undefined);
      const look = (): void => {
        if (session.isShown || this.#clock.now() >= end) decide(undefined);
        else timer = this.#clock.after(LOOK, look);
      };
      const id = randomBytes(6).toString('hex');
      const waiting = { question: { id, agent, rule: lines[0] ?? '', lines }, decide };
      this.#waiting.set(session, [...others, waiting]);
      signal.addEventListener('abort', cancel);
      look();
    });
  }

  /** What has waited longest in a session. */
  question(session: Session): ScreenQuestion | undefined {
    return this.#waiting.get(session)?.[0]?.question;
  }

  /**
   * Gives an answer to a question that one of these hooks asked; false for one that none did. Throws UserError for an
   * answer that hooks cannot give.
   */
  answer(session: Session, { id, agent }: ScreenQuestion, answer: ReviewAnswer): boolean {
    const waiting = this.#waiting.get(session)?.find(({ question }) => question.id === id);
    if (waiting === undefined) return false;
    if (answer === 'trust')
      throw new UserError(`${agent} can be told here to allow this once, and no more; allow it once, or refuse it`);
    waiting.decide(answer === 'once' ? 'allow' : 'deny');
    return true;
  }

  /** The session is no more. */
  forget(session: Session): void {
    for (const { decide } of this.#waiting.get(session) ?? []) decide(undefined);
  }

  #remove(session: Session, waiting: Waiting): void {
    const left = (this.#waiting.get(session) ?? []).filter((other) => other !== waiting);
    if (left.length === 0) this.#waiting.delete(session);
    else this.#waiting.set(session, left);
  }
}
