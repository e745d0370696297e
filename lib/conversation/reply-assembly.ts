import { randomUUID } from 'node:crypto';
import type { FinishReason, Usage } from './message.ts';
import { ReplyError } from './reply-error.ts';
import type { TurnEvent } from './turn-event.ts';

/** Bounds of one reply, in UTF-16 units and in calls. */
const MAXIMUM_REPLY = 64 * 1024 * 1024;
const MAXIMUM_ARGUMENTS = 8 * 1024 * 1024;
const MAXIMUM_CALLS = 128;
const MAXIMUM_NAME = 256;

/** A piece of a call, as endpoints send it. */
export interface CallPiece {
  /** Which call, as the endpoint counts; undefined when it does not. */
  readonly index: number | undefined;
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

interface OpenCall {
  id: string;
  name: string;
  arguments: string;
}

/**
 * Puts a reply together from its pieces and says what happens as events. Throws ReplyError when there is more than anybody
 * can mean.
 */
export class ReplyAssembly {
  /** What the endpoint said of the end; undefined while it has said nothing. */
  finish: FinishReason | undefined;
  usage: Usage | undefined;
  readonly #calls: OpenCall[] = [];
  /** The call that an index means now. */
  readonly #byIndex = new Map<number, number>();
  #events: TurnEvent[] = [];
  #length = 0;
  #hasText = false;

  /** Whether the reply has any words for the person. */
  get hasText(): boolean {
    return this.#hasText;
  }

  /** Whether anything of the reply has come. */
  get hasBegun(): boolean {
    return this.#length > 0 || this.#calls.length > 0;
  }

  text(text: string): void {
    if (text === '') return;
    this.#count(text.length);
    this.#hasText = true;
    this.#events.push({ type: 'delta', text });
  }

  reasoning(text: string): void {
    if (text === '') return;
    this.#count(text.length);
    this.#events.push({ type: 'reasoning', text });
  }

  call(piece: CallPiece): void {
    const index = this.#indexOf(piece);
    const call = this.#calls[index];
    if (call === undefined) return;
    if (call.id === '') call.id = piece.id.slice(0, MAXIMUM_NAME);
    if (call.name === '') call.name = piece.name.slice(0, MAXIMUM_NAME);
    call.arguments += piece.arguments;
    this.#countArguments(call, piece.arguments.length);
    this.#calling(index, call);
  }

  /** Whether anything of the call of that index has come. */
  hasCall(index: number): boolean {
    return this.#byIndex.has(index);
  }

  /** The whole arguments of a call, over what came of them in pieces. */
  replaceArguments(index: number, text: string): void {
    const own = this.#byIndex.get(index);
    const call = own === undefined ? undefined : this.#calls[own];
    if (own === undefined || call === undefined || text === '' || text === call.arguments) return;
    const more = text.length - call.arguments.length;
    call.arguments = text;
    this.#countArguments(call, Math.max(0, more));
    this.#calling(own, call);
  }

  /** What has happened since it was asked last. */
  take(): readonly TurnEvent[] {
    const events = this.#events;
    if (events.length > 0) this.#events = [];
    return events;
  }

  /** What the endpoint counted; nothing when it did not. */
  takeUsage(): readonly TurnEvent[] {
    const { usage } = this;
    this.usage = undefined;
    return usage === undefined ? [] : [{ type: 'usage', usage }];
  }

  /** The calls, whole and each with an id of its own, and the end. */
  end(finish: FinishReason): readonly TurnEvent[] {
    const used = new Set<string>();
    const calls = this.#calls.map((call): TurnEvent => {
      const id = call.id === '' || used.has(call.id) ? `call_${randomUUID().replaceAll('-', '')}` : call.id;
      used.add(id);
      return { type: 'call', id, name: call.name, arguments: call.arguments };
    });
    const turns = finish === 'stop' || finish === 'tool-calls';
    const reason = turns ? (calls.length > 0 ? 'tool-calls' : 'stop') : finish;
    return [...this.takeUsage(), ...calls, { type: 'done', finish: reason }];
  }

  /**
   * Which call a piece belongs to. Some endpoints give every call the index 0, or none at all: another id with a name is
   * another call then, and a piece that says nothing belongs to the last one.
   */
  #indexOf({ index, id, name }: CallPiece): number {
    const known = index === undefined ? this.#withoutIndex(id, name) : this.#byIndex.get(index);
    const call = known === undefined ? undefined : this.#calls[known];
    const isOther = call !== undefined && id !== '' && name !== '' && call.id !== '' && call.id !== id;
    if (known !== undefined && call !== undefined && !isOther) return known;
    if (this.#calls.length >= MAXIMUM_CALLS)
      throw new ReplyError('garbage', `made more than ${MAXIMUM_CALLS} calls in one reply`);
    const next = this.#calls.push({ id: '', name: '', arguments: '' }) - 1;
    if (index !== undefined) this.#byIndex.set(index, next);
    return next;
  }

  #withoutIndex(id: string, name: string): number | undefined {
    const known = id === '' ? -1 : this.#calls.findIndex((call) => call.id === id);
    if (known >= 0) return known;
    return name === '' && this.#calls.length > 0 ? this.#calls.length - 1 : undefined;
  }

  #calling(index: number, { name, arguments: text }: OpenCall): void {
    this.#events.push({ type: 'calling', index, name, length: text.length });
  }

  #countArguments(call: OpenCall, length: number): void {
    this.#count(length);
    if (call.arguments.length > MAXIMUM_ARGUMENTS)
      throw new ReplyError('garbage', `made a call with more than ${MAXIMUM_ARGUMENTS >> 20} MB of arguments`);
  }

  #count(length: number): void {
    this.#length += length;
    if (this.#length > MAXIMUM_REPLY)
      throw new ReplyError('garbage', `sent more than ${MAXIMUM_REPLY >> 20} MB in one reply; it was ended there`);
  }
}
