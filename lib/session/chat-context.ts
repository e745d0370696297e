import type { Clock } from '../base/clock.ts';
import { type CompactionPlan, compactionRequest, planCompaction, summaryText } from '../conversation/compaction.ts';
import { turnRequest } from '../conversation/context-fit.ts';
import { contextUse } from '../conversation/context-use.ts';
import type { Model, ToolDescription, TurnRequest } from '../conversation/model.ts';
import { costOf } from '../conversation/pricing.ts';
import { readProjectNotes } from '../conversation/project-notes.ts';
import type { SessionType } from '../conversation/session-type.ts';
import { systemPrompt } from '../conversation/system-prompt.ts';
import type { TurnEvent } from '../conversation/turn-event.ts';
import type { TurnQueue } from '../conversation/turn-queue.ts';
import { GrowingText } from '../text/growing-text.ts';
import type { Tool } from '../tools/tool.ts';
import type { ContextReport } from './chat.ts';
import type { ChatSettings } from './chat-options.ts';
import type { LiveConversation } from './live-conversation.ts';

export interface ChatContextOptions {
  readonly conversation: LiveConversation;
  readonly turns: TurnQueue;
  readonly tools: readonly Tool[];
  readonly settings: () => ChatSettings;
  readonly type: () => SessionType;
  readonly workingDirectory: string;
  readonly sessionFolder: string;
  readonly home: string;
  readonly clock: Clock;
}

/** How much of its window is believed of a model that found a request too long: the estimates were too low. */
const TIGHT = 0.5;

/** What a model is sent of a chat, how much of its window that takes, and how it is made smaller. */
export class ChatContext {
  readonly #options: ChatContextOptions;
  readonly #tools: readonly ToolDescription[];
  #system = '';
  #cost: number | undefined;
  /** How many messages there were when summarising failed: it is not tried again before there are more. */
  #failedAt = -1;
  /** How many messages were cut to fit the window, as was said last. */
  #cut = 0;

  constructor(options: ChatContextOptions) {
    this.#options = options;
    this.#tools = options.tools.map(({ name, description, parameters }) => ({ name, description, parameters }));
  }

  async request(model: Model): Promise<TurnRequest> {
    const { workingDirectory, sessionFolder, home, clock, settings, type } = this.#options;
    const { prompts } = settings();
    this.#system = systemPrompt({
      type: type(),
      workingDirectory,
      platform: process.platform,
      date: new Date(clock.now()),
      sessionFolder,
      projectNotes: await readProjectNotes(workingDirectory, home),
      override: prompts.get(type()) ?? prompts.get('default'),
    });
    const { conversation } = this.#options;
    let cut = 0;
    const onCut = (messages: number) => {
      cut = messages;
    };
    const { window } = model;
    const request = turnRequest(conversation.value, { system: this.#system, tools: this.#tools, window, onCut });
    if (cut > this.#cut) conversation.note('warning', cutText(cut, model));
    this.#cut = cut;
    return request;
  }

  report(model: Model | undefined): ContextReport {
    const { value } = this.#options.conversation;
    const window = model?.window ?? 0;
    const { used, counted } = contextUse(value, this.#system, this.#tools, window);
    return { model: model?.name ?? '', used, window, counted, ...value.total, cost: this.#cost };
  }

  /** Folds an event, and counts what it costs. */
  take(event: TurnEvent, model: Model): void {
    const { conversation } = this.#options;
    const before = conversation.value.total;
    conversation.turn(event);
    if (event.type !== 'usage' || model.prices === undefined) return;
    const after = conversation.value.total;
    const more = {
      input: after.input - before.input,
      cached: after.cached - before.cached,
      output: after.output - before.output,
    };
    this.#cost = (this.#cost ?? 0) + costOf(more, model.prices);
  }

  /** Whether the next request would take more of the window than it is to. */
  isFull(model: Model): boolean {
    const { used } = this.report(model);
    return used >= this.#options.settings().compactAt * model.window;
  }

  /** What a compaction would summarise now; undefined for too little. `tight` after a request that was too long. */
  plan(model: Model, tight = false): CompactionPlan | undefined {
    const window = tight ? model.window * TIGHT : model.window;
    return planCompaction(this.#options.conversation.value, { window });
  }

  /** Puts a summary in the place of older messages. Resolves to why it could not, or to undefined. */
  async compact(
    model: Model,
    plan: CompactionPlan,
    signal: AbortSignal,
    progress: (event: TurnEvent) => void,
  ): Promise<string | undefined> {
    const { conversation, turns } = this.#options;
    const request = compactionRequest(plan);
    let reply = GrowingText.EMPTY;
    let problem: string | undefined = 'it was stopped';
    for await (const event of turns.run((attempt) => model.stream(request, attempt), signal)) {
      if (signal.aborted) return problem;
      progress(event);
      if (event.type === 'usage') this.take(event, model);
      if (event.type === 'delta') reply = reply.append(event.text);
      if (event.type === 'retrying') reply = GrowingText.EMPTY;
      if (event.type === 'failed') problem = event.failure.text;
      if (event.type === 'done') problem = undefined;
    }
    const text = problem === undefined ? summaryText(plan, reply.toString()) : undefined;
    if (text !== undefined) conversation.summarised(text, plan.keptFrom);
    else problem ??= 'the model gave no summary';
    this.#failedAt = problem === undefined ? -1 : conversation.value.messages.length;
    return problem;
  }

  /** Whether summarising failed a moment ago, and nothing has come since. */
  get hasFailed(): boolean {
    return this.#options.conversation.value.messages.length <= this.#failedAt + 1;
  }
}

/** Says that the model does not read all that stands in the conversation. */
function cutText(messages: number, { name, window }: Model): string {
  const [what, whose] = messages === 1 ? ['One message is', 'its'] : [`${messages} messages are`, 'their'];
  return `${what} too long for the window of ${name} (${window.toLocaleString('en')} tokens): ${whose} middle is left out of what it is sent.`;
}
