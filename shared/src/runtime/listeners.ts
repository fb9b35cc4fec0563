/** A set of callbacks. One that throws is reported like any uncaught error and keeps nobody else from hearing. */
export class Listeners<T> {
  readonly #callbacks = new Set<(value: T) => void>();

  get isEmpty(): boolean {
    return this.#callbacks.size === 0;
  }

  /** Returns how to stop. */
  add(callback: (value: T) => void): () => void {
    const entry = (value: T) => {
      callback(value);
    };
    this.#callbacks.add(entry);
    return () => {
      this.#callbacks.delete(entry);
    };
  }

  emit(value: T): void {
    for (const callback of [...this.#callbacks]) {
      try {
        callback(value);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  clear(): void {
    this.#callbacks.clear();
  }
}
