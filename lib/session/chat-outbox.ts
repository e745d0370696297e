import type { UserPart } from '../conversation/message.ts';
import type { AskResult } from './chat.ts';

/** A message that was sent and not delivered yet. */
export interface Outgoing {
  readonly parts: readonly UserPart[];
  /** Hears how its turn came out, for a script that asked; undefined for a person's. */
  readonly done: ((result: AskResult) => void) | undefined;
}

/** The messages of a chat that wait: some for the end of the running tools, others for the end of the turn. */
export class ChatOutbox {
  #steering: readonly Outgoing[] = [];
  #queued: readonly Outgoing[] = [];

  /** Delivered with the next request. */
  get steering(): readonly Outgoing[] {
    return this.#steering;
  }

  /** Delivered one by one, each when a turn has ended. */
  get queued(): readonly Outgoing[] {
    return this.#queued;
  }

  steer(message: Outgoing): void {
    this.#steering = [...this.#steering, message];
  }

  queue(message: Outgoing): void {
    this.#queued = [...this.#queued, message];
  }

  takeSteering(): readonly Outgoing[] {
    const taken = this.#steering;
    this.#steering = [];
    return taken;
  }

  /** What the next turn begins with: `first` where it waits, else all that steers, else the oldest that is queued. */
  takeNext(first: Outgoing | undefined): readonly Outgoing[] {
    if (first !== undefined && this.#queued.includes(first)) {
      this.#queued = this.#queued.filter((other) => other !== first);
      return [first];
    }
    if (this.#steering.length > 0) return this.takeSteering();
    const [next, ...rest] = this.#queued;
    this.#queued = rest;
    return next === undefined ? [] : [next];
  }

  /** The message sent last, to be changed or dropped; what a script asked stays. */
  takeLast(): Outgoing | undefined {
    const last = (list: readonly Outgoing[]) => list.findLast(({ done }) => done === undefined);
    const queued = last(this.#queued);
    const message = queued ?? last(this.#steering);
    this.#queued = this.#queued.filter((other) => other !== message);
    this.#steering = this.#steering.filter((other) => other !== message);
    return message;
  }

  takeAll(): readonly Outgoing[] {
    const taken = [...this.#steering, ...this.#queued];
    this.#steering = [];
    this.#queued = [];
    return taken;
  }

  /** No request comes that could deliver what steers: it waits in front of the others. */
  holdSteering(): void {
    this.#queued = [...this.#steering, ...this.#queued];
    this.#steering = [];
  }
}

/** The whole text of a message. */
export const messageText = (parts: readonly UserPart[]): string => parts.map(({ text }) => text).join('');

/** A message as its writer saw it, with what was folded as its label. */
export const shownText = (parts: readonly UserPart[]): string =>
  parts.map(({ text, label }) => (label === undefined ? text : `[${label}]`)).join('');

export const textParts = (text: string): readonly UserPart[] => [{ text, label: undefined }];
