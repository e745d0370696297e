import { clampSize, type Size } from '../base/geometry.ts';
import { isRecord } from '../base/is-record.ts';
import { encodeFrame, MAXIMUM_PAYLOAD, ProtocolError } from './frame.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const NOTHING = new Uint8Array(0);

/** Data as the payload of one frame; throws ProtocolError where it is larger than `maximum` bytes. */
export function jsonFrame(type: number, data: unknown, maximum = MAXIMUM_PAYLOAD): Uint8Array {
  const payload = encoder.encode(JSON.stringify(data));
  if (payload.length > maximum) throw new ProtocolError(`a message of ${payload.length} bytes is too large to send`);
  return encodeFrame(type, payload);
}

/** Raw bytes as frames, cut where they are too long for one; no bytes are one empty frame. */
export function bytesFrames(type: number, bytes: Uint8Array): Uint8Array {
  if (bytes.length <= MAXIMUM_PAYLOAD) return encodeFrame(type, bytes);
  const frames: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += MAXIMUM_PAYLOAD) {
    frames.push(encodeFrame(type, bytes.subarray(at, at + MAXIMUM_PAYLOAD)));
  }
  return Buffer.concat(frames);
}

export const emptyFrame = (type: number): Uint8Array => encodeFrame(type, NOTHING);

/** Data that the other side sent: each reader returns a checked value or throws ProtocolError naming the field. */
export class Fields {
  readonly #data: Readonly<Record<string, unknown>>;
  readonly #of: string;

  private constructor(data: Readonly<Record<string, unknown>>, of: string) {
    this.#data = data;
    this.#of = of;
  }

  /** `of` names the message in problems. */
  static parse(payload: Uint8Array, of: string): Fields {
    let data: unknown;
    try {
      data = JSON.parse(decoder.decode(payload));
    } catch {
      throw new ProtocolError(`${of} is not JSON`);
    }
    if (!isRecord(data)) throw new ProtocolError(`${of} is not an object`);
    return new Fields(data, of);
  }

  /** A text without NUL, which no path, word or variable can hold. */
  text(name: string): string {
    return this.#isText(this.#data[name], name);
  }

  boolean(name: string): boolean {
    const value = this.#data[name];
    if (typeof value !== 'boolean') throw this.#wrong(name);
    return value;
  }

  /** A whole number from 0 to 2^31 - 1. */
  count(name: string): number {
    const value = this.#data[name];
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > 0x7fffffff) {
      throw this.#wrong(name);
    }
    return value;
  }

  texts(name: string): readonly string[] {
    const value = this.#data[name];
    if (!Array.isArray(value)) throw this.#wrong(name);
    return value.map((item: unknown) => this.#isText(item, name));
  }

  record(name: string): Readonly<Record<string, string>> {
    const value = this.#data[name];
    if (!isRecord(value)) throw this.#wrong(name);
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [this.#isText(key, name), this.#isText(item, name)]),
    );
  }

  has(name: string): boolean {
    return this.#data[name] !== undefined;
  }

  fields(name: string): Fields {
    const value = this.#data[name];
    if (!isRecord(value)) throw this.#wrong(name);
    return new Fields(value, `${this.#of} ${name}`);
  }

  /** The nearest size that is drawn. */
  size(): Size {
    return clampSize(this.#number('columns'), this.#number('rows'));
  }

  #number(name: string): number {
    const value = this.#data[name];
    if (typeof value !== 'number') throw this.#wrong(name);
    return value;
  }

  #isText(value: unknown, name: string): string {
    if (typeof value !== 'string' || value.includes('\0')) throw this.#wrong(name);
    return value;
  }

  #wrong(name: string): ProtocolError {
    return new ProtocolError(`${this.#of} has no valid ${name}`);
  }
}
