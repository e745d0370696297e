import { errorText, UserError } from '../base/user-error.ts';
import type { CompactionPlan } from '../conversation/compaction.ts';
import { isAnswered } from '../conversation/message.ts';
import type { Model } from '../conversation/model.ts';
import type { SessionType } from '../conversation/session-type.ts';
import type { TurnEvent } from '../conversation/turn-event.ts';
import { ContentVersions } from '../tools/file-versions.ts';
import type { ToolPlace } from '../tools/tool.ts';
import type { Connection } from './chat.ts';
import { ChatApprovals } from './chat-approvals.ts';
import { ChatCalls } from './chat-calls.ts';
import { ChatContext } from './chat-context.ts';
import type { ChatSessionOptions } from './chat-options.ts';
import { messageText } from './chat-outbox.ts';
import type { TurnHost, TurnOutcome, TurnWork } from './chat-turn.ts';
import { ChatTurns, type ChatTurnsOptions } from './chat-turns.ts';
import { ChosenModel } from './chosen-model.ts';
import { LiveConversation } from './live-conversation.ts';
import { realFolder } from './real-folder.ts';
import { connectionDuring, progressAfter, type TurnProgress } from './turn-progress.ts';

export interface ChatWorkListener extends Pick<ChatTurnsOptions, 'giveBack'> {
  /** Something is not as it was; may come for each token. */
  readonly changed: () => void;
  /** A question came (`true`) or went. */
  readonly asked: (isNew: boolean) => void;
  /** A reply ended. */
  readonly replied: () => void;
}

const CONNECTING: TurnProgress = { kind: 'connecting' };

/** All that a chat does, blind to its screen: its conversation, its turns and their tools. */
export class ChatWork {
  readonly conversation: LiveConversation;
  readonly approvals: ChatApprovals;
  readonly turns: ChatTurns;
  /** Names of the tools that the person trusts here. */
  readonly trusted = new Set<string>();
  readonly #options: ChatSessionOptions;
  readonly #listener: ChatWorkListener;
  readonly #versions = new ContentVersions();
  readonly #model: ChosenModel;
  readonly #context: ChatContext;
  readonly #calls: ChatCalls;
  #type: SessionType;
  #progress: TurnProgress = CONNECTING;

  constructor(options: ChatSessionOptions, listener: ChatWorkListener) {
    const { clock, models, tools, turns, settings, onError } = options;
    this.#options = options;
    this.#listener = listener;
    this.#type = options.type;
    const { memory } = options;
    this.conversation = new LiveConversation(clock, listener.changed, memory?.conversation);
    for (const tool of memory?.trustedTools ?? []) this.trusted.add(tool);
    this.approvals = new ChatApprovals(clock, this.trusted, listener.asked);
    this.#model = new ChosenModel(models, options.model, memory?.lastModel);
    const { workingDirectory, sessionFolder, home } = options;
    const { conversation, approvals, trusted } = this;
    const type = () => this.#type;
    const contextOptions = { conversation, turns, tools, settings, type, workingDirectory, sessionFolder, home, clock };
    this.#context = new ChatContext(contextOptions);
    const change = conversation.call.bind(conversation);
    this.#calls = new ChatCalls({ tools, place: () => this.place(), trusted, approvals, change, clock, onError });
    const { giveBack, changed } = listener;
    const onBegin = () => {
      this.#progress = CONNECTING;
    };
    this.turns = new ChatTurns({
      conversation,
      clock,
      host: this.#host(),
      giveBack,
      onBegin,
      onChange: changed,
      memory,
    });
  }

  get type(): SessionType {
    return this.#type;
  }

  set type(type: SessionType) {
    this.#type = type;
    this.#listener.changed();
  }

  get model(): Model | undefined {
    return this.#model.model;
  }

  /** The name of the last model, and of the one that a person chose. */
  get modelNames(): { readonly last: string | undefined; readonly wanted: string | undefined } {
    return { last: this.#model.name, wanted: this.#model.wanted };
  }

  get context(): ReturnType<ChatContext['report']> {
    return this.#context.report(this.model);
  }

  /** How the running turn goes. */
  get progress(): TurnProgress {
    return this.turns.isHeld ? { kind: 'held' } : this.#progress;
  }

  get connection(): Connection {
    if (this.turns.isRunning) return connectionDuring(this.progress);
    if (this.turns.failure !== '') return { kind: 'error', text: this.turns.failure };
    return { kind: this.model === undefined ? 'disconnected' : 'connected' };
  }

  /** Where tools work now. */
  place(): ToolPlace {
    const { home, environment, sessions, settings } = this.#options;
    const workingDirectory = realFolder(this.#options.workingDirectory);
    const sessionFolder = realFolder(this.#options.sessionFolder);
    const size = { columns: 120, rows: 40 };
    const { commandTimeout } = settings();
    const versions = this.#versions;
    return {
      workingDirectory,
      sessionFolder,
      home,
      environment: environment(),
      size,
      sessions,
      versions,
      commandTimeout,
    };
  }

  setTrust(tool: string, trusted: boolean): void {
    if (trusted) this.trusted.add(tool);
    else this.trusted.delete(tool);
    this.approvals.settle();
    this.#listener.changed();
  }

  /** Fulfilled when the tools of the last turn are gone. */
  get ended(): Promise<unknown> {
    return this.#calls.ended;
  }

  /** The name of the model that the next turn would take; undefined where there is none now. */
  async nextModel(): Promise<string | undefined> {
    try {
      return await this.#model.nameNext();
    } catch (error) {
      if (!(error instanceof UserError)) this.#options.onError(error);
      return undefined;
    }
  }

  /** Rejects with UserError for a name that no provider has. */
  async choose(model: string): Promise<void> {
    await this.#model.choose(model);
    this.#listener.changed();
  }

  /** Summarises older turns now. Throws UserError while a turn runs, and when there is too little. */
  /** Back to before a message of the person's; its text. Throws UserError. */
  rewind(message?: number): string {
    if (this.turns.isRunning) throw new UserError('a turn runs: wait for its end, or stop it by Esc Esc');
    const { messages } = this.conversation.value;
    const to = messages.findLast(({ kind, id }) => kind === 'user' && (message === undefined || id === message));
    if (to?.kind !== 'user')
      throw new UserError(message === undefined ? 'nothing was said yet' : `${message} is no message of yours here`);
    this.conversation.rewind(to.id);
    return messageText(to.parts);
  }

  async compact(): Promise<void> {
    if (this.turns.isRunning) throw new UserError('a turn runs: wait for its end, or stop it by Esc Esc');
    const model = await this.#model.find();
    const plan = this.#context.plan(model);
    if (plan === undefined) throw new UserError('there is too little to summarise yet');
    const controller = new AbortController();
    const run = async (): Promise<TurnOutcome> => {
      await this.#compact(model, plan, controller.signal);
      return { kind: 'done' };
    };
    const work: TurnWork = { run, stop: () => controller.abort() };
    await this.turns.instead(work);
  }

  #host(): TurnHost {
    const { turns, onError, settings } = this.#options;
    return {
      conversation: this.conversation,
      turns,
      calls: this.#calls,
      model: () => this.#model.find(),
      request: (model) => {
        this.#show(CONNECTING);
        return this.#context.request(model);
      },
      compact: (model, must, signal) => this.#compactIfFull(model, must, signal),
      deliver: () => this.turns.deliver(),
      ready: (signal) => this.turns.ready(signal),
      saved: async () => this.#options.saved?.(),
      goOn: (rounds, signal) => this.#goOn(rounds, signal),
      get maximumRounds() {
        return settings().maximumRounds;
      },
      take: (event, model) => this.#take(event, model),
      calling: () => this.#show({ kind: 'tools' }),
      onError,
    };
  }

  #take(event: TurnEvent, model: Model): void {
    this.#progress = progressAfter(this.#progress, event);
    this.#context.take(event, model);
    if (event.type === 'done' && this.conversation.value.reply === undefined) this.#listener.replied();
    // What changes nothing of the conversation may change the line that tells how it goes.
    if (event.type === 'queued' || event.type === 'calling') this.#listener.changed();
  }

  async #compactIfFull(model: Model, must: boolean, signal: AbortSignal): Promise<boolean> {
    if (!must && (this.#context.hasFailed || !this.#context.isFull(model))) return false;
    const plan = this.#context.plan(model, must);
    return plan === undefined ? false : await this.#compact(model, plan, signal);
  }

  async #compact(model: Model, plan: CompactionPlan, signal: AbortSignal): Promise<boolean> {
    this.#show({ kind: 'summarising', messages: plan.messages.length });
    let problem: string | undefined;
    try {
      problem = await this.#context.compact(model, plan, signal, (event) => {
        if (event.type === 'queued' || event.type === 'retrying') this.#show(progressAfter(this.#progress, event));
      });
    } catch (error) {
      this.#options.onError(error);
      problem = errorText(error);
    }
    if (signal.aborted) return false;
    if (problem !== undefined) this.conversation.note('warning', `Older turns could not be summarised: ${problem}`);
    return problem === undefined;
  }

  async #goOn(rounds: number, signal: AbortSignal): Promise<boolean> {
    const calls = this.conversation.value.messages.findLast((message) => message.kind === 'assistant');
    const answer = await this.approvals.ask(
      {
        kind: 'question',
        callId: 'go-on',
        tool: 'tools',
        title: `Go on after ${rounds} rounds of tools?`,
        why: `the last one called ${calls?.calls.filter(isAnswered).length ?? 0} tools`,
        diff: '',
        editable: undefined,
        isSettled: () => false,
      },
      signal,
    );
    return answer !== undefined && answer.kind !== 'refuse';
  }

  #show(progress: TurnProgress): void {
    this.#progress = progress;
    this.#listener.changed();
  }
}
