import { UserError } from '../base/user-error.ts';
import { isTrue } from '../config/format.ts';
import { CommandLexer, type Surroundings, type Token } from './command-lexer.ts';

/** One command as written: its name and the words after it. */
export interface Invocation {
  readonly words: readonly string[];
  /** Line of its text, from 1. */
  readonly line: number;
}

/** Commands joined by `;`: an error in one keeps the later ones from running. Each line begins a new sequence. */
export type Sequence = readonly Invocation[];

/** What a text may refer to and change while it is read. */
export interface ParsePlace extends Surroundings {
  /** `NAME=value` and, hidden from programs, `%hidden NAME=value`. */
  readonly assign: (name: string, value: string, hidden: boolean) => void;
  /** Expands the format after %if and %elif. */
  readonly expand: (format: string) => string;
}

/** Commands in one text, and %if within %if. */
const MAXIMUM_COMMANDS = 50_000;
const MAXIMUM_DEPTH = 100;

interface Condition {
  readonly line: number;
  /** Whether the branch being read counts. */
  active: boolean;
  /** Whether a branch counted already, or none can. */
  decided: boolean;
  otherwise: boolean;
}

/**
 * Text in tmux's grammar as sequences of commands. Only variables, `~` and %if are worked out here; what a `{ block }`
 * holds is one word. Throws UserError with the line of the first problem.
 */
export function parseCommandText(text: string, place: ParsePlace): readonly Sequence[] {
  return new TextParser(text, place).parse();
}

class TextParser {
  readonly #lexer: CommandLexer;
  readonly #place: ParsePlace;
  readonly #conditions: Condition[] = [];
  readonly #sequences: Sequence[] = [];
  #sequence: Invocation[] = [];
  #words: string[] = [];
  #wordsLine = 1;
  #count = 0;
  /** Whether the statement so far is an assignment, which nothing need follow. */
  #assigned = false;

  constructor(text: string, place: ParsePlace) {
    this.#lexer = new CommandLexer(text, place);
    this.#place = place;
  }

  parse(): readonly Sequence[] {
    for (;;) {
      const token = this.#lexer.next();
      switch (token.type) {
        case 'word':
          this.#word(token);
          break;
        case 'directive':
          this.#endSequence();
          this.#directive(token.name, token.line);
          break;
        case 'separator':
          if (this.#words.length === 0 && !this.#assigned) throw this.#lexer.problem('no command before ;', token.line);
          this.#endCommand();
          break;
        case 'newline':
          this.#endSequence();
          break;
        case 'end': {
          this.#endSequence();
          const open = this.#conditions.at(-1);
          if (open !== undefined) throw this.#lexer.problem('%if without %endif', open.line);
          return this.#sequences;
        }
        default:
          return token satisfies never;
      }
    }
  }

  get #active(): boolean {
    return this.#conditions.at(-1)?.active ?? true;
  }

  #word(token: Extract<Token, { type: 'word' }>): void {
    if (this.#words.length === 0) {
      if (token.assigns > 0 && !this.#assigned) {
        this.#assign(token, false);
        return;
      }
      this.#wordsLine = token.line;
    }
    this.#words.push(token.text);
  }

  #assign({ text, assigns }: { readonly text: string; readonly assigns: number }, hidden: boolean): void {
    this.#assigned = true;
    if (this.#active) this.#place.assign(text.slice(0, assigns), text.slice(assigns + 1), hidden);
  }

  #endCommand(): void {
    if (this.#words.length > 0 && this.#active) {
      this.#count += 1;
      if (this.#count > MAXIMUM_COMMANDS) throw this.#lexer.problem(`too many commands (at most ${MAXIMUM_COMMANDS})`);
      this.#sequence.push({ words: this.#words, line: this.#wordsLine });
    }
    this.#words = [];
    this.#assigned = false;
  }

  #endSequence(): void {
    this.#endCommand();
    if (this.#sequence.length > 0) this.#sequences.push(this.#sequence);
    this.#sequence = [];
  }

  #directive(name: string, line: number): void {
    if (name === 'hidden') {
      const token = this.#lexer.next();
      if (token.type !== 'word' || token.assigns === 0) throw this.#lexer.problem('%hidden needs NAME=value', line);
      else this.#assign(token, true);
      return;
    }
    if (name === 'if') {
      if (this.#conditions.length >= MAXIMUM_DEPTH)
        throw this.#lexer.problem(`%if nested too deeply (at most ${MAXIMUM_DEPTH})`, line);
      const outer = this.#active;
      const active = this.#condition(line, outer);
      this.#conditions.push({ line, active, decided: active || !outer, otherwise: false });
      return;
    }
    const condition = this.#conditions.at(-1);
    if (condition === undefined) throw this.#lexer.problem(`%${name} without %if`, line);
    if (name === 'endif') {
      this.#conditions.pop();
      return;
    }
    if (condition.otherwise) throw this.#lexer.problem(`%${name} after %else`, line);
    condition.otherwise = name === 'else';
    const holds = name === 'else' ? !condition.decided : this.#condition(line, !condition.decided);
    condition.active = holds && !condition.decided;
    condition.decided ||= condition.active;
  }

  #condition(line: number, asked: boolean): boolean {
    const token = this.#lexer.next();
    if (token.type !== 'word') throw this.#lexer.problem('%if needs a condition', line);
    return asked && isTrue(this.#place.expand(token.text));
  }
}

/** The words of a CLI call: one that ends in `;` ends a command, one that ends in `\;` ends in a `;` of its own. */
export function splitWords(argv: readonly string[]): Sequence {
  const sequence: Invocation[] = [];
  let words: string[] = [];
  const end = () => {
    if (words.length > 0) sequence.push({ words, line: 1 });
    words = [];
  };
  for (const word of argv) {
    if (word.endsWith('\\;')) words.push(`${word.slice(0, -2)};`);
    else if (word.endsWith(';')) {
      if (word !== ';') words.push(word.slice(0, -1));
      else if (words.length === 0) throw new UserError('no command before ;');
      end();
    } else words.push(word);
  }
  end();
  return sequence;
}

const BARE = /^(?:%\d*|[\p{L}\p{N}_+.,:/@^!?&*=|<>()-][\p{L}\p{N}_+.,:/@^!?&*=|<>()%-]*)$/u;
const LIKE_ASSIGNMENT = /^[A-Za-z_][A-Za-z0-9_]*=/;

/** A word as it has to be written so that it is read as this word, at its place among the words of a command. */
export function quoteWord(word: string, place = 0): string {
  if (word === '') return "''";
  if (BARE.test(word) && (place > 0 || !LIKE_ASSIGNMENT.test(word))) return word;
  const escaped = word
    .replace(/["\\$]/g, '\\$&')
    .replace(/^~/, '\\~')
    .replace(/[\x01-\x1f\x7f]/g, (control) => CONTROLS[control] ?? `\\${octal(control)}`);
  return `"${escaped}"`;
}

const CONTROLS: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\x1b': '\\e' };
const octal = (control: string): string => control.charCodeAt(0).toString(8).padStart(3, '0');

/** A sequence as one line that is read as the same sequence; `separator` is `;` or, for a line within a line, `\;`. */
export const writeSequence = (sequence: Sequence, separator = ';'): string =>
  sequence.map(({ words }) => words.map(quoteWord).join(' ')).join(` ${separator} `);
