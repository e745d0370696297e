import { Emitter } from '../base/emitter.ts';
import { nearest } from '../base/nearest.ts';
import { UserError } from '../base/user-error.ts';
import { formatBytes } from './bytes.ts';
import type { OptionDefinition } from './option-definition.ts';
import type { OptionStore, OptionValue } from './option-store.ts';
import { OPTIONS } from './option-table.ts';

/** User options, entries of an array and text of an option, at most. */
const MAXIMUM_USER_OPTIONS = 10_000;
const MAXIMUM_ENTRIES = 1000;
const MAXIMUM_TEXT = 1 << 20;

/** What a person calls an option: which one, and of an array which entry. */
interface Reference {
  readonly name: string;
  readonly definition: OptionDefinition | undefined;
  readonly index: number | undefined;
}

/** Whole options by their full names. Options are read for every key and frame, by these. */
const WHOLE: ReadonlyMap<string, Reference & { readonly definition: OptionDefinition }> = new Map(
  OPTIONS.flatMap((definition) => {
    const reference = { name: definition.name, definition, index: undefined };
    return [definition.name, definition.path].flatMap((name) =>
      name === undefined ? [] : [[name, reference] as const],
    );
  }),
);

/** Arrays are kept by index; everything else as it is. */
type Stored = Exclude<OptionValue, readonly string[]> | ReadonlyMap<number, string>;
type Values = Map<string, Stored>;

/** The options of one server. Names may be tmux's, paths of the configuration file, or a start that only one has. */
export class Options implements OptionStore {
  readonly #global: Values = new Map();
  readonly #sessions = new Map<number, Values>();
  readonly #changed: Emitter<readonly string[]>;
  #generation = 0;

  /** @param onError gets what listeners of `changed` throw; it must not throw */
  constructor(onError?: (error: unknown) => void) {
    this.#changed = new Emitter(onError);
  }

  get changed(): OptionStore['changed'] {
    return this.#changed.event;
  }

  get generation(): number {
    return this.#generation;
  }

  get names(): readonly string[] {
    const own = [this.#global, ...this.#sessions.values()].flatMap((values) => [...values.keys()]);
    const people = new Set(own.filter((name) => name.startsWith('@')));
    return [...OPTIONS.map(({ name }) => name), ...[...people].sort()];
  }

  /** The record of an option, by any of its names; undefined for one of people. Throws UserError when unknown. */
  definition(name: string): OptionDefinition | undefined {
    return resolve(name).definition;
  }

  choices(name: string): readonly string[] {
    return resolve(name).definition?.choices ?? [];
  }

  get(name: string, session?: number): OptionValue {
    const reference = resolve(name);
    const stored = this.#stored(reference.name, session) ?? reference.definition?.default;
    if (stored === undefined) throw new UserError(`invalid option: ${name}`);
    const value = stored instanceof Map ? entries(stored) : (stored as OptionValue);
    if (reference.index === undefined || !Array.isArray(value)) return value;
    const array = stored instanceof Map ? stored : indexed(value);
    return array.get(reference.index) ?? '';
  }

  string(name: string, session?: number): string {
    const value = this.get(name, session);
    if (typeof value === 'boolean') return value ? 'on' : 'off';
    if (typeof value === 'number' && resolve(name).definition?.kind === 'bytes') return formatBytes(value);
    return typeof value === 'object' ? value.join(',') : String(value);
  }

  number(name: string, session?: number): number {
    const value = this.get(name, session);
    if (typeof value !== 'number') throw new TypeError(`the option ${name} is no number`);
    return value;
  }

  boolean(name: string, session?: number): boolean {
    const value = this.get(name, session);
    if (typeof value !== 'boolean') throw new TypeError(`the option ${name} is no flag`);
    return value;
  }

  set(name: string, text: string, options: { readonly session?: number; readonly append?: boolean } = {}): void {
    const reference = resolve(name);
    const { definition } = reference;
    const session = definition?.scope === 'server' ? undefined : options.session;
    const before = this.#stored(reference.name, session) ?? definition?.default;
    const value = converted(reference, text, options.append === true, before);
    const values = this.#values(session);
    if (definition === undefined && !values.has(reference.name) && values.size >= MAXIMUM_USER_OPTIONS)
      throw new UserError('too many options');
    values.set(reference.name, value);
    if (value !== before) this.#tell(reference.name);
  }

  /** The other value of a flag or of a choice of two; throws UserError for what has no other. */
  toggle(name: string, session?: number): void {
    const { definition } = resolve(name);
    const { choices = [] } = definition ?? {};
    const now = this.string(name, session);
    if (choices.length !== 2) throw new UserError(`a value is needed for ${definition?.name ?? name}`);
    this.set(name, choices.find((choice) => choice !== now) ?? now, session === undefined ? {} : { session });
  }

  unset(name: string, session?: number): void {
    const { name: full, definition, index } = resolve(name);
    const where = definition?.scope === 'server' ? undefined : session;
    const values = where === undefined ? this.#global : this.#sessions.get(where);
    if (index === undefined) {
      if (values?.delete(full)) this.#tell(full);
      return;
    }
    const stored = this.#stored(full, where) ?? definition?.default;
    const array = new Map(stored instanceof Map ? stored : Array.isArray(stored) ? indexed(stored) : []);
    if (!array.delete(index)) return;
    this.#values(where).set(full, array);
    this.#tell(full);
  }

  isSet(name: string, session?: number): boolean {
    const { name: full, definition } = resolve(name);
    const where = definition?.scope === 'server' ? undefined : session;
    return (where === undefined ? this.#global : this.#sessions.get(where))?.has(full) ?? false;
  }

  scope(name: string): 'server' | 'session' {
    return resolve(name).definition?.scope ?? 'session';
  }

  forgetSession(session: number): void {
    if (this.#sessions.delete(session)) this.#generation += 1;
  }

  #tell(name: string): void {
    this.#generation += 1;
    this.#changed.fire([name]);
  }

  #stored(name: string, session: number | undefined): Stored | undefined {
    const own = session === undefined ? undefined : this.#sessions.get(session)?.get(name);
    return own ?? this.#global.get(name);
  }

  #values(session: number | undefined): Values {
    if (session === undefined) return this.#global;
    const known = this.#sessions.get(session);
    if (known !== undefined) return known;
    const values: Values = new Map();
    this.#sessions.set(session, values);
    return values;
  }
}

const entries = (array: ReadonlyMap<number, string>): readonly string[] =>
  [...array].sort(([a], [b]) => a - b).map(([, text]) => text);

const indexed = (items: readonly string[]): ReadonlyMap<number, string> => new Map(items.entries());

/** Which option a person means. Throws UserError. */
function resolve(name: string): Reference {
  const whole = WHOLE.get(name);
  if (whole !== undefined) return whole;
  const [, base = name, digits] = /^(.*?)\[(\d{1,6})\]$/s.exec(name) ?? [];
  const index = digits === undefined ? undefined : Number(digits);
  if (base.startsWith('@')) {
    if (!/^@[\w.:/-]{1,200}$/.test(base)) throw new UserError(`invalid option: ${base.slice(0, 100)}`);
    return { name, definition: undefined, index: undefined };
  }
  const definition = WHOLE.get(base)?.definition ?? abbreviated(base);
  if (index !== undefined && definition.kind !== 'array') throw new UserError(`not an array: ${definition.name}`);
  return { name: definition.name, definition, index };
}

function abbreviated(start: string): OptionDefinition {
  const candidates = start === '' ? [] : OPTIONS.filter(({ name }) => name.startsWith(start));
  const [only] = candidates;
  if (only !== undefined && candidates.length === 1) return only;
  if (candidates.length > 1) throw new UserError(`ambiguous option: ${start}; it may be ${listed(candidates)}`);
  const near = nearest(start, WHOLE.keys());
  throw new UserError(`invalid option: ${start.slice(0, 100)}${near === undefined ? '' : `; the nearest is ${near}`}`);
}

function listed(definitions: readonly OptionDefinition[]): string {
  const names = definitions.map(({ name }) => name);
  return names.length > 5 ? `${names.slice(0, 4).join(', ')} or ${names.length - 4} others` : names.join(', ');
}

/** The value that a text gives an option; `before` is what it has now. Throws UserError. */
function converted(
  { name, definition, index }: Reference,
  text: string,
  append: boolean,
  before: Stored | OptionValue | undefined,
): Stored {
  if (definition?.kind === 'array') return convertedArray(definition, index, text, append, before);
  const joins = append && (definition === undefined || definition.kind === 'string' || definition.kind === 'style');
  const comma = definition?.kind === 'style' && text !== '' && before !== '' ? ',' : '';
  const whole = joins ? `${before ?? ''}${comma}${text}` : text;
  if (whole.length > MAXIMUM_TEXT) throw new UserError(`value too long for ${name}`);
  const value = definition === undefined ? whole : definition.parse(whole);
  return typeof value === 'object' ? indexed(value) : value;
}

function convertedArray(
  definition: OptionDefinition,
  index: number | undefined,
  text: string,
  append: boolean,
  before: Stored | OptionValue | undefined,
): ReadonlyMap<number, string> {
  const old = before instanceof Map ? before : Array.isArray(before) ? indexed(before) : new Map<number, string>();
  const array = new Map<number, string>(append || index !== undefined ? old : []);
  if (index !== undefined) {
    const item = append ? (array.get(index) ?? '') + text : text;
    definition.checkItem(item);
    array.set(index, item);
  } else {
    const parsed = definition.parse(text);
    let free = 0;
    for (const item of Array.isArray(parsed) ? parsed : []) {
      definition.checkItem(item);
      while (array.has(free)) free += 1;
      array.set(free, item);
    }
  }
  if (array.size > MAXIMUM_ENTRIES) throw new UserError(`too many entries for ${definition.name}`);
  return array;
}
