import type { Size } from '../base/geometry.ts';
import { UserError } from '../base/user-error.ts';
import { conversationPreview } from '../conversation/chat-text.ts';
import type { Conversation } from '../conversation/conversation.ts';
import type { UserPart } from '../conversation/message.ts';
import type { SessionType } from '../conversation/session-type.ts';
import type { InputEvent } from '../input/key.ts';
import type { RowSource } from '../text/row-source.ts';
import type {
  ApprovalAnswer,
  AskResult,
  Chat,
  ChatMemory,
  Connection,
  ContextReport,
  PendingApproval,
} from './chat.ts';
import { ChatActivity } from './chat-activity.ts';
import { chatFact } from './chat-facts.ts';
import { CHAT_MODES } from './chat-modes.ts';
import type { ChatSessionOptions } from './chat-options.ts';
import { messageText, textParts } from './chat-outbox.ts';
import { ChatScreen } from './chat-screen.ts';
import { remainingReason, statusOf, titleOf } from './chat-status.ts';
import { ChatWork } from './chat-work.ts';
import type { Cursor } from './session.ts';
import { SessionBase } from './session-base.ts';
import type { StatusChange } from './status.ts';

/** A conversation with a model, as a session: its turns go on whoever looks. */
export class ChatSession extends SessionBase implements Chat {
  readonly kind = 'chat';
  readonly workingDirectory: string;
  readonly modes = CHAT_MODES;
  readonly exit = undefined;
  protected readonly activity: ChatActivity;
  readonly #work: ChatWork;
  readonly #screen: ChatScreen;
  #title = '';
  #isTypeGiven: boolean;

  constructor(options: ChatSessionOptions) {
    super({ ...options, createdAt: options.memory?.createdAt });
    this.workingDirectory = options.workingDirectory;
    this.#isTypeGiven = options.isTypeGiven ?? false;
    const { clock, memory } = options;
    this.activity = new ChatActivity(clock, (event) => this.fire(event), memory, remainingReason(memory?.rest));
    this.#work = new ChatWork(options, {
      changed: () => this.changed(),
      asked: (isNew) => this.#asked(isNew),
      replied: () => this.activity.replied(),
      giveBack: (messages) => this.#screen.giveBack(messages),
    });
    this.#screen = new ChatScreen(options, this.#work, this.size, {
      name: () => this.name,
      changed: () => this.changed(),
    });
    if (memory !== undefined) this.#remember(memory);
  }

  get content(): RowSource {
    return this.#screen.view;
  }

  get cursor(): Cursor {
    return { ...this.#screen.view.cursor, visible: true, shape: undefined, blinking: false };
  }

  get title(): string {
    return this.#title;
  }

  get keyTable(): string {
    return this.#screen.keys.keyTable;
  }

  get actions(): readonly string[] {
    return this.#screen.keys.actions;
  }

  get type(): SessionType {
    return this.#work.type;
  }

  get connection(): Connection {
    return this.#work.connection;
  }

  get conversation(): Conversation {
    return this.#work.conversation.value;
  }

  get modelName(): string | undefined {
    return this.#work.modelNames.last;
  }

  get context(): ContextReport {
    return this.#work.context;
  }

  get approvals(): readonly PendingApproval[] {
    return this.#work.approvals.questions;
  }

  get trustedTools(): readonly string[] {
    return [...this.#work.trusted];
  }

  get queued(): readonly string[] {
    return this.#work.turns.queued;
  }

  get isPaused(): boolean {
    return this.#work.turns.isPaused;
  }

  get draft(): string {
    return messageText(this.#screen.draft.parts);
  }

  get memory(): ChatMemory {
    const { conversation, trustedTools, isPaused, unread, createdAt, lastActivity } = this;
    const { waiting, isRunning } = this.#work.turns;
    const rest = isRunning ? 'cut' : this.#work.turns.rest;
    const draft = this.#screen.draft.parts;
    const seen = this.seen && !isRunning;
    const { last: lastModel, wanted: wantedModel } = this.#work.modelNames;
    const choices = { isTypeGiven: this.#isTypeGiven, wantedModel, lastModel };
    const kept = { conversation, draft, waiting, trustedTools, isPaused, ...choices };
    return { ...kept, rest, seen, unread, createdAt, lastActivity };
  }

  action(name: string, args: readonly string[], count: number): boolean {
    this.activity.touch();
    return this.#screen.keys.action(name, args, count);
  }

  input(event: InputEvent): void {
    this.activity.touch();
    this.#screen.input.input(event);
  }

  send(bytes: Uint8Array): void {
    this.activity.touch();
    this.#screen.input.send(bytes);
  }

  paste(text: string): void {
    this.activity.touch();
    this.#screen.keys.paste(text);
  }

  override rename(name: string): void {
    if (name === this.name) return;
    super.rename(name);
    this.changed();
  }

  setShown(count: number, _focused: boolean): void {
    this.activity.setShown(count > 0);
    this.#screen.setShown(count);
  }

  /** What was said scrolls away; the model still knows it. */
  clearHistory(): void {
    this.#screen.view.hideAll();
    this.changed();
  }

  /** A chat has no terminal that a program could have left in disorder. */
  resetTerminal(): void {}

  fact(name: string): string | undefined {
    return chatFact(name, this);
  }

  say(text: string): void {
    this.#work.turns.say(partsOf(text));
  }

  enqueue(text: string): void {
    this.#work.turns.enqueue(partsOf(text));
  }

  async ask(text: string, signal: AbortSignal): Promise<AskResult> {
    return this.#work.turns.ask(partsOf(text), signal);
  }

  stopTurn(): void {
    this.#screen.shell.stop();
    this.#work.turns.stop();
  }

  retry(): void {
    this.#work.turns.retry();
  }

  compact(): Promise<void> {
    return this.#work.compact();
  }

  clear(): void {
    this.#work.turns.stop();
    this.#screen.view.showAll();
    this.#work.conversation.clear();
  }

  setType(type: SessionType): void {
    this.#isTypeGiven = true;
    this.#work.type = type;
  }

  suggestType(type: SessionType): void {
    if (!this.#isTypeGiven && type !== this.type) this.#work.type = type;
  }

  setModel(name: string): Promise<void> {
    return this.#work.choose(name);
  }

  answer(callId: string | undefined, answer: ApprovalAnswer): void {
    this.#work.approvals.answer(callId, answer);
  }

  setTrust(tool: string, trusted: boolean): void {
    this.#work.setTrust(tool, trusted);
  }

  pause(): void {
    this.#work.turns.pause();
  }

  resume(): void {
    this.#work.turns.resume();
  }

  note(text: string, level: 'info' | 'warning' | 'error' = 'info'): void {
    this.#work.conversation.note(level, text);
  }

  setDraft(text: string): void {
    this.#screen.draft.setText(text);
    this.changed();
  }

  /** Stops what runs; fulfilled when its tools are gone. */
  async kill(): Promise<void> {
    this.#screen.shell.stop();
    this.#work.turns.close();
    await Promise.all([this.#work.ended, this.#screen.shell.ended]);
  }

  protected findPreview(): string {
    return conversationPreview(this.conversation);
  }

  protected resized(size: Size): void {
    this.#screen.resize(size);
  }

  protected end(): void {
    this.#work.turns.close();
    this.#screen.dispose();
  }

  get #status(): StatusChange {
    return statusOf(this.#work, this.#screen.shell.running !== undefined);
  }

  protected override changed(): void {
    this.activity.touch();
    this.#screen.invalidate();
    this.activity.become(this.#status);
    this.activity.connect(this.#work.connection);
    this.#findTitle();
    super.changed();
  }

  #asked(isNew: boolean): void {
    this.#screen.keys.questionsChanged();
    if (isNew) this.activity.become({ ...this.#status, anew: true });
    this.changed();
  }

  /** The rest of what it was before the server was started anew. Nobody hears of it: it is not used yet. */
  #remember({ draft, rest, lastActivity }: ChatMemory): void {
    if (rest === 'cut') this.note('The server ended during this turn. /retry asks again.', 'warning');
    this.#screen.draft.setParts(draft, false);
    this.#findTitle();
    this.activity.rest(lastActivity);
  }

  /** The beginning of what was said first. */
  #findTitle(): void {
    const { messages } = this.conversation;
    if (this.#title !== '' && messages.length > 0) return;
    const title = titleOf(messages);
    if (title === this.#title) return;
    this.#title = title;
    this.fire({ type: 'title' });
  }
}

function partsOf(text: string): readonly UserPart[] {
  if (text.trim() === '') throw new UserError('there is nothing to say: give a text');
  return textParts(text);
}
