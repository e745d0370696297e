/** Something open that must be closed; closing twice does nothing more. */
export interface Disposable {
  dispose(): void;
}

/** Wraps a function as a Disposable that runs it once. */
export function onDispose(close: () => void): Disposable {
  let open = true;
  return {
    dispose() {
      if (!open) return;
      open = false;
      close();
    },
  };
}

/** Things to close, closed together in reverse order; one that throws does not keep the others open. */
export class DisposableStore implements Disposable {
  #items: Disposable[] = [];
  #disposed = false;

  /** Keeps `item`, or closes it at once when the store is closed already. */
  add<T extends Disposable>(item: T): T {
    if (this.#disposed) item.dispose();
    else this.#items.push(item);
    return item;
  }

  dispose(): void {
    this.#disposed = true;
    const items = this.#items.reverse();
    this.#items = [];
    const errors: unknown[] = [];
    for (const item of items) {
      try {
        item.dispose();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw new AggregateError(errors, 'disposing failed');
  }
}
