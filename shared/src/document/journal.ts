/** Updates that are kept one by one before they are folded into a state: more than a server applies to a list that it loads. */
const maxUpdates = 1_024;

/** A good state of a document and every update since: what it can be rebuilt from. */
export class Journal {
  #state: Uint8Array | null = null;
  #updates: Uint8Array[] = [];

  /** Takes note of an update that the document has taken in. `encode` gives the whole document, and is called once in a while. */
  record(update: Uint8Array, encode: () => Uint8Array): void {
    this.#updates.push(update);
    if (this.#updates.length < maxUpdates) return;
    this.#state = encode();
    this.#updates = [];
  }

  /** Updates that make the document, in order. */
  entries(): readonly Uint8Array[] {
    return this.#state === null ? this.#updates : [this.#state, ...this.#updates];
  }
}
