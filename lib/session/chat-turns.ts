import type { Clock } from '../base/clock.ts';
import { UserError } from '../base/user-error.ts';
import { lastReply } from '../conversation/chat-text.ts';
import type { UserPart } from '../conversation/message.ts';
import type { AskResult, ChatMemory } from './chat.ts';
import { ChatOutbox, type Outgoing, shownText } from './chat-outbox.ts';
import { ChatTurn, type TurnHost, type TurnOutcome, type TurnWork } from './chat-turn.ts';
import type { LiveConversation } from './live-conversation.ts';

export interface ChatTurnsOptions {
  readonly conversation: LiveConversation;
  readonly clock: Clock;
  readonly host: TurnHost;
  /** Takes back what was sent and not delivered, the oldest first. */
  readonly giveBack: (messages: readonly (readonly UserPart[])[]) => void;
  /** A turn, or what runs in its place, begins: before anything of it changes. */
  readonly onBegin: () => void;
  /** Something began, ended, waits or waits no more. */
  readonly onChange: () => void;
  /** As it was before the server was started anew. */
  readonly memory?: ChatMemory | undefined;
}

/** What the last turn left behind. */
export type TurnRest = 'none' | 'ended' | 'failed';

interface Running {
  readonly turn: TurnWork;
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly askers: readonly ((result: AskResult) => void)[];
}

/** The turns of one chat: one at a time, and what is sent meanwhile waits. */
export class ChatTurns {
  readonly #options: ChatTurnsOptions;
  readonly #outbox = new ChatOutbox();
  #running: Running | undefined;
  #rest: TurnRest = 'none';
  #failure = '';
  #isPaused = false;
  #resumed: (() => void) | undefined;
  #closed = false;

  constructor(options: ChatTurnsOptions) {
    this.#options = options;
    const { memory } = options;
    if (memory === undefined) return;
    this.#rest = memory.rest === 'cut' ? 'failed' : memory.rest;
    this.#isPaused = memory.isPaused;
    for (const parts of memory.waiting) this.#outbox.queue({ parts, done: undefined });
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  /** Since when the turn runs, in milliseconds since the epoch. */
  get runningSince(): number | undefined {
    return this.#running?.since;
  }

  get rest(): TurnRest {
    return this.#rest;
  }

  /** Why the last turn failed; empty when it did not. */
  get failure(): string {
    return this.#failure;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** Whether a turn waits for `resume`. */
  get isHeld(): boolean {
    return this.#resumed !== undefined;
  }

  get steering(): readonly string[] {
    return this.#outbox.steering.map(({ parts }) => shownText(parts));
  }

  get queued(): readonly string[] {
    return this.#outbox.queued.map(({ parts }) => shownText(parts));
  }

  /** What a person sent that was not delivered, the oldest first. */
  get waiting(): readonly (readonly UserPart[])[] {
    const all = [...this.#outbox.steering, ...this.#outbox.queued];
    return all.flatMap(({ parts, done }) => (done === undefined ? [parts] : []));
  }

  /** Begins a turn, or steers the running one. */
  say(parts: readonly UserPart[]): void {
    const message = { parts, done: undefined };
    if (this.#running === undefined) this.#send(message);
    else {
      this.#outbox.steer(message);
      this.#options.onChange();
    }
  }

  /** Begins a turn, or waits for the end of the running one. */
  enqueue(parts: readonly UserPart[]): void {
    this.#send({ parts, done: undefined });
  }

  ask(parts: readonly UserPart[], signal: AbortSignal): Promise<AskResult> {
    if (signal.aborted) return Promise.resolve(UNHEARD);
    return new Promise((resolve) => {
      const give = () => resolve(UNHEARD);
      signal.addEventListener('abort', give, { once: true });
      const done = (result: AskResult) => {
        signal.removeEventListener('abort', give);
        resolve(result);
      };
      this.#send({ parts, done });
    });
  }

  /** The message sent last that was not delivered yet, which is then not delivered. */
  recall(): readonly UserPart[] | undefined {
    const message = this.#outbox.takeLast();
    if (message !== undefined) this.#options.onChange();
    return message?.parts;
  }

  /** Stops the turn; what was not delivered goes back to the draft. */
  stop(): void {
    const running = this.#running;
    this.#running = undefined;
    this.#resumed?.();
    if (running !== undefined) {
      this.#rest = 'none';
      running.turn.stop();
      const last = this.#options.conversation.value.messages.findLast(({ kind }) => kind !== 'note');
      // What was cut short says so itself.
      if (last?.kind === 'user' && !this.#closed)
        this.#options.conversation.note('info', 'Stopped before a reply came. /retry asks again.');
      answer(running.askers, { ok: false, text: this.#closed ? 'The chat was closed.' : 'The turn was stopped.' });
    }
    const left = this.#outbox.takeAll();
    const own = left.filter(({ done }) => done === undefined);
    if (own.length > 0) this.#options.giveBack(own.map(({ parts }) => parts));
    const why = this.#closed ? 'The chat was closed.' : 'The turn before it was stopped, and this was not sent.';
    for (const { done } of left) done?.({ ok: false, text: why });
    if (running !== undefined || left.length > 0) this.#options.onChange();
  }

  /** Asks again with what is there. Throws UserError when there is nothing to answer. */
  retry(): void {
    if (this.#running !== undefined) throw new UserError('the turn still runs: Esc Esc stops it');
    const last = this.#options.conversation.value.messages.findLast(({ kind }) => kind !== 'note');
    const isOpen =
      last?.kind === 'user' || (last?.kind === 'assistant' && (last.state !== 'complete' || last.calls.length > 0));
    if (!isOpen) throw new UserError('there is nothing to try again: the last reply is whole');
    this.#begin([]);
  }

  pause(): void {
    if (this.#isPaused) return;
    this.#isPaused = true;
    this.#options.onChange();
  }

  resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#resumed?.();
    this.#next();
    this.#options.onChange();
  }

  /** Fulfilled when requests may be made. */
  ready(signal: AbortSignal): Promise<void> {
    if (!this.#isPaused || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      this.#resumed = () => {
        this.#resumed = undefined;
        resolve();
      };
      this.#options.onChange();
    });
  }

  /** Puts what steers into the conversation. */
  deliver(): void {
    for (const { parts } of this.#outbox.takeSteering()) this.#options.conversation.said(parts);
  }

  /** Runs something that is no turn in a turn's place: what is sent meanwhile waits. Throws UserError while a turn runs. */
  instead(turn: TurnWork): Promise<TurnOutcome> {
    if (this.#running !== undefined) throw new UserError('a turn runs: wait for its end, or stop it by Esc Esc');
    return this.#run(turn, []);
  }

  close(): void {
    this.#closed = true;
    this.stop();
  }

  #send(message: Outgoing): void {
    if (this.#closed) {
      message.done?.({ ok: false, text: 'The chat was closed.' });
      return;
    }
    this.#outbox.queue(message);
    this.#next(message);
    this.#options.onChange();
  }

  /** Begins the next turn, where one may begin and somebody wants it. */
  #next(first?: Outgoing): void {
    if (this.#running !== undefined || this.#isPaused || this.#closed) return;
    const messages = this.#outbox.takeNext(first);
    if (messages.length > 0) this.#begin(messages);
  }

  #begin(messages: readonly Outgoing[]): void {
    void this.#run(new ChatTurn(this.#options.host), messages);
  }

  async #run(turn: TurnWork, messages: readonly Outgoing[]): Promise<TurnOutcome> {
    const askers = messages.flatMap(({ done }) => (done === undefined ? [] : [done]));
    const running = { turn, askers, since: this.#options.clock.now() };
    this.#options.onBegin();
    this.#running = running;
    this.#failure = '';
    for (const { parts } of messages) this.#options.conversation.said(parts);
    this.#options.onChange();
    const outcome = await turn.run();
    if (this.#running === running) this.#ended(running, outcome);
    return outcome;
  }

  #ended({ askers }: Running, outcome: TurnOutcome): void {
    this.#running = undefined;
    this.#rest = outcome.kind === 'failed' ? 'failed' : 'ended';
    answer(askers, this.#result(outcome));
    if (outcome.kind === 'failed') this.#failed(outcome.failure.text);
    else this.#next();
    this.#options.onChange();
  }

  /** What waits stays where it is seen: it follows when the turn was tried again. */
  #failed(text: string): void {
    this.#failure = text;
    this.#outbox.holdSteering();
    const waiting = this.#outbox.queued.length;
    const more =
      waiting === 0 ? '' : ` ${waiting === 1 ? 'One message waits' : `${waiting} messages wait`} until then.`;
    const advice = text.includes('/retry') ? '' : ' /retry asks again.';
    this.#options.conversation.note('error', `${text}${advice}${more}`);
  }

  #result(outcome: TurnOutcome): AskResult {
    switch (outcome.kind) {
      case 'done':
        return { ok: true, text: lastReply(this.#options.conversation.value) };
      case 'declined':
        return { ok: false, text: 'The person did not let the model go on with its tools.' };
      case 'stopped':
        return { ok: false, text: 'The turn was stopped.' };
      case 'failed':
        return { ok: false, text: outcome.failure.text };
    }
  }
}

const UNHEARD: AskResult = { ok: false, text: 'The caller waited no longer.' };

function answer(askers: Running['askers'], result: AskResult): void {
  for (const asker of askers) asker(result);
}
