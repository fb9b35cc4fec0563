import type { ListId } from '../protocol/index.ts';
import { coalesce } from './coalesce.ts';
import type { LogPlace, Storage } from './storage.ts';

/** Updates kept that the phone's storage refused. Beyond it, the copy is left behind: the next start asks for them again. */
const maxUnstored = 1_000;

interface RemoteWriterParts {
  list: ListId;
  storage: Storage;
  /** Where the document is; null before the server was first heard. */
  place: () => LogPlace | null;
}

/** Puts what the log has brought onto the phone, and the cursor behind it: the stored one never passes an update that is not stored. */
export class RemoteWriter {
  readonly #parts: RemoteWriterParts;
  #unstored: readonly Uint8Array[] = [];
  #isLagging = false;
  readonly #flush: () => Promise<void>;

  constructor(parts: RemoteWriterParts) {
    this.#parts = parts;
    this.#flush = coalesce(() => this.#storeAll());
  }

  /** Whether everything that was put here is on the phone. */
  get isUpToDate(): boolean {
    return this.#unstored.length === 0 && !this.#isLagging;
  }

  /** Stores updates that were applied. Never rejects: what the phone does not take is offered again with what comes next. */
  put(updates: readonly Uint8Array[]): Promise<void> {
    this.#unstored = [...this.#unstored, ...updates];
    return this.#flush();
  }

  /** What is not stored yet belongs to an epoch that is over. */
  clear(): void {
    this.#unstored = [];
    this.#isLagging = false;
  }

  async #storeAll(): Promise<void> {
    const { list, storage } = this.#parts;
    const place = this.#parts.place();
    if (place === null) return;
    const updates = this.#unstored;
    this.#unstored = [];
    try {
      await storage.putRemote(list, this.#isLagging ? { ...place, cursor: 0 } : place, updates);
    } catch {
      if (this.#parts.place()?.epoch !== place.epoch) return;
      this.#unstored = [...updates, ...this.#unstored];
      if (this.#unstored.length <= maxUnstored) return;
      this.#isLagging = true;
      this.#unstored = [];
    }
  }
}
