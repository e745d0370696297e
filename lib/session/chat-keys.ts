import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { UserError } from '../base/user-error.ts';
import type { UserPart } from '../conversation/message.ts';
import type { ApprovalAnswer } from './chat.ts';
import type { ChatApprovals, Question } from './chat-approvals.ts';
import type { Composer } from './composer.ts';

export interface ChatKeysOptions {
  readonly approvals: ChatApprovals;
  readonly draft: Composer;
  /** A composer of its own, for a reason or a changed command. */
  readonly createLine: () => Composer;
  readonly clock: Clock;
  /** Something was sent from the draft: to steer or begin, or with `later` for after the turn. */
  readonly sent: (parts: readonly UserPart[], text: string, later: boolean) => void;
  readonly stop: () => void;
  readonly recall: () => void;
  readonly toggleCards: () => void;
  /** Tells the person one sentence. */
  readonly tell: (text: string) => void;
  readonly onChange: () => void;
}

/** What the person writes besides the draft: why a call is refused (all that ask without a `callId`), or how it is changed. */
interface Line {
  readonly kind: 'refuse' | 'edit';
  readonly callId: string | undefined;
  readonly composer: Composer;
}

/** How close two presses of Escape must be to stop a turn, in milliseconds. */
const TWICE = 1000;
/** How long a refusal waits for a reason before it goes without one, in milliseconds. */
const REASON_TIME = 1000;
/** How soon after typed text more of it counts as typing that goes on, in milliseconds. */
const TYPING = 500;
export const APPROVAL_TABLE = 'approval';

/** What keys do in a chat: they write the draft, answer what asks, and steer the turn. */
export class ChatKeys {
  readonly #options: ChatKeysOptions;
  readonly #actions: ReadonlyMap<string, () => void>;
  #line: Line | undefined;
  #reasonTimer: Disposable | undefined;
  #escapedAt = Number.NEGATIVE_INFINITY;
  #typedAt = Number.NEGATIVE_INFINITY;
  /** What a key was to answer before it could have been read. */
  #early: Question | undefined;

  constructor(options: ChatKeysOptions) {
    this.#options = options;
    const { approvals, recall, toggleCards } = options;
    this.#actions = new Map([
      ['send', () => this.#send(false)],
      ['queue', () => this.#send(true)],
      ['escape', () => this.#escape()],
      ['stop', () => this.#clearOrStop()],
      ['toggle-cards', toggleCards],
      ['recall-queued', recall],
      ['approve', () => this.#answer({ kind: 'once' }, false)],
      ['approve-all', () => this.#answer({ kind: 'once' }, true)],
      ['trust', () => this.#answer({ kind: 'trust' }, false)],
      ['refuse', () => this.#refuse(false)],
      ['refuse-all', () => this.#refuse(true)],
      ['edit', () => this.#edit()],
      ['approval-next', () => approvals.select(1)],
      ['approval-previous', () => approvals.select(-1)],
    ]);
  }

  get keyTable(): string {
    const { approvals, draft } = this.#options;
    if (this.#line === undefined && draft.isEmpty && approvals.takesKeys) return APPROVAL_TABLE;
    return this.composer.keyTable;
  }

  get actions(): readonly string[] {
    return [...new Set([...this.#actions.keys(), ...this.#options.draft.actions])];
  }

  /** The composer that is typed into now. */
  get composer(): Composer {
    return this.#line?.composer ?? this.#options.draft;
  }

  /** What is written besides the draft: a reason to refuse, or a changed command; undefined for none. */
  get line(): Line['kind'] | undefined {
    return this.#line?.kind;
  }

  /** Whether a key came too early to answer the question that is selected now. */
  get tooEarly(): boolean {
    return this.#early !== undefined && this.#early === this.#options.approvals.selected;
  }

  action(name: string, args: readonly string[], count: number): boolean {
    const act = this.#actions.get(name);
    if (name !== 'escape') this.#escapedAt = Number.NEGATIVE_INFINITY;
    if (act === undefined) return this.#typed(() => this.composer.action(name, args, count));
    act();
    this.#options.onChange();
    return true;
  }

  /**
   * Text of a key. `answers` tells that the key answers questions: one that comes before the question could be read, and
   * goes on with no text, is neither an answer nor the beginning of a draft that nobody meant.
   */
  type(text: string, answers = false): void {
    const { approvals, clock, draft, onChange } = this.#options;
    const now = clock.now();
    this.#escapedAt = Number.NEGATIVE_INFINITY;
    const isTyping = this.#line !== undefined || !draft.isEmpty || now - this.#typedAt < TYPING;
    if (answers && !isTyping && approvals.readIn !== undefined) {
      this.#early = approvals.selected;
      onChange();
      return;
    }
    this.#typedAt = now;
    this.#typed(() => this.composer.type(text));
  }

  paste(text: string): void {
    this.#typed(() => this.composer.paste(text));
  }

  /** A question came or went: what was being written for one that is gone goes to the draft, where it may stand. */
  questionsChanged(): void {
    const line = this.#line;
    const { approvals, draft } = this.#options;
    if (line === undefined) return;
    if (line.callId === undefined ? approvals.count > 0 : approvals.isAsking(line.callId)) return;
    this.#closeLine();
    if (line.kind === 'refuse' && draft.isEmpty && !line.composer.isEmpty) draft.setText(line.composer.text);
  }

  dispose(): void {
    this.#reasonTimer?.dispose();
  }

  /** Once something was written, a refusal waits for its Enter. */
  #typed<T>(edit: () => T): T {
    const result = edit();
    if (this.#line?.composer.isEmpty === false) this.#reasonTimer?.dispose();
    this.#options.onChange();
    return result;
  }

  #send(later: boolean): void {
    const line = this.#line;
    if (line === undefined) {
      const message = this.#options.draft.submit();
      if (message !== undefined) this.#options.sent(message.parts, message.text, later);
      return;
    }
    const text = line.composer.submit()?.text ?? '';
    if (text.trim() === '' && (line.kind === 'edit' || !line.composer.isEmpty)) return;
    this.#closeLine();
    this.#give(line.callId, line.kind === 'edit' ? { kind: 'edited', text } : { kind: 'refuse', reason: text.trim() });
  }

  #escape(): void {
    const { clock, stop } = this.#options;
    if (this.#line !== undefined) {
      this.#closeLine();
      return;
    }
    if (this.composer.escape()) return;
    const now = clock.now();
    const twice = now - this.#escapedAt <= TWICE;
    this.#escapedAt = twice ? Number.NEGATIVE_INFINITY : now;
    if (twice) stop();
  }

  #clearOrStop(): void {
    const { draft, stop } = this.#options;
    if (this.#line !== undefined) this.#closeLine();
    else if (!draft.clear()) stop();
  }

  /** The question that a key may answer now: one that the person has had time to see. */
  #question(): Question | undefined {
    const { approvals } = this.#options;
    if (approvals.isRead) return approvals.selected;
    this.#early = approvals.selected;
    return undefined;
  }

  #answer(answer: ApprovalAnswer, all: boolean): void {
    const question = this.#question();
    if (question === undefined) return;
    const meant = all ? this.#options.approvals.told : [question];
    for (const { callId } of meant) if (this.#options.approvals.isAsking(callId)) this.#give(callId, answer);
  }

  #refuse(all: boolean): void {
    const question = this.#question();
    if (question === undefined || this.#line !== undefined) return;
    const callId = all ? undefined : question.callId;
    if (question.kind === 'question') {
      this.#give(callId, { kind: 'refuse', reason: '' });
      return;
    }
    this.#line = { kind: 'refuse', callId, composer: this.#options.createLine() };
    this.#reasonTimer = this.#options.clock.after(REASON_TIME, () => {
      this.#closeLine();
      this.#give(callId, { kind: 'refuse', reason: '' });
      this.#options.onChange();
    });
  }

  /** Opens the text of the call that asks; the person's Enter runs what it then is. */
  #edit(): void {
    const question = this.#question();
    if (question === undefined || this.#line !== undefined) return;
    if (question.editable === undefined) {
      this.#options.tell(`${question.tool} has nothing that can be edited: allow it or refuse it`);
      return;
    }
    const composer = this.#options.createLine();
    composer.setText(question.editable);
    this.#line = { kind: 'edit', callId: question.callId, composer };
  }

  #give(callId: string | undefined, answer: ApprovalAnswer): void {
    const { approvals, tell } = this.#options;
    approvals.noteAnswered();
    try {
      approvals.answer(callId, answer);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      tell(error.message);
    }
  }

  #closeLine(): void {
    this.#reasonTimer?.dispose();
    this.#reasonTimer = undefined;
    this.#line = undefined;
  }
}
