/** What to do with a string longer than its bound: keep its start, or ignore all of it. */
export type Overflow = 'cut' | 'drop';

/** Who gets a string, and how much of it in UTF-16 units. */
export interface StringTarget {
  readonly maximum: number;
  readonly overflow: Overflow;
  readonly take: (text: string) => void;
}

/** Collects the payload of an OSC or a DCS up to a bound. */
export class StringCollector {
  #target: StringTarget | undefined;
  #text = '';
  #overflowed = false;

  /** Begins a string; what comes is dropped when nobody wants it. */
  start(target: StringTarget | undefined): void {
    this.#target = target;
    this.#text = '';
    this.#overflowed = false;
  }

  put(bytes: Uint8Array, start: number, end: number): void {
    if (this.#target === undefined || this.#overflowed) return;
    // One more than the bound tells that it is too long.
    const last = Math.min(end, start + this.#target.maximum + 1);
    this.#append(Buffer.from(bytes.buffer, bytes.byteOffset + start, last - start).toString('latin1'));
  }

  point(point: number): void {
    if (this.#target !== undefined && !this.#overflowed) this.#append(String.fromCodePoint(point));
  }

  /** Hands a complete string on. */
  end(complete: boolean): void {
    const target = this.#target;
    const text = this.#text;
    const wanted = complete && (!this.#overflowed || target?.overflow === 'cut');
    this.start(undefined);
    if (wanted) target?.take(text);
  }

  #append(text: string): void {
    const { maximum = 0, overflow } = this.#target ?? {};
    this.#text += text;
    if (this.#text.length <= maximum) return;
    this.#overflowed = true;
    this.#text = overflow === 'cut' ? this.#text.slice(0, maximum) : '';
  }
}
