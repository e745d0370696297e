import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { Emitter, type Event } from '../base/emitter.ts';
import { clampSize, type Size, sameSize } from '../base/geometry.ts';
import type { SessionId } from '../base/id.ts';
import { stripControls } from '../text/sanitize.ts';
import type { SessionEvent } from './session.ts';
import type { SessionActivity } from './session-activity.ts';
import type { SessionStatus, WaitingReason } from './status.ts';

export interface SessionBaseOptions {
  readonly id: SessionId;
  readonly name: string;
  readonly index: number;
  readonly size: Size;
  readonly clock: Clock;
  /** Milliseconds since the epoch; now, where it is left out. */
  readonly createdAt?: number | undefined;
  /** Hears what a listener threw; must not throw. */
  readonly onError: (error: unknown) => void;
}

/** Characters of a title that a person gives. */
const MAXIMUM_TITLE = 1024;

/** What sessions of every kind are alike in: name, place and size, their events, and what their activity says. */
export abstract class SessionBase implements Disposable {
  readonly id: SessionId;
  readonly createdAt: number;
  readonly #events: Emitter<SessionEvent>;
  #name: string;
  #index: number;
  #size: Size;
  #preview: string | undefined;
  #givenTitle: string | undefined;
  #isInputOff = false;
  #disposed = false;

  constructor({ id, name, index, size, clock, createdAt, onError }: SessionBaseOptions) {
    this.id = id;
    this.createdAt = createdAt ?? clock.now();
    this.#events = new Emitter(onError);
    this.#name = name;
    this.#index = index;
    this.#size = clampSize(size.columns, size.rows);
  }

  protected abstract readonly activity: SessionActivity;
  /** The title that it says itself. */
  protected abstract readonly ownTitle: string;

  get name(): string {
    return this.#name;
  }

  get index(): number {
    return this.#index;
  }

  get size(): Size {
    return this.#size;
  }

  get events(): Event<SessionEvent> {
    return this.#events.event;
  }

  get lastActivity(): number {
    return this.activity.lastActivity;
  }

  get status(): SessionStatus {
    return this.activity.state.status;
  }

  get waitingReason(): WaitingReason | undefined {
    return this.activity.state.waitingReason;
  }

  get waitingSince(): number | undefined {
    return this.activity.state.waitingSince;
  }

  get seen(): boolean {
    return this.activity.state.seen;
  }

  get unread(): number {
    return this.activity.state.unread;
  }

  get isShown(): boolean {
    return this.activity.state.isShown;
  }

  get preview(): string {
    this.#preview ??= this.findPreview();
    return this.#preview;
  }

  get isInputOff(): boolean {
    return this.#isInputOff;
  }

  setInputOff(off: boolean): void {
    if (off === this.#isInputOff) return;
    this.#isInputOff = off;
    this.redrawn();
  }

  get title(): string {
    return this.#givenTitle ?? this.ownTitle;
  }

  setTitle(title: string): void {
    this.#givenTitle = stripControls(title, MAXIMUM_TITLE);
    this.fire({ type: 'title' });
  }

  rename(name: string): void {
    const previous = this.#name;
    if (name === previous) return;
    this.#name = name;
    this.fire({ type: 'renamed', previous });
  }

  setIndex(index: number): void {
    if (index === this.#index) return;
    this.#index = index;
    this.fire({ type: 'changed' });
  }

  resize(size: Size): void {
    const next = clampSize(size.columns, size.rows);
    if (sameSize(next, this.#size) || this.#disposed) return;
    this.#size = next;
    this.resized(next);
    this.redrawn();
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.end();
    this.#events.dispose();
  }

  protected get isDisposed(): boolean {
    return this.#disposed;
  }

  protected fire(event: SessionEvent): void {
    this.#events.fire(event);
  }

  /** It says another title itself, which stands from now on. */
  protected retitled(): void {
    this.#givenTitle = undefined;
    this.fire({ type: 'title' });
  }

  /** Its rows, cursor or modes are not what they were. */
  protected changed(): void {
    this.redrawn();
  }

  /** The same without anything that happened: it is laid out for another size. */
  protected redrawn(): void {
    this.#preview = undefined;
    this.fire({ type: 'changed' });
  }

  /** The last line with text on it, as `Session.preview` has it. */
  protected abstract findPreview(): string;
  /** Takes another size over. */
  protected abstract resized(size: Size): void;
  /** Gives up what it holds; called once. */
  protected abstract end(): void;
}
