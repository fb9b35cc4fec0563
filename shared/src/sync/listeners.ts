/** A set of callbacks. */
export class Listeners<T> {
  readonly #callbacks = new Set<(value: T) => void>();

  /** Returns how to stop. */
  add(callback: (value: T) => void): () => void {
    this.#callbacks.add(callback);
    return () => {
      this.#callbacks.delete(callback);
    };
  }

  emit(value: T): void {
    for (const callback of [...this.#callbacks]) callback(value);
  }

  clear(): void {
    this.#callbacks.clear();
  }
}
