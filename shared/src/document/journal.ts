/** Updates are folded into a state when there are so many of them, or so much: more than a server applies to a list that it loads. */
const bounds = { updates: 1_024, bytes: 1024 * 1024 };

/** A good state of a document and every update since: what it can be rebuilt from. */
export class Journal {
  #state: Uint8Array | null = null;
  #updates: Uint8Array[] = [];
  #byteLength = 0;

  /** Takes note of an update that the document has taken in. `encode` gives the whole document, and is called once in a while. */
  record(update: Uint8Array, encode: () => Uint8Array): void {
    this.#updates.push(update);
    this.#byteLength += update.length;
    if (this.#updates.length < bounds.updates && this.#byteLength < bounds.bytes) return;
    this.#state = encode();
    this.#updates = [];
    this.#byteLength = 0;
  }

  /** Updates that make the document, in order. */
  entries(): readonly Uint8Array[] {
    return this.#state === null ? this.#updates : [this.#state, ...this.#updates];
  }
}
