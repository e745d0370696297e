import { UserError } from '../base/user-error.ts';
import { asRecord, type JsonRecord } from './json-value.ts';
import { LAST_TIME } from './saved-conversation.ts';

/** One record of a file; each of its values has to be what is asked for, else a UserError names it. */
export class Fields {
  readonly #record: JsonRecord;
  readonly #prefix: string;

  constructor(value: unknown, prefix: string) {
    const record = asRecord(value);
    if (record === undefined) throw new UserError(`${prefix === '' ? 'this file' : prefix.slice(0, -1)} is no record`);
    this.#record = record;
    this.#prefix = prefix;
  }

  get place(): string {
    return this.#prefix.slice(0, -1);
  }

  value(name: string): unknown {
    return Object.hasOwn(this.#record, name) ? this.#record[name] : undefined;
  }

  optional<T>(name: string, read: (name: string) => T): T | undefined {
    const value = this.value(name);
    return value === undefined || value === null ? undefined : read(name);
  }

  text(name: string): string {
    const value = this.value(name);
    if (typeof value !== 'string') throw this.#wrong(name, 'a text');
    return value;
  }

  /** A whole number. */
  whole(name: string, low: number): number {
    const value = this.value(name);
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < low)
      throw this.#wrong(name, `a whole number from ${low} on`);
    return value;
  }

  time(name: string): number {
    const value = this.value(name);
    if (typeof value !== 'number' || !(value >= 0 && value <= LAST_TIME))
      throw this.#wrong(name, 'a time in milliseconds');
    return value;
  }

  word<T extends string>(name: string, words: readonly T[]): T {
    const value = this.value(name);
    const found = words.find((word) => word === value);
    if (found === undefined) throw this.#wrong(name, `one of ${words.join(', ')}`);
    return found;
  }

  record(name: string): Fields {
    return new Fields(this.value(name), `${this.#prefix}${name}.`);
  }

  list(name: string, maximum: number): readonly unknown[] {
    const value = this.value(name);
    if (!Array.isArray(value)) throw this.#wrong(name, 'a list');
    if (value.length > maximum)
      throw new UserError(`${this.#prefix}${name} has ${value.length} entries, at most ${maximum} can be read`);
    return value;
  }

  records(name: string, maximum: number): readonly Fields[] {
    return this.list(name, maximum).map((value, index) => new Fields(value, `${this.#prefix}${name}[${index}].`));
  }

  #wrong(name: string, wanted: string): UserError {
    return new UserError(`${this.#prefix}${name} is not ${wanted}`);
  }
}
