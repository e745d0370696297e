import { UserError } from '../base/user-error.ts';
import type { UserPart } from '../conversation/message.ts';
import type { SessionType } from '../conversation/session-type.ts';
import type { InputEvent } from '../input/key.ts';
import type { ApprovalAnswer, AskResult, Chat } from './chat.ts';
import { ChatBase } from './chat-base.ts';
import { chatFact } from './chat-facts.ts';
import { textParts } from './chat-outbox.ts';
import { isAtRest } from './chat-status.ts';
import { waitsForPerson } from './status.ts';

/** How long older messages are laid out for at most to find one, in milliseconds. */
const FIND_TIME = 250;

/** A conversation with a model, as a session: its turns go on whoever looks. */
export class ChatSession extends ChatBase implements Chat {
  hibernate(): boolean {
    if (this.hiddenSince === undefined || this.isDisposed) return false;
    if (!isAtRest(this.work, this.screen.shell.running !== undefined)) return false;
    return this.sleep.begin(!waitsForPerson(this));
  }

  wake(): Promise<void> {
    return this.sleep.wake();
  }

  action(name: string, args: readonly string[], count: number): boolean {
    this.activity.touch();
    if (this.isAwake) return this.screen.keys.action(name, args, count);
    this.sleep.whenAwake(() => void this.screen.keys.action(name, args, count));
    return this.actions.includes(name);
  }

  input(event: InputEvent): void {
    if (this.isInputOff) return;
    this.activity.touch();
    if (this.isAwake) this.screen.input.input(event);
    else this.sleep.whenAwake(keptInput(event, (kept) => this.screen.input.input(kept)));
  }

  send(bytes: Uint8Array): void {
    if (this.isInputOff) return;
    this.activity.touch();
    const kept = this.isAwake ? bytes : bytes.slice();
    this.sleep.whenAwake(() => this.screen.input.send(kept));
  }

  paste(text: string): void {
    if (this.isInputOff) return;
    this.activity.touch();
    this.sleep.whenAwake(() => this.screen.keys.paste(text));
  }

  override rename(name: string): void {
    if (name === this.name) return;
    super.rename(name);
    this.changed();
  }

  /** What was said scrolls away; the model still knows it. */
  clearHistory(): void {
    this.sleep.whenAwake(() => {
      this.screen.view.hideAll();
      this.changed();
    });
  }

  /** A chat has no terminal that a program could have left in disorder. */
  resetTerminal(): void {}

  fact(name: string): string | undefined {
    return chatFact(name, this);
  }

  say(text: string): void {
    const parts = partsOf(text);
    this.sleep.whenAwake(() => this.work.turns.say(parts));
  }

  rowOf(message: number): number | undefined {
    return this.screen.view.rowOf(message, FIND_TIME);
  }

  enqueue(text: string): void {
    const parts = partsOf(text);
    this.sleep.whenAwake(() => this.work.turns.enqueue(parts));
  }

  async ask(text: string, signal: AbortSignal): Promise<AskResult> {
    const parts = partsOf(text);
    if (!this.isAwake) await this.wake();
    return this.work.turns.ask(parts, signal);
  }

  stopTurn(): void {
    this.screen.shell.stop();
    this.work.turns.stop();
  }

  retry(): void {
    if (!this.isAwake) throw new UserError(`${this.name} sleeps; show it, and try again`);
    this.work.turns.retry();
  }

  async compact(): Promise<void> {
    if (!this.isAwake) await this.wake();
    await this.work.compact();
  }

  clear(): void {
    this.sleep.whenAwake(() => {
      this.work.turns.stop();
      this.screen.view.showAll();
      this.work.conversation.clear();
    });
  }

  rewind(message?: number): string {
    if (!this.isAwake) throw new UserError(`${this.name} sleeps; show it, and try again`);
    return this.work.rewind(message);
  }

  setType(type: SessionType): void {
    this.isTypeGiven = true;
    this.work.type = type;
  }

  suggestType(type: SessionType): void {
    if (!this.isTypeGiven && type !== this.type) this.work.type = type;
  }

  setModel(name: string): Promise<void> {
    return this.work.choose(name);
  }

  answer(callId: string | undefined, answer: ApprovalAnswer): void {
    this.work.approvals.answer(callId, answer);
  }

  setTrust(tool: string, trusted: boolean): void {
    this.work.setTrust(tool, trusted);
  }

  pause(): void {
    this.work.turns.pause();
  }

  resume(): void {
    this.sleep.whenAwake(() => this.work.turns.resume());
  }

  note(text: string, level: 'info' | 'warning' | 'error' = 'info'): void {
    this.work.conversation.note(level, text);
    this.sleep.wakeSoon();
  }

  setDraft(text: string): void {
    this.screen.draft.setText(text);
    this.changed();
  }

  /** Stops what runs; fulfilled when its tools are gone. */
  async kill(): Promise<void> {
    this.screen.shell.stop();
    this.work.turns.close();
    await Promise.all([this.work.ended, this.screen.shell.ended]);
  }
}

/** Something to do with an event later, when its bytes are another's. */
function keptInput(event: InputEvent, take: (event: InputEvent) => void): () => void {
  const kept = event.type === 'paste' ? { ...event, bytes: event.bytes.slice() } : event;
  return () => take(kept);
}

function partsOf(text: string): readonly UserPart[] {
  if (text.trim() === '') throw new UserError('there is nothing to say: give a text');
  return textParts(text);
}
