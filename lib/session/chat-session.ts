import { Emitter, type Event } from '../base/emitter.ts';
import { clampSize, type Size, sameSize } from '../base/geometry.ts';
import type { SessionId } from '../base/id.ts';
import { UserError } from '../base/user-error.ts';
import { conversationPreview } from '../conversation/chat-text.ts';
import type { Conversation } from '../conversation/conversation.ts';
import type { UserPart } from '../conversation/message.ts';
import type { SessionType } from '../conversation/session-type.ts';
import type { InputEvent } from '../input/key.ts';
import type { RowSource } from '../text/row-source.ts';
import type { ApprovalAnswer, AskResult, Chat, Connection, ContextReport, PendingApproval } from './chat.ts';
import { ChatActivity } from './chat-activity.ts';
import { chatFact } from './chat-facts.ts';
import { CHAT_MODES } from './chat-modes.ts';
import type { ChatSessionOptions } from './chat-options.ts';
import { messageText, textParts } from './chat-outbox.ts';
import { ChatScreen } from './chat-screen.ts';
import { statusOf, titleOf } from './chat-status.ts';
import { ChatWork } from './chat-work.ts';
import type { Cursor, SessionEvent } from './session.ts';
import type { SessionStatus, StatusChange, WaitingReason } from './status.ts';

/** A conversation with a model, as a session: its turns go on whoever looks. */
export class ChatSession implements Chat {
  readonly id: SessionId;
  readonly kind = 'chat';
  readonly createdAt: number;
  readonly workingDirectory: string;
  readonly modes = CHAT_MODES;
  readonly exit = undefined;
  readonly #events: Emitter<SessionEvent>;
  readonly #activity: ChatActivity;
  readonly #work: ChatWork;
  readonly #screen: ChatScreen;
  #name: string;
  #index: number;
  #size: Size;
  #title = '';
  #preview: string | undefined;
  #disposed = false;

  constructor(options: ChatSessionOptions) {
    const { id, name, index, size, clock, onError, workingDirectory } = options;
    this.id = id;
    this.#name = name;
    this.#index = index;
    this.#size = clampSize(size.columns, size.rows);
    this.workingDirectory = workingDirectory;
    this.createdAt = clock.now();
    this.#events = new Emitter(onError);
    this.#activity = new ChatActivity(clock, (event) => this.#events.fire(event));
    this.#work = new ChatWork(options, {
      changed: () => this.#changed(),
      asked: (isNew) => this.#asked(isNew),
      replied: () => this.#activity.replied(),
      giveBack: (messages) => this.#screen.giveBack(messages),
    });
    this.#screen = new ChatScreen(options, this.#work, this.#size, {
      name: () => this.#name,
      changed: () => this.#changed(),
    });
  }

  get name(): string {
    return this.#name;
  }

  get index(): number {
    return this.#index;
  }

  get lastActivity(): number {
    return this.#activity.lastActivity;
  }

  get status(): SessionStatus {
    return this.#activity.state.status;
  }

  get waitingReason(): WaitingReason | undefined {
    return this.#activity.state.waitingReason;
  }

  get waitingSince(): number | undefined {
    return this.#activity.state.waitingSince;
  }

  get seen(): boolean {
    return this.#activity.seen;
  }

  get unread(): number {
    return this.#activity.unread;
  }

  get preview(): string {
    this.#preview ??= conversationPreview(this.conversation);
    return this.#preview;
  }

  get size(): Size {
    return this.#size;
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

  get events(): Event<SessionEvent> {
    return this.#events.event;
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
    return this.#work.model?.name;
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

  action(name: string, args: readonly string[], count: number): boolean {
    this.#activity.touch();
    return this.#screen.keys.action(name, args, count);
  }

  input(event: InputEvent): void {
    this.#activity.touch();
    this.#screen.input.input(event);
  }

  send(bytes: Uint8Array): void {
    this.#activity.touch();
    this.#screen.input.send(bytes);
  }

  paste(text: string): void {
    this.#activity.touch();
    this.#screen.keys.paste(text);
  }

  rename(name: string): void {
    const previous = this.#name;
    if (name === previous) return;
    this.#name = name;
    this.#events.fire({ type: 'renamed', previous });
    this.#changed();
  }

  setIndex(index: number): void {
    this.#index = index;
  }

  resize(size: Size): void {
    const next = clampSize(size.columns, size.rows);
    if (sameSize(next, this.#size)) return;
    this.#size = next;
    this.#screen.resize(next);
    this.#changed();
  }

  setShown(count: number, _focused: boolean): void {
    this.#activity.setShown(count > 0);
    this.#screen.setShown(count > 0);
  }

  /** What was said scrolls away; the model still knows it. */
  clearHistory(): void {
    this.#screen.view.hideAll();
    this.#changed();
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
    this.#work.type = type;
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
    this.#changed();
  }

  /** Stops what runs; fulfilled when its tools are gone. */
  async kill(): Promise<void> {
    this.stopTurn();
    await Promise.all([this.#work.ended, this.#screen.shell.ended]);
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#work.turns.close();
    this.#screen.dispose();
    this.#events.dispose();
  }

  get #status(): StatusChange {
    return statusOf(this.#work, this.#screen.shell.running !== undefined);
  }

  #changed(): void {
    this.#preview = undefined;
    this.#activity.touch();
    this.#screen.invalidate();
    this.#activity.become(this.#status);
    this.#findTitle();
    this.#events.fire({ type: 'changed' });
  }

  #asked(isNew: boolean): void {
    this.#screen.keys.questionsChanged();
    if (isNew) this.#activity.become(this.#status, true);
    this.#changed();
  }

  /** The beginning of what was said first. */
  #findTitle(): void {
    const { messages } = this.conversation;
    if (this.#title !== '' && messages.length > 0) return;
    const title = titleOf(messages);
    if (title === this.#title) return;
    this.#title = title;
    this.#events.fire({ type: 'title' });
  }
}

function partsOf(text: string): readonly UserPart[] {
  if (text.trim() === '') throw new UserError('there is nothing to say: give a text');
  return textParts(text);
}
