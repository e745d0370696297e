import { type Disposable, onDispose } from './disposable.ts';

/** Subscribes a listener; disposing the result unsubscribes it. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/** A typed event. A listener that throws stops neither the others nor the emitter: `onError` gets the error. */
export class Emitter<T> implements Disposable {
  readonly #listeners = new Set<(value: T) => void>();
  /** The same as they are called; undefined when they are others now. */
  #called: readonly ((value: T) => void)[] | undefined;
  readonly #onError: (error: unknown) => void;

  /** `onError` must not throw; without one, what a listener throws is thrown again after the others were called. */
  constructor(onError?: (error: unknown) => void) {
    this.#onError =
      onError ??
      ((error) => {
        throw error;
      });
  }

  readonly event: Event<T> = (listener) => {
    const own = (value: T) => listener(value);
    this.#listeners.add(own);
    this.#called = undefined;
    return onDispose(() => {
      this.#listeners.delete(own);
      this.#called = undefined;
    });
  };

  get listenerCount(): number {
    return this.#listeners.size;
  }

  fire(value: T): void {
    let errors: unknown[] | undefined;
    this.#called ??= [...this.#listeners];
    for (const listener of this.#called) {
      try {
        listener(value);
      } catch (error) {
        errors ??= [];
        errors.push(error);
      }
    }
    for (const error of errors ?? []) this.#onError(error);
  }

  dispose(): void {
    this.#listeners.clear();
    this.#called = undefined;
  }
}
