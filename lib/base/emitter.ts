import { type Disposable, onDispose } from './disposable.ts';

/** Subscribes a listener; disposing the result unsubscribes it. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/** A typed event. A listener that throws stops neither the others nor the emitter: `onError` gets the error. */
export class Emitter<T> implements Disposable {
  readonly #listeners = new Set<(value: T) => void>();
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
    return onDispose(() => this.#listeners.delete(own));
  };

  get listenerCount(): number {
    return this.#listeners.size;
  }

  fire(value: T): void {
    const errors: unknown[] = [];
    for (const listener of [...this.#listeners]) {
      try {
        listener(value);
      } catch (error) {
        errors.push(error);
      }
    }
    for (const error of errors) this.#onError(error);
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
