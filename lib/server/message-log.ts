export interface LoggedMessage {
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly text: string;
}

/** What was said to people, oldest first, as show-messages lists it. */
export class MessageLog {
  readonly #limit: () => number;
  #messages: readonly LoggedMessage[] = [];
  #untold: readonly string[] = [];

  /** @param limit how many are kept */
  constructor(limit: () => number) {
    this.#limit = limit;
  }

  get all(): readonly LoggedMessage[] {
    return this.#messages;
  }

  add(text: string): void {
    this.#messages = [...this.#messages, { time: Date.now(), text }].slice(-this.#limit());
  }

  /** Keeps what nobody was there to read. */
  keepUntold(texts: readonly string[]): void {
    this.#untold = [...this.#untold, ...texts];
  }

  /** What nobody was told yet, once. */
  takeUntold(): readonly string[] {
    const texts = this.#untold;
    this.#untold = [];
    return texts;
  }
}
