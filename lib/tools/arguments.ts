import { isRecord } from '../base/is-record.ts';
import { nearest } from '../base/nearest.ts';
import { shorten } from '../text/cut.ts';
import { ToolError } from './tool.ts';

/** Units shown of a text from outside. */
const SHOWN = 80;

/** The part of JSON schema that tools use; endpoints get it as it is. */
type Schema =
  | { readonly type: 'string'; readonly description?: string; readonly enum?: readonly string[] }
  | { readonly type: 'integer'; readonly description?: string; readonly minimum: number; readonly maximum: number }
  | { readonly type: 'boolean'; readonly description?: string }
  | {
      readonly type: 'array';
      readonly description?: string;
      readonly items: Schema;
      readonly minItems: number;
      readonly maxItems: number;
    }
  | ObjectSchema;

/** A type and no interface, so that it passes as a record of anything. */
export type ObjectSchema = {
  readonly type: 'object';
  readonly description?: string;
  readonly properties: Readonly<Record<string, Schema>>;
  readonly required: readonly string[];
  readonly additionalProperties: false;
};

/** What a value that fits the schema is in TypeScript. */
export type ValueOf<S> = S extends { readonly type: 'string'; readonly enum: readonly (infer Word)[] }
  ? Word
  : S extends { readonly type: 'string' }
    ? string
    : S extends { readonly type: 'integer' }
      ? number
      : S extends { readonly type: 'boolean' }
        ? boolean
        : S extends { readonly type: 'array'; readonly items: infer Item }
          ? readonly ValueOf<Item>[]
          : S extends { readonly properties: infer P; readonly required: readonly (infer R)[] }
            ? { readonly [K in keyof P as K extends R ? K : never]: ValueOf<P[K]> } & {
                readonly [K in keyof P as K extends R ? never : K]?: ValueOf<P[K]>;
              }
            : never;

/** The arguments of a call from the JSON that a model wrote; the error's text is for the model. Never throws. */
export function parseArguments(text: string): Record<string, unknown> | ToolError {
  // Endpoints send nothing at all for a call without arguments.
  if (text.trim() === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const detail = error instanceof Error ? shorten(error.message, SHOWN) : 'it cannot be read';
    return new ToolError(
      `The arguments are not valid JSON (${detail}). Call the tool again with one JSON object and nothing else.`,
    );
  }
  if (!isRecord(value))
    return new ToolError(`The arguments must be a JSON object, not ${kindOf(value)}. Call the tool again with one.`);
  return value;
}

/**
 * The arguments, checked against the schema; what is not named in it is refused. An optional argument that is null
 * counts as left out. Throws ToolError that says what is wrong and what is right.
 */
export function checkArguments<S extends ObjectSchema>(schema: S, args: Readonly<Record<string, unknown>>): ValueOf<S> {
  return checkObject(schema, args, '') as ValueOf<S>;
}

function checkObject(schema: ObjectSchema, args: Readonly<Record<string, unknown>>, where: string): unknown {
  const names = Object.keys(schema.properties);
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(args)) {
    const property = Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined;
    if (property === undefined) {
      const near = nearest(name, names);
      const known = near === undefined ? `it has ${names.join(', ')}` : `did you mean ${near}?`;
      throw new ToolError(`There is no argument ${quoted(where + name)}: ${known}.`);
    }
    if (value === null && !schema.required.includes(name)) continue;
    result[name] = check(property, value, where + name);
  }
  const missing = schema.required.filter((name) => !Object.hasOwn(result, name));
  if (missing.length > 0)
    throw new ToolError(
      `The argument ${missing.map((name) => quoted(where + name)).join(', ')} is missing: call the tool again with it.`,
    );
  return result;
}

function check(schema: Schema, value: unknown, name: string): unknown {
  switch (schema.type) {
    case 'string':
      if (typeof value !== 'string') throw wrong(name, 'a string', value);
      if (schema.enum !== undefined && !schema.enum.includes(value)) {
        const near = nearest(value, schema.enum);
        const hint = near === undefined ? '' : `; the nearest is "${near}"`;
        throw new ToolError(`${quoted(name)} must be one of ${schema.enum.map(quoted).join(', ')}${hint}.`);
      }
      return value;
    case 'integer': {
      const { minimum, maximum } = schema;
      if (typeof value !== 'number' || !Number.isInteger(value))
        throw wrong(name, `a whole number from ${minimum} to ${maximum}`, value);
      if (value < minimum || value > maximum)
        throw new ToolError(`${quoted(name)} must be from ${minimum} to ${maximum}, and is ${value}.`);
      return value;
    }
    case 'boolean':
      if (typeof value !== 'boolean') throw wrong(name, 'true or false', value);
      return value;
    case 'array': {
      if (!Array.isArray(value)) throw wrong(name, 'an array', value);
      if (value.length < schema.minItems || value.length > schema.maxItems)
        throw new ToolError(
          `${quoted(name)} must have ${schema.minItems} to ${schema.maxItems} items, and has ${value.length}.`,
        );
      return value.map((item: unknown, index) => check(schema.items, item, `${name}[${index}]`));
    }
    case 'object':
      if (!isRecord(value)) throw wrong(name, 'an object', value);
      return checkObject(schema, value, `${name}.`);
  }
}

const wrong = (name: string, expected: string, value: unknown): ToolError =>
  new ToolError(`${quoted(name)} must be ${expected}, not ${kindOf(value)}.`);

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'number') return `the number ${value}`;
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

const quoted = (name: string): string => `"${shorten(name, SHOWN)}"`;
