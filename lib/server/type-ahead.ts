import type { Disposable } from '../base/disposable.ts';
import type { InputEvent } from '../input/key.ts';

/**
 * What was typed, in order. A key that ran a command or answered a question comes into force before the key after it,
 * also when both came in one piece: on a slow line, `new-window`, Enter and the first words for it do.
 */
export class TypeAhead implements Disposable {
  /** True when what the event began may go on after it. */
  readonly #handle: (event: InputEvent) => boolean;
  #events: InputEvent[] = [];
  #next = 0;
  #turn: NodeJS.Immediate | undefined;

  constructor(handle: (event: InputEvent) => boolean) {
    this.#handle = handle;
  }

  take(events: readonly InputEvent[]): void {
    for (const event of events) this.#events.push(event);
    if (this.#turn === undefined) this.#run();
  }

  dispose(): void {
    clearImmediate(this.#turn);
    this.#events = [];
  }

  #run(): void {
    for (let event = this.#events[this.#next]; event !== undefined; event = this.#events[this.#next]) {
      this.#next += 1;
      if (!this.#handle(event) || this.#next === this.#events.length) continue;
      this.#turn = setImmediate(() => {
        this.#turn = undefined;
        this.#run();
      });
      return;
    }
    this.#events = [];
    this.#next = 0;
  }
}
