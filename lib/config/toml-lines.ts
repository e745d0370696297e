/** Joins the keys of a path; no key of a TOML document holds it unescaped. */
const SEPARATOR = '\0';
const BARE = /[\w-]+/y;
const SPACE = /[ \t]*/y;
const TO_LINE_END = /[^\n]*/y;
const PLAIN_VALUE = /[^\n"'#[\]{}]+/y;
/**
 * Finds the line, from 1, on which the key of a path stands in a valid TOML document; elements of an array
 * of tables have their number in the path, from 0; for what stands in an inline table that of the key before. One light
 * pass over the text, in proportion to its length, at the first question: most documents have nothing wrong.
 */
export function tomlLines(text: string): (path: readonly string[]) => number | undefined {
  let lines: ReadonlyMap<string, number> | undefined;
  return (path) => {
    lines ??= new Scanner(text).scan();
    for (let length = path.length; length > 0; length--) {
      const line = lines.get(path.slice(0, length).join(SEPARATOR));
      if (line !== undefined) return line;
    }
    return undefined;
  };
}

class Scanner {
  readonly #text: string;
  readonly #lines = new Map<string, number>();
  /** How many tables an array has until here, by its path. */
  readonly #counts = new Map<string, number>();
  #position = 0;
  #line = 1;

  constructor(text: string) {
    this.#text = text;
  }

  scan(): ReadonlyMap<string, number> {
    let table: readonly string[] = [];
    while (this.#position < this.#text.length) {
      this.#take(SPACE);
      const next = this.#text[this.#position];
      if (next === '[') {
        const isElement = this.#text[this.#position + 1] === '[';
        this.#position += isElement ? 2 : 1;
        table = this.#within(this.#key(), isElement);
        this.#note(table);
      } else if (next !== undefined && next !== '#' && next !== '\n' && next !== '\r') {
        this.#note([...table, ...this.#key()]);
        this.#value();
      }
      this.#take(TO_LINE_END);
      this.#position += 1;
      this.#line += 1;
    }
    return this.#lines;
  }

  /** The path of a table with the numbers of the arrays' elements that it is in; that of an element counts it. */
  #within(key: readonly string[], isElement: boolean): readonly string[] {
    const path: string[] = [];
    for (const [index, part] of key.entries()) {
      path.push(part);
      const name = path.join(SEPARATOR);
      const isOwn = isElement && index === key.length - 1;
      const count = (this.#counts.get(name) ?? 0) + (isOwn ? 1 : 0);
      if (isOwn) this.#counts.set(name, count);
      if (count > 0) path.push(String(count - 1));
    }
    return path;
  }

  /** The place of a path; the first one counts. */
  #note(path: readonly string[]): void {
    for (let length = 1; length <= path.length; length++) {
      const name = path.slice(0, length).join(SEPARATOR);
      if (!this.#lines.has(name)) this.#lines.set(name, this.#line);
    }
  }

  #key(): readonly string[] {
    const parts: string[] = [];
    do {
      this.#take(SPACE);
      const quote = this.#text[this.#position];
      if (quote === '"' || quote === "'") parts.push(unquoted(this.#string(quote)));
      else parts.push(this.#take(BARE));
      this.#take(SPACE);
    } while (this.#text[this.#position++] === '.');
    return parts;
  }

  /** Passes over a value, which ends with its line where no bracket is open. */
  #value(): void {
    let open = 0;
    while (this.#position < this.#text.length) {
      const next = this.#text[this.#position];
      if (next === '"' || next === "'") this.#string(next);
      else if (next === '#') this.#take(TO_LINE_END);
      else if (next === '\n') {
        if (open <= 0) return;
        this.#position += 1;
        this.#line += 1;
      } else if (next !== undefined && '[]{}'.includes(next)) {
        open += next === '[' || next === '{' ? 1 : -1;
        this.#position += 1;
      } else this.#take(PLAIN_VALUE);
    }
  }

  /** Passes over a string: of one line, or of several between three quotes. */
  #string(quote: string): string {
    const start = this.#position;
    const several = this.#text.startsWith(quote.repeat(3), start);
    const end = several ? quote.repeat(3) : quote;
    this.#position += end.length;
    while (this.#position < this.#text.length && !this.#text.startsWith(end, this.#position)) {
      if (quote === '"' && this.#text[this.#position] === '\\') this.#position += 1;
      if (this.#text[this.#position] === '\n') {
        if (!several) break;
        this.#line += 1;
      }
      this.#position += 1;
    }
    if (this.#text.startsWith(end, this.#position)) this.#position += end.length;
    while (several && this.#text[this.#position] === quote) this.#position += 1;
    return this.#text.slice(start, this.#position);
  }

  /** What the sticky pattern matches here, on this line. */
  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#position;
    const [taken = ''] = pattern.exec(this.#text) ?? [];
    this.#position += taken.length;
    return taken;
  }
}

function unquoted(text: string): string {
  if (text.startsWith("'")) return text.slice(1, -1);
  try {
    return String(JSON.parse(text));
  } catch {
    return text.slice(1, -1);
  }
}
