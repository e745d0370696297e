import type { Clock } from '../base/clock.ts';
import { UserError } from '../base/user-error.ts';
import type { ApprovalAnswer, PendingApproval } from './chat.ts';

/** Something that a chat asks its person. */
export interface Question extends PendingApproval {
  readonly kind: 'approval' | 'question';
  /** Whether it need not be asked any more, since a tool is trusted that was not. */
  readonly isSettled: () => boolean;
}

interface Asked {
  readonly question: Question;
  readonly answer: (answer: ApprovalAnswer | undefined) => void;
  /** Since when it has been on a screen; undefined while nobody sees it. */
  shownSince: number | undefined;
  /** Since when a screen has told that it asks, be it as one of several. */
  toldSince: number | undefined;
}

/** How long a question must have been seen before a plain key answers it, in milliseconds: the key was not meant for the draft. */
const READING_TIME = 400;
/** How long after an answer plain keys still mean answers and no draft, in milliseconds. */
const ANSWERING = 1000;

/** The questions of one chat that wait for an answer, in the order in which they were asked. */
export class ChatApprovals {
  readonly #clock: Clock;
  readonly #trusted: Set<string>;
  readonly #onChange: (asked: boolean) => void;
  #asked: readonly Asked[] = [];
  #selected = 0;
  #answeredAt = Number.NEGATIVE_INFINITY;

  /** Adds the tools that an answer trusts to `trusted`. `onChange` hears of every question that comes (`true`) or goes. */
  constructor(clock: Clock, trusted: Set<string>, onChange: (asked: boolean) => void) {
    this.#clock = clock;
    this.#trusted = trusted;
    this.#onChange = onChange;
  }

  get questions(): readonly Question[] {
    return this.#asked.map(({ question }) => question);
  }

  get count(): number {
    return this.#asked.length;
  }

  /** Which of them is answered by a key. */
  get selected(): Question | undefined {
    return this.#asked[this.#selected]?.question;
  }

  get selectedIndex(): number {
    return this.#selected;
  }

  /** Asks; the answer is undefined when `signal` aborts first. */
  ask(question: Question, signal: AbortSignal): Promise<ApprovalAnswer | undefined> {
    if (signal.aborted) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const withdraw = () => this.#end(asked, undefined);
      const answer = (given: ApprovalAnswer | undefined) => {
        signal.removeEventListener('abort', withdraw);
        resolve(given);
      };
      const asked: Asked = { question, answer, shownSince: undefined, toldSince: undefined };
      this.#asked = [...this.#asked, asked];
      signal.addEventListener('abort', withdraw, { once: true });
      this.#onChange(true);
    });
  }

  isAsking(callId: string): boolean {
    return this.#asked.some(({ question }) => question.callId === callId);
  }

  /** Answers one question, or with undefined all. Throws UserError when it is not asked any more. */
  answer(callId: string | undefined, answer: ApprovalAnswer): void {
    const answered = this.#asked.filter(({ question }) => callId === undefined || question.callId === callId);
    if (answered.length === 0)
      throw new UserError(callId === undefined ? 'nothing asks for approval' : 'this call does not ask any more');
    if (answer.kind === 'trust') for (const { question } of answered) this.#trusted.add(question.tool);
    for (const asked of answered) this.#end(asked, answer);
    if (answer.kind === 'trust') this.settle();
  }

  /** Lets go what need not ask any more. */
  settle(): void {
    for (const asked of this.#asked) if (asked.question.isSettled()) this.#end(asked, { kind: 'once' });
  }

  select(step: number): void {
    const { length } = this.#asked;
    if (length === 0) return;
    this.#selected = (((this.#selected + step) % length) + length) % length;
    this.#onChange(false);
  }

  /** The selected question is on a screen now. */
  noteShown(): void {
    const asked = this.#asked[this.#selected];
    const now = this.#clock.now();
    if (asked !== undefined) asked.shownSince ??= now;
    for (const each of this.#asked) each.toldSince ??= now;
  }

  /** No screen shows the chat any more, or another one does now, whose person has read nothing yet. */
  noteUnread(): void {
    for (const asked of this.#asked) {
      asked.shownSince = undefined;
      asked.toldSince = undefined;
    }
    this.#answeredAt = Number.NEGATIVE_INFINITY;
  }

  /** A person has answered by a key: the next question is expected. */
  noteAnswered(): void {
    this.#answeredAt = this.#clock.now();
  }

  /** Those of which a person knows that they ask: what came a moment ago is not meant by an answer to all. */
  get told(): readonly Question[] {
    const now = this.#clock.now();
    return this.#asked.flatMap(({ question, toldSince }) =>
      toldSince !== undefined && now - toldSince >= READING_TIME ? [question] : [],
    );
  }

  /** Whether the selected question has been seen long enough to be answered by a plain key. */
  get isRead(): boolean {
    const since = this.#asked[this.#selected]?.shownSince;
    return since !== undefined && this.#clock.now() - since >= READING_TIME;
  }

  /** Milliseconds until the selected question, which is on a screen, has been seen long enough; undefined when it has. */
  get readIn(): number | undefined {
    const since = this.#asked[this.#selected]?.shownSince;
    if (since === undefined || this.isRead) return undefined;
    return since + READING_TIME - this.#clock.now();
  }

  /** Whether plain keys belong to the questions. */
  get takesKeys(): boolean {
    return this.count > 0 && (this.isRead || this.#clock.now() - this.#answeredAt < ANSWERING);
  }

  #end(asked: Asked, answer: ApprovalAnswer | undefined): void {
    const index = this.#asked.indexOf(asked);
    if (index < 0) return;
    this.#asked = this.#asked.filter((other) => other !== asked);
    if (index < this.#selected || this.#selected >= this.#asked.length)
      this.#selected = Math.max(0, this.#selected - 1);
    asked.answer(answer);
    this.#onChange(false);
  }
}
