import { amount } from '../text/amount.ts';
import { cutUnits } from '../text/cut.ts';

/** Text pieces are joined to blocks of this size, so that a million small pieces cost no million objects. */
const BLOCK = 16 * 1024;

/** Keeps the head and the tail of a stream of text, in memory bounded by the limit, and counts what lies between. */
export class OutputCap {
  readonly #headLimit: number;
  readonly #tailLimit: number;
  #head = '';
  #headOpen = true;
  #tail: string[] = [];
  #tailLength = 0;
  #droppedUnits = 0;
  #droppedLines = 0;

  /** `limit`: UTF-16 units that are kept, a third of them from the head. */
  constructor(limit: number) {
    this.#headLimit = Math.floor(limit / 3);
    this.#tailLimit = limit - this.#headLimit;
  }

  add(text: string): void {
    let start = 0;
    if (this.#headOpen) {
      start = cutUnits(text, this.#headLimit - this.#head.length).length;
      this.#head += text.slice(0, start);
      if (start === text.length) return;
      this.#headOpen = false;
      // Flat, so that it does not hold the pieces it was made of.
      this.#head = Buffer.from(this.#head, 'utf16le').toString('utf16le');
    }
    for (; start < text.length; start += BLOCK) this.#push(text.slice(start, start + BLOCK));
  }

  /** All of it where nothing had to go, else head and tail around a line that counts the rest. */
  toString(): string {
    const tail = this.#tail.join('');
    const excess = tail.length - this.#tailLimit;
    if (this.#droppedUnits === 0 && excess <= 0) return this.#head + tail;
    // A tail that begins in a line begins at the next one, where that is near.
    let start = Math.max(0, excess);
    const end = tail.indexOf('\n', start);
    if (end >= 0 && end - start < 2000) start = end + 1;
    else if (/^[\udc00-\udfff]/.test(tail.charAt(start))) start += 1;
    const units = this.#droppedUnits + start;
    const lines = this.#droppedLines + count(tail.slice(0, start));
    const line = `[… ${amount(lines, 'line')}, ${amount(units, 'character')} left out …]`;
    return `${this.#head}${this.#head.endsWith('\n') || this.#head === '' ? '' : '\n'}${line}\n${tail.slice(start)}`;
  }

  #push(text: string): void {
    const last = this.#tail.length - 1;
    const block = this.#tail[last];
    if (block !== undefined && block.length + text.length <= BLOCK) this.#tail[last] = block + text;
    else this.#tail.push(text);
    this.#tailLength += text.length;
    for (let first = this.#tail[0]; first !== undefined; first = this.#tail[0]) {
      if (this.#tailLength - first.length < this.#tailLimit) break;
      this.#tail.shift();
      this.#tailLength -= first.length;
      this.#droppedUnits += first.length;
      this.#droppedLines += count(first);
    }
  }
}

/** A text with its middle left out where it is longer than `limit` UTF-16 units. */
export function capOutput(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cap = new OutputCap(limit);
  cap.add(text);
  return cap.toString();
}

/** At most `limit` units of `text`, but never half a character. */

function count(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
