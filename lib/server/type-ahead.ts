import type { Disposable } from '../base/disposable.ts';
import type { InputEvent } from '../input/key.ts';

/**
 * What was typed, in order. A key that ran a command or answered a question comes into force before the key after it,
 * also when both came in one piece: on a slow line, `new-window`, Enter and the first words for it do.
 */
export class TypeAhead implements Disposable {
  /** True when what the event began may go on after it. */
  readonly #handle: (event: InputEvent) => boolean;
  readonly #preparing: () => Promise<unknown> | undefined;
  #events: InputEvent[] = [];
  #next = 0;
  #turn: NodeJS.Immediate | undefined;
  /** Whether something was begun of which it is not known yet that it waits for nothing. */
  #began = false;
  #waits = false;

  /** @param preparing settles when what a command waits for is there; undefined while none waits for such a thing */
  constructor(handle: (event: InputEvent) => boolean, preparing: () => Promise<unknown> | undefined) {
    this.#handle = handle;
    this.#preparing = preparing;
  }

  /** Whether what comes next waits for nothing that came before. */
  get isIdle(): boolean {
    return !this.#waits && !this.#began && this.#events.length === 0;
  }

  take(events: readonly InputEvent[]): void {
    for (const event of events) this.#events.push(event);
    if (!this.#waits) this.#run();
  }

  dispose(): void {
    clearImmediate(this.#turn);
    this.#events = [];
  }

  #run(): void {
    for (let event = this.#events[this.#next]; event !== undefined; event = this.#events[this.#next]) {
      if (this.#began && this.#waitForPreparing()) return;
      this.#next += 1;
      if (!this.#handle(event)) continue;
      this.#began = true;
      if (this.#next === this.#events.length) continue;
      this.#goOnLater();
      return;
    }
    this.#events = [];
    this.#next = 0;
  }

  /** A new chat waits for its code to be loaded, once: what is typed meanwhile is meant for it. */
  #waitForPreparing(): boolean {
    const preparing = this.#preparing();
    this.#began = preparing !== undefined;
    if (preparing === undefined) return false;
    this.#waits = true;
    const goOn = () => this.#goOnLater();
    preparing.then(goOn, goOn);
    return true;
  }

  #goOnLater(): void {
    this.#waits = true;
    this.#turn = setImmediate(() => {
      this.#waits = false;
      this.#run();
    });
  }
}
