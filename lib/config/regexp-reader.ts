/** What one character must be: a test on its code point. */
export type CharacterTest = (point: number) => boolean;

/** Of a choice or a sequence all items; a group's number counts from 1. */
export type RegExpTree =
  | { readonly kind: 'character'; readonly test: CharacterTest }
  | { readonly kind: 'sequence'; readonly items: readonly RegExpTree[] }
  | { readonly kind: 'choice'; readonly items: readonly RegExpTree[] }
  | { readonly kind: 'repeat'; readonly item: RegExpTree; readonly minimum: number; readonly maximum: number }
  | { readonly kind: 'group'; readonly item: RegExpTree; readonly number: number }
  | { readonly kind: 'anchor'; readonly at: 'start' | 'end' };

const code = (character: string): number => character.codePointAt(0) ?? 0;
const between =
  (low: string, high: string): CharacterTest =>
  (point) =>
    point >= code(low) && point <= code(high);
const any =
  (...tests: readonly CharacterTest[]): CharacterTest =>
  (point) =>
    tests.some((test) => test(point));
const not =
  (test: CharacterTest): CharacterTest =>
  (point) =>
    !test(point);
const property =
  (expression: RegExp): CharacterTest =>
  (point) =>
    expression.test(String.fromCodePoint(point));

const digit = between('0', '9');
const space = property(/\s/u);
const word = any(property(/[\p{L}\p{N}]/u), (point) => point === code('_'));

/** POSIX character classes of a bracket expression. */
const CLASSES: Readonly<Record<string, CharacterTest>> = {
  alpha: property(/\p{L}/u),
  digit,
  alnum: property(/[\p{L}\p{N}]/u),
  upper: property(/\p{Lu}/u),
  lower: property(/\p{Ll}/u),
  space,
  blank: property(/[ \t]/u),
  punct: property(/[!-/:-@[-`{-~]/u),
  print: property(/[^\p{Cc}]/u),
  graph: property(/[^\p{Cc}\s]/u),
  cntrl: property(/\p{Cc}/u),
  xdigit: property(/[0-9a-fA-F]/u),
};

const ESCAPES: Readonly<Record<string, CharacterTest>> = {
  d: digit,
  D: not(digit),
  s: space,
  S: not(space),
  w: word,
  W: not(word),
};

/** Thrown for an expression that is none. */
export class Unreadable extends Error {}

/** Bounds on one expression. */
const MAXIMUM_REPEAT = 255;
const MAXIMUM_DEPTH = 50;

/** Reads an extended regular expression (POSIX ERE, with \d \s \w); one method a rule of its grammar. */
export class RegExpReader {
  readonly #characters: readonly string[];
  readonly #ignoreCase: boolean;
  #position = 0;
  #groups = 0;
  #depth = 0;

  constructor(source: string, ignoreCase: boolean) {
    this.#characters = [...source];
    this.#ignoreCase = ignoreCase;
  }

  read(): RegExpTree {
    const tree = this.#choice();
    if (this.#position < this.#characters.length) throw new Unreadable();
    return tree;
  }

  get #next(): string | undefined {
    return this.#characters[this.#position];
  }

  #take(): string {
    const character = this.#next;
    if (character === undefined) throw new Unreadable();
    this.#position += 1;
    return character;
  }

  #taken(character: string): boolean {
    if (this.#next !== character) return false;
    this.#position += 1;
    return true;
  }

  #choice(): RegExpTree {
    this.#depth += 1;
    if (this.#depth > MAXIMUM_DEPTH) throw new Unreadable();
    const items = [this.#sequence()];
    while (this.#taken('|')) items.push(this.#sequence());
    this.#depth -= 1;
    return { kind: 'choice', items };
  }

  #sequence(): RegExpTree {
    const items: RegExpTree[] = [];
    while (this.#next !== undefined && this.#next !== '|' && this.#next !== ')') items.push(this.#repeat());
    return { kind: 'sequence', items };
  }

  #repeat(): RegExpTree {
    let item = this.#atom();
    for (let count = 0; count < MAXIMUM_DEPTH; count++) {
      if (this.#taken('*')) item = { kind: 'repeat', item, minimum: 0, maximum: Number.POSITIVE_INFINITY };
      else if (this.#taken('+')) item = { kind: 'repeat', item, minimum: 1, maximum: Number.POSITIVE_INFINITY };
      else if (this.#taken('?')) item = { kind: 'repeat', item, minimum: 0, maximum: 1 };
      else if (this.#next === '{') item = { kind: 'repeat', item, ...this.#interval() };
      else return item;
    }
    throw new Unreadable();
  }

  /** `{3}`, `{3,}` or `{3,5}` */
  #interval(): { readonly minimum: number; readonly maximum: number } {
    let text = '';
    this.#take();
    while (!this.#taken('}')) text += this.#take();
    const [, low, comma, high] = /^(\d{1,3})(,?)(\d{0,3})$/.exec(text) ?? [];
    if (low === undefined) throw new Unreadable();
    const minimum = Number(low);
    const maximum = comma === '' ? minimum : high === '' ? Number.POSITIVE_INFINITY : Number(high);
    const largest = Number.isFinite(maximum) ? maximum : minimum;
    if (maximum < minimum || largest > MAXIMUM_REPEAT) throw new Unreadable();
    return { minimum, maximum };
  }

  #atom(): RegExpTree {
    const character = this.#take();
    if (character === '(') {
      this.#groups += 1;
      const number = this.#groups;
      const item = this.#choice();
      if (!this.#taken(')')) throw new Unreadable();
      return { kind: 'group', item, number };
    }
    if (character === '^') return { kind: 'anchor', at: 'start' };
    if (character === '$') return { kind: 'anchor', at: 'end' };
    if (character === '.') return { kind: 'character', test: () => true };
    if (character === '[') return this.#folded(this.#set());
    if ('*+?{'.includes(character)) throw new Unreadable();
    if (character !== '\\') return this.#literal(character);
    const escaped = this.#take();
    if (/[1-9]/.test(escaped)) throw new Unreadable();
    const test = Object.hasOwn(ESCAPES, escaped) ? ESCAPES[escaped] : undefined;
    if (test !== undefined) return { kind: 'character', test };
    return this.#literal(escaped);
  }

  #literal(character: string): RegExpTree {
    const wanted = code(character);
    return this.#folded((point) => point === wanted);
  }

  #folded(test: CharacterTest): RegExpTree {
    if (!this.#ignoreCase) return { kind: 'character', test };
    return {
      kind: 'character',
      test: (point) => {
        const character = String.fromCodePoint(point);
        return test(point) || test(code(character.toLowerCase())) || test(code(character.toUpperCase()));
      },
    };
  }

  /** A bracket expression, from behind its `[`. */
  #set(): CharacterTest {
    const negated = this.#taken('^');
    const tests: CharacterTest[] = [];
    do tests.push(this.#setItem());
    while (!this.#taken(']'));
    const test = any(...tests);
    return negated ? not(test) : test;
  }

  #setItem(): CharacterTest {
    const character = this.#take();
    if (character === '[' && this.#taken(':')) {
      let name = '';
      while (!this.#taken(':')) name += this.#take();
      const test = Object.hasOwn(CLASSES, name) ? CLASSES[name] : undefined;
      if (test === undefined || !this.#taken(']')) throw new Unreadable();
      return test;
    }
    if (this.#next !== '-' || (this.#characters[this.#position + 1] ?? ']') === ']') {
      const wanted = code(character);
      return (point) => point === wanted;
    }
    this.#take();
    return between(character, this.#take());
  }
}
