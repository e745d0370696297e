/** A word of a command line, as the shell sees it before it expands anything. */
export interface ShellWord {
  readonly kind: 'word';
  /** Without quotes and escapes. */
  readonly text: string;
  /** As it was written. */
  readonly raw: string;
  /** It has a `$…` or backtick that the shell would replace. */
  readonly expands: boolean;
  /** It has an unquoted `*`, `?` or `[`: a pattern of file names. */
  readonly glob: boolean;
  /** It begins with an unquoted `~`, or has one behind an `=` or `:`. */
  readonly tilde: boolean;
  /** It has an unquoted `{`, which may make several words of it. */
  readonly brace: boolean;
}

export interface ShellOperator {
  readonly kind: 'operator';
  /** `;`, `&&`, `|`, `(`, `\n`, `>`, `2>&`, … Of a redirection without its number. */
  readonly text: string;
}

export type ShellToken = ShellWord | ShellOperator;

/** Longest first. */
const OPERATORS = [
  '<<<',
  '&>>',
  '<<-',
  ';;&',
  '&&',
  '||',
  ';;',
  ';&',
  '|&',
  '<<',
  '>>',
  '<&',
  '>&',
  '<>',
  '>|',
  '&>',
  ';',
  '&',
  '|',
  '<',
  '>',
  '(',
  ')',
  '\n',
];
const REDIRECTION = /^(?:[<>]|&>)/;
const SIMPLE_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['a', '\x07'],
  ['b', '\b'],
  ['e', '\x1b'],
  ['E', '\x1b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

export const isRedirection = ({ text }: ShellOperator): boolean => REDIRECTION.test(text);

/**
 * The words and operators of a command line, by bash's rules of quoting; comments are left out. Undefined for what
 * cannot be read: an open quote, a backslash at the end. Bodies of here-documents come as words: who meets `<<` stops.
 */
export function shellTokens(command: string): readonly ShellToken[] | undefined {
  return new ShellReader(command).read();
}

interface OpenWord {
  text: string;
  readonly start: number;
  expands: boolean;
  glob: boolean;
  tilde: boolean;
  brace: boolean;
}

class ShellReader {
  readonly #input: string;
  readonly #tokens: ShellToken[] = [];
  #at = 0;
  /** The word being read; undefined between words, so that `''` is a word. */
  #word: OpenWord | undefined;
  #broken = false;

  constructor(input: string) {
    this.#input = input;
  }

  read(): readonly ShellToken[] | undefined {
    while (this.#at < this.#input.length && !this.#broken) this.#step(this.#input.charAt(this.#at));
    this.#endWord();
    return this.#broken ? undefined : this.#tokens;
  }

  #step(unit: string): void {
    if (unit === ' ' || unit === '\t') {
      this.#endWord();
      this.#at += 1;
    } else if (unit === '#' && this.#word === undefined) {
      const end = this.#input.indexOf('\n', this.#at);
      this.#at = end < 0 ? this.#input.length : end;
    } else if (unit === '\\') this.#escape();
    else if (unit === "'") this.#quoted(this.#input.indexOf("'", this.#at + 1));
    else if (unit === '"') this.#doubleQuoted(this.#at + 1);
    else if (unit === '$') this.#dollar();
    else {
      const operator = OPERATORS.find((each) => this.#input.startsWith(each, this.#at));
      if (operator === undefined) this.#plain(unit);
      else this.#operator(operator);
    }
  }

  #plain(unit: string): void {
    const word = this.#open();
    if ('*?['.includes(unit)) word.glob = true;
    else if (unit === '{') word.brace = true;
    else if (unit === '`') word.expands = true;
    else if (unit === '~' && /(?:^|[=:])$/.test(word.text)) word.tilde = true;
    word.text += unit;
    this.#at += 1;
  }

  #operator(operator: string): void {
    // `2>`: the digits belong to the redirection.
    if (REDIRECTION.test(operator) && this.#word !== undefined && /^(?:\d+|\{\w+\})$/.test(this.#rawWord()))
      this.#word = undefined;
    this.#endWord();
    this.#tokens.push({ kind: 'operator', text: operator });
    this.#at += operator.length;
  }

  #escape(): void {
    const next = this.#input.charAt(this.#at + 1);
    if (next === '') this.#broken = true;
    // A backslash before a line's end joins the lines.
    else if (next !== '\n') this.#open().text += next;
    this.#at += 2;
  }

  #quoted(end: number): void {
    if (end < 0) this.#broken = true;
    else {
      this.#open().text += this.#input.slice(this.#at + 1, end);
      this.#at = end + 1;
    }
  }

  #doubleQuoted(start: number): void {
    const word = this.#open();
    for (let at = start; at < this.#input.length; at += 1) {
      const unit = this.#input.charAt(at);
      if (unit === '"') {
        this.#at = at + 1;
        return;
      }
      if (unit === '\\' && '$`"\\\n'.includes(this.#input.charAt(at + 1) || ' ')) {
        at += 1;
        if (this.#input.charAt(at) !== '\n') word.text += this.#input.charAt(at);
        continue;
      }
      if (unit === '`' || (unit === '$' && expandsAt(this.#input, at))) word.expands = true;
      word.text += unit;
    }
    this.#broken = true;
  }

  #dollar(): void {
    const next = this.#input.charAt(this.#at + 1);
    if (next === "'") this.#ansiQuoted();
    else if (next === '"') this.#doubleQuoted(this.#at + 2);
    else {
      const word = this.#open();
      if (expandsAt(this.#input, this.#at)) word.expands = true;
      word.text += '$';
      this.#at += 1;
    }
  }

  /** `$'…'`, with the escapes of C. */
  #ansiQuoted(): void {
    const word = this.#open();
    for (let at = this.#at + 2; at < this.#input.length; ) {
      const unit = this.#input.charAt(at);
      if (unit === "'") {
        this.#at = at + 1;
        return;
      }
      if (unit !== '\\') {
        word.text += unit;
        at += 1;
        continue;
      }
      const match =
        /^\\(?:([0-7]{1,3})|x([\da-fA-F]{1,2})|u([\da-fA-F]{1,4})|U([\da-fA-F]{1,8})|c([\s\S])|([\s\S]))/.exec(
          this.#input.slice(at, at + 12),
        );
      if (match === null) break;
      const [whole, octal, hex, short, long, control, simple] = match;
      const digits = hex ?? short ?? long;
      if (octal !== undefined) word.text += String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
      else if (digits !== undefined) word.text += character(Number.parseInt(digits, 16));
      else if (control !== undefined) word.text += String.fromCharCode(control.charCodeAt(0) & 0x1f);
      else if (simple === "'") {
        // A shell that does not know `$'…'` sees the end of the quote here: better that it counts as unclear.
        word.expands = true;
        word.text += simple;
      } else word.text += SIMPLE_ESCAPES.get(simple ?? '') ?? simple ?? '';
      at += whole.length;
    }
    this.#broken = true;
  }

  #open(): OpenWord {
    this.#word ??= { text: '', start: this.#at, expands: false, glob: false, tilde: false, brace: false };
    return this.#word;
  }

  #rawWord(): string {
    return this.#word === undefined ? '' : this.#input.slice(this.#word.start, this.#at);
  }

  #endWord(): void {
    if (this.#word === undefined) return;
    const { start: _start, ...facts } = this.#word;
    this.#tokens.push({ kind: 'word', raw: this.#rawWord(), ...facts });
    this.#word = undefined;
  }
}

/** Whether a `$` at `at` begins an expansion; alone it is only a character. */
const expandsAt = (text: string, at: number): boolean => /[\w({[@*#?$!-]/.test(text.charAt(at + 1));

const character = (point: number): string => (point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd');
