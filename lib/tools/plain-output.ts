/** Columns of a line that are kept; what comes behind them is written to the next line. */
const MAXIMUM_COLUMNS = 16 * 1024;
/** Longest escape sequence that is waited for; what is longer is dropped up to here. */
const MAXIMUM_SEQUENCE = 4096;
/** Anything but printable text and tabs. */
const CONTROL = /[\0-\x08\x0b-\x1f\x7f-\x9f]/;
const ESCAPE = '\x1b';

/**
 * A program's output as plain text, by lines: escape sequences go, and carriage returns, backspaces and erasing work
 * within a line, so that of a progress bar its last state is left. Other movements of the cursor are not followed.
 */
export class PlainOutput {
  readonly #decoder = new TextDecoder();
  readonly #onText: (text: string) => void;
  /** The line that has no end yet: its cells (UTF-16 units), and where the next one goes. */
  #line: string[] = [];
  #column = 0;
  /** An escape sequence whose end has not come. */
  #sequence = '';
  #shown = '';

  /** `onText` gets whole lines with their ends, and at the end what is left. */
  constructor(onText: (text: string) => void) {
    this.#onText = onText;
  }

  /** The line that is being written, for those who show it before it ends. */
  get pending(): string {
    return this.#shown + this.#line.join('');
  }

  write(bytes: Uint8Array): void {
    this.#add(this.#decoder.decode(bytes, { stream: true }));
  }

  /** Gives out what has come without a line's end. */
  end(): void {
    this.#add(this.#decoder.decode());
    this.#sequence = '';
    const rest = this.pending;
    this.#clear();
    if (rest !== '') this.#onText(rest);
  }

  #add(text: string): void {
    let done = '';
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      done += this.#finish(text.slice(start, end));
      start = end + 1;
    }
    if (start < text.length) done += this.#put(text.slice(start));
    if (done !== '') this.#onText(done);
  }

  /** The line that ends with `text`. */
  #finish(text: string): string {
    const whole = text.endsWith('\r') ? text.slice(0, -1) : text;
    // Most lines: nothing before, nothing but text.
    if (this.#line.length === 0 && this.#shown === '' && this.#sequence === '' && !CONTROL.test(whole))
      return `${whole}\n`;
    const before = this.#put(whole);
    // A sequence does not reach over a line's end here: most that do were never ended.
    this.#sequence = '';
    const line = `${before}${this.pending}\n`;
    this.#clear();
    return line;
  }

  /** Puts text without line ends into the line; gives lines that became too long. */
  #put(text: string): string {
    let done = '';
    if (this.#line.length === 0 && this.#sequence === '' && !CONTROL.test(text)) {
      // A line that only grows is kept as one text.
      this.#shown += text;
      if (this.#shown.length <= MAXIMUM_COLUMNS) return '';
      done = `${this.#shown}\n`;
      this.#shown = '';
      return done;
    }
    if (this.#shown !== '') {
      this.#line = this.#shown.split('');
      this.#column = this.#line.length;
      this.#shown = '';
    }
    const input = this.#sequence + text;
    this.#sequence = '';
    for (let at = 0; at < input.length; at += 1) {
      const unit = input.charAt(at);
      if (unit === ESCAPE) {
        const end = sequenceEnd(input, at);
        if (end === undefined) {
          if (input.length - at < MAXIMUM_SEQUENCE) this.#sequence = input.slice(at);
          break;
        }
        this.#erase(input.slice(at, end));
        at = end - 1;
      } else if (unit === '\r') this.#column = 0;
      else if (unit === '\b') this.#column = Math.max(0, this.#column - 1);
      else if (!CONTROL.test(unit)) {
        if (this.#column >= MAXIMUM_COLUMNS) {
          done += `${this.#line.join('')}\n`;
          this.#clear();
        }
        while (this.#line.length < this.#column) this.#line.push(' ');
        this.#line[this.#column] = unit;
        this.#column += 1;
      }
    }
    return done;
  }

  /** Erasing and moving within the line (CSI K, C, D, G); any other sequence does nothing. */
  #erase(sequence: string): void {
    const match = /^\x1b\[(\d{0,5})([KCDG])$/.exec(sequence);
    if (match === null) return;
    const number = Number(match[1] ?? '');
    const steps = Math.max(1, number);
    switch (match[2]) {
      case 'K':
        if (number === 0) this.#line.length = Math.min(this.#line.length, this.#column);
        else if (number === 2) this.#line = [];
        else this.#line.fill(' ', 0, this.#column + 1);
        break;
      case 'C':
        this.#column = Math.min(MAXIMUM_COLUMNS - 1, this.#column + steps);
        break;
      case 'D':
        this.#column = Math.max(0, this.#column - steps);
        break;
      default:
        this.#column = Math.min(MAXIMUM_COLUMNS - 1, steps - 1);
    }
  }

  #clear(): void {
    this.#line = [];
    this.#column = 0;
    this.#shown = '';
  }
}

/** Where the escape sequence at `start` ends, as ECMA-48 has it; undefined when its end is still to come. */
function sequenceEnd(text: string, start: number): number | undefined {
  const kind = text.charAt(start + 1);
  if (kind === '') return undefined;
  if (kind === '[') {
    for (let at = start + 2; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code >= 0x40 && code <= 0x7e) return at + 1;
      if (code < 0x20 || code > 0x7e) return at;
    }
    return undefined;
  }
  if (']PX^_'.includes(kind)) {
    for (let at = start + 2; at < text.length; at += 1) {
      const unit = text.charAt(at);
      if (unit === '\x07' && kind === ']') return at + 1;
      if (unit !== ESCAPE) continue;
      if (at + 1 >= text.length) return undefined;
      return text.charAt(at + 1) === '\\' ? at + 2 : at;
    }
    return undefined;
  }
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x20 || code > 0x2f) return code < 0x20 ? at : at + 1;
  }
  return undefined;
}
