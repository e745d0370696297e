import { UserError } from '../base/user-error.ts';
import { blockEnd, formatEnd } from './block-end.ts';

/** UTF-16 units of one text, before and after variables are replaced. */
const MAXIMUM_UNITS = 1 << 22;

const DIRECTIVE = /%(?:if|elif|else|endif|hidden)(?![^\s;])/y;
const ASSIGNMENT = /[A-Za-z_][A-Za-z0-9_]*=/y;
const VARIABLE = /[A-Za-z_][A-Za-z0-9_]*/y;
/** What an unquoted word takes as it stands, many at a time. */
const ORDINARY = /[^\s;}\\'"$#~\0]+/y;

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  s: ' ',
  t: '\t',
  v: '\v',
};

export type Token =
  /** `assigns` is the length of NAME where the word begins with an unquoted `NAME=`, else 0. */
  | { readonly type: 'word'; readonly text: string; readonly assigns: number; readonly line: number }
  | { readonly type: 'directive'; readonly name: string; readonly line: number }
  | { readonly type: 'separator' | 'newline' | 'end'; readonly line: number };

/** What words of a text may refer to. */
export interface Surroundings {
  /** The value of `$NAME`; an unknown one is empty. */
  readonly variable: (name: string) => string | undefined;
  /** Stands before a problem's line number: the name of a file. */
  readonly file?: string | undefined;
}

/** Text in tmux's grammar, token by token, so that an assignment is heard before the next token is read. Throws UserError. */
export class CommandLexer {
  readonly #text: string;
  readonly #surroundings: Surroundings;
  #at = 0;
  #line = 1;
  #units = 0;

  constructor(text: string, surroundings: Surroundings) {
    this.#text = text;
    this.#surroundings = surroundings;
    if (text.length > MAXIMUM_UNITS) throw this.problem(`too long (at most ${MAXIMUM_UNITS} characters)`);
  }

  next(): Token {
    this.#skipBlanks();
    const line = this.#line;
    switch (this.#text[this.#at]) {
      case undefined:
        return { type: 'end', line };
      case '\n':
        this.#advance(1);
        return { type: 'newline', line };
      case ';':
        this.#advance(1);
        return { type: 'separator', line };
      case '}':
        throw this.problem('} without {');
      case '{':
        return { type: 'word', text: this.#block(), assigns: 0, line };
      default:
    }
    const directive = this.#match(DIRECTIVE);
    if (directive !== '') {
      this.#advance(directive.length);
      return { type: 'directive', name: directive.slice(1), line };
    }
    const assigns = Math.max(0, this.#match(ASSIGNMENT).length - 1);
    return { type: 'word', text: this.#word(), assigns, line };
  }

  /** What to throw for a problem at `line`, by default where reading has come to. */
  problem(problem: string, line: number = this.#line): UserError {
    const { file } = this.#surroundings;
    if (file !== undefined) return new UserError(`${file}:${line}: ${problem}`);
    return new UserError(this.#text.includes('\n') ? `line ${line}: ${problem}` : problem);
  }

  #advance(units: number): void {
    for (let index = this.#at; index < this.#at + units; index++) if (this.#text[index] === '\n') this.#line += 1;
    this.#at += units;
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text)?.[0] ?? '';
  }

  /** Blanks, continued lines and a comment; `#{` begins a word. */
  #skipBlanks(): void {
    for (;;) {
      const character = this.#text[this.#at];
      if (character === ' ' || character === '\t' || character === '\r') this.#at += 1;
      else if (character === '\\' && this.#text[this.#at + 1] === '\n') this.#advance(2);
      else if (character === '#' && this.#text[this.#at + 1] !== '{') this.#at = this.#lineEnd();
      else return;
    }
  }

  #lineEnd(): number {
    const end = this.#text.indexOf('\n', this.#at);
    return end < 0 ? this.#text.length : end;
  }

  #word(): string {
    const parts: string[] = [];
    for (let first = true; ; first = false) {
      const ordinary = this.#match(ORDINARY);
      if (ordinary !== '') {
        this.#at += ordinary.length;
        this.#push(parts, ordinary);
      }
      const character = this.#text[this.#at];
      switch (character) {
        case undefined:
        case ' ':
        case '\t':
        case '\r':
        case '\n':
        case ';':
          return parts.join('');
        case '}':
          throw this.problem('} without {');
        case "'":
          this.#push(parts, this.#singleQuoted());
          break;
        case '"':
          this.#doubleQuoted(parts);
          break;
        case '#':
          this.#push(parts, this.#format());
          break;
        case '~':
          this.#push(parts, first && ordinary === '' ? this.#home() : this.#take(1));
          break;
        default:
          this.#push(parts, this.#special(character));
      }
    }
  }

  #push(parts: string[], text: string): void {
    this.#units += text.length;
    if (this.#units > MAXIMUM_UNITS) throw this.problem(`too long (at most ${MAXIMUM_UNITS} characters)`);
    parts.push(text);
  }

  #take(units: number): string {
    const text = this.#text.slice(this.#at, this.#at + units);
    this.#advance(units);
    return text;
  }

  #special(character: string): string {
    if (character === '\\') return this.#escape();
    if (character === '$') return this.#variable();
    if (character === '\0') throw this.problem('a NUL cannot be part of a word');
    return this.#take(1);
  }

  #singleQuoted(): string {
    const line = this.#line;
    const end = this.#text.indexOf("'", this.#at + 1);
    if (end < 0) throw this.problem("unmatched '", line);
    const text = this.#text.slice(this.#at + 1, end);
    if (text.includes('\0')) throw this.problem('a NUL cannot be part of a word');
    this.#advance(end + 1 - this.#at);
    return text;
  }

  #doubleQuoted(parts: string[]): void {
    const line = this.#line;
    this.#at += 1;
    for (let first = true; ; first = false) {
      let end = this.#at;
      while (end < this.#text.length && !'"\\$~\0'.includes(this.#text[end] ?? '')) end += 1;
      const plain = end > this.#at;
      if (plain) this.#push(parts, this.#take(end - this.#at));
      const character = this.#text[this.#at];
      if (character === undefined) throw this.problem('unmatched "', line);
      if (character === '"') {
        this.#at += 1;
        return;
      }
      const home = character === '~' && first && !plain;
      this.#push(parts, home ? this.#home() : this.#special(character));
    }
  }

  #escape(): string {
    const character = this.#text[this.#at + 1];
    switch (character) {
      case undefined:
        throw this.problem('\\ at the end');
      case '\0':
        throw this.problem('a NUL cannot be part of a word');
      case '\n':
        this.#advance(2);
        return '';
      case 'u':
        return this.#codePoint(4, /[0-9a-fA-F]{4}/y);
      case 'U':
        return this.#codePoint(8, /[0-9a-fA-F]{8}/y);
      default:
    }
    if (/[0-7]/.test(character)) return this.#octal();
    const known = ESCAPES[character];
    if (known !== undefined) {
      this.#at += 2;
      return known;
    }
    this.#at += 1;
    return this.#take(1);
  }

  #octal(): string {
    const digits = this.#text.slice(this.#at + 1, this.#at + 4);
    if (!/^[0-3][0-7]{2}$/.test(digits) || digits === '000') throw this.problem('invalid octal escape');
    this.#at += 4;
    return String.fromCharCode(Number.parseInt(digits, 8));
  }

  #codePoint(digits: number, pattern: RegExp): string {
    pattern.lastIndex = this.#at + 2;
    const value = Number.parseInt(pattern.exec(this.#text)?.[0] ?? '', 16);
    const valid = value > 0 && value <= 0x10ffff && !(value >= 0xd800 && value <= 0xdfff);
    if (!valid) throw this.problem(`invalid \\${digits === 4 ? 'u' : 'U'} argument`);
    this.#at += 2 + digits;
    return String.fromCodePoint(value);
  }

  /** `$NAME` or `${NAME}`; a `$` before anything else stands for itself. */
  #variable(): string {
    const braced = this.#text[this.#at + 1] === '{';
    VARIABLE.lastIndex = this.#at + (braced ? 2 : 1);
    const name = VARIABLE.exec(this.#text)?.[0] ?? '';
    if (!braced) {
      if (name === '') return this.#take(1);
      this.#at += 1 + name.length;
    } else {
      if (name === '' || this.#text[this.#at + 2 + name.length] !== '}')
        throw this.problem('invalid environment variable');
      this.#at += 3 + name.length;
    }
    return this.#surroundings.variable(name) ?? '';
  }

  /** `~` alone or before a slash; `~name` stays as it is. */
  #home(): string {
    const after = this.#text[this.#at + 1] ?? ' ';
    this.#at += 1;
    return /[\s/;"']/.test(after) ? (this.#surroundings.variable('HOME') ?? '~') : '~';
  }

  /** `#{...}` to its own end, blanks included; any other `#` within a word stands for itself. */
  #format(): string {
    if (this.#text[this.#at + 1] !== '{') return this.#take(1);
    const end = formatEnd(this.#text, this.#at);
    if (end < 0) throw this.problem('unmatched #{');
    const text = this.#take(end - this.#at);
    if (text.includes('\0')) throw this.problem('a NUL cannot be part of a word');
    return text;
  }

  /** The text between `{` and its own `}`, as it stands: it is read again when it runs. */
  #block(): string {
    const line = this.#line;
    const end = blockEnd(this.#text, this.#at);
    if (end < 0) throw this.problem('unmatched {', line);
    const text = this.#take(end - this.#at);
    if (text.includes('\0')) throw this.problem('a NUL cannot be part of a word');
    return text.slice(1, -1);
  }
}
