import type { Size } from '../base/geometry.ts';
import { conversationPreview } from '../conversation/chat-text.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { conversationMemory } from '../conversation/conversation-memory.ts';
import type { SessionType } from '../conversation/session-type.ts';
import type { RowSource } from '../text/row-source.ts';
import type { ChatMemory, Connection, ContextReport, PendingApproval } from './chat.ts';
import { ChatActivity } from './chat-activity.ts';
import { CHAT_MODES } from './chat-modes.ts';
import type { ChatSessionOptions } from './chat-options.ts';
import { messageText } from './chat-outbox.ts';
import { ChatScreen } from './chat-screen.ts';
import { ChatSleep } from './chat-sleep.ts';
import { remainingReason, statusOf, titleOf } from './chat-status.ts';
import { ChatWork } from './chat-work.ts';
import type { Cursor } from './session.ts';
import { SessionBase } from './session-base.ts';
import type { StatusChange } from './status.ts';

/** What a chat is and says of itself; what is done to it is ChatSession's. */
export abstract class ChatBase extends SessionBase {
  readonly kind = 'chat';
  readonly workingDirectory: string;
  readonly modes = CHAT_MODES;
  readonly exit = undefined;
  protected readonly activity: ChatActivity;
  protected readonly work: ChatWork;
  protected readonly screen: ChatScreen;
  protected readonly sleep: ChatSleep;
  #title = '';
  /** A person chose the type. */
  protected isTypeGiven: boolean;
  #hiddenSince: number | undefined;
  readonly #now: () => number;
  /** Its last turn was cut, which it is told when it wakes. */
  #isCut = false;

  constructor(options: ChatSessionOptions) {
    super({ ...options, createdAt: options.memory?.createdAt });
    this.workingDirectory = options.workingDirectory;
    this.isTypeGiven = options.isTypeGiven ?? false;
    const { clock, memory, keeper, onError } = options;
    const asleep = memory?.asleep;
    this.#now = () => clock.now();
    this.#hiddenSince = clock.now();
    this.#title = asleep?.title ?? '';
    this.activity = new ChatActivity(clock, (event) => this.fire(event), memory, remainingReason(memory?.rest));
    this.work = new ChatWork(options, {
      changed: () => this.changed(),
      asked: (isNew) => this.#asked(isNew),
      replied: () => this.activity.replied(),
      giveBack: (messages) => this.screen.giveBack(messages),
    });
    this.screen = new ChatScreen(options, this.work, this.size, {
      name: () => this.name,
      changed: () => this.changed(),
    });
    this.sleep = new ChatSleep({
      work: this.work,
      screen: this.screen,
      keeper,
      asleep,
      name: () => this.name,
      title: () => this.#title,
      changed: (isAwake) => this.#slept(isAwake),
      failed: () => this.redrawn(),
      onError,
    });
    if (memory !== undefined) this.#remember(memory);
  }

  get content(): RowSource {
    return this.screen.view;
  }

  get cursor(): Cursor {
    return { ...this.screen.view.cursor, visible: true, shape: undefined, blinking: false };
  }

  protected get ownTitle(): string {
    return this.#title;
  }

  /** None while nothing may be typed: its keys are input then, which is dropped. */
  get keyTable(): string | undefined {
    return this.isInputOff ? undefined : this.screen.keys.keyTable;
  }

  get actions(): readonly string[] {
    return this.screen.keys.actions;
  }

  get type(): SessionType {
    return this.work.type;
  }

  get connection(): Connection {
    return this.work.connection;
  }

  get conversation(): Conversation {
    return this.work.conversation.value;
  }

  get modelName(): string | undefined {
    return this.work.modelNames.last;
  }

  get context(): ContextReport {
    const { facts } = this.sleep;
    const report = this.work.context;
    return facts === undefined ? report : { ...report, used: facts.used, counted: facts.counted };
  }

  get approvals(): readonly PendingApproval[] {
    return this.work.approvals.questions;
  }

  get trustedTools(): readonly string[] {
    return [...this.work.trusted];
  }

  get queued(): readonly string[] {
    return this.work.turns.queued;
  }

  get isPaused(): boolean {
    return this.work.turns.isPaused;
  }

  get draft(): string {
    return messageText(this.screen.draft.parts);
  }

  get memory(): ChatMemory {
    const { trustedTools, isPaused, unread, createdAt, lastActivity } = this;
    const asleep = this.sleep.facts;
    const conversation = asleep === undefined ? this.conversation : undefined;
    const { waiting, isRunning } = this.work.turns;
    const rest: ChatMemory['rest'] = isRunning || this.#isCut ? 'cut' : this.work.turns.rest;
    const draft = this.screen.draft.parts;
    const seen = this.seen && !isRunning;
    const { last: lastModel, wanted: wantedModel } = this.work.modelNames;
    const choices = { isTypeGiven: this.isTypeGiven, wantedModel, lastModel };
    const kept = { conversation, asleep, draft, waiting, trustedTools, isPaused, ...choices };
    return { ...kept, rest, seen, unread, createdAt, lastActivity };
  }

  get memoryUse(): number {
    return conversationMemory(this.conversation) + this.screen.view.memoryUse;
  }

  get isAwake(): boolean {
    return this.sleep.facts === undefined;
  }

  get hiddenSince(): number | undefined {
    return this.#hiddenSince;
  }

  setShown(count: number, _focused: boolean): void {
    this.activity.setShown(count > 0);
    this.#hiddenSince = count > 0 ? undefined : (this.#hiddenSince ?? this.#now());
    this.screen.setShown(count);
    if (count > 0) this.sleep.wakeSoon();
  }

  protected findPreview(): string {
    return this.sleep.facts?.preview ?? conversationPreview(this.conversation);
  }

  protected resized(size: Size): void {
    this.screen.resize(size);
  }

  protected end(): void {
    this.sleep.dispose();
    this.work.turns.close();
    this.screen.dispose();
  }

  get #status(): StatusChange {
    return statusOf(this.work, this.screen.shell.running !== undefined);
  }

  protected override changed(): void {
    this.activity.touch();
    this.screen.invalidate();
    if (this.isAwake) this.activity.become(this.#status);
    else if (this.isPaused) this.activity.become({ status: 'paused' });
    this.activity.connect(this.work.connection);
    this.#findTitle();
    super.changed();
  }

  /** It sleeps or wakes now; neither is a use of it. */
  #slept(isAwake: boolean): void {
    if (isAwake) this.#isCut = false;
    if (isAwake) this.activity.wake(this.#status);
    else this.activity.sleep();
    this.#findTitle();
    this.redrawn();
  }

  protected override redrawn(): void {
    this.screen.invalidate();
    super.redrawn();
  }

  #asked(isNew: boolean): void {
    this.screen.keys.questionsChanged();
    if (isNew) this.activity.become({ ...this.#status, anew: true });
    this.changed();
  }

  /** The rest of what it was before the server was started anew. Nobody hears of it: it is not used yet. */
  #remember({ draft, rest, lastActivity }: ChatMemory): void {
    this.#isCut = rest === 'cut' && !this.isAwake;
    if (rest === 'cut') this.work.conversation.note('warning', 'The server ended during this turn. /retry asks again.');
    this.screen.draft.setParts(draft, false);
    this.#findTitle();
    this.activity.rest(lastActivity);
  }

  /** The beginning of what was said first. */
  #findTitle(): void {
    if (!this.isAwake) return;
    const { messages } = this.conversation;
    if (this.#title !== '' && messages.length > 0) return;
    const title = titleOf(messages);
    if (title === this.#title) return;
    this.#title = title;
    this.retitled();
  }
}
