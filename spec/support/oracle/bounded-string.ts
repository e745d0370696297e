import type { CoreDcsHandler, CoreOscHandler, CoreParams } from './xterm-core.ts';

/** Code points turned into a string at once; more arguments overflow the stack. */
const CHUNK = 4096;

/** What to do with a string longer than its bound: keep its start, or ignore all of it. */
export type Overflow = 'cut' | 'drop';

/** Collects the payload of an OSC or a DCS up to a bound; the package's own handlers keep up to ten million units. */
export class BoundedString implements CoreOscHandler, CoreDcsHandler {
  #text = '';
  #overflowed = false;
  readonly #maximum: number;
  readonly #overflow: Overflow;
  readonly #run: (text: string) => void;

  /** `run` gets each complete payload of at most `maximum` UTF-16 units. */
  constructor(maximum: number, overflow: Overflow, run: (text: string) => void) {
    this.#maximum = maximum;
    this.#overflow = overflow;
    this.#run = run;
  }

  start(): void {
    this.#text = '';
    this.#overflowed = false;
  }

  hook(_params: CoreParams): void {
    this.start();
  }

  put(data: Uint32Array, start: number, end: number): void {
    for (let from = start; from < end && !this.#overflowed; from += CHUNK) {
      this.#text += String.fromCodePoint(...data.subarray(from, Math.min(end, from + CHUNK)));
      this.#overflowed = this.#text.length > this.#maximum;
    }
    if (this.#overflowed) this.#text = this.#overflow === 'cut' ? this.#text.slice(0, this.#maximum) : '';
  }

  end(success: boolean): boolean {
    const text = this.#text;
    const wanted = success && (!this.#overflowed || this.#overflow === 'cut');
    this.start();
    if (wanted) this.#run(text);
    return true;
  }

  unhook(success: boolean): boolean {
    return this.end(success);
  }
}
