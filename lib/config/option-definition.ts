import { UserError } from '../base/user-error.ts';
import { keyName, parseKey } from '../input/key-name.ts';
import { parseColor } from '../text/color-name.ts';
import { styleError } from '../text/markup.ts';
import { parseBytes } from './bytes.ts';
import type { OptionValue } from './option-store.ts';

/** Options of the server have one value; those of sessions may have one for each, over the global one. */
export type OptionScope = 'server' | 'session';

/** One option, as a record: file, `set-option`, checks and help read it. */
export interface OptionDefinition {
  /** As tmux spells it, where it has it. */
  readonly name: string;
  /** Its place in the configuration file, when that is not the table [options]. */
  readonly path: string | undefined;
  readonly kind: 'string' | 'number' | 'flag' | 'choice' | 'style' | 'colour' | 'bytes' | 'key' | 'size' | 'array';
  readonly default: OptionValue;
  readonly scope: OptionScope;
  /** One line for help: what it does. */
  readonly description: string;
  /** The words of a choice or a flag, for completion. */
  readonly choices: readonly string[];
  /** Parts the text of an array. */
  readonly separator: RegExp | undefined;
  /** The value that a text means; throws UserError whose text says what would be right. */
  readonly parse: (text: string) => OptionValue;
  /** Throws UserError for what cannot be an item of an array. */
  readonly checkItem: (item: string) => void;
}

/** Longest text of an option. */
const MAXIMUM_TEXT = 1 << 16;
const FLAG_WORDS: ReadonlyMap<string, boolean> = new Map([
  ['on', true],
  ['yes', true],
  ['true', true],
  ['1', true],
  ['off', false],
  ['no', false],
  ['false', false],
  ['0', false],
]);

interface Facts {
  readonly default: OptionValue;
  readonly path?: string | undefined;
  readonly choices?: readonly string[];
  readonly separator?: RegExp;
  readonly checkItem?: (item: string) => void;
}

function define(
  kind: OptionDefinition['kind'],
  name: string,
  scope: OptionScope,
  description: string,
  facts: Facts,
  parse: (text: string) => OptionValue,
): OptionDefinition {
  return {
    name,
    kind,
    scope,
    description,
    path: facts.path,
    default: facts.default,
    choices: facts.choices ?? [],
    separator: facts.separator,
    checkItem: facts.checkItem ?? (() => undefined),
    parse(text) {
      if (text.length > MAXIMUM_TEXT) throw new UserError(`value too long for ${name}`);
      return parse(text);
    },
  };
}

const refuse = (name: string, text: string, wanted: string): UserError =>
  new UserError(`invalid value for ${name}: ${JSON.stringify(text.slice(0, 100))}; it takes ${wanted}`);

/** The kinds of options, each making a definition of its parts. */
export const option = {
  string: (name: string, scope: OptionScope, initial: string, description: string, path?: string): OptionDefinition =>
    define('string', name, scope, description, { default: initial, path }, (text) => text),

  number: (
    name: string,
    scope: OptionScope,
    initial: number,
    minimum: number,
    maximum: number,
    description: string,
    path?: string,
  ): OptionDefinition =>
    define('number', name, scope, description, { default: initial, path }, (text) => {
      const value = /^-?\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
      if (value >= minimum && value <= maximum) return value;
      throw refuse(name, text, `a whole number from ${minimum} to ${maximum}`);
    }),

  flag: (name: string, scope: OptionScope, initial: boolean, description: string, path?: string): OptionDefinition =>
    define('flag', name, scope, description, { default: initial, path, choices: ['on', 'off'] }, (text) => {
      const value = FLAG_WORDS.get(text.toLowerCase());
      if (value === undefined) throw refuse(name, text, 'on or off');
      return value;
    }),

  choice: (
    name: string,
    scope: OptionScope,
    initial: string,
    choices: readonly string[],
    description: string,
    path?: string,
  ): OptionDefinition =>
    define('choice', name, scope, description, { default: initial, path, choices }, (text) => {
      if (choices.includes(text)) return text;
      throw refuse(name, text, choices.join(', '));
    }),

  style: (name: string, scope: OptionScope, initial: string, description: string): OptionDefinition =>
    define('style', name, scope, description, { default: initial }, (text) => {
      const wrong = text.includes('#{') ? undefined : styleError(text);
      if (wrong === undefined) return text;
      throw refuse(name, text, `a style such as fg=red,bold; ${JSON.stringify(wrong.slice(0, 40))} is none`);
    }),

  color: (name: string, scope: OptionScope, initial: string, description: string): OptionDefinition =>
    define('colour', name, scope, description, { default: initial }, (text) => {
      if (parseColor(text) !== undefined) return text;
      throw refuse(name, text, 'a colour such as red, colour208 or #ff8700');
    }),

  bytes: (
    name: string,
    scope: OptionScope,
    initial: number,
    minimum: number,
    maximum: number,
    description: string,
    path?: string,
  ): OptionDefinition =>
    define('bytes', name, scope, description, { default: initial, path }, (text) => {
      const value = parseBytes(text);
      if (value === undefined || value > maximum)
        throw refuse(name, text, `an amount such as 10MB, at most ${maximum} bytes`);
      return Math.max(minimum, value);
    }),

  key: (name: string, scope: OptionScope, initial: string, description: string): OptionDefinition =>
    define('key', name, scope, description, { default: initial }, (text) =>
      text.toLowerCase() === 'none' ? 'None' : keyName(parseKey(text)),
    ),

  size: (name: string, scope: OptionScope, initial: string, description: string): OptionDefinition =>
    define('size', name, scope, description, { default: initial }, (text) => {
      const [, columns, rows] = /^(\d{1,4})x(\d{1,4})$/.exec(text) ?? [];
      if (Number(columns) > 0 && Number(rows) > 0) return text;
      throw refuse(name, text, 'columns and rows, such as 80x24');
    }),

  array: (
    name: string,
    scope: OptionScope,
    initial: readonly string[],
    separator: RegExp,
    description: string,
    path?: string,
  ): OptionDefinition =>
    define('array', name, scope, description, { default: initial, separator, path }, (text) =>
      text.split(separator).filter((item) => item !== ''),
    ),

  /** An array of words out of a few. */
  words: (
    name: string,
    scope: OptionScope,
    initial: readonly string[],
    words: readonly string[],
    description: string,
    path?: string,
  ): OptionDefinition => {
    const separator = /[\s,]+/;
    const checkItem = (item: string) => {
      if (!words.includes(item)) throw refuse(name, item, words.join(', '));
    };
    const facts = { default: initial, separator, checkItem, path, choices: words };
    return define('array', name, scope, description, facts, (text) =>
      text.split(separator).filter((item) => item !== ''),
    );
  },

  ports: (
    name: string,
    scope: OptionScope,
    initial: readonly string[],
    description: string,
    path?: string,
  ): OptionDefinition => {
    const separator = /[\s,]+/;
    const checkItem = (item: string) => {
      if (!/^\d{1,5}$/.test(item) || Number(item) < 1 || Number(item) > 65_535)
        throw refuse(name, item, 'ports from 1 to 65535');
    };
    return define('array', name, scope, description, { default: initial, separator, checkItem, path }, (text) =>
      text.split(separator).filter((item) => item !== ''),
    );
  },
};
